import { consoleApp } from "../../../console/app";
import type { Cell } from "../../../console/explain/explain";
import type { Person } from "../../../console/people";
import type { Correction } from "../../../console/resend/resend";
import { Broadcast } from "../../../console/broadcast";
import type {
  ExplainAnswer,
  FlowMessage,
  FollowAnswer,
  QueryAnswer,
  ResendAnswer,
} from "../../../console/messages";

const name = "127.0.0.1";
const host = `${name}:28009`;
const text = Buffer.from("<!doctype html><title>x</title>");
const page = new Map([["/", { type: "text/html", body: text, gzipped: Buffer.from("zipped") }]]);
const flow = (atMs: number): FlowMessage => ({
  ...{ atMs, hops: [], quarantine: { records: 0, perSecond: 0 }, freshness: null, warnings: [] },
});

let broadcast: Broadcast;
let asked: string[];
let runs: number;
let app: ReturnType<typeof consoleApp>;

beforeEach(() => {
  broadcast = new Broadcast();
  asked = [];
  const query = (sql: string): Promise<QueryAnswer> => {
    asked.push(sql);
    return Promise.resolve(
      sql === "SELECT 1"
        ? { columns: [{ name: "1", type: "UInt8" }], rows: [[1]], seconds: 0, isCut: false }
        : { error: "Syntax error" },
    );
  };
  const parquet = (sql: string) =>
    Promise.resolve(sql === "SELECT 1" ? Buffer.from("PAR1") : { error: "Syntax error" });
  const follow = (record: string): Promise<FollowAnswer> => {
    asked.push(record);
    return Promise.resolve(record === "known" ? { note: "Found.", records: [] } : { error: "got 'x'" });
  };
  runs = 0;
  const startChecks = () => (runs += 1) === 1;
  const resend = ({ offset }: Correction, by: Person): Promise<ResendAnswer> =>
    Promise.resolve(
      offset === 7 ? { isNew: true, record: "listen_events/0/9", by, atMs: 1 } : { error: "no" },
    );
  const explain = ({ table }: Cell): Promise<ExplainAnswer> =>
    Promise.resolve({ error: `table: got '${table}'` });
  const parts = { page, broadcast, query, parquet, follow, explain, resend, startChecks };
  app = consoleApp({ ...parts, hosts: new Set([name]), passwords: undefined });
});

const get = (path: string, headers: Record<string, string> = {}) =>
  app.request(path, { headers: { host, ...headers } });

function ask(body: string, headers: Record<string, string> = {}, path = "/api/query") {
  const all = { host, "content-type": "application/json", ...headers };
  return app.request(path, { method: "POST", body, headers: all });
}

test("the page comes with a policy that lets nothing in from elsewhere", async () => {
  const answer = await get("/");
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe(text.toString());
  const policy = answer.headers.get("content-security-policy") ?? "";
  expect(policy).toMatch(/default-src 'none'/);
  expect(policy).toMatch(/script-src 'self'/);
  expect(policy).toMatch(/frame-ancestors 'none'/);
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
});

test("it is compressed for those who take that", async () => {
  const answer = await get("/", { "accept-encoding": "gzip, br" });
  expect(answer.headers.get("content-encoding")).toBe("gzip");
  expect(await answer.text()).toBe("zipped");
});

test("another port of the same name is answered: it may be forwarded", async () => {
  expect((await get("/", { host: `${name}:9999` })).status).toBe(200);
  expect((await get("/", { host: name })).status).toBe(200);
});

test.each(["evil.example", "evil.example:28009", "127.0.0.1.evil.example", ""])(
  "a request for host '%s' is refused: that name may be a stranger's for this address",
  async (stranger) => {
    for (const path of ["/", "/events"]) {
      const answer = await get(path, { host: stranger });
      expect(answer.status).toBe(421);
      expect(await answer.text()).toBe(`Host: got '${stranger}', allowed: ${name}\n`);
    }
    expect((await ask('{"sql":"SELECT 1"}', { host: stranger })).status).toBe(421);
    expect(asked).toEqual([]);
  },
);

