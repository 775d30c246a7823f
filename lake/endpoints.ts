import { z } from "zod";

/** Kafka's addresses: the first one that answers names the other brokers. */
export const kafkaBrokers = z
  .string()
  .regex(/^[^:/\s,]+:\d{1,5}(,[^:/\s,]+:\d{1,5})*$/, "allowed: host:port, several by comma");

/** WebHDFS address of each NameNode: with two of them, either may be the active one. */
export const webhdfsAddresses = z
  .string()
  .refine(
    (text) => text.split(",").every((address) => z.url({ protocol: /^https?$/ }).safeParse(address).success),
    "allowed: http://host:port, one for each NameNode by comma",
  );

/** The user that HDFS takes requests to be from; without Kerberos it checks no password. */
export const hdfsUser = z
  .string()
  .regex(/^[a-z_][a-z0-9_-]{0,31}$/, "allowed: a user's name, of a-z, 0-9, '_' and '-'");

/** The addresses of a running lake. `npm start` writes them to `.lake/endpoints.json`. */
export const endpointsSchema = z.object({
  kafka: kafkaBrokers,
  hdfs: z
    .string()
    .regex(
      /^hdfs:\/\/[^/\s]+$/,
      "allowed: hdfs://host:port, or hdfs:// and the name of a file system with two NameNodes",
    ),
  webhdfs: webhdfsAddresses,
  clickhouse: z.url({ protocol: /^https?$/ }),
  lake: z.string().regex(/^(\/[A-Za-z0-9._-]+)+$/, "allowed: an absolute path"),
});

export type Endpoints = z.infer<typeof endpointsSchema>;
