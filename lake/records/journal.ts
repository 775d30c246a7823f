import type { z } from "zod";
import { commitName, type Layout, type Step } from "../layout";
import type { WebHdfs } from "../webhdfs";

const recordFile = /^(\d{12})\.json$/;

/**
 * The commit records of one step, read in the order they were written. A record is a file that appears whole, by rename,
 * as the last act of a run: what it names is there.
 */
export class Journal<S extends z.ZodType> {
  constructor(
    private readonly hdfs: WebHdfs,
    private readonly folder: string,
    private readonly schema: S,
  ) {}

  static of<S extends z.ZodType>(hdfs: WebHdfs, lake: Layout, step: Step, schema: S): Journal<S> {
    return new Journal(hdfs, lake.commits(step), schema);
  }

  /** Numbers of the records after `after`, ascending. */
  async numbers(after = -1): Promise<number[]> {
    const files = await this.hdfs.listIfExists(this.folder);
    return files
      .flatMap((file) => recordFile.exec(file.pathSuffix)?.[1] ?? [])
      .map(Number)
      .filter((number) => number > after)
      .sort((a, b) => a - b);
  }

  async read(number: number): Promise<z.infer<S>> {
    const path = `${this.folder}/${commitName(number)}`;
    const parsed = this.schema.safeParse(await this.hdfs.readJson(path));
    if (!parsed.success)
      throw new Error(`commit record ${path} is not of this version: ${parsed.error.message}`);
    return parsed.data;
  }

  async readAfter(after: number): Promise<z.infer<S>[]> {
    const records: z.infer<S>[] = [];
    for (const number of await this.numbers(after)) records.push(await this.read(number));
    return records;
  }

  async newest(): Promise<z.infer<S> | undefined> {
    const number = (await this.numbers()).at(-1);
    return number === undefined ? undefined : this.read(number);
  }

  /** Writes a record so that a reader sees all of it or nothing. */
  async append(number: number, record: z.infer<S>): Promise<void> {
    const hidden = `${this.folder}/_${commitName(number)}`;
    await this.hdfs.write(hidden, JSON.stringify(record));
    await this.hdfs.rename(hidden, `${this.folder}/${commitName(number)}`);
  }
}