test("a query is answered, and one that ClickHouse refuses keeps its words", async () => {
  const good = await ask('{"sql":" SELECT 1 "}');
  expect([good.status, await good.json()]).toEqual([200, expect.objectContaining({ rows: [[1]] })]);
  const bad = await ask('{"sql":"SELEC"}');
  expect([bad.status, await bad.json()]).toEqual([400, { error: "Syntax error" }]);
});

test("the checks are started, and a page that asks while they run is told so; no form of another site can", async () => {
  const answers = [await ask("{}", {}, "/api/checks"), await ask("{}", {}, "/api/checks")];
  expect(await Promise.all(answers.map(async (answer) => [answer.status, await answer.json()]))).toEqual([
    [202, { isNew: true }],
    [202, { isNew: false }],
  ]);
  expect((await ask("", { "content-type": "text/plain" }, "/api/checks")).status).toBe(415);
  expect(runs).toBe(2);
});

test("a result comes as a file, and what ClickHouse refuses in its words", async () => {
  const good = await ask('{"sql":"SELECT 1"}', {}, "/api/parquet");
  expect([good.status, good.headers.get("content-type"), await good.text()]).toEqual([
    ...[200, "application/vnd.apache.parquet", "PAR1"],
  ]);
  const bad = await ask('{"sql":"SELEC"}', {}, "/api/parquet");
  expect([bad.status, await bad.json()]).toEqual([400, { error: "Syntax error" }]);
  expect((await ask("{}", {}, "/api/parquet")).status).toBe(400);
});

test("a record is followed, and what names none is refused", async () => {
  const good = await ask('{"record":"known"}', {}, "/api/follow");
  expect([good.status, await good.json()]).toEqual([200, { note: "Found.", records: [] }]);
  const bad = await ask('{"record":"x"}', {}, "/api/follow");
  expect([bad.status, await bad.json()]).toEqual([400, { error: "got 'x'" }]);
  const wrong = await ask('{"record":7}', {}, "/api/follow");
  expect([wrong.status, await wrong.json()]).toEqual([400, { error: 'allowed: {"record": "…"}' }]);
  expect(asked).toEqual(["known", "x"]);
});

test.each(["", "{", '{"sql":""}', '{"sql":7}', "[]"])("the question %j is refused", async (body) => {
  const answer = await ask(body);
  expect([answer.status, await answer.json()]).toEqual([400, { error: 'allowed: {"sql": "SELECT …"}' }]);
  expect(asked).toEqual([]);
});

test("a form of another page can't ask, and a very long question is refused", async () => {
  for (const path of ["/api/query", "/api/follow"])
    expect((await ask('{"sql":"SELECT 1"}', { "content-type": "text/plain" }, path)).status).toBe(415);
  expect((await ask(JSON.stringify({ sql: "x".repeat(200_000) }))).status).toBe(413);
  expect(asked).toEqual([]);
});

test("a page that opens is told what there is, and then what changes", async () => {
  broadcast.send("flow", flow(1));
  broadcast.keep("history", { points: [] });
  const answer = await get("/events");
  expect(answer.headers.get("content-type")).toMatch(/text\/event-stream/);
  const reader = answer.body?.getReader();
  if (!reader) throw new Error("no stream");
  const decoder = new TextDecoder();
  let seen = "";
  const until = async (pattern: RegExp) => {
    while (!pattern.test(seen)) seen += decoder.decode((await reader.read()).value as Uint8Array | undefined);
  };
  await until(/event: flow\ndata: .*"atMs":1,/);
  expect(seen.indexOf("event: history")).toBeLessThan(seen.indexOf("event: flow"));
  expect(broadcast.pages).toBe(1);
  broadcast.send("flow", flow(2));
  broadcast.send("flow", flow(2));
  broadcast.send("flow", flow(3));
  await until(/"atMs":3,/);
  expect(seen.match(/"atMs":2,/g) ?? []).toHaveLength(seen.includes('"atMs":2,') ? 1 : 0);
  await reader.cancel();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(broadcast.pages).toBe(0);
});
