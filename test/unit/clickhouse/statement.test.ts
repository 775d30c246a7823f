import { ClickHouseError } from "../../../local/clickhouse/errors";
import { commandSql, insertFrom, selectInto } from "../../../local/clickhouse/engine-sql";
import { readInsertHead, readStatement } from "../../../local/clickhouse/statement";

function into(sql: string): string {
  const statement = readStatement(sql);
  if (statement.kind !== "select") throw new Error(`${sql} is read as ${statement.kind}`);
  return selectInto(sql, statement, "CSV", "/out").replaceAll("\n", " ");
}

function from(sql: string): { sql: string; data: string } {
  const insert = readInsertHead(sql);
  if (insert === undefined) throw new Error(`no data is seen in ${sql}`);
  return {
    sql: insertFrom(sql, insert, "/in", "none").replace(/\s+/g, " ").trim(),
    data: sql.slice(insert.dataStart),
  };
}

describe("a SELECT is sent to a file in the format that ClickHouse would take", () => {
  const outfile = "INTO OUTFILE '/out' TRUNCATE";
  test.each([
    ["SELECT 1", `SELECT 1 ${outfile} FORMAT CSV`],
    ["SELECT 1;", `SELECT 1 ${outfile} FORMAT CSV`],
    ["SELECT 1 ; ; -- done", `SELECT 1 ${outfile} FORMAT CSV`],
    ["select 1 format JSON", `select 1  ${outfile} FORMAT JSON`],
    [
      "SELECT 1 FORMAT JSON SETTINGS max_threads = 1",
      `SELECT 1  ${outfile} FORMAT JSON SETTINGS max_threads = 1`,
    ],
    ["SELECT 1 SETTINGS max_threads = 1", `SELECT 1 SETTINGS max_threads = 1 ${outfile} FORMAT CSV`],
    ["SELECT 'FORMAT JSON'", `SELECT 'FORMAT JSON' ${outfile} FORMAT CSV`],
    ["SELECT 1 -- FORMAT JSON", `SELECT 1 ${outfile} FORMAT CSV`],
    ["SELECT 1 /* FORMAT JSON */", `SELECT 1 ${outfile} FORMAT CSV`],
    ["SELECT format FROM t", `SELECT format FROM t ${outfile} FORMAT CSV`],
    ["SELECT 1 AS format", `SELECT 1 AS format ${outfile} FORMAT CSV`],
    ["SELECT `a;b` FROM t", `SELECT \`a;b\` FROM t ${outfile} FORMAT CSV`],
    ["SELECT 'it\\'s; ''x'''", `SELECT 'it\\'s; ''x''' ${outfile} FORMAT CSV`],
    ["SELECT $$a;b$$", `SELECT $$a;b$$ ${outfile} FORMAT CSV`],
    ["WITH 1 AS x SELECT x", `WITH 1 AS x SELECT x ${outfile} FORMAT CSV`],
    ["FROM t SELECT a", `FROM t SELECT a ${outfile} FORMAT CSV`],
    ["(SELECT 1) UNION ALL (SELECT 2) FORMAT TSV", `(SELECT 1) UNION ALL (SELECT 2)  ${outfile} FORMAT TSV`],
    ["/* hello */ SELECT 1", `/* hello */ SELECT 1 ${outfile} FORMAT CSV`],
  ])("%s", (sql, expected) => expect(into(sql)).toBe(expected));

  test("text past ASCII survives", () => {
    expect(into(Buffer.from("SELECT 'é', '日本'").toString("latin1"))).toContain("SELECT 'é', '日本' INTO");
  });

  test("bytes that are no UTF-8 are refused, not changed", () => {
    expect(() => into("SELECT '\xff'")).toThrow("not valid UTF-8");
  });
});

