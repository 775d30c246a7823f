import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { RunningClickHouse, scratchFolder } from "../../../testbed/running-clickhouse";

const folder = scratchFolder();
let clickhouse: RunningClickHouse;

beforeAll(async () => {
  clickhouse = await RunningClickHouse.start(folder.path);
}, 60_000);

afterAll(async () => {
  await clickhouse.stop();
  folder.remove();
});

async function table(columns = "a UInt32, b String"): Promise<string> {
  const name = `t${process.hrtime.bigint()}`;
  await clickhouse.text(`CREATE TABLE ${name} (${columns}) ENGINE = MergeTree ORDER BY a`);
  return name;
}

const get = (path: string, init: RequestInit = {}) => fetch(`${clickhouse.url}${path}`, init);

describe("reading", () => {
  test("the SQL comes in the URL, in the body, or in both", async () => {
    expect(await (await get("/?query=SELECT%201")).text()).toBe("1\n");
    expect(await clickhouse.text("SELECT 2")).toBe("2\n");
    expect(await clickhouse.text("3", { query: "SELECT" })).toBe("3\n");
  });

  test("the format is the FORMAT clause's, else default_format, else TabSeparated", async () => {
    const formats = await Promise.all(
      [
        clickhouse.post("SELECT 1 AS x FORMAT JSONEachRow", { default_format: "CSV" }),
        clickhouse.post("SELECT 'a' AS x", { default_format: "CSV" }),
        clickhouse.post("SELECT 'a' AS x"),
        clickhouse.post("SELECT 'a' AS x", {}, { headers: { "X-ClickHouse-Format": "TSVWithNames" } }),
        clickhouse.post("SHOW DATABASES LIKE 'default'", { default_format: "CSV" }),
      ].map(async (asked) => {
        const answer = await asked;
        const { headers } = answer;
        return [await answer.text(), headers.get("x-clickhouse-format"), headers.get("content-type")];
      }),
    );
    expect(formats).toEqual([
      ['{"x":1}\n', "JSONEachRow", "application/x-ndjson; charset=UTF-8"],
      ['"a"\n', "CSV", "text/csv; charset=UTF-8; header=absent"],
      ["a\n", "TabSeparated", "text/tab-separated-values; charset=UTF-8"],
      ["x\na\n", "TSVWithNames", "text/tab-separated-values; charset=UTF-8"],
      ['"default"\n', "CSV", "text/csv; charset=UTF-8; header=absent"],
    ]);
  });

  test("a large result has its header and its closing once", async () => {
    const rows = 300_000;
    const json = JSON.parse(
      await clickhouse.text(`SELECT number AS n FROM numbers(${rows}) FORMAT JSON`),
    ) as {
      rows: number;
      data: { n: string }[];
    };
    expect(json.rows).toBe(rows);
    expect(json.data).toHaveLength(rows);
    const csv = await clickhouse.text(`SELECT number AS n FROM numbers(${rows}) FORMAT CSVWithNames`);
    expect(csv.match(/n/g)).toHaveLength(1);
  });

  test("binary formats come byte by byte", async () => {
    const parquet = Buffer.from(
      await (await clickhouse.post("SELECT number FROM numbers(1000) FORMAT Parquet")).arrayBuffer(),
    );
    expect([parquet.subarray(0, 4).toString(), parquet.subarray(-4).toString()]).toEqual(["PAR1", "PAR1"]);
    const name = await table("a UInt64");
    await clickhouse.post(parquet, {
      query: `INSERT INTO ${name} SELECT number FROM input('number UInt64') FORMAT Parquet`,
    });
    expect(await clickhouse.text(`SELECT count(), sum(a) FROM ${name}`)).toBe("1000\t499500\n");
  });

  test("query id, summary and time zone are told", async () => {
    const { headers } = await clickhouse.post("SELECT number FROM numbers(3)", { query_id: "mine" });
    expect(headers.get("x-clickhouse-query-id")).toBe("mine");
    expect(headers.get("x-clickhouse-timezone")).toBe("UTC");
    expect(JSON.parse(headers.get("x-clickhouse-summary") ?? "")).toMatchObject({ result_rows: "3" });
  });

  test("settings and the database hold for one request", async () => {
    await clickhouse.text("CREATE DATABASE IF NOT EXISTS other");
    const sql = "SELECT getSetting('max_block_size'), currentDatabase()";
    expect(await clickhouse.text(sql, { max_block_size: "77", database: "other" })).toBe("77\tother\n");
    expect(await clickhouse.text(sql)).toMatch(/\tdefault\n$/);
    expect(await clickhouse.text(sql)).not.toMatch(/^77/);
  });

  test("parameters are taken as ClickHouse's URLs write them", async () => {
    const sql = "SELECT {s:String}, {n:Nullable(String)} IS NULL, {a:Array(String)}, length({t:String})";
    const parameters = {
      param_s: "it's \\\\ é",
      param_n: "\\N",
      param_a: "['x\\'y','z']",
      param_t: "a\\tb",
    };
    const row: unknown = JSON.parse(await clickhouse.text(`${sql} FORMAT JSONCompactEachRow`, parameters));
    expect(row).toEqual(["it's \\ é", 1, ["x'y", "z"], 3]);
  });

  test("long parameters come as a multipart body", async () => {
    const body = new FormData();
    body.set("query", "SELECT length({s:String})");
    body.set("param_s", "x".repeat(100_000));
    expect(await (await get("/", { method: "POST", body })).text()).toBe("100000\n");
  });

  test.each(["gzip", "deflate", "br"])("an answer is compressed by %s when asked", async (coding) => {
    const answer = await clickhouse.post(
      "SELECT number FROM numbers(200000)",
      { enable_http_compression: "1" },
      { headers: { "Accept-Encoding": coding } },
    );
    expect(answer.headers.get("content-encoding")).toBe(coding);
    expect((await answer.text()).split("\n")).toHaveLength(200_001);
  });
});

