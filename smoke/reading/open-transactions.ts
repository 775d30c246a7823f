import { readHeld } from "../../jobs/hdfs/read-held";
import { Mismatch } from "../outcome";
import type { LakeUnderTest } from "./lake-under-test";

/**
 * Which partitions give no new records because a transaction is open, as bronze last saw it.
 * @throws Mismatch when there is one and `lossHours` is set: on a monitored lake somebody has to end it
 */
export async function openTransactions({ options, hdfs, layout }: LakeUnderTest): Promise<string> {
  const held = await readHeld(hdfs, layout);
  if (held.length === 0) return "none waits";
  const waiting = held
    .map(
      ({ topic, partition, offset, offsetsBehind }) =>
        `${topic}/${partition} from ${offset} on (${offsetsBehind})`,
    )
    .join(", ");
  if (options.lossHours === undefined) return `WAITING for a transaction to end: ${waiting}`;
  throw new Mismatch({
    expected: "no transaction that stays open",
    got: `partitions that wait for one, with their offsets: ${waiting}`,
    look: "the producer that opened it; docs/troubleshooting.md says how it is ended by hand",
  });
}
