import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kafka, logLevel } from "kafkajs";
import { ApiServer } from "../../../jobs/watchdog/api-server";
import { KafkaArrivals } from "../../../jobs/watchdog/kafka-arrivals";
import { LakeData } from "../../../jobs/watchdog/lake-data";
import { watch } from "../../../jobs/watchdog/watch";
import type { EventTopic } from "../../../lake/events";
import { layout } from "../../../lake/layout";
import { Journal } from "../../../jobs/hdfs/journal";
import { bronzeCommit, goldCommit, silverCommit, type BronzeCommit } from "../../../lake/records";
import { WebHdfs } from "../../../jobs/hdfs/webhdfs";
import { goldRecord, silverRecord } from "../../../testbed/records";
import { startServices, type Services } from "../smoke/fixture/services";

jest.setTimeout(180_000);

let services: Services;
let hdfs: WebHdfs;
let kafka: Kafka;
const lake = layout("/lake");

beforeAll(async () => {
  services = await startServices();
  const { endpoints } = services;
  hdfs = new WebHdfs(endpoints.webhdfs);
  kafka = new Kafka({ brokers: [endpoints.kafka], logLevel: logLevel.NOTHING });
});

afterAll(async () => {
  await services.stop();
});

const data = (brokers = services.endpoints.kafka) => new LakeData(hdfs, lake, new KafkaArrivals(brokers, {}));

const second = 1000;
/** A time at which everything that exists now has waited for too long. */
const soon = () => Date.now() + 60 * second;
/** A time before anything that exists. */
const longAgo = () => Date.now() - 3600 * second;

async function send(topic: EventTopic, partition: number, records: number): Promise<void> {
  const producer = kafka.producer();
  await producer.connect();
  const messages = Array.from({ length: records }, () => ({ value: "{}", partition }));
  await producer.send({ topic, messages });
  await producer.disconnect();
}

/** Commits a batch that has read a topic's first partition up to an offset. */
async function commit(batchId: number, topic: EventTopic, until: number): Promise<BronzeCommit> {
  const at = new Date().toISOString();
  const record: BronzeCommit = {
    step: "bronze",
    batchId,
    startedAt: at,
    committedAt: at,
    topics: {
      [topic]: {
        offsets: { "0": { from: 0, until } },
        bronzeRows: until,
        quarantineRows: 0,
        eventDays: {},
        arrivals: {},
        files: [],
      },
    },
  };
  await Journal.of(hdfs, lake, "bronze", bronzeCommit).append(batchId, record);
  return record;
}

test("an empty Kafka and an empty lake are idle", async () => {
  expect(await data().bronze(soon())).toEqual({
    kind: "idle",
    says: "nothing waits in Kafka; no batch is committed",
  });
  for (const layer of ["silver", "gold"] as const)
    expect(await data()[layer](soon())).toEqual({
      kind: "idle",
      says: "nothing waits; no run is committed",
    });
});

test("records that nobody has committed are fresh at first, and then stale", async () => {
  await send("listen_events", 0, 5);
  expect(await data().bronze(longAgo())).toMatchObject({ kind: "fresh" });
  expect(await data().bronze(soon())).toEqual({
    kind: "stale",
    says: "5 records wait in Kafka; no batch is committed",
  });
});

test("a batch that has read them all leaves bronze idle, and silver with something to do", async () => {
  await commit(0, "listen_events", 5);
  expect(await data().bronze(soon())).toMatchObject({ kind: "idle" });
  expect(await data().silver(longAgo())).toMatchObject({ kind: "fresh" });
  expect(await data().silver(soon())).toMatchObject({ kind: "stale" });
  expect(await data().gold(soon())).toMatchObject({ kind: "idle" });
});

test("records of a partition that the newest batch says nothing of are seen", async () => {
  await send("auth_events", 1, 3);
  const { kind, says } = await data().bronze(soon());
  expect(kind).toBe("stale");
  expect(says).toMatch(/^3 records wait in Kafka; batch 0, the newest, is of /);
});

test("what was read before the newest batch, which found nothing new there, is not seen again", async () => {
  await commit(1, "listen_events", 5);
  expect(await data().bronze(soon())).toMatchObject({ kind: "idle" });
});

test("a run through the newest batch leaves silver idle, and gold with something to do", async () => {
  const silver = silverRecord({ run: 0, bronzeThrough: 1 });
  await Journal.of(hdfs, lake, "silver", silverCommit).append(0, silver);
  expect(await data().silver(soon())).toMatchObject({ kind: "idle" });
  const { kind, says } = await data().gold(soon());
  expect([kind, says]).toEqual(["stale", expect.stringMatching(/^silver's run 0 of .* waits; no run/)]);
  await Journal.of(hdfs, lake, "gold", goldCommit).append(0, goldRecord(silver, { run: 0 }));
  expect(await data().gold(soon())).toMatchObject({ kind: "idle" });
  await commit(2, "listen_events", 5);
  expect(await data().silver(soon())).toMatchObject({ kind: "stale" });
  expect(await data().gold(soon())).toMatchObject({ kind: "idle" });
});

/** The watchdog's line on an application in a cluster that does not exist: any request to it shows up as an error. */
async function lineOf(name: "bronze" | "silver" | "gold", brokers?: string): Promise<string> {
  const account = mkdtempSync(join(tmpdir(), "account-"));
  writeFileSync(join(account, "token"), "t");
  writeFileSync(join(account, "ca.crt"), "");
  const api = new ApiServer("https://127.0.0.1:1", account);
  try {
    const lakeData = data(brokers);
    const { line, isGood } = await watch(
      { name, data: (limitMs) => lakeData[name](limitMs) },
      { api, namespace: "lake", staleSeconds: 60 },
    );
    expect(isGood).toBe(false);
    return line;
  } finally {
    rmSync(account, { recursive: true });
    await api.close();
  }
}

test("when Kafka does not answer, nothing can be said of bronze, and the cluster is not asked", async () => {
  expect(await lineOf("bronze", "127.0.0.1:1")).toMatch(
    /^bronze: can't be judged, left alone: Kafka at 127\.0\.0\.1:1 does not answer: /,
  );
});

test.each([
  ["is cut off", "{", "HDFS /lake/checkpoints/bronze/commits/000000000003.json is not JSON: "],
  [
    "is of another version",
    '{"step":"bronze"}',
    "commit record /lake/checkpoints/bronze/commits/000000000003.json is not of this version: ",
  ],
])("so it is when bronze's newest record %s, and the record is named", async (_, content, says) => {
  await hdfs.write(`${lake.commits("bronze")}/000000000003.json`, content);
  expect(await lineOf("bronze")).toContain(`bronze: can't be judged, left alone: ${says}`);
});
