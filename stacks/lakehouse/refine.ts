import type { Profile } from "../../profiles";
import { lakeUri } from "../names";
import { sparkApplication } from "./spark-application";

const fewPartitions = 4;

/** Silver and gold: one application, as gold must not read silver's days while somebody else rewrites them. */
export function refineApplication(profile: Profile) {
  const { refine } = profile;
  return sparkApplication(profile, {
    name: "refine",
    script: "jobs/refine/main.py",
    words: ["--lake", lakeUri(profile), "--every-seconds", String(refine.everySeconds)],
    job: refine,
    secrets: [],
    sparkConf: {
      "spark.sql.shuffle.partitions": String(refine.shufflePartitions),
      // Few partitions leave nothing to adapt, and planning a query anew after each shuffle costs a third of a run.
      "spark.sql.adaptive.enabled": String(refine.shufflePartitions > fewPartitions),
    },
  });
}
