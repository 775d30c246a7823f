import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Kafka, logLevel } from "kafkajs";
import { WebHdfs } from "../../../jobs/hdfs/webhdfs";
import { datanode, namenode, type HdfsOptions } from "../../../local/hdfs/daemons";
import { waitForHdfs } from "../../../local/hdfs/ready";
import { freePorts } from "../../../local/jvm/free-ports";
import { broker, type BrokerOptions } from "../../../local/kafka/broker";
import { waitForKafka } from "../../../local/kafka/ready";
import { silentProgress } from "../../../toolchain/progress";
import { setUpLake, type LakeToolchain } from "../../../local/lake-toolchain";
import { startService, type Service } from "../../../testbed/service-processes";

jest.setTimeout(180_000);

const folder = mkdtempSync(join(tmpdir(), "services with a space "));
const running: Service[] = [];
let toolchain: LakeToolchain;
let ports: number[];

beforeAll(async () => {
  toolchain = await setUpLake({
    root: resolve(__dirname, "../../.."),
    env: process.env,
    progress: silentProgress,
  });
  ports = await freePorts(7);
}, 600_000);

afterEach(async () => {
  await Promise.all(running.splice(0).map((service) => service.stop()));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function start(...services: Promise<Service>[]): Promise<void> {
  running.push(...(await Promise.all(services)));
}

function soon(): AbortSignal {
  return AbortSignal.timeout(120_000);
}

function brokerOptions(): BrokerOptions {
  const [port = 0, controllerPort = 0] = ports;
  return {
    jvm: { java: toolchain.java, classPath: toolchain.jars.kafka, archive: toolchain.archives.kafka },
    configFolder: join(folder, "config", "kafka"),
    dataFolder: join(folder, "kafka"),
    port,
    controllerPort,
  };
}

function hdfsOptions(): HdfsOptions {
  const [, , namenodeRpc = 0, namenodeHttp = 0, datanodeData = 0, datanodeIpc = 0, datanodeHttp = 0] = ports;
  return {
    jvm: { java: toolchain.java, classPath: toolchain.jars.hdfs, archive: toolchain.archives.hdfs },
    configFolder: join(folder, "config", "hdfs"),
    namenodeFolder: join(folder, "namenode"),
    datanodeFolder: join(folder, "datanode"),
    ports: { namenodeRpc, namenodeHttp, datanodeData, datanodeIpc, datanodeHttp },
  };
}

function kafkaClient(): Kafka {
  return new Kafka({
    clientId: "services",
    brokers: [`127.0.0.1:${ports[0]}`],
    logLevel: logLevel.NOTHING,
  });
}

async function produce(topic: string, values: string[]): Promise<void> {
  const producer = kafkaClient().producer({ idempotent: true });
  await producer.connect();
  await producer.send({ topic, acks: -1, messages: values.map((value) => ({ key: value, value })) });
  await producer.disconnect();
}

async function consume(topic: string, count: number): Promise<string[]> {
  const consumer = kafkaClient().consumer({ groupId: `group-${count}` });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const values: string[] = [];
  await new Promise<void>((finished, failed) => {
    consumer
      .run({
        eachMessage: ({ message }) => {
          values.push(String(message.value));
          if (values.length === count) finished();
          return Promise.resolve();
        },
      })
      .catch(failed);
  });
  await consumer.disconnect();
  return values.sort();
}

test("Kafka's guarded listener takes the right password, and no other", async () => {
  const [port = 0, controllerPort = 0, guardedPort = 0] = await freePorts(3);
  const options: BrokerOptions = {
    ...brokerOptions(),
    configFolder: join(folder, "config", "guarded"),
    dataFolder: join(folder, "guarded"),
    port,
    controllerPort,
    guarded: { host: "127.0.0.1", port: guardedPort, users: { bronze: "right1" } },
  };
  await start(startService(broker(options)));
  await waitForKafka(`127.0.0.1:${port}`, soon());
  const topics = async (password: string): Promise<string[]> => {
    const admin = new Kafka({
      clientId: "guarded",
      brokers: [`127.0.0.1:${guardedPort}`],
      logLevel: logLevel.NOTHING,
      sasl: { mechanism: "scram-sha-512", username: "bronze", password },
      retry: { retries: 0 },
    }).admin();
    try {
      await admin.connect();
      return await admin.listTopics();
    } finally {
      await admin.disconnect();
    }
  };
  expect(await topics("right1")).toEqual([]);
  await expect(topics("wrong1")).rejects.toThrow(/invalid credentials/i);
});

test("Kafka keeps records over a restart, and is formatted once", async () => {
  const options = brokerOptions();
  await start(startService(broker(options)));
  await waitForKafka(`127.0.0.1:${options.port}`, soon());
  const admin = kafkaClient().admin();
  await admin.connect();
  await admin.createTopics({
    waitForLeaders: true,
    topics: [{ topic: "t", numPartitions: 3, replicationFactor: 1 }],
  });
  await admin.disconnect();
  await produce("t", ["a", "b"]);
  const meta = readFileSync(join(options.dataFolder, "meta.properties"), "utf8");
  await Promise.all(running.splice(0).map((service) => service.stop()));

  await start(startService(broker(options)));
  await waitForKafka(`127.0.0.1:${options.port}`, soon());
  await produce("t", ["c"]);
  expect(await consume("t", 3)).toEqual(["a", "b", "c"]);
  expect(readFileSync(join(options.dataFolder, "meta.properties"), "utf8")).toBe(meta);
});

test("HDFS keeps files and snapshots over a restart, and is formatted once", async () => {
  const options = hdfsOptions();
  const address = `http://127.0.0.1:${options.ports.namenodeHttp}`;
  const hdfs = new WebHdfs(address);
  await start(startService(namenode(options)), startService(datanode(options)));
  await waitForHdfs(address, soon());
  await hdfs.write("/lake/gold/a file", "old");
  await hdfs.allowSnapshot("/lake/gold");
  await hdfs.createSnapshot("/lake/gold", "s1");
  await hdfs.write("/lake/gold/a file", "new");
  await Promise.all(running.splice(0).map((service) => service.stop()));

  await start(startService(namenode(options)), startService(datanode(options)));
  await waitForHdfs(address, soon());
  expect(String(await hdfs.read("/lake/gold/a file"))).toBe("new");
  expect(String(await hdfs.read("/lake/gold/.snapshot/s1/a file"))).toBe("old");
  await hdfs.remove("/lake/gold/a file");
  await hdfs.deleteSnapshot("/lake/gold", "s1");
});

test("a NameNode whose format was interrupted is formatted again", async () => {
  const options = { ...hdfsOptions(), namenodeFolder: join(folder, "interrupted") };
  const launch = namenode(options);
  await start(startService(launch));
  expect(launch.isFormatted?.()).toBe(true);
  await Promise.all(running.splice(0).map((service) => service.stop()));
  const current = join(options.namenodeFolder, "current");
  for (const name of ["fsimage_0000000000000000000", "edits_inprogress_0000000000000000001"]) {
    rmSync(join(current, name), { force: true });
  }
  expect(launch.isFormatted?.()).toBe(false);
});

test("a wait that is given up says why it waited", async () => {
  const gone = AbortSignal.timeout(500);
  await expect(waitForHdfs("http://127.0.0.1:1", gone)).rejects.toThrow(
    /^HDFS at http:\/\/127.0.0.1:1 is not ready: /,
  );
  await expect(waitForKafka("127.0.0.1:1", AbortSignal.timeout(500))).rejects.toThrow(
    /^Kafka at 127.0.0.1:1 is not ready: .*(ECONNREFUSED|Connection)/,
  );
});

test("a format that fails says so, with the reason", async () => {
  const options = { ...hdfsOptions(), namenodeFolder: "/proc/nowhere" };
  await expect(startService(namenode(options))).rejects.toThrow(/^formatting failed: .+/);
});
