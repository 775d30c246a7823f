import { bronzeContract } from "./bronze";
import { clickhouseSchema } from "./clickhouse";
import { dbtProject } from "./dbt";
import { dataDocs } from "./docs";
import type { GeneratedFile } from "./generated-file";

/** Everything that is generated from `lake/`. A test fails when a committed file differs. */
export const generators: readonly (() => readonly GeneratedFile[])[] = [
  bronzeContract,
  clickhouseSchema,
  dbtProject,
  dataDocs,
];
