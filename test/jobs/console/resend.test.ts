import type { KafkaClient, KafkaProducer } from "../../../jobs/kafka/client";
import { openKafka } from "../../../jobs/kafka/open";
import { WebHdfs } from "../../../jobs/hdfs/webhdfs";
import { startConsole, type RunningConsole } from "../../../console/console";
import { openAccess } from "../../../console/lake-access";
import type { ResendAnswer } from "../../../console/messages";
import { Resend, type Correction } from "../../../console/resend/resend";
import { ResentRecords } from "../../../console/resend/resent-records";
import { nameOfPlace, type Place } from "../../../console/follow/places";
import type { RawRecord } from "../../../console/follow/raw-records";
import { layout } from "../../../lake/layout";
import { resentHeaders } from "../../../lake/resent";
import { post, readStream, type Seen } from "../../fixtures/console-server";
import { startServices, type Services } from "../smoke/fixture/services";
import { SmallLake } from "../smoke/fixture/small-lake";
import type { LandedRecord } from "../smoke/fixture/source";

jest.setTimeout(240_000);

const people = new Map([
  ["reader", "r"],
  ["operator", "o"],
] as const);

let services: Services;
let lake: SmallLake;
let refused: readonly LandedRecord[];
let accepted: LandedRecord;
let kafka: KafkaClient;
let consoles: readonly RunningConsole[] = [];

beforeAll(async () => {
  services = await startServices();
  lake = new SmallLake(services.endpoints);
  const landed = await lake.build();
  refused = landed.filter(({ fate }) => fate === "malformed");
  const [good] = landed.filter(({ fate }) => fate === "good");
  if (!good || refused.length < 2) throw new Error("the lake has no two refused records and a good one");
  accepted = good;
  kafka = openKafka({ brokers: services.endpoints.kafka, clientId: "resend-test", retries: 5 });
  const options = { port: 0, host: "127.0.0.1", answerTo: [], passwords: people };
  const start = () => startConsole({ lake: openAccess(services.endpoints), ...options }, () => undefined);
  consoles = [await start(), await start()];
}, 600_000);

afterAll(async () => {
  await Promise.all(consoles.map((each) => each.close()));
  await kafka.close();
  await lake.close();
  await services.stop();
});

const event = (id: string) => JSON.stringify({ event_id: id, customer_id: "c-1", ünïcode: "✓" });

const place = ({ topic, partition, offset }: LandedRecord): Place => ({ topic, partition, offset });

const logIn = (of: "reader" | "operator") => ({ authorization: `Basic ${btoa(`${of}:${people.get(of)}`)}` });

async function ask(body: object, of: "reader" | "operator" = "operator", at = consoles[0]) {
  const { status, answer } = await post(at?.url ?? "", "/api/resend", body, logIn(of));
  return { status, answer: answer as ResendAnswer };
}

/** The records that were sent in place of a refused one. */
async function sentFor(record: LandedRecord) {
  const { topic } = record;
  const partitions = await kafka.offsets(topic);
  const all = new Map(
    partitions.map(({ partition, first, next }) => [partition, { from: first, until: next }]),
  );
  const sent = await kafka.read(topic, all);
  return sent.filter(({ headers }) => headers.get(resentHeaders.from) === nameOfPlace(record));
}

const first = () => refused[0] as LandedRecord;
const second = () => refused[1] as LandedRecord;

