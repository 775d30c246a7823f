import { setTimeout as pause } from "node:timers/promises";
import type { FollowAnswer, FollowedRecord } from "../../console/messages";
import type { Endpoints } from "../../lake/endpoints";
import { post } from "../fixtures/console-server";

const patienceMilliseconds = 300_000;

/** Looks every second until something is there; rejects when nothing comes. */
async function awaited<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + patienceMilliseconds;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`${what}: nothing came`);
    await pause(1000);
  }
}

type Found = Extract<FollowAnswer, { records: unknown }>;

async function follow(url: string, record: string): Promise<Found> {
  const answer = (await post(url, "/api/follow", { record })).answer as FollowAnswer;
  if ("error" in answer) throw new Error(answer.error);
  return answer;
}

const ways = ({ stops }: FollowedRecord) => stops.map(({ hop, state }) => [hop, state]);
const place = ({ topic, partition, offset }: FollowedRecord) => `${topic}/${partition}/${offset}`;
const everywhere = ["kafka", "bronze", "silver", "gold", "clickhouse"].map((hop) => [hop, "there"]);

/** The only value of a query on ClickHouse, as soon as it has one. */
function firstValue(clickhouse: string, sql: string): Promise<string> {
  const look = async () => {
    const answer = await fetch(clickhouse, { method: "POST", body: sql });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    return text === "" ? undefined : text.trimEnd();
  };
  return awaited(sql, look);
}

/** Records of the running lake are followed to where they are, each by every name that it has. */
export async function expectFollowing(url: string, { clickhouse, hdfs }: Endpoints): Promise<void> {
  const raw = (files: string, column: string, more: string) =>
    `SELECT ${column} FROM hdfs('${hdfs}/lake/${files}', 'Parquet') ${more} LIMIT 1`;
  const paid = await firstValue(
    clickhouse,
    raw("silver/fct_transactions/event_date=*/*.parquet", "event_id", "ORDER BY kafka_timestamp"),
  );
  const arrived = async () =>
    (await follow(url, paid)).records.find(({ stops }) => stops.at(-1)?.hop === "clickhouse");
  const whole = await awaited(`${paid} in ClickHouse`, arrived);
  expect([whole.eventId, ways(whole)]).toEqual([paid, everywhere]);
  const times = whole.stops.map(({ atMs }) => atMs ?? 0);
  expect(times).toEqual(times.toSorted((left, right) => left - right));
  expect(whole.stops.find(({ hop }) => hop === "silver")?.file).toMatch(/fct_transactions\/event_date=/);
  expect((await follow(url, place(whole))).records).toEqual([whole]);
  const customer = whole.customerId ?? "none";
  const ofCustomer = await follow(url, customer);
  expect(ofCustomer.records).toContainEqual(expect.objectContaining({ customerId: customer }));
  for (const { customerId, valueBase64, stops } of ofCustomer.records) {
    // Of a record that bronze refused, only the bytes are known: they hold the customer, too.
    expect(customerId).toBe(stops[1]?.state === "refused" ? null : customer);
    expect(Buffer.from(valueBase64 ?? "", "base64").toString()).toContain(customer);
  }

  const copied = await firstValue(
    clickhouse,
    raw("silver/excluded_events/arrival_date=*/*.parquet", "event_id", "WHERE reason = 'copy'"),
  );
  const both = await follow(url, copied);
  expect(both.records.map((each) => each.stops[2]?.state).toSorted()).toEqual(["refused", "there"]);
  const copy = both.records.find(({ stops }) => stops[2]?.state === "refused");
  expect(copy?.stops[2]?.text).toMatch(/^Run \d+ left it out. Reason copy: an event of the same id/);

  const refused = await firstValue(
    clickhouse,
    raw(
      "quarantine/listen_events/date=*/hour=*/*.parquet",
      "concat('listen_events/', toString(kafka_partition), '/', toString(kafka_offset))",
      "",
    ),
  );
  const [set] = (await follow(url, refused)).records;
  expect(set && ways(set)).toEqual([
    ["kafka", "there"],
    ["bronze", "refused"],
  ]);
  expect(set?.stops[1]?.text).toMatch(/^Batch \d+ set it aside: .+\.$/);

  expect(await follow(url, "nobody-has-this-id")).toEqual({
    note: expect.stringMatching(/^No event, customer or refused record with 'nobody-has-this-id'/) as string,
    records: [],
  });
  const unread = await follow(url, "listen_events/0/999999999");
  expect(unread.note).toMatch(/^Bronze has read partition 0 of listen_events up to offset \d+/);
  expect(await post(url, "/api/follow", { record: "a b" })).toEqual({
    status: 400,
    answer: { error: expect.stringMatching(/^got 'a b', allowed: an event_id/) as string },
  });
}
