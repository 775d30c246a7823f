import type { Profile } from "../../profiles";
import type { SparkJob } from "../../profiles/schema/jobs";
import { lakeOptions } from "../names";
import { sparkApplication } from "./spark-application";

const fewPartitions = 4;

type LayerJob = Extract<SparkJob, { everySeconds: number }>;

/** `args` are the layer's own. */
function layerApplication(profile: Profile, name: "silver" | "gold", job: LayerJob, args: string[]) {
  return sparkApplication(profile, {
    name,
    script: "jobs/refine/main.py",
    args: [
      ...lakeOptions(profile),
      ...["--layers", name],
      ...["--every", String(job.everySeconds)],
      ...args,
    ],
    job,
    secrets: [],
    sparkConf: {
      "spark.sql.shuffle.partitions": String(job.shufflePartitions),
      // Few partitions leave nothing to adapt, and planning a query anew after each shuffle costs a third of a run.
      "spark.sql.adaptive.enabled": String(job.shufflePartitions > fewPartitions),
    },
  });
}

export function silverApplication(profile: Profile) {
  const { silver } = profile;
  return layerApplication(profile, "silver", silver, [
    "--dimensions-every",
    String(silver.dimensionsEverySeconds),
  ]);
}

export function goldApplication(profile: Profile) {
  const { gold } = profile;
  return layerApplication(profile, "gold", gold, ["--late-every", String(gold.lateEverySeconds)]);
}
