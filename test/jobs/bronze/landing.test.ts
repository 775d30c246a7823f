import { eventTopics } from "../../../lake/events";
import { createTopics } from "../../../local/kafka/create-topics";
import { badListens, badTransactions, oddListens, times } from "./bad-inputs";
import { event, text } from "./events";
import { RunningLake, type BronzeProcess } from "./running-bronze";

jest.setTimeout(300_000);

const unknown = { campaign: "spring", nested: { a: [1, "x"] }, nothing: null };

describe("bronze lands what Kafka holds", () => {
  let lake: RunningLake;
  let bronze: BronzeProcess;
  const goodPerTopic = 20;

  beforeAll(async () => {
    lake = await RunningLake.start();
    bronze = lake.run(["--trigger", "1"]);
    // Bronze starts before there is a topic, and waits.
    await bronze.until(() => bronze.lastWord.includes("has no topic"));
    await createTopics(lake.kafkaAddress);
    for (const topic of eventTopics)
      for (const partition of [0, 1, 2]) {
        const messages = Array.from({ length: goodPerTopic }, (_, index) => ({
          key: Buffer.from([0xff, partition, index]),
          value: text(topic),
          headers: { source: `test-${index}` },
        }));
        await lake.send(topic, partition, messages);
      }
    await lake.send("listen_events", 0, [{ key: null, value: text("listen_events", unknown) }]);
    for (const [, value] of oddListens) await lake.send("listen_events", 1, [{ key: "odd", value }]);
    for (const [time] of times)
      await lake.send("page_view_events", 1, [
        { key: "time", value: text("page_view_events", { event_time: time }) },
      ]);
    for (const [, value] of badListens) await lake.send("listen_events", 2, [{ key: "bad", value }]);
    for (const [, value] of badTransactions)
      await lake.send("transaction_events", 2, [{ key: "bad", value }]);
    await bronze.until(() => bronze.rows >= lake.sent.size);
  }, 600_000);

  afterAll(() => lake.stop());

  test("has every record once, with the bytes that were sent", async () => {
    expect(await lake.landed()).toEqual(lake.expected());
  });

  test.each(badListens.map(([what, , reason], index) => [what, reason, index] as const))(
    "quarantines %s: %s",
    (_, reason, index) => {
      // On partition 2 they come after the good ones.
      const rows = lake.select("kafka_partition, kafka_offset, reason", "quarantine", "listen_events");
      const row = rows.find((one) => Number(one.kafka_offset) === goodPerTopic + index);
      expect(row?.reason).toContain(reason);
    },
  );

  test.each(badTransactions.map(([what, , reason], index) => [what, reason, index] as const))(
    "quarantines a transaction with %s: %s",
    (_, reason, index) => {
      const rows = lake.select("kafka_offset, reason", "quarantine", "transaction_events");
      const row = rows.find((one) => Number(one.kafka_offset) === goodPerTopic + index);
      expect(row?.reason).toContain(reason);
    },
  );

  test("quarantines nothing else", () => {
    const counts = eventTopics.map((topic) => [topic, lake.select("1", "bronze", topic).length]);
    expect(Object.fromEntries(counts)).toEqual({
      listen_events: 3 * goodPerTopic + 1 + oddListens.length,
      page_view_events: 3 * goodPerTopic + times.length,
      auth_events: 3 * goodPerTopic,
      status_change_events: 3 * goodPerTopic,
      transaction_events: 3 * goodPerTopic,
    });
  });

  test("keeps fields that the schema does not know", () => {
    const rows = lake.select("kafka_offset, unknown_fields", "bronze", "listen_events");
    const kept = rows.filter((row) => Object.keys(row.unknown_fields as object).length > 0);
    expect(kept).toHaveLength(2);
    expect(kept.map((row) => row.unknown_fields)).toEqual(
      expect.arrayContaining([
        { campaign: "spring", nested: '{"a":[1,"x"]}', nothing: null },
        { more: "x".repeat(60_000) },
      ]),
    );
  });

  test.each(times.map(([time, instant], index) => [time, instant, index] as const))(
    "takes the time %s for %s",
    (_, instant, index) => {
      const time = "formatDateTime(event_time, '%Y-%m-%d %H:%i:%S.%f', 'UTC') AS time";
      const rows = lake.select(`kafka_partition, kafka_offset, ${time}`, "bronze", "page_view_events");
      const row = rows.find(
        (one) => Number(one.kafka_partition) === 1 && Number(one.kafka_offset) === goodPerTopic + index,
      );
      expect(row?.time).toBe(instant);
    },
  );

  test("types the event's columns, and keeps key and headers", () => {
    const columns =
      "toTypeName(amount) AS type, toString(amount) AS sum, toString(event_time) AS time, hex(kafka_key) AS key," +
      " kafka_headers.key AS header, kafka_headers.value AS header_value";
    const [row] = lake.select(`${columns}, kafka_offset`, "bronze", "transaction_events");
    expect(row).toMatchObject({
      sum: "9.9",
      time: expect.stringContaining("2026-01-31 12:00:00") as string,
    });
    expect(row?.type).toContain("Decimal(18, 2)");
    expect(row?.key).toMatch(/^FF0[0-2]/);
    expect(row?.header).toEqual(["source"]);
  });

  test("cuts by the UTC hour of arrival in Kafka", () => {
    const wrong = lake
      .select("_path, toString(kafka_timestamp, 'UTC') AS arrived", "bronze", "listen_events")
      .filter((row) => {
        const [day = "", time = ""] = String(row.arrived).split(" ");
        return !String(row._path).includes(`/date=${day}/hour=${time.slice(0, 2)}/`);
      });
    expect(wrong).toEqual([]);
  });

  test("says in its records what it did", async () => {
    const records = await lake.journal.readAfter(-1);
    expect(records.map((record) => record.batchId)).toEqual(records.map((_, index) => index));
    const sums = { rows: 0, offsets: 0, arrivals: 0, days: 0, bronze: 0 };
    for (const record of records)
      for (const done of Object.values(record.topics)) {
        const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
        sums.rows += done.bronzeRows + done.quarantineRows;
        sums.bronze += done.bronzeRows;
        sums.days += sum(Object.values(done.eventDays));
        sums.arrivals += sum(Object.values(done.arrivals));
        sums.offsets += sum(Object.values(done.offsets).map(({ from, until }) => until - from));
        for (const file of done.files)
          expect(await lake.webhdfs.exists(`${lake.lake.root}/${file}`)).toBe(true);
      }
    const bad = badListens.length + badTransactions.length;
    const rows = lake.sent.size;
    expect(sums).toEqual({ rows, offsets: rows, arrivals: rows, days: rows - bad, bronze: rows - bad });
  });

  test("finds a partition that is new", async () => {
    const admin = lake.kafka.admin();
    await admin.connect();
    await admin.createPartitions({ topicPartitions: [{ topic: "auth_events", count: 4 }] });
    await admin.disconnect();
    await lake.send("auth_events", 3, [{ key: "new", value: JSON.stringify(event("auth_events")) }]);
    await bronze.until(() => bronze.rows >= lake.sent.size);
    expect(await lake.landed()).toEqual(lake.expected());
  });

  test("ends with 0 at SIGTERM, and leaves nothing half done", async () => {
    bronze.signal("SIGTERM");
    expect(await bronze.ended()).toBe(0);
    expect(await lake.webhdfs.listIfExists(lake.lake.decided("bronze"))).toEqual([]);
    expect(await lake.landed()).toEqual(lake.expected());
  });
});
