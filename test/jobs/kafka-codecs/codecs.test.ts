import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { CompressionCodecs, CompressionTypes, Kafka, logLevel } from "kafkajs";
import { compress } from "snappy";
import { readEveryCodec } from "../../../lake/kafka-codecs";
import { freePorts } from "../../../local/jvm/free-ports";
import { broker } from "../../../local/kafka/broker";
import { waitForKafka } from "../../../local/kafka/ready";
import { silentProgress } from "../../../local/setup/progress";
import { setUp } from "../../../local/setup/setup";
import { readRecords } from "../../../smoke/reading/records";
import { Topics } from "../../../smoke/reading/topics";
import { startService, type Service } from "../setup/service-processes";

jest.setTimeout(180_000);

const folder = mkdtempSync(join(tmpdir(), "kafka-codecs-"));
let service: Service;
let kafka: Kafka;
let topics: Topics;

/** A Snappy stream of Java has blocks of 32 kB: one value is in several. */
const values = ["short", "", "é".repeat(10), "a line that comes again and again\n".repeat(5_000)];

beforeAll(async () => {
  const root = resolve(__dirname, "../../..");
  const toolchain = await setUp({ root, env: process.env, progress: silentProgress });
  const [port = 0, controllerPort = 0] = await freePorts(2);
  const address = `127.0.0.1:${port}`;
  service = await startService(
    broker({
      jvm: { java: toolchain.java, classPath: toolchain.jars.kafka, archive: toolchain.archives.kafka },
      configFolder: join(folder, "config"),
      dataFolder: join(folder, "data"),
      port,
      controllerPort,
    }),
  );
  await waitForKafka(address, AbortSignal.timeout(120_000));
  kafka = new Kafka({ brokers: [address], logLevel: logLevel.NOTHING });
  topics = new Topics(kafka, address);
}, 600_000);

afterAll(async () => {
  await topics.close();
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The broker compresses what it is sent as the topic says. */
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
    const records = await readRecords(
      kafka,
      topics,
      topic,
      new Map([[0, { from: 0, until: values.length }]]),
    );
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
