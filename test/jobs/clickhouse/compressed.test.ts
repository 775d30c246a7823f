import { deflateSync, gzipSync } from "node:zlib";
import { RunningClickHouse, scratchFolder } from "../../../testbed/running-clickhouse";

const folder = scratchFolder();
let clickhouse: RunningClickHouse;
/** A thousand rows in frames of ClickHouse's own compression, each with a checksum of 16 bytes before it. */
let frames: Buffer;

const insert = { query: "INSERT INTO t FORMAT RowBinary", decompress: "1" };
const unchecked = { ...insert, http_native_compression_disable_checksumming_on_decompress: "1" };
const [methodAt, compressedSizeAt, sizeAt] = [16, 17, 21];

beforeAll(async () => {
  clickhouse = await RunningClickHouse.start(folder.path);
  await clickhouse.text("CREATE TABLE t (a UInt64) ENGINE = MergeTree ORDER BY a");
  const answer = await clickhouse.post("SELECT number FROM numbers(1000) FORMAT RowBinary", {
    compress: "1",
    max_block_size: "100",
    buffer_size: "100",
  });
  frames = Buffer.from(await answer.arrayBuffer());
}, 60_000);

afterAll(async () => {
  await clickhouse.stop();
  folder.remove();
});

function changed(at: number, change: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.from(frames);
  change(bytes.subarray(at));
  return bytes;
}

test("an answer in frames comes back whole as the body of an INSERT", async () => {
  expect(frames.length).toBeLessThan(8000);
  await clickhouse.text("CREATE TABLE back AS t");
  const answer = await clickhouse.post(frames, { ...insert, query: "INSERT INTO back FORMAT RowBinary" });
  expect([answer.status, await answer.text()]).toEqual([200, ""]);
  expect(await clickhouse.text("SELECT count(), sum(a) FROM back")).toBe("1000\t499500\n");
});

test.each<[string, number, string, () => Buffer, Record<string, string>]>([
  [
    "a wrong checksum",
    271,
    "CANNOT_DECOMPRESS",
    () => changed(0, (bytes) => bytes.writeUInt8(bytes.readUInt8(0) ^ 1)),
    insert,
  ],
  [
    "a byte that fell over",
    271,
    "CANNOT_DECOMPRESS",
    () => changed(60, (bytes) => bytes.writeUInt8(bytes.readUInt8(0) ^ 1)),
    insert,
  ],
  ["a frame cut short", 33, "CANNOT_READ_ALL_DATA", () => frames.subarray(0, -20), insert],
  ["a head cut short", 33, "CANNOT_READ_ALL_DATA", () => frames.subarray(0, 20), insert],
  [
    "an unknown codec",
    432,
    "UNKNOWN_CODEC",
    () => changed(methodAt, (bytes) => bytes.writeUInt8(0x77)),
    unchecked,
  ],
  [
    "a frame that claims gigabytes to come",
    39,
    "TOO_LARGE_SIZE_COMPRESSED",
    () => changed(compressedSizeAt, (bytes) => bytes.writeUInt32LE(0xf0000000)),
    unchecked,
  ],
  [
    "a frame that claims to hold gigabytes",
    241,
    "MEMORY_LIMIT_EXCEEDED",
    () => changed(sizeAt, (bytes) => bytes.writeUInt32LE(0xf0000000)),
    unchecked,
  ],
  ["what is no frame", 432, "UNKNOWN_CODEC", () => Buffer.alloc(5000, "x"), insert],
])("%s: code %d, and nothing is inserted", async (_, code, type, body, parameters) => {
  const answer = await clickhouse.post(body(), parameters);
  expect([await answer.text(), answer.status >= 400]).toEqual([
    expect.stringMatching(new RegExp(`^Code: ${code}\\. DB::Exception: [^]*\\(${type}`)) as string,
    true,
  ]);
  expect(await clickhouse.text("SELECT count() FROM t")).toBe("0\n");
});

test("an error comes in a frame, too, to who asked for frames", async () => {
  const headers = { "Accept-Encoding": "identity" };
  const answer = await clickhouse.post("SELECT nosuch", { compress: "1" }, { headers });
  const lz4 = 0x82;
  expect([
    answer.status,
    answer.headers.get("x-clickhouse-exception-code"),
    Buffer.from(await answer.arrayBuffer())[methodAt],
  ]).toEqual([404, "47", lz4]);
});

test.each([
  ["gzip", gzipSync],
  ["deflate", deflateSync],
])("SQL and data in one body, coded %s", async (coding, compress) => {
  const body = Buffer.concat([Buffer.from("INSERT INTO coded FORMAT RowBinary\n"), Buffer.alloc(80, 1)]);
  await clickhouse.text("CREATE OR REPLACE TABLE coded AS t");
  const answer = await clickhouse.post(compress(body), {}, { headers: { "Content-Encoding": coding } });
  expect([answer.status, await answer.text()]).toEqual([200, ""]);
  expect(await clickhouse.text("SELECT count() FROM coded")).toBe("10\n");
});
