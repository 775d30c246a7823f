import { KafkaError, type KafkaClient } from "../../../jobs/kafka/client";
import { openKafka } from "../../../jobs/kafka/open";
import { startBroker, type RunningBroker } from "./running-broker";

jest.setTimeout(120_000);

const topic = "songs";
let broker: RunningBroker;
let kafka: KafkaClient;

beforeAll(async () => {
  broker = await startBroker();
  kafka = openKafka({ brokers: broker.address, clientId: "client-test", retries: 5 });
  const config = { "message.timestamp.type": "CreateTime" };
  await kafka.createTopics([{ name: topic, partitions: 3, replicationFactor: 1, config }]);
}, 600_000);

afterAll(async () => {
  await kafka.close();
  await broker.stop();
});

test("a topic is listed with its partitions, each with its offsets", async () => {
  expect(await kafka.isLed()).toBe(true);
  expect((await kafka.topics()).get(topic)).toBe(3);
  expect(await kafka.offsets(topic)).toEqual(
    [0, 1, 2].map((partition) => ({ partition, first: 0, next: 0 })),
  );
});

test("records are sent in order to where they are to go, and read as they were sent", async () => {
  const producer = await kafka.producer();
  const records = [1, 2, 3].map((minute) => ({
    key: `k-${minute}`,
    value: Buffer.from([0, 255, minute]),
    headers: { source: "test" },
    timestampMs: minute * 60_000,
    partition: 1,
  }));
  expect(await producer.send([{ topic, records }])).toEqual([{ topic, partition: 1, offset: 0 }]);
  const tombstone = { key: null, value: null, timestampMs: 240_000, partition: 1 };
  expect(await producer.send([{ topic, records: [tombstone] }])).toEqual([
    { topic, partition: 1, offset: 3 },
  ]);
  expect(await producer.send([{ topic, records: [] }])).toEqual([]);
  await producer.close();
  const read = await kafka.read(topic, new Map([[1, { from: 1, until: 4 }]]));
  expect(read).toEqual([
    ...records.slice(1).map(({ key, value, timestampMs }, index) => ({
      ...{ partition: 1, offset: index + 1, timestampMs },
      ...{ key: Buffer.from(key), value, headers: new Map([["source", "test"]]) },
    })),
    { partition: 1, offset: 3, timestampMs: 240_000, key: null, value: null, headers: new Map() },
  ]);
});

test("the first offset since a time is told, and the next one where nothing came since", async () => {
  const since = await kafka.offsetsSince(topic, 120_000);
  expect([since.get(0), since.get(1), since.get(2)]).toEqual([0, 1, 0]);
  expect((await kafka.offsetsSince(topic, 999_000)).get(1)).toBe(4);
});

test("one key goes to one partition", async () => {
  const producer = await kafka.producer();
  const places = new Set<number>();
  for (const value of ["a", "b", "c"])
    for (const { partition } of await producer.send([
      { topic, records: [{ key: "always the same", value }] },
    ]))
      places.add(partition);
  await producer.close();
  expect(places.size).toBe(1);
});

test("what Kafka does not know is an error that names Kafka, and the client goes on", async () => {
  await expect(kafka.offsets("no-such-topic")).rejects.toThrow(KafkaError);
  await expect(kafka.offsets("no-such-topic")).rejects.toThrow(
    `Kafka at ${broker.address} does not answer: `,
  );
  expect((await kafka.topics()).get(topic)).toBe(3);
});
