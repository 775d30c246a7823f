import { z } from "zod";
import { image } from "./image";
import { lastingStorage, size, storage } from "./size";
import { cidrs, httpUrl, oneOf, secretName, whole } from "./words";

const chart = z.strictObject({
  mode: z.literal("chart"),
  flavor: oneOf(["official", "embedded"]).describe(
    "embedded: this project's image with the same engine, where the official one can't be pulled",
  ),
  image,
  size,
  storage,
  existingSecret: secretName
    .nullable()
    .describe(
      "Secret with the passwords of `serve` and `reader` under these keys; null: the chart makes one",
    ),
  backup: z
    .strictObject({
      schedule: z.string().regex(/^\S+( \S+){4}$/, "allowed: a cron schedule of five fields"),
      keep: whole(1, 366).describe("how many backups stay"),
      storage: lastingStorage,
    })
    .nullable()
    .describe("null: none; what serve publishes can be made again from gold, other tables can't"),
  readerLimits: z.strictObject({
    memoryMebibytes: whole(16, 1_048_576),
    seconds: whole(1, 86_400),
    queries: whole(1, 1000).describe("queries of a reader at once"),
  }),
});

const external = z.strictObject({
  mode: z.literal("external"),
  url: httpUrl,
  cidrs,
  usersSecret: secretName.describe("Secret with the passwords of `serve` and `reader` under these keys"),
});

export const clickhouse = z.discriminatedUnion("mode", [chart, external], "allowed modes: chart, external");

export type ClickHouse = z.infer<typeof clickhouse>;
export type ChartClickHouse = z.infer<typeof chart>;
