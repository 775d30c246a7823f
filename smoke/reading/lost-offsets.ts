import { offsetsIn, type BronzeCommit } from "../../lake/records";
import { Mismatch } from "../outcome";
import type { LakeUnderTest } from "./lake-under-test";

const hourMs = 3_600_000;

function countLost({ topics }: BronzeCommit): number {
  return Object.values(topics).reduce((sum, { lost }) => sum + offsetsIn(lost), 0);
}

/** "listen_events partition 0: 3 to 5" for each stretch of a batch. */
function named({ topics }: BronzeCommit): string[] {
  return Object.entries(topics).flatMap(([topic, { lost }]) =>
    Object.entries(lost ?? {}).flatMap(([partition, ranges]) =>
      ranges.map(({ from, until }) => `${topic} partition ${partition}: ${from} to ${until - 1}`),
    ),
  );
}

/**
 * How many records Kafka had deleted before bronze read them.
 * @throws Mismatch when the newest of them are of the last `lossHours`
 */
export async function lostOffsets({ options, progress, layout }: LakeUnderTest): Promise<string> {
  const losses = (await progress.read()).bronze.filter((record) => countLost(record) > 0);
  const { lossHours } = options;
  const since = lossHours === undefined ? Infinity : Date.now() - lossHours * hourMs;
  const recent = losses.filter(({ committedAt }) => Date.parse(committedAt) > since);
  if (recent.length > 0)
    throw new Mismatch({
      expected: `no record deleted before it was read, in the last ${lossHours} hours`,
      got: `${recent.reduce((sum, record) => sum + countLost(record), 0)}: offsets ${recent.flatMap(named).join("; ")}`,
      look: `"lost" in ${layout.commits("bronze")}, how long bronze was away, and the topics' retention`,
    });
  const lost = losses.reduce((sum, record) => sum + countLost(record), 0);
  return lost === 0 ? "none lost" : `${lost} LOST, the newest at ${losses.at(-1)?.committedAt}`;
}
