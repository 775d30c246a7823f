import { z } from "zod";
import { image } from "./image";
import { lastingStorage, size, storage } from "./size";
import { cidrs, httpUrl, oneOf, secretName, whole } from "./words";

const chart = z.strictObject({
  mode: z.literal("chart"),
  flavor: oneOf(["official", "embedded"]).describe(
    "embedded: this project's image with the same engine, for clusters that can't pull the official image",
  ),
  image,
  size,
  storage,
  existingSecret: secretName
    .nullable()
    .describe("Secret with the passwords under the keys `serve` and `reader`; null: the chart creates one"),
  backup: z
    .strictObject({
      schedule: z.string().regex(/^\S+( \S+){4}$/, "allowed: a cron schedule of five fields"),
      keep: whole(1, 366).describe("number of backups to keep"),
      storage: lastingStorage,
    })
    .nullable()
    .describe("null: no backups; tables that serve publishes can be rebuilt from gold, other tables can't"),
  readerLimits: z.strictObject({
    memoryMebibytes: whole(16, 1_048_576),
    seconds: whole(1, 86_400),
    queries: whole(1, 1000).describe("concurrent queries of the user `reader`"),
  }),
});

const external = z.strictObject({
  mode: z.literal("external"),
  url: httpUrl,
  cidrs,
  usersSecret: secretName.describe("Secret with the passwords under the keys `serve` and `reader`"),
});

export const clickhouse = z.discriminatedUnion("mode", [chart, external], "allowed modes: chart, external");

export type ClickHouse = z.infer<typeof clickhouse>;
export type ChartClickHouse = z.infer<typeof chart>;
