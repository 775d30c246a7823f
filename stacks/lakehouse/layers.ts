import type { Profile } from "../../profiles";
import type { SparkJob } from "../../profiles/schema/jobs";
import { lakeOptions } from "../names";
import { sparkApplication } from "./spark-application";

/** Folder of the image: see images/spark/Dockerfile. */
const parsedModels = "/opt/lake/parsed-models";

const fewPartitions = 4;

type LayerJob = Extract<SparkJob, { everySeconds: number }>;

/** @param args that only this layer has */
function layerApplication(profile: Profile, name: "silver" | "gold", job: LayerJob, args: string[]) {
  return sparkApplication(profile, {
    name,
    script: "jobs/refine/main.py",
    args: [
      ...lakeOptions(profile),
      ...["--parsed-models", parsedModels],
      ...["--layers", name],
      ...["--every", String(job.everySeconds)],
      ...args,
    ],
    job,
    secrets: [],
    sparkConf: {
      "spark.sql.shuffle.partitions": String(job.shufflePartitions),
      // With few partitions there is nothing to adapt, and re-planning a query after each shuffle costs a third of a run.
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
