import { WebHdfs } from "../../../jobs/hdfs/webhdfs";
import { RunningClickHouse, scratchFolder } from "../../../testbed/running-clickhouse";
import { startHdfs, type RunningHdfs } from "../../../testbed/running-hdfs";

const folder = scratchFolder();
let hdfs: RunningHdfs;
let clickhouse: RunningClickHouse;
let facts: string;

beforeAll(async () => {
  [hdfs, clickhouse] = await Promise.all([
    startHdfs(`${folder.path}/hdfs`),
    RunningClickHouse.start(`${folder.path}/clickhouse`),
  ]);
  facts = `${hdfs.url}/gold/facts`;
}, 300_000);

afterAll(async () => {
  await RunningClickHouse.killAll();
  await Promise.all([hdfs.namenode.stop(), hdfs.datanode.stop()]);
  folder.remove();
});

const columns = "merchant_id String, total_amount Float64";
const select = (where = "") =>
  clickhouse.text(
    `SELECT event_date, count(), sum(total_amount) FROM facts_hdfs ${where} GROUP BY 1 ORDER BY 1`,
  );

async function write(day: string, rows: number): Promise<void> {
  await new WebHdfs(hdfs.webhdfs).makeFolder(`/gold/facts/event_date=${day}`);
  const file = `${facts}/event_date=${day}/part.parquet`;
  await clickhouse.text(
    `INSERT INTO FUNCTION hdfs('${file}', 'Parquet', '${columns}') SELECT toString(number), number FROM numbers(${rows})`,
  );
}

test("what the engine writes has one replica, as there is one DataNode", async () => {
  await write("2026-06-01", 1000);
  await write("2026-06-02", 10);
  const url = `${hdfs.webhdfs}/webhdfs/v1/gold/facts/event_date=2026-06-01?op=LISTSTATUS`;
  const listed = (await (await fetch(url)).json()) as {
    FileStatuses: { FileStatus: { replication: number }[] };
  };
  expect(listed.FileStatuses.FileStatus.map((file) => file.replication)).toEqual([1]);
});

test("ENGINE = HDFS reads days from the path, and prunes by them", async () => {
  await clickhouse.text(
    `CREATE OR REPLACE TABLE facts_hdfs (event_date Date, ${columns}) ENGINE = HDFS('${facts}/event_date=*/*.parquet', 'Parquet')`,
  );
  expect(await select()).toBe("2026-06-01\t1000\t499500\n2026-06-02\t10\t45\n");
  expect(await select("WHERE event_date = '2026-06-02'")).toBe("2026-06-02\t10\t45\n");
});

test("hdfs() fills a MergeTree table", async () => {
  await clickhouse.text(`CREATE TABLE facts (${columns}) ENGINE = MergeTree ORDER BY merchant_id`);
  await clickhouse.text(
    `INSERT INTO facts SELECT merchant_id, total_amount FROM hdfs('${facts}/event_date=*/*.parquet', 'Parquet')`,
  );
  expect(await clickhouse.text("SELECT count(), sum(total_amount) FROM facts")).toBe("1010\t499545\n");
});

test("a path that is not there is empty, or an error when asked", async () => {
  const sql = `SELECT count() FROM hdfs('${hdfs.url}/nosuch/*.parquet', 'Parquet', 'a Int8')`;
  expect(await clickhouse.text(sql)).toBe("0\n");
  const answer = await clickhouse.post(sql, { hdfs_throw_on_zero_files_match: "1" });
  expect(await answer.text()).toMatch(/^Code: 107\..*FILE_DOESNT_EXIST/);
});

test("a DataNode that takes calls and never answers is given up, sooner than the engine would by itself", async () => {
  await write("2026-06-03", 1);
  hdfs.datanode.process.kill("SIGSTOP");
  try {
    const answer = await clickhouse.post(
      `SELECT sum(total_amount) FROM hdfs('${facts}/event_date=2026-06-03/*.parquet', 'Parquet', '${columns}')`,
    );
    expect(await answer.text()).toMatch(/^Code: 660\..*HdfsTimeoutException: Read \d+ bytes timeout/s);
  } finally {
    hdfs.datanode.process.kill("SIGCONT");
  }
  // The engine's own limit of a minute is longer than this test's.
}, 50_000);

test("an HDFS that is gone is an error, and holds up nobody else", async () => {
  const gone = clickhouse.post(
    "SELECT count() FROM hdfs('hdfs://127.0.0.1:1/x/*.parquet', 'Parquet', 'a Int8')",
  );
  expect(await clickhouse.text("SELECT 1")).toBe("1\n");
  expect(await (await gone).text()).toMatch(/^Code: 660\..*HDFS_ERROR/);
}, 60_000);
