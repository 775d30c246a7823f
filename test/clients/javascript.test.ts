import { createClient, ClickHouseError, ClickHouseLogLevel, type ClickHouseClient } from "@clickhouse/client";
import { expected, Notes } from "./notes";

jest.setTimeout(300_000);

let notes: Notes;
beforeAll(async () => (notes = await Notes.start()));
afterAll(() => notes.stop());

const rowsToInsert = [
  { id: 1, text: "it's é\n", at: "2020-01-02 03:04:05.000006", amount: "1.25", tags: ["a", "b"], kind: "x" },
  { id: 2, text: "", at: null, amount: "-0.50", tags: [], kind: "y" },
];
const select =
  "SELECT id, text, formatDateTime(at, '%Y-%m-%dT%H:%i:%S.%fZ') AS at, toDecimalString(amount, 2) AS amount, tags, kind " +
  "FROM notes ORDER BY id";

async function steps(client: ClickHouseClient): Promise<Record<string, unknown>> {
  const rows = async <T>(query: string, query_params: Record<string, unknown> = {}) =>
    (await client.query({ query, query_params, format: "JSONCompactEachRow" })).json<T>();
  const column = async (query: string) => (await rows<[string]>(query)).map(([text]) => text);
  const of = "WHERE database = currentDatabase()";
  const version = (await column("SELECT version()"))[0];
  const tables = await column(`SELECT name FROM system.tables ${of}`);
  const columns = await column(
    `SELECT name || ' ' || type FROM system.columns ${of} AND table = 'notes' ORDER BY position`,
  );
  await client.insert({ table: "notes", values: rowsToInsert, format: "JSONEachRow" });
  const many = { count: 0, sum: 0 };
  const stream = (
    await client.query({ query: "SELECT number FROM numbers(200000)", format: "JSONCompactEachRow" })
  ).stream<[string]>();
  for await (const chunk of stream)
    for (const row of chunk) {
      many.count++;
      many.sum += Number(row.json()[0]);
    }
  const error = await client.command({ query: "SELECT * FROM nosuch" }).catch((thrown: unknown) => thrown);
  return {
    version,
    tables,
    columns,
    rows: await rows(select),
    parameter: (await rows<[string]>("SELECT text FROM notes WHERE id = {id:UInt32}", { id: 1 }))[0]?.[0],
    many: [many.count, many.sum],
    error: error instanceof ClickHouseError ? Number(error.code) : error,
  };
}

test.each([
  ["as it comes", { request: false, response: false }],
  ["with compression both ways", { request: true, response: true }],
])("@clickhouse/client %s", async (_, compression) => {
  await notes.empty();
  const log = { level: ClickHouseLogLevel.OFF };
  const client = createClient({
    url: notes.clickhouse.url,
    database: "clients",
    compression,
    log,
    // A slow answer on a busy machine is no error.
    request_timeout: 300_000,
  });
  try {
    expect(await steps(client)).toEqual(expected);
  } finally {
    await client.close();
  }
});