describe("an INSERT is cut where its data begins", () => {
  test.each([
    ["INSERT INTO t FORMAT CSV\n1,2", "INSERT INTO t FROM INFILE '/in' COMPRESSION 'none' FORMAT CSV", "1,2"],
    ["INSERT INTO t FORMAT CSV", "INSERT INTO t FROM INFILE '/in' COMPRESSION 'none' FORMAT CSV", ""],
    [
      "INSERT INTO t FORMAT TSV \r\n\n1",
      "INSERT INTO t FROM INFILE '/in' COMPRESSION 'none' FORMAT TSV",
      "\n1",
    ],
    ["insert into t values (1)", "insert into t FROM INFILE '/in' COMPRESSION 'none' FORMAT Values", " (1)"],
    [
      "INSERT INTO a.b (x, `values`) SETTINGS async_insert = 1 VALUES (1, 2)",
      "INSERT INTO a.b (x, `values`) FROM INFILE '/in' COMPRESSION 'none' SETTINGS async_insert = 1 FORMAT Values",
      " (1, 2)",
    ],
    [
      "INSERT INTO format FORMAT JSONEachRow {}",
      "INSERT INTO format FROM INFILE '/in' COMPRESSION 'none' FORMAT JSONEachRow",
      "{}",
    ],
    [
      "INSERT INTO FUNCTION file('a', 'CSV', 'x Int8') VALUES (1)",
      "INSERT INTO FUNCTION file('a', 'CSV', 'x Int8') FROM INFILE '/in' COMPRESSION 'none' FORMAT Values",
      " (1)",
    ],
    [
      "INSERT INTO t SELECT x + 1 FROM input('x UInt8') FORMAT CSV\n1",
      "INSERT INTO t SELECT x + 1 FROM file('/in', 'CSV', 'x UInt8', 'none')",
      "1",
    ],
  ])("%s", (sql, expected, data) => expect(from(sql)).toEqual({ sql: expected, data }));

  test.each(["INSERT INTO t SELECT 1", "INSERT INTO t SELECT * FROM s SETTINGS max_threads = 1", "SELECT 1"])(
    "%s has none",
    (sql) => expect(readInsertHead(sql)).toBeUndefined(),
  );

  test("what stands in the data is not read as SQL", () => {
    expect(from("INSERT INTO t FORMAT CSV\n'; DROP TABLE t").data).toBe("'; DROP TABLE t");
  });

  test("input() without a format is refused: the engine would insert nothing and say nothing", () => {
    expect(() => readInsertHead("INSERT INTO t SELECT * FROM input('a UInt8')")).toThrow(
      "needs a FORMAT clause",
    );
  });

  test("FROM INFILE would read the server's files", () => {
    expect(() => readInsertHead("INSERT INTO t FROM INFILE '/etc/passwd' FORMAT CSV")).toThrow("not allowed");
  });
});

describe("other statements", () => {
  test.each(["SHOW TABLES", "CREATE TABLE t (a Int8) ENGINE = Memory", "EXPLAIN SELECT 1", "DROP TABLE t"])(
    "%s is sent as it stands",
    (sql) => {
      const statement = readStatement(`${sql};`);
      expect(statement.kind).toBe("command");
      expect(commandSql(`${sql};`, statement)).toBe(sql);
    },
  );

  test("KILL QUERY finds the client's query ids", () => {
    const sql = "KILL QUERY WHERE query_id = 'query_id'";
    expect(commandSql(sql, readStatement(sql))).toBe("KILL QUERY WHERE Settings['log_comment'] = 'query_id'");
  });

  test.each([
    ["SELECT 1; SELECT 2", 62, "Multi-statements are not allowed"],
    ["DROP TABLE a; DROP TABLE b", 62, "Multi-statements are not allowed"],
    ["", 62, "Empty query"],
    [" -- nothing", 62, "Empty query"],
    [";", 62, "Empty query"],
    ["SELECT 1 INTO OUTFILE '/tmp/x'", 358, "INTO OUTFILE is not allowed"],
  ])("%j is refused", (sql, code, message) => {
    let thrown: unknown;
    try {
      readStatement(sql);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ClickHouseError);
    expect(thrown).toMatchObject({ code, message: expect.stringContaining(message) as string });
  });
});
