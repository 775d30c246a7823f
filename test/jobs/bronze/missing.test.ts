import type { Admin } from "kafkajs";
import { eventTopics } from "../../../lake/events";
import { readHeld } from "../../../jobs/hdfs/read-held";
import { offsetsIn, type BronzeCommit } from "../../../lake/records";
import { createTopics } from "../../../local/kafka/create-topics";
import { until } from "../../../local/jvm/until";
import { BronzeSoFar } from "../../../console/flow/bronze-so-far";
import type { KafkaClient } from "../../../jobs/kafka/client";
import { openKafka } from "../../../jobs/kafka/open";
import { text } from "./events";
import { RunningLake } from "./running-bronze";

jest.setTimeout(300_000);

const catchUp = ["--once"];
const pay = "transaction_events";
const listen = "listen_events";

describe("offsets that hold no record", () => {
  let lake: RunningLake;
  let admin: Admin;
  let client: KafkaClient;

  beforeAll(async () => {
    lake = await RunningLake.start();
    await createTopics(lake.kafkaAddress);
    admin = lake.kafka.admin();
    await admin.connect();
    client = openKafka({ brokers: lake.kafkaAddress, clientId: "checks", retries: 5 });
  }, 600_000);

  afterAll(async () => {
    await admin.disconnect();
    await client.close();
    await lake.stop();
  });

  async function transact(amounts: readonly number[], end: "commit" | "abort"): Promise<void> {
    const producer = lake.kafka.producer({
      transactionalId: "shop",
      idempotent: true,
      maxInFlightRequests: 1,
    });
    await producer.connect();
    const transaction = await producer.transaction();
    const messages = amounts.map((amount) => ({ key: "k", value: text(pay, { amount }), partition: 0 }));
    await transaction.send({ topic: pay, messages });
    await transaction[end]();
    await producer.disconnect();
  }

  async function send(count: number): Promise<void> {
    await lake.send(
      listen,
      0,
      Array.from({ length: count }, () => ({ value: text(listen) })),
    );
  }

  async function deleteBefore(offset: number): Promise<void> {
    await admin.deleteTopicRecords({ topic: listen, partitions: [{ partition: 0, offset: String(offset) }] });
  }

  /** Runs bronze to Kafka's end; resolves with its output and its newest record. */
  async function run(): Promise<{ said: string; newest: BronzeCommit["topics"] }> {
    const bronze = lake.run(catchUp);
    expect([await bronze.ended(), bronze.lastWord]).toEqual([0, bronze.lastWord]);
    const newest = (await lake.journal.readAfter(-1)).at(-1);
    return { said: bronze.stderr, newest: newest?.topics ?? {} };
  }

  /** Every offset of Kafka is a row of bronze, or is counted as one without a row. */
  async function requireAdded(): Promise<void> {
    const soFar = new BronzeSoFar();
    for (const record of await lake.journal.readAfter(-1)) soFar.add(record);
    let offsets = 0;
    for (const topic of eventTopics)
      for (const { high } of await admin.fetchTopicOffsets(topic)) offsets += Number(high);
    expect(soFar.bronze + soFar.quarantine).toBe(soFar.recordsOf(offsets));
  }

  test("takes what transactions have committed, and counts the offsets of the others", async () => {
    await transact([10], "commit");
    await transact([999, 999], "abort");
    await transact([20], "commit");
    const { newest } = await run();
    const amounts = lake.select("toString(amount) AS amount", "bronze", pay).map(({ amount }) => amount);
    expect(amounts.sort()).toEqual(["10", "20"]);
    const done = newest[pay];
    const { from = -1, until = -1 } = done?.offsets["0"] ?? {};
    // Four records, and a marker for each transaction.
    expect([from, until, done?.bronzeRows]).toEqual([0, 7, 2]);
    expect(done?.skipped).toEqual({
      "0": [
        { from: 1, until: 5 },
        { from: 6, until: 7 },
      ],
    });
    expect(offsetsIn(done?.lost)).toBe(0);
    await requireAdded();
  });

  test("goes on when only markers are new", async () => {
    await transact([999], "abort");
    const { newest } = await run();
    expect(newest[pay]).toMatchObject({ bronzeRows: 0, skipped: { "0": [{ from: 7, until: 9 }] } });
    await requireAdded();
  });

  test("finds the same offsets when commit records are made anew", async () => {
    const before = await lake.journal.readAfter(-1);
    await lake.webhdfs.remove(lake.lake.commits("bronze"));
    const rebuild = lake.run(["rebuild-commits"]);
    expect([await rebuild.ended(), rebuild.lastWord]).toEqual([
      0,
      expect.stringContaining("records written"),
    ]);
    const after = await lake.journal.readAfter(-1);
    expect(after.map(({ batchId, topics: done }) => ({ batchId, done }))).toEqual(
      before.map(({ batchId, topics: done }) => ({ batchId, done })),
    );
    await requireAdded();
  });

  test("lets the checks read up to an offset that is a marker", async () => {
    const all = await client.read(pay, new Map([[0, { from: 0, until: 9 }]]));
    expect(all.map(({ offset }) => offset)).toEqual([0, 5]);
    expect(await client.read(pay, new Map([[0, { from: 8, until: 9 }]]))).toEqual([]);
  });

  test("goes on when records were deleted before they were read, and says which", async () => {
    await send(3);
    await run();
    await send(5);
    await deleteBefore(6);
    const { said, newest } = await run();
    expect(said).toContain("lost: Kafka deleted offsets 3 to 5 of listen_events partition 0");
    expect(newest[listen]).toMatchObject({
      offsets: { "0": { from: 3, until: 8 } },
      bronzeRows: 2,
      skipped: {},
      lost: { "0": [{ from: 3, until: 6 }] },
    });
    await requireAdded();
  });

  test("goes on when all that it had not read was deleted", async () => {
    await send(2);
    await deleteBefore(10);
    await run();
    await send(1);
    const { newest } = await run();
    expect(newest[listen]).toMatchObject({ offsets: { "0": { from: 10, until: 11 } }, bronzeRows: 1 });
    const lost = (await lake.journal.readAfter(-1)).map(({ topics: done }) => offsetsIn(done[listen]?.lost));
    expect(lost.reduce((sum, count) => sum + count, 0)).toBe(5);
    await requireAdded();
  });

  test("names the partition that waits for an open transaction, as long as it waits", async () => {
    const producer = lake.kafka.producer({
      transactionalId: "slow shop",
      idempotent: true,
      maxInFlightRequests: 1,
      transactionTimeout: 60_000,
    });
    await producer.connect();
    const transaction = await producer.transaction();
    await transaction.send({ topic: pay, messages: [{ key: "k", value: text(pay), partition: 0 }] });
    const bronze = lake.run(["--trigger", "1"]);
    const held = () => readHeld(lake.webhdfs, lake.lake);
    await until(
      "the partition is named",
      async () => ((await held()).length > 0 ? undefined : "it is not"),
      AbortSignal.timeout(90_000),
    );
    expect(await held()).toEqual([{ topic: pay, partition: 0, offset: 9, offsetsBehind: 1 }]);
    expect(bronze.stderr).toContain(
      "waits: transaction_events partition 0: a transaction is open from offset 9 on",
    );
    await transaction.commit();
    await producer.disconnect();
    await until(
      "no partition is named",
      async () => ((await held()).length > 0 ? "one is" : undefined),
      AbortSignal.timeout(90_000),
    );
    bronze.signal("SIGTERM");
    await bronze.ended();
    await run();
    await requireAdded();
  });
});
