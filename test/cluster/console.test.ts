import type { ExplainAnswer, QueryAnswer } from "../../console/messages";
import { people, type Person } from "../../console/people";
import { consoleLoginSecret, consoleService, ports } from "../../stacks/names";
import { post as postTo, readStream, type Seen } from "../fixtures/console-server";
import { Kubectl } from "./kubectl";
import { Platform } from "./platform";
import { PortForward } from "./port-forward";
import { clusterSettings } from "./settings";

jest.setTimeout(600_000);

const settings = clusterSettings();
const kubectl = new Kubectl(settings);
const passwords = new Map<Person, string>();
let page: PortForward;

beforeAll(async () => {
  const { profile } = await Platform.of(settings);
  const { namespace } = profile;
  await kubectl.do("rollout", "status", "deployment/console", "-n", namespace, "--timeout=300s");
  for (const person of people) {
    const path = `jsonpath={.data.${person}}`;
    const secret = await kubectl.do(
      "get",
      "secret",
      consoleLoginSecret(profile),
      "-n",
      namespace,
      "-o",
      path,
    );
    passwords.set(person, Buffer.from(secret, "base64").toString());
  }
  page = await PortForward.open(settings, namespace, consoleService, ports.console);
}, 600_000);

afterAll(() => page.close());

const logIn = (person: Person, password = passwords.get(person)) => ({
  authorization: `Basic ${btoa(`${person}:${password}`)}`,
});

const post = (person: Person, path: string, body: object) => postTo(page.url, path, body, logIn(person));

test("who has no log-in, or a wrong one, sees nothing", async () => {
  for (const headers of [{}, logIn("operator", "guessed"), logIn("reader", "")])
    for (const path of ["/", "/events"])
      expect((await fetch(`${page.url}${path}`, { headers })).status).toBe(401);
});

test("data flow through every hop, as Kafka, HDFS and ClickHouse tell", async () => {
  const hasCome = ({ flow }: Seen) => flow?.hops.every(({ records }) => (records ?? 0) > 0) ?? false;
  const { flow } = await readStream(page.url, hasCome, logIn("reader"));
  expect(flow?.hops.map(({ name }) => name)).toEqual(["kafka", "bronze", "silver", "gold", "clickhouse"]);
});

test("a reader queries and explains a figure, and does no more", async () => {
  const day = "SELECT toString(max(event_date)) FROM lake.gold_kpi_daily";
  const answer = (await post("reader", "/api/query", { sql: day })).answer as QueryAnswer;
  if ("error" in answer) throw new Error(answer.error);
  const cell = { table: "kpi_daily", column: "listens", key: [String(answer.rows[0]?.[0])] };
  const explained = (await post("reader", "/api/explain", cell)).answer as ExplainAnswer;
  if ("error" in explained) throw new Error(explained.error);
  // A run may leave rows of a day to the next one, and says so.
  expect(explained.isEqual || explained.note !== null).toBe(true);
  expect(explained.rows).toBeGreaterThan(0);
  for (const path of ["/api/checks", "/api/resend"])
    expect((await post("reader", path, {})).status).toBe(403);
  const write = await post("reader", "/api/query", {
    sql: "WITH 1 AS x INSERT INTO lake.gold_facts SELECT x",
  });
  expect(write.status).toBe(400);
});

test("an operator is refused for what is asked, not for who asks", async () => {
  expect((await post("operator", "/api/resend", {})).status).toBe(400);
});
