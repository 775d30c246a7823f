import type { EventTopic } from "./events";

export const layers = ["bronze", "quarantine", "silver", "gold"] as const;
export type Layer = (typeof layers)[number];

/** Steps that leave a commit record for each run. */
export const steps = ["bronze", "silver", "gold", "serve"] as const;
export type Step = (typeof steps)[number];

/** Where everything is under the lake's root on HDFS (`/lake` unless told otherwise). All paths are absolute. */
export function layout(root: string) {
  return {
    root,
    layer: (layer: Layer) => `${root}/${layer}`,
    /** Bronze and quarantine: `<layer>/<topic>/date=YYYY-MM-DD/hour=HH/*.parquet`, by arrival in Kafka, UTC. */
    raw: (layer: "bronze" | "quarantine", topic: EventTopic) => `${root}/${layer}/${topic}`,
    table: (layer: "silver" | "gold", table: string) => `${root}/${layer}/${table}`,
    /** A gold table as it stood when a snapshot of the whole of gold was taken. */
    snapshotTable: (snapshot: string, table: string) => `${root}/gold/.snapshot/${snapshot}/${table}`,
    /** NDJSON of one reference catalogue: `reference/<name>/part-0.json`. */
    reference: (name: string) => `${root}/reference/${name}`,
    checkpoint: (step: Step) => `${root}/checkpoints/${step}/spark`,
    /** What was wrong with the newest run of a step; there only while no better run has followed. */
    failure: (step: Step) => `${root}/checkpoints/${step}/failure.json`,
    /** Partitions that wait for a transaction to end; there only while some do. */
    held: `${root}/checkpoints/bronze/held.json`,
    /** Kafka's id of each topic that bronze has read. */
    topicIds: `${root}/checkpoints/bronze/topic-ids.json`,
    commits: (step: Step) => `${root}/checkpoints/${step}/commits`,
    /** One file for each start of a step that only one process may run; the newest start owns the step. */
    claims: (step: Step) => `${root}/checkpoints/${step}/claims`,
    /** Runs that are being put in place, each with its files and its record; whoever starts next finishes them. */
    decided: (step: Step) => `${root}/checkpoints/${step}/decided`,
    /** Half-written files; a name that starts with `_` is hidden from Spark and from our globs. */
    staging: (step: Step) => `${root}/_staging/${step}`,
  } as const;
}

export type Layout = ReturnType<typeof layout>;

/** Name of a commit record: sorts by number. */
export function commitName(number: number): string {
  return `${String(number).padStart(12, "0")}.json`;
}

/** Name of the snapshot of gold that a run of gold publishes. */
export function snapshotName(run: number): string {
  return `s${String(run).padStart(8, "0")}`;
}
