import { CompressionCodecs, CompressionTypes, Kafka, logLevel } from "kafkajs";
import { compress } from "snappy";
import { readEveryCodec } from "../../../jobs/kafka/codecs";
import type { KafkaClient } from "../../../jobs/kafka/client";
import { openKafka } from "../../../jobs/kafka/open";
import { startBroker, type RunningBroker } from "./running-broker";

jest.setTimeout(180_000);

let broker: RunningBroker;
let kafka: Kafka;
let client: KafkaClient;

/** Java's Snappy streams have blocks of 32 kB: one value spans several. */
const values = ["short", "", "é".repeat(10), "a line that comes again and again\n".repeat(5_000)];

beforeAll(async () => {
  broker = await startBroker();
  const { address } = broker;
  kafka = new Kafka({ brokers: [address], logLevel: logLevel.NOTHING });
  client = openKafka({ brokers: address, clientId: "codecs", retries: 5 });
}, 600_000);

afterAll(async () => {
  await client.close();
  await broker.stop();
});

/** The broker compresses records as the topic says. */
async function compressed(topic: string, compression: string): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  const configEntries = [{ name: "compression.type", value: compression }];
  await admin.createTopics({ topics: [{ topic, numPartitions: 1, configEntries }], waitForLeaders: true });
  await admin.disconnect();
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic, messages: values.map((value) => ({ value })) });
  await producer.disconnect();
}

test.each(["gzip", "snappy", "lz4", "zstd", "uncompressed"])(
  "records that a topic keeps as %s are read as they were sent",
  async (compression) => {
    const topic = `of_${compression}`;
    await compressed(topic, compression);
    const records = await client.read(topic, new Map([[0, { from: 0, until: values.length }]]));
    expect(records.map(({ value }) => value?.toString())).toEqual(values);
  },
);

test("a block of Snappy that is no stream is read, too", async () => {
  readEveryCodec();
  const snappy = CompressionCodecs[CompressionTypes.Snappy]() as {
    decompress(data: Buffer): Promise<Buffer>;
  };
  expect((await snappy.decompress(await compress("as Go writes it"))).toString()).toBe("as Go writes it");
});
