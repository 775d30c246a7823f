import { eventTopics } from "../../../lake/events";
import { createTopics } from "../../../local/kafka/create-topics";
import { text } from "./events";
import { RunningLake } from "./running-bronze";

jest.setTimeout(600_000);

const catchUp = ["--once"];

/** In the order of a batch's commit, so that each start finds what the previous one left. */
const killPoints = [
  "staged",
  "decided",
  "between renames",
  "before the record",
  "after the record",
  "before Spark's commit",
];

describe("bronze has each record exactly once", () => {
  let lake: RunningLake;

  async function sendSome(): Promise<void> {
    for (const topic of eventTopics)
      for (const partition of [0, 1, 2])
        await lake.send(topic, partition, [
          { key: "good", value: text(topic) },
          { key: "bad", value: "{" },
        ]);
  }

  async function runWell(args: readonly string[]): Promise<void> {
    const run = lake.run(args);
    // Its last line is compared only to be shown when the exit code is wrong.
    expect([await run.ended(), run.lastWord]).toEqual([0, run.lastWord]);
  }

  beforeAll(async () => {
    lake = await RunningLake.start();
    await createTopics(lake.kafkaAddress);
  }, 600_000);

  afterAll(() => lake.stop());

  test("after a kill at every point of a commit", async () => {
    let killed = 0;
    for (const point of killPoints) {
      await sendSome();
      // Here its JVM is killed, too. At the other points Python alone is: the JVM has nothing to do there.
      const run = lake.run(catchUp, { at: point, ownJvm: point === "decided" });
      expect([point, await run.ended()]).toEqual([point, "SIGKILL"]);
      killed += 1;
      // No row is duplicated, even before the next start.
      const keys = (await lake.landed()).map(([key]) => key);
      expect(new Set(keys).size).toBe(keys.length);
    }
    await runWell(catchUp);
    expect(killed).toBe(killPoints.length);
    expect(await lake.landed()).toEqual(lake.expected());
  });

  test("ran a batch that was cut off again with the same offsets", async () => {
    const records = await lake.journal.readAfter(-1);
    const reached = new Map<string, number>();
    for (const record of records)
      for (const [topic, done] of Object.entries(record.topics))
        for (const [partition, { from, until }] of Object.entries(done.offsets)) {
          const key = `${topic}/${partition}`;
          expect([key, record.batchId, from]).toEqual([key, record.batchId, reached.get(key) ?? 0]);
          reached.set(key, until);
        }
    // Batch 0 began with the first two records of each partition, and was killed before it was decided.
    expect(records[0]?.topics.auth_events?.offsets["0"]).toEqual({ from: 0, until: 2 });
  });

  test.each(["held before it is decided", "held between renames"])(
    "when a second application takes over from one that was %s",
    async (point) => {
      await sendSome();
      const held = lake.run(catchUp, { at: point, ownJvm: true });
      await held.until(() => held.lines.some((line) => line.includes("held")));
      const second = lake.run(catchUp);
      expect(await second.ended()).toBe(0);
      expect(await lake.landed()).toEqual(lake.expected());
      const records = (await lake.journal.numbers()).length;
      held.signal("SIGCONT");
      expect(await held.ended()).toBe(1);
      expect(held.lastWord).toContain("another bronze application has taken over");
      expect(await lake.landed()).toEqual(lake.expected());
      expect((await lake.journal.numbers()).length).toBe(records);
    },
  );

  test("after records and checkpoint were lost and made anew", async () => {
    const before = await lake.journal.readAfter(-1);
    const { webhdfs, lake: paths } = lake;
    await webhdfs.remove(paths.commits("bronze"));
    const withoutRecords = lake.run(catchUp);
    expect(await withoutRecords.ended()).toBe(1);
    expect(withoutRecords.lastWord).toContain("run rebuild-commits");
    await runWell(["rebuild-commits"]);
    const after = await lake.journal.readAfter(-1);
    expect(after.map(({ batchId, topics }) => ({ batchId, topics }))).toEqual(
      before.map(({ batchId, topics }) => ({ batchId, topics })),
    );
    await webhdfs.remove(paths.checkpoint("bronze"));
    const withoutCheckpoint = lake.run(catchUp);
    expect(await withoutCheckpoint.ended()).toBe(1);
    expect(withoutCheckpoint.lastWord).toContain("rebuild-checkpoint");
    await runWell(["rebuild-checkpoint"]);
    await sendSome();
    await runWell(catchUp);
    expect(await lake.landed()).toEqual(lake.expected());
  });
});
