import { ClickHouseLogLevel, createClient } from "@clickhouse/client";
import type { KafkaClient } from "../../jobs/kafka/client";
import { openKafka } from "../../jobs/kafka/open";
import { layout, type Layout } from "../../lake/layout";
import { WebHdfs } from "../../jobs/hdfs/webhdfs";
import type { SmokeOptions } from "../options";
import { Parquet } from "./parquet";
import { ProgressReader } from "./progress";
import { Sql } from "./sql";

/** Connections to every part of a lake, and the options of the checks. */
export interface LakeUnderTest {
  readonly options: SmokeOptions;
  readonly kafka: KafkaClient;
  readonly hdfs: WebHdfs;
  readonly layout: Layout;
  readonly sql: Sql;
  readonly parquet: Parquet;
  readonly progress: ProgressReader;
  close(): Promise<void>;
}

const requestTimeoutMs = 30_000;

/** Opens no connection until one is used. The caller closes the lake. */
export function openLake(options: SmokeOptions): LakeUnderTest {
  const { endpoints, clickhouse } = options;
  const kafka = openKafka({
    brokers: endpoints.kafka,
    security: options.kafka,
    clientId: "smoke",
    retries: 6,
    requestTimeoutMs,
  });
  const paths = layout(endpoints.lake);
  const client = createClient({
    url: endpoints.clickhouse,
    username: clickhouse.username,
    password: clickhouse.password,
    application: "smoke",
    request_timeout: 120_000,
    log: { level: ClickHouseLogLevel.OFF },
  });
  const hdfs = new WebHdfs(endpoints.webhdfs, options.hdfsUser);
  return {
    options,
    kafka,
    hdfs,
    layout: paths,
    sql: new Sql(client, endpoints.clickhouse),
    parquet: new Parquet(endpoints.hdfs, paths),
    progress: new ProgressReader(hdfs, paths),
    close: async () => {
      await kafka.close();
      await client.close();
    },
  };
}