test.each([
  [
    "a text that is no JSON",
    () => ({ ...place(first()), value: '{"customer_id": ' }),
    /^The record is not JSON: .*Nothing was sent\.$/,
  ],
  [
    "an event without its key",
    () => ({ ...place(first()), value: '{"event_id": "e"}' }),
    /^The record has no customer_id/,
  ],
  [
    "a record that was not refused",
    () => ({ ...place(accepted), value: event("e") }),
    /was not refused: only records in quarantine are sent again\.$/,
  ],
  [
    "a record that is not there",
    () => ({ ...place(first()), offset: 999_999, value: event("e") }),
    /^Bronze has read partition \d of \w+ up to offset \d+/,
  ],
  [
    "an unknown topic",
    () => ({ ...place(first()), topic: "songs", value: event("e") }),
    /^allowed: \{"topic"/,
  ],
])("%s is not sent", async (_, body, says) => {
  const { status, answer } = await ask(body());
  expect([status, answer]).toEqual([400, { error: expect.stringMatching(says) as string }]);
  expect(await sentFor(first())).toEqual([]);
});

test("a reader sends nothing", async () => {
  const { status, answer } = await ask({ ...place(first()), value: event("e") }, "reader");
  expect([status, answer]).toEqual([
    403,
    { error: "The user reader may not send records again. Log in as operator." },
  ]);
  expect(await sentFor(first())).toEqual([]);
});

test("of many who send one record at once, at two consoles, one does, and all learn where it is", async () => {
  const asked = Array.from({ length: 6 }, (_, index) =>
    ask({ ...place(first()), value: event(`e-${index}`) }, "operator", consoles[index % 2]),
  );
  const answers = (await Promise.all(asked)).map(({ answer }) => answer);
  const places = new Set(answers.map((answer) => ("record" in answer ? answer.record : answer.error)));
  expect([...places]).toHaveLength(1);
  expect(answers.filter((answer) => "isNew" in answer && answer.isNew)).toHaveLength(1);
  const [record, ...more] = await sentFor(first());
  expect(more).toEqual([]);
  expect([...places]).toEqual([`${first().topic}/${record?.partition}/${record?.offset}`]);
  expect(record?.key?.toString()).toBe("c-1");
  expect(record?.value?.toString()).toMatch(/^\{"event_id":"e-\d","customer_id":"c-1","ünïcode":"✓"\}$/);
  expect(record?.headers.get(resentHeaders.by)).toBe("operator");
  const later = await ask({ ...place(first()), value: event("another") });
  expect(later.answer).toMatchObject({ isNew: false, record: [...places][0] });
  expect(await sentFor(first())).toHaveLength(1);
});

test("the quarantine says who sent it again and where it is, and keeps the refused record", async () => {
  const url = consoles[0]?.url ?? "";
  const recordIn = ({ quarantine }: Seen) =>
    quarantine?.newest.find(
      ({ topic, partition, offset }) => `${topic}/${partition}/${offset}` === nameOfPlace(first()),
    );
  const seen = await readStream(url, (now) => (recordIn(now)?.resent ?? null) !== null, logIn("reader"));
  const found = recordIn(seen);
  expect(found?.resent).toMatchObject({
    by: "operator",
    record: expect.stringContaining(`${first().topic}/`) as string,
  });
  expect(Buffer.from(found?.valueBase64 ?? "", "base64")).toEqual(first().value);
});

describe("somebody who dies in the middle", () => {
  const correction = (): Correction => ({ ...place(second()), value: event("e-second") });
  const found = (): Promise<RawRecord> => {
    const { arrivedAt } = second();
    return Promise.resolve({
      ...place(second()),
      ...{ arrivedMs: arrivedAt.getTime(), readMs: 0, batch: 0, file: "" },
      ...{ eventId: null, customerId: null, eventMs: null, reason: "malformed", valueBase64: null },
    });
  };

  function resend(of: KafkaClient, nowMs = Date.now) {
    const { webhdfs, lake: root } = services.endpoints;
    const records = new ResentRecords(new WebHdfs(webhdfs), layout(root));
    return new Resend(of, { find: found }, records, nowMs).answer(correction(), "operator");
  }
  const twoMinutesLater = () => Date.now() + 120_000;

  /** Kafka with a producer that does `send` instead, as if the process ended there. */
  function dying(send: (producer: KafkaProducer) => KafkaProducer["send"]): KafkaClient {
    const real = kafka;
    return Object.assign(Object.create(real) as KafkaClient, {
      producer: async () => {
        const producer = await real.producer();
        return { send: send(producer), close: () => producer.close() };
      },
    });
  }

  test("before it was sent: nobody sends it while that may be under way, and later one does", async () => {
    const died = dying(() => () => Promise.reject(new Error("died before it sent")));
    expect(await resend(died)).toEqual({ error: "died before it sent" });
    const says = /operator began to send it at .*not known yet whether Kafka has it/;
    expect(await resend(kafka)).toEqual({ error: expect.stringMatching(says) as string });
    expect(await sentFor(second())).toEqual([]);
    expect(await resend(died, twoMinutesLater)).toEqual({ error: "died before it sent" });
  });

  test("after it was sent: the next one finds it in Kafka, and does not send it again", async () => {
    const { webhdfs, lake: root } = services.endpoints;
    await new WebHdfs(webhdfs).remove(layout(root).resent(second().topic));
    const died = dying((producer) => async (batch) => {
      await producer.send(batch);
      throw new Error("died after it sent");
    });
    expect(await resend(died)).toEqual({ error: "died after it sent" });
    expect(await resend(kafka, twoMinutesLater)).toMatchObject({ isNew: false, by: "operator" });
    expect(await sentFor(second())).toHaveLength(1);
    expect(await resend(kafka)).toMatchObject({ isNew: false });
  });
});
