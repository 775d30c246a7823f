import { offsetsIn, type BronzeCommit } from "../../lake/records";
import { Mismatch } from "../outcome";
import type { LakeUnderTest } from "./lake-under-test";

const hourMs = 3_600_000;

function countLost({ topics }: BronzeCommit): number {
  return Object.values(topics).reduce((sum, { lost }) => sum + offsetsIn(lost), 0);
}

/** "listen_events partition 0: 3 to 5" for each lost range of a batch; "from 7 on" where their number can't be known. */
function named({ topics, readAnew = {} }: BronzeCommit): string[] {
  const counted = Object.entries(topics).flatMap(([topic, { lost }]) =>
    Object.entries(lost ?? {}).flatMap(([partition, ranges]) =>
      ranges.map(({ from, until }) => `${topic} partition ${partition}: ${from} to ${until - 1}`),
    ),
  );
  const uncounted = Object.entries(readAnew).map(([topic, { readUntil }]) => {
    const ends = Object.entries(readUntil).map(
      ([partition, offset]) => `partition ${partition} from ${offset} on`,
    );
    return `${topic}, which was made anew: ${ends.length === 0 ? "all" : ends.join(", ")}`;
  });
  return [...counted, ...uncounted];
}

/**
 * How many records Kafka had deleted before bronze read them, and which topics were created again, whose losses can't be
 * counted.
 * @throws Mismatch when the newest loss is within the last `lossHours`
 */
export async function lostOffsets({ options, progress, layout }: LakeUnderTest): Promise<string> {
  const losses = (await progress.read()).bronze.filter((record) => named(record).length > 0);
  const { lossHours } = options;
  const since = lossHours === undefined ? Infinity : Date.now() - lossHours * hourMs;
  const recent = losses.filter(({ committedAt }) => Date.parse(committedAt) > since);
  if (recent.length > 0)
    throw new Mismatch({
      expected: `no record deleted before it was read, in the last ${lossHours} hours`,
      got: `${countOf(recent)}: offsets ${recent.flatMap(named).join("; ")}`,
      look: `"lost" and "readAnew" in ${layout.commits("bronze")}, how long bronze was away, and the topics' retention`,
    });
  return losses.length === 0
    ? "none lost"
    : `${countOf(losses)} LOST, the newest at ${losses.at(-1)?.committedAt}`;
}

function countOf(losses: readonly BronzeCommit[]): string {
  const lost = losses.reduce((sum, record) => sum + countLost(record), 0);
  const anew = new Set(losses.flatMap(({ readAnew = {} }) => Object.keys(readAnew)));
  return anew.size === 0
    ? `${lost}`
    : `${lost}, and what ${[...anew].join(", ")} held before it was made anew,`;
}
