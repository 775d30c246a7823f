import type { Profile } from "../../profiles";
import { lakeUri } from "../names";
import { sparkApplication } from "./spark-application";

/** Silver and gold: one application, as gold must not read silver's days while somebody else rewrites them. */
export function refineApplication(profile: Profile) {
  const { refine } = profile;
  return sparkApplication(profile, {
    name: "refine",
    script: "jobs/refine/main.py",
    words: ["--lake", lakeUri(profile), "--every-seconds", String(refine.everySeconds)],
    job: refine,
    secrets: [],
    sparkConf: { "spark.sql.shuffle.partitions": String(refine.shufflePartitions) },
  });
}
