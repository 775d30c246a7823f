import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { makeCatalogue } from "../../../jobs/eventsim/catalogue";
import { publishCatalogue } from "../../../jobs/eventsim/catalogue/publish";
import { layout } from "../../../lake/layout";
import { WebHdfs } from "../../../lake/webhdfs";
import { silentProgress } from "../../../local/setup/progress";
import { setUp, type Toolchain } from "../../../local/setup/setup";
import { startHdfs, type RunningHdfs } from "../clickhouse/running-hdfs";
import { BronzeOnHdfs } from "./bronze-on-hdfs";
import { LakeRows, refinedTables } from "./lake-rows";
import { RefineProcess } from "./running-refine";
import { arrivedOf, simulate } from "./simulated-events";

jest.setTimeout(300_000);

const folder = mkdtempSync(join(tmpdir(), "refine-"));
const grown = layout("/grown");
const scratch = layout("/scratch");

/** Where one batch ends and the next begins; a month is closed on the way, and opened again by what comes late. */
const cuts = ["2026-01-30", "2026-01-31T18:00:00Z", "2026-02-01T12:00:00Z", "2026-02-04"].map(Date.parse);
const events = [
  ...simulate({
    ...{ users: "30", from: "2026-01-30", to: "2026-02-03" },
    ...{ duplicates: "0.03", late: "0.05", tooLate: "0.01" },
  }),
].map(arrivedOf);
const batches = cuts.slice(1).map((to, index) => {
  const from = cuts[index] ?? to;
  return events.filter(({ arrivedAt }) => arrivedAt >= from && arrivedAt < to);
});

let toolchain: Toolchain;
let running: RunningHdfs;
let hdfs: WebHdfs;

beforeAll(async () => {
  toolchain = await setUp({
    root: resolve(__dirname, "../../.."),
    env: process.env,
    progress: silentProgress,
  });
  running = await startHdfs(join(folder, "hdfs"));
  hdfs = new WebHdfs(running.webhdfs);
  for (const { root } of [grown, scratch]) await publishCatalogue(hdfs, root, makeCatalogue());
}, 300_000);

afterAll(async () => {
  await Promise.all([running.namenode.stop(), running.datanode.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

function refine(lake: typeof grown, words: readonly string[], stopAt?: string): RefineProcess {
  return new RefineProcess(toolchain, running.url + lake.root, words, stopAt);
}

test("what grew batch by batch is what comes of all at once, also when that run was killed before its record", async () => {
  const bronze = new BronzeOnHdfs(hdfs, [grown.root, scratch.root]);
  const growing = refine(grown, ["--every-seconds", "0.2"]);
  for (const [number, batch] of batches.entries()) {
    await bronze.land(batch);
    await growing.refined(number);
  }
  growing.signal("SIGTERM");
  expect(await growing.ended()).toBe(0);
  expect(growing.runs).toHaveLength(batches.length);

  const killed = refine(scratch, ["--once"], "before the record");
  expect(await killed.ended()).toBe("SIGKILL");
  expect(await hdfs.listIfExists(scratch.commits("refine"))).toEqual([]);
  expect(await hdfs.exists(`${scratch.layer("gold")}/.snapshot/s00000000`)).toBe(true);
  const next = refine(scratch, ["--once"]);
  expect([await next.ended(), next.said]).toEqual([0, ["refine: starts Spark"]]);
  expect(next.runs.map(({ run, bronzeThrough }) => [run, bronzeThrough])).toEqual([[0, batches.length - 1]]);

  const rows = new LakeRows(hdfs, running.url);
  for (const { layer, name } of refinedTables) {
    const whole = await rows.all(scratch.table(layer as "silver" | "gold", name));
    expect([name, await rows.all(grown.table(layer as "silver" | "gold", name))]).toEqual([name, whole]);
    expect([name, whole.length > 0]).toEqual([name, true]);
  }
});
