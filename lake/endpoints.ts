import { z } from "zod";

const hostAndPort = z.string().regex(/^[^:/\s]+:\d{1,5}$/, "allowed: host:port");

/** Where a running lake is reached. `npm start` writes it to `.lake/endpoints.json`. */
export const endpointsSchema = z.object({
  kafka: hostAndPort,
  hdfs: z.string().regex(/^hdfs:\/\/[^/\s]+$/, "allowed: hdfs://host:port"),
  webhdfs: z.url({ protocol: /^https?$/ }),
  clickhouse: z.url({ protocol: /^https?$/ }),
  lake: z.string().regex(/^(\/[A-Za-z0-9._-]+)+$/, "allowed: an absolute path"),
});

export type Endpoints = z.infer<typeof endpointsSchema>;
