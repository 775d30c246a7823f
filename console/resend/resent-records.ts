import { randomUUID } from "node:crypto";
import type { WebHdfs } from "../../jobs/hdfs/webhdfs";
import type { EventTopic } from "../../lake/events";
import type { Layout } from "../../lake/layout";
import { resendAttempt, resentRecord, type ResendAttempt, type ResentRecord } from "../../lake/resent";
import { nameOfPlace, type Place } from "../follow/places";
import type { Resent } from "../messages";

/** A record's place in Kafka and its time of arrival, without which the place could be that of a topic created again. */
export interface RefusedPlace extends Place {
  readonly arrivedMs: number;
}

/** What is known of refused records that were sent again, as files on HDFS that are never changed. */
export class ResentRecords {
  private readonly known = new Map<string, ResentRecord>();

  constructor(
    private readonly hdfs: WebHdfs,
    private readonly layout: Layout,
  ) {}

  async sent(place: RefusedPlace): Promise<ResentRecord | undefined> {
    const path = this.path(place, "sent");
    const found =
      this.known.get(path) ?? resentRecord.optional().parse(await this.hdfs.readJsonIfThere(path));
    if (found) this.known.set(path, found);
    return found;
  }

  /** Of several records; the folder is listed, and what is known of them is read once. */
  async sentOf(topic: EventTopic, places: readonly RefusedPlace[]): Promise<(ResentRecord | undefined)[]> {
    const files = await this.hdfs.listIfExists(this.layout.resent(topic));
    const names = new Set(files.map(({ pathSuffix }) => pathSuffix));
    const found = [];
    for (const place of places)
      found.push(names.has(fileName(place, "sent")) ? await this.sent(place) : undefined);
    return found;
  }

  /** In the order in which they began. */
  async attempts(place: RefusedPlace): Promise<ResendAttempt[]> {
    const attempts: ResendAttempt[] = [];
    for (;;) {
      const found = await this.hdfs.readJsonIfThere(this.path(place, `attempt-${attempts.length}`));
      if (found === undefined) return attempts;
      attempts.push(resendAttempt.parse(found));
    }
  }

  /** @returns false if somebody else has begun the attempt of that number */
  begin(place: RefusedPlace, number: number, attempt: ResendAttempt): Promise<boolean> {
    return this.create(this.path(place, `attempt-${number}`), attempt);
  }

  async finish(place: RefusedPlace, record: ResentRecord): Promise<void> {
    await this.create(this.path(place, "sent"), record);
  }

  /** Writes a whole file under a name that must be new. */
  private async create(path: string, content: object): Promise<boolean> {
    const staged = `${this.layout.staging("console")}/${randomUUID()}.json`;
    await this.hdfs.makeFolder(path.slice(0, path.lastIndexOf("/")));
    await this.hdfs.write(staged, JSON.stringify(content));
    const isNew = await this.hdfs.renameToNew(staged, path);
    if (!isNew) await this.hdfs.remove(staged);
    return isNew;
  }

  private path(place: RefusedPlace, what: string): string {
    return `${this.layout.resent(place.topic)}/${fileName(place, what)}`;
  }
}

/** As the page shows it. */
export function asResent({ by, at, ...place }: ResentRecord): Resent {
  return { by, atMs: Date.parse(at), record: nameOfPlace(place) };
}

function fileName({ partition, offset, arrivedMs }: RefusedPlace, what: string): string {
  return `${partition}-${offset}-${arrivedMs}.${what}.json`;
}
