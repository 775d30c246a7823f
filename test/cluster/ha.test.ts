import { until } from "../../local/jvm/until";
import { appendFigure } from "./figures";
import { HaHdfs } from "./ha/hdfs";
import { HaWriter } from "./ha/writer";
import { Kubectl } from "./kubectl";
import { NodeImage } from "./node-image";
import { clusterSettings } from "./settings";

jest.setTimeout(1_800_000);

const settings = clusterSettings();
const kubectl = new Kubectl(settings);
let shell: string;
let hdfs: HaHdfs;
let writer: HaWriter;

async function whole(): Promise<void> {
  await until("HDFS with one active NameNode", () => hdfs.whatLacks(), AbortSignal.timeout(600_000));
}

/** Waits until more than `count` files are acknowledged. */
async function moreThan(count: number): Promise<void> {
  await until(
    "the next acknowledged file",
    async () => {
      const { length } = await writer.acknowledged();
      return length > count ? undefined : `${length} are acknowledged, the last fault was after ${count}`;
    },
    AbortSignal.timeout(600_000),
  );
}

beforeAll(async () => {
  shell = (await NodeImage.of("hdfs", settings)).reference;
  hdfs = await HaHdfs.of(settings, kubectl);
  await hdfs.remove(shell);
  const startedAt = performance.now();
  await hdfs.install(shell);
  await whole();
  appendFigure(settings, "HDFS HA: from nothing to ready", (performance.now() - startedAt) / 1000, 120);
  writer = new HaWriter(kubectl, hdfs.namespace, (await NodeImage.of("spark", settings)).reference);
  await writer.start();
  await moreThan(10);
});

afterAll(() => hdfs.remove(shell));

const faults: [string, () => Promise<void>][] = [
  ["the active NameNode", async () => hdfs.kill(await hdfs.activeNameNode())],
  ["a JournalNode", () => hdfs.kill("hdfs-journalnode-0")],
  ["a DataNode", () => hdfs.kill("hdfs-datanode-0")],
  ["all pods at once", () => hdfs.kill("-l", "app.kubernetes.io/name=hdfs")],
];

test.each(faults)("files are written on when HDFS HA loses %s", async (what, lose) => {
  const { length: before } = await writer.acknowledged();
  await lose();
  await whole();
  // Files acknowledged between the count and the fault, or during the repair, prove nothing.
  const { length: mended } = await writer.acknowledged();
  await moreThan(mended + 5);
  const written = await writer.acknowledged();
  const times = written.slice(before - 1).map(({ atSeconds }) => atSeconds);
  const gaps = times.slice(1).map((seconds, index) => seconds - (times[index] ?? seconds));
  const longest = Math.max(...gaps);
  appendFigure(settings, `HDFS HA loses ${what}: longest time between two acknowledged files`, longest, 60);
  expect(written.length).toBeGreaterThan(mended + 5);
});

test("every acknowledged file is read back, byte for byte", async () => {
  const acknowledged = await writer.acknowledged();
  const read = await writer.readBack();
  const wrong = acknowledged.filter(({ path, sha256 }) => read.get(path) !== sha256);
  console.info(
    `${acknowledged.length - wrong.length} of ${acknowledged.length} acknowledged files read back`,
  );
  expect(wrong).toEqual([]);
  expect(await hdfs.whatLacks()).toBeUndefined();
});
