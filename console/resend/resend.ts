import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { KafkaClient } from "../../jobs/kafka/client";
import { resentHeaders, type ResendAttempt, type ResentRecord } from "../../lake/resent";
import { nameOfPlace, type Place, type Places } from "../follow/places";
import type { ResendAnswer } from "../messages";
import type { Person } from "../people";
import { asResent, type RefusedPlace, type ResentRecords } from "./resent-records";

/** An attempt without a result is looked into after this time: it can't be under way any more. */
const attemptSeconds = 60;
const betweenLooksMs = 300;
const mostWaitMs = 10_000;

/** The key of every record of an event topic. */
const keyed = z.looseObject({ customer_id: z.string().min(1) });

export interface Correction extends Place {
  /** The whole corrected record. */
  readonly value: string;
}

/** Sends corrected records to Kafka, each refused record once, whoever asks and however often. */
export class Resend {
  constructor(
    private readonly kafka: KafkaClient,
    private readonly places: Pick<Places, "find">,
    private readonly records: ResentRecords,
    private readonly nowMs: () => number = Date.now,
  ) {}

  /** Never rejects: an error is an answer. */
  async answer(correction: Correction, person: Person): Promise<ResendAnswer> {
    try {
      return await this.resend(correction, person);
    } catch (error) {
      const [line = ""] = (error as Error).message.split("\n");
      return { error: line };
    }
  }

  private async resend(correction: Correction, by: Person): Promise<ResendAnswer> {
    const { value } = correction;
    const key = keyOf(value);
    const place = await this.refused(correction);
    const before = await this.records.sent(place);
    if (before) return { isNew: false, ...asResent(before) };
    const attempts = await this.records.attempts(place);
    const last = attempts.at(-1);
    if (last) {
      const found = await this.outcome(place, last);
      if (found) return { isNew: false, ...asResent(found) };
    }
    const attempt = {
      by,
      at: new Date(this.nowMs()).toISOString(),
      value,
      offsets: await this.nextOffsets(place),
    };
    if (!(await this.records.begin(place, attempts.length, attempt))) {
      const theirs = (await this.records.attempts(place)).at(-1) ?? attempt;
      const found = await this.outcome(place, theirs);
      if (found) return { isNew: false, ...asResent(found) };
      throw new Error(
        `${nameOfPlace(place)}: ${theirs.by} began to send it at ${theirs.at}; nothing was sent.`,
      );
    }
    return { isNew: true, ...asResent(await this.send(place, attempt, key)) };
  }

  private async refused(correction: Place): Promise<RefusedPlace> {
    const found = await this.places.find(correction);
    if (typeof found === "string") throw new Error(found);
    if (found.reason === null)
      throw new Error(
        `${nameOfPlace(correction)} was not refused: only records in quarantine are sent again.`,
      );
    const { topic, partition, offset, arrivedMs } = found;
    return { topic, partition, offset, arrivedMs };
  }

  private async send(place: RefusedPlace, attempt: ResendAttempt, key: string): Promise<ResentRecord> {
    const { topic } = place;
    const producer = await this.kafka.producer();
    try {
      const headers = { [resentHeaders.from]: nameOfPlace(place), [resentHeaders.by]: attempt.by };
      const records = [{ key, value: attempt.value, headers }];
      const [sent] = await producer.send([{ topic, records }]);
      if (!sent) throw new Error(`${topic}: Kafka named no offset of the record that was sent`);
      const { partition, offset } = sent;
      return await this.finish(place, { by: attempt.by, at: attempt.at, topic, partition, offset });
    } finally {
      await producer.close();
    }
  }

  private async finish(place: RefusedPlace, record: ResentRecord): Promise<ResentRecord> {
    await this.records.finish(place, record);
    return record;
  }

  /**
   * The result of an attempt: while it may be under way it is waited for, and later Kafka is asked.
   * @returns undefined if nothing was sent
   * @throws Error while it is not known
   */
  private async outcome(place: RefusedPlace, attempt: ResendAttempt): Promise<ResentRecord | undefined> {
    const startedMs = Date.parse(attempt.at);
    const isOver = () => this.nowMs() - startedMs > attemptSeconds * 1000;
    for (const untilMs = this.nowMs() + mostWaitMs; !isOver(); await sleep(betweenLooksMs)) {
      const sent = await this.records.sent(place);
      if (sent) return sent;
      if (this.nowMs() > untilMs)
        throw new Error(
          `${nameOfPlace(place)}: ${attempt.by} began to send it at ${attempt.at}, and it is not known yet whether Kafka has it. Try again in ${attemptSeconds} s.`,
        );
    }
    return this.lookInKafka(place, attempt);
  }

  private async lookInKafka(place: RefusedPlace, attempt: ResendAttempt): Promise<ResentRecord | undefined> {
    const { topic } = place;
    const untilMs = Date.parse(attempt.at) + attemptSeconds * 1000;
    const ends = await this.kafka.offsetsSince(topic, untilMs);
    const there = await this.kafka.offsets(topic);
    const wanted = new Map(
      there.map(({ partition, first, next }) => [
        partition,
        {
          from: Math.max(first, attempt.offsets[String(partition)] ?? 0),
          until: Math.min(next, ends.get(partition) ?? next),
        },
      ]),
    );
    const records = await this.kafka.read(topic, wanted);
    const found = records.find(({ headers }) => headers.get(resentHeaders.from) === nameOfPlace(place));
    if (!found) return undefined;
    const { partition, offset } = found;
    return this.finish(place, { by: attempt.by, at: attempt.at, topic, partition, offset });
  }

  private async nextOffsets({ topic }: Place): Promise<Record<string, number>> {
    const partitions = await this.kafka.offsets(topic);
    return Object.fromEntries(partitions.map(({ partition, next }) => [String(partition), next]));
  }
}

/** @throws Error that says what the value must be */
function keyOf(value: string): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch (error) {
    throw new Error(`The record is not JSON: ${(error as Error).message}. Nothing was sent.`, {
      cause: error,
    });
  }
  const event = keyed.safeParse(parsed);
  if (event.success) return event.data.customer_id;
  throw new Error(
    "The record has no customer_id, which is a record's key. Allowed: an event as a JSON object. Nothing was sent.",
  );
}
