import type { z } from "zod";
import { commitName, type Layout, type Step } from "../../lake/layout";
import { HdfsError, type WebHdfs } from "./webhdfs";

const recordFile = /^(\d{12})\.json$/;
/** Many older records in one file, one per line, in order and without a gap: `<first>-<last>.ndjson`. */
const packFile = /^(\d{12})-(\d{12})\.ndjson$/;

interface Pack {
  readonly name: string;
  readonly first: number;
  readonly last: number;
}

/**
 * The commit records of one step, in the order in which they were written. A run writes its record last, as a whole file
 * by rename, so that everything that it names exists. Older records may be packed, many to a file; users of this class
 * see no difference.
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
    const { singles, packs } = await this.list();
    const packed = packs.flatMap((pack) =>
      Array.from({ length: pack.last - pack.first + 1 }, (_, index) => pack.first + index),
    );
    // While a record is being packed, it is in both for a moment.
    return [...new Set([...packed, ...singles])]
      .filter((number) => number > after)
      .sort((left, right) => left - right);
  }

  async read(number: number): Promise<z.infer<S>> {
    const path = `${this.folder}/${commitName(number)}`;
    try {
      return this.parse(path, await this.hdfs.readJson(path));
    } catch (error) {
      if (!(error instanceof HdfsError && error.notFound)) throw error;
      // It may have been packed since it was listed: a pack appears before its single records are removed.
      const pack = (await this.list()).packs.find((one) => one.first <= number && number <= one.last);
      if (pack === undefined) throw error;
      return this.readPacked(pack, number, number).then(([record]) => {
        if (record === undefined) throw error;
        return record;
      });
    }
  }

  async readAfter(after: number): Promise<z.infer<S>[]> {
    const { singles, packs } = await this.list();
    const records: z.infer<S>[] = [];
    let through = after;
    for (const pack of packs) {
      if (pack.last <= through) continue;
      records.push(...(await this.readPacked(pack, Math.max(through + 1, pack.first), pack.last)));
      through = pack.last;
    }
    for (const number of singles) if (number > through) records.push(await this.read(number));
    return records;
  }

  async newest(): Promise<z.infer<S> | undefined> {
    const number = (await this.numbers()).at(-1);
    return number === undefined ? undefined : this.read(number);
  }

  /** Writes a record atomically: a reader sees all of it or nothing. */
  async append(number: number, record: z.infer<S>): Promise<void> {
    const hidden = `${this.folder}/_${commitName(number)}`;
    await this.hdfs.write(hidden, JSON.stringify(record));
    await this.hdfs.rename(hidden, `${this.folder}/${commitName(number)}`);
  }

  private async list(): Promise<{ singles: number[]; packs: Pack[] }> {
    const names = (await this.hdfs.listIfExists(this.folder)).map((file) => file.pathSuffix);
    const singles = names.flatMap((name) => recordFile.exec(name)?.[1] ?? []).map(Number);
    const packs = names.flatMap((name) => {
      const [, first, last] = packFile.exec(name) ?? [];
      return first === undefined || last === undefined
        ? []
        : [{ name, first: Number(first), last: Number(last) }];
    });
    return {
      singles: singles.sort((left, right) => left - right),
      packs: packs.sort((left, right) => left.first - right.first),
    };
  }

  private async readPacked(pack: Pack, first: number, last: number): Promise<z.infer<S>[]> {
    const path = `${this.folder}/${pack.name}`;
    const lines = (await this.hdfs.read(path)).toString("utf8").trimEnd().split("\n");
    if (lines.length !== pack.last - pack.first + 1)
      throw new Error(`${path} has ${lines.length} records, but its name says ${pack.last - pack.first + 1}`);
    return lines
      .slice(first - pack.first, last - pack.first + 1)
      .map((line) => this.parse(path, JSON.parse(line)));
  }

  private parse(path: string, content: unknown): z.infer<S> {
    const parsed = this.schema.safeParse(content);
    if (!parsed.success)
      throw new Error(`commit record ${path} is not of this version: ${parsed.error.message}`);
    return parsed.data;
  }
}
