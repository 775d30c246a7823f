import type { EventTopic } from "./events";

export const layers = ["bronze", "quarantine", "silver", "gold"] as const;
export type Layer = (typeof layers)[number];

/** Steps that leave a commit record for each run. */
export const steps = ["bronze", "silver", "gold", "serve"] as const;
export type Step = (typeof steps)[number];

/** The location of everything under the lake's root on HDFS (default `/lake`). All paths are absolute. */
export function layout(root: string) {
  return {
    root,
    layer: (layer: Layer) => `${root}/${layer}`,
    /** Bronze and quarantine: `<layer>/<topic>/date=YYYY-MM-DD/hour=HH/*.parquet`, by arrival in Kafka, UTC. */
    raw: (layer: "bronze" | "quarantine", topic: EventTopic) => `${root}/${layer}/${topic}`,
    table: (layer: "silver" | "gold", table: string) => `${root}/${layer}/${table}`,
    /** A gold table as of a snapshot of all of gold. */
    snapshotTable: (snapshot: string, table: string) => `${root}/gold/.snapshot/${snapshot}/${table}`,
    /** NDJSON of one reference catalogue: `reference/<name>/part-0.json`. */
    reference: (name: string) => `${root}/reference/${name}`,
    checkpoint: (step: Step) => `${root}/checkpoints/${step}/spark`,
    /** What people did with refused records: `lake/resent.ts`. */
    resent: (topic: EventTopic) => `${root}/resent/${topic}`,
    /** What was wrong with the newest run of a step; removed when a later run succeeds. */
    failure: (step: Step) => `${root}/checkpoints/${step}/failure.json`,
    /** Partitions that wait for a transaction to end; exists only while there are any. */
    held: `${root}/checkpoints/bronze/held.json`,
    /** Kafka's id of each topic that bronze has read. */
    topicIds: `${root}/checkpoints/bronze/topic-ids.json`,
    commits: (step: Step) => `${root}/checkpoints/${step}/commits`,
    /** One file for each start of a step that only one process may run; the newest start owns the step. */
    claims: (step: Step) => `${root}/checkpoints/${step}/claims`,
    /** Runs that are being committed, each with its files and its record; the next process to start finishes them. */
    decided: (step: Step) => `${root}/checkpoints/${step}/decided`,
    /** Half-written files; a name that starts with `_` is hidden from Spark and from the lake's globs. */
    staging: (step: Step | "console") => `${root}/_staging/${step}`,
  } as const;
}

export type Layout = ReturnType<typeof layout>;

/** Name of a commit record; names sort by number. */
export function commitName(number: number): string {
  return `${String(number).padStart(12, "0")}.json`;
}

/** Name of the snapshot of gold that a run of gold publishes. */
export function snapshotName(run: number): string {
  return `s${String(run).padStart(8, "0")}`;
}

export function runOfSnapshot(name: string): number {
  return Number(name.slice(1));
}