describe("writing", () => {
  test.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ])("data may be compressed by %s", async (coding, compress) => {
    const name = await table();
    const answer = await clickhouse.post(
      compress('{"a":1,"b":"x"}\n{"a":2,"b":"y"}\n'),
      { query: `INSERT INTO ${name} FORMAT JSONEachRow` },
      { headers: { "Content-Encoding": coding } },
    );
    expect(JSON.parse(answer.headers.get("x-clickhouse-summary") ?? "")).toMatchObject({ written_rows: "2" });
    expect(await clickhouse.text(`SELECT * FROM ${name}`)).toBe("1\tx\n2\ty\n");
  });

  test("SQL and data may share the body, and values may be expressions", async () => {
    const name = await table();
    await clickhouse.text(`INSERT INTO ${name} (a, b) FORMAT TSV\n1\tx;y\n`);
    await clickhouse.text(`INSERT INTO ${name} VALUES (2, upper('z')), (1 + 2, {p:String});`, {
      param_p: "é",
    });
    await clickhouse.text("(4, 'w')", { query: `INSERT INTO ${name} VALUES` });
    expect(await clickhouse.text(`SELECT * FROM ${name} ORDER BY a`)).toBe("1\tx;y\n2\tZ\n3\té\n4\tw\n");
  });

  test("bytes that are no text stay as they are", async () => {
    const name = await table();
    const row = Buffer.from([1, 0, 0, 0, 4, 0x00, 0xff, 0x0a, 0x27]);
    await clickhouse.post(row, { query: `INSERT INTO ${name} FORMAT RowBinary` });
    expect(await clickhouse.text(`SELECT hex(b) FROM ${name}`)).toBe("00FF0A27\n");
  });

  test("no data is no error", async () => {
    const name = await table();
    expect((await clickhouse.post("", { query: `INSERT INTO ${name} FORMAT CSV` })).status).toBe(200);
    expect(await clickhouse.text(`SELECT count() FROM ${name}`)).toBe("0\n");
  });

  test("more data than memory allows passes through", async () => {
    const name = await table();
    const block = Buffer.from(
      "7\taaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n".repeat(10_000),
    );
    let left = 700;
    const body = new ReadableStream({
      pull(controller) {
        if (left-- > 0) controller.enqueue(new Uint8Array(block));
        else controller.close();
      },
    });
    const init = { method: "POST", body, duplex: "half" } as RequestInit;
    const answer = await get(`/?query=${encodeURIComponent(`INSERT INTO ${name} FORMAT TSV`)}`, init);
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
    expect(await clickhouse.text(`SELECT count() FROM ${name}`)).toBe("7000000\n");
    await clickhouse.text(`DROP TABLE ${name}`);
  }, 120_000);
});

describe("sessions", () => {
  test("keep temporary tables and SET, and nothing that a request's URL said", async () => {
    const session_id = "kept";
    await clickhouse.text("CREATE TEMPORARY TABLE mine (a UInt8)", { session_id });
    await clickhouse.text("INSERT INTO mine VALUES (5)", { session_id });
    await clickhouse.text("SET max_block_size = 55", { session_id });
    const sql = "SELECT getSetting('max_block_size'), a FROM mine";
    expect(await clickhouse.text(sql, { session_id, max_block_size: "66" })).toBe("66\t5\n");
    expect(await clickhouse.text(sql, { session_id })).toBe("55\t5\n");
    expect((await clickhouse.post("SELECT * FROM mine")).status).toBe(404);
  });

  test("a session is one query's at a time, and ends when told", async () => {
    const session_id = "busy";
    const slow = clickhouse.text("SELECT sleep(1)", { session_id });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await (await clickhouse.post("SELECT 1", { session_id })).text()).toMatch(
      /^Code: 373\..*SESSION_IS_LOCKED/,
    );
    await slow;
    await clickhouse.text("SELECT 1", { session_id, close_session: "1" });
    const gone = await clickhouse.post("SELECT 1", { session_id, session_check: "1" });
    expect(await gone.text()).toMatch(/^Code: 372\..*SESSION_NOT_FOUND/);
  });

  test("a GET in a session changes nothing", async () => {
    const answer = await get(`/?session_id=reader&query=${encodeURIComponent("CREATE DATABASE never")}`);
    expect(await answer.text()).toContain("READONLY");
  });
});
