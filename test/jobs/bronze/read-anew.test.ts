import type { Admin } from "kafkajs";
import { eventTopics } from "../../../lake/events";
import { commitName } from "../../../lake/layout";
import type { BronzeCommit } from "../../../lake/records";
import { createTopics } from "../../../local/kafka/create-topics";
import { BronzeSoFar } from "../../../console/flow/bronze-so-far";
import { text } from "./events";
import { RunningLake } from "./running-bronze";

jest.setTimeout(300_000);

const catchUp = ["--once"];
const listen = "listen_events";

describe("a topic that was made anew", () => {
  let lake: RunningLake;
  let admin: Admin;
  /** Number of records that bronze has read, over all topics of this name. */
  let read = 0;

  beforeAll(async () => {
    lake = await RunningLake.start();
    await createTopics(lake.kafkaAddress);
    admin = lake.kafka.admin();
    await admin.connect();
  }, 600_000);

  afterAll(async () => {
    await admin.disconnect();
    await lake.stop();
  });

  async function send(count: number): Promise<void> {
    await lake.send(
      listen,
      0,
      Array.from({ length: count }, () => ({ value: text(listen) })),
    );
    read += count;
  }

  async function makeAnew(): Promise<void> {
    await admin.deleteTopics({ topics: [listen] });
    await createTopics(lake.kafkaAddress);
  }

  const records = () => lake.journal.readAfter(-1);

  async function run(args: readonly string[] = catchUp): Promise<string> {
    const bronze = lake.run(args);
    expect([await bronze.ended(), bronze.lastWord]).toEqual([0, bronze.lastWord]);
    return bronze.stderr;
  }

  /** `readAnew` of the newest record that has one. */
  async function newestSwitch(): Promise<BronzeCommit["readAnew"]> {
    return (await records()).findLast(({ readAnew }) => readAnew !== undefined)?.readAnew;
  }

  async function requireAllRead(): Promise<void> {
    expect(lake.select("count() AS rows", "bronze", listen)).toEqual([{ rows: read }]);
    expect(lake.select("uniqExact(event_id) AS rows", "bronze", listen)).toEqual([{ rows: read }]);
    const soFar = new BronzeSoFar();
    for (const record of await records()) soFar.add(record);
    let ends = 0;
    for (const topic of eventTopics)
      for (const { high } of await admin.fetchTopicOffsets(topic)) ends += Number(high);
    expect([soFar.bronze, soFar.recordsOf(ends)]).toEqual([read, read]);
  }

  const idsPath = () => lake.lake.topicIds;
  type Ids = { clusterId: string; topics: Record<string, string>; switches: unknown[] };

  async function changeIds(change: (ids: Ids) => Partial<Ids>): Promise<void> {
    const ids = (await lake.webhdfs.readJson(idsPath())) as Ids;
    await lake.webhdfs.remove(idsPath());
    await lake.webhdfs.write(idsPath(), JSON.stringify({ ...ids, ...change(ids) }));
  }

  test.each([
    ["smaller than", 5, 2],
    ["larger than", 2, 7],
  ])("is read from its beginning when it is %s what was read", async (_, before, after) => {
    await send(before);
    await run();
    const until = (await records()).at(-1)?.topics[listen]?.offsets["0"]?.until;
    await makeAnew();
    await send(after);
    const said = await run();
    expect(said).toMatch(
      new RegExp(
        `read anew: Kafka's topic listen_events was deleted and made anew: it was read until offset ${until} of partition 0; what it held from there on is lost`,
      ),
    );
    const anew = (await newestSwitch())?.[listen];
    expect(anew?.readUntil["0"]).toBe(until);
    expect(anew?.id).not.toBe(anew?.wasId);
    await requireAllRead();
    await run();
    await requireAllRead();
  });

  test("is read while bronze runs", async () => {
    const bronze = lake.run(["--trigger", "1"]);
    await send(3);
    const rows = bronze.until(() => bronze.rows === 3);
    await rows;
    await makeAnew();
    await send(4);
    await bronze.until(() => bronze.rows === 7);
    bronze.signal("SIGTERM");
    expect(await bronze.ended()).toBe(0);
    await requireAllRead();
  });

  test("is found by the commands that make records and the checkpoint anew", async () => {
    const before = await records();
    await lake.webhdfs.remove(lake.lake.commits("bronze"));
    await run(["rebuild-commits"]);
    const facts = (all: readonly BronzeCommit[]) =>
      all.map(({ batchId, topics, readAnew }) => ({ batchId, topics, readAnew }));
    expect(facts(await records())).toEqual(facts(before));
    await lake.webhdfs.remove(lake.lake.checkpoint("bronze"));
    await run(["rebuild-checkpoint"]);
    await send(1);
    await run();
    await requireAllRead();
  });

  /** Removes what was written with the newest switch and after it. Only for batches without rows. */
  async function takeBackSince(offset: 0 | 1): Promise<void> {
    const all = await records();
    const since = all.slice(all.findLastIndex(({ readAnew }) => readAnew !== undefined) + offset);
    expect(since.every(({ topics }) => topics[listen] === undefined)).toBe(true);
    for (const { batchId } of since)
      await lake.webhdfs.remove(`${lake.lake.commits("bronze")}/${commitName(batchId)}`);
  }

  test("is read after a kill between the decision and its record", async () => {
    await makeAnew();
    await run();
    await takeBackSince(0);
    await send(2);
    await run();
    await requireAllRead();
  });

  test("is read after a kill that left half a checkpoint", async () => {
    await makeAnew();
    await run();
    await takeBackSince(1);
    await lake.webhdfs.remove(`${lake.lake.checkpoint("bronze")}/offsets`);
    await send(2);
    await run();
    await requireAllRead();
  });

  test("is read when Kafka has lost the end of it: what is there still is there twice", async () => {
    await send(3);
    await run();
    await makeAnew();
    await send(1);
    // Kafka keeps the id of a topic whose leader has lost records: the lake must not take it for another topic.
    await changeIds(({ topics }) => ({
      topics: Object.fromEntries(Object.entries(topics).filter(([topic]) => topic !== listen)),
    }));
    expect(await run()).toContain("listen_events ends before what was read of it");
    const anew = (await newestSwitch())?.[listen];
    expect(anew?.id).toBe(anew?.wasId);
    await requireAllRead();
  });

  test("of another Kafka is not read until somebody says so", async () => {
    const { clusterId } = (await lake.webhdfs.readJson(idsPath())) as Ids;
    await changeIds(() => ({ clusterId: "of-another-one" }));
    await makeAnew();
    await send(2);
    const refused = lake.run(catchUp);
    expect(await refused.ended()).toBe(1);
    expect(refused.lastWord).toContain(
      `is not the one that this lake has read (its cluster id is ${clusterId}, and was of-another-one)`,
    );
    expect(refused.lastWord).toContain(`say --accept-kafka ${clusterId}`);
    await run([...catchUp, "--accept-kafka", clusterId]);
    await requireAllRead();
  });

  test("is known by what the version before this one kept of it, too", async () => {
    await send(1);
    await run();
    const before = (await lake.webhdfs.readJson(idsPath())) as Ids;
    await lake.webhdfs.remove(idsPath());
    await lake.webhdfs.write(idsPath(), JSON.stringify(before.topics));
    await run();
    expect(await lake.webhdfs.readJson(idsPath())).toEqual({ ...before, switches: [] });
  });
});
