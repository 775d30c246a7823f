import { ClickHouseLogLevel, createClient } from "@clickhouse/client";
import { Kafka, logLevel, type KafkaConfig } from "kafkajs";
import { kafkaConnection } from "../../lake/kafka-security";
import { layout, type Layout } from "../../lake/layout";
import { WebHdfs } from "../../lake/webhdfs";
import type { SmokeOptions } from "../options";
import { Parquet } from "./parquet";
import { ProgressReader } from "./progress";
import { Sql } from "./sql";
import { Topics } from "./topics";

/** Connections to every part of a lake, and what it was said about it. */
export interface LakeUnderTest {
  readonly options: SmokeOptions;
  readonly kafka: Kafka;
  readonly topics: Topics;
  readonly hdfs: WebHdfs;
  readonly layout: Layout;
  readonly sql: Sql;
  readonly parquet: Parquet;
  readonly progress: ProgressReader;
  close(): Promise<void>;
}

const requestTimeoutMs = 30_000;

function kafkaConfig({ endpoints, kafka }: SmokeOptions): KafkaConfig {
  return {
    ...kafkaConnection(endpoints.kafka, kafka),
    clientId: "smoke",
    logLevel: logLevel.NOTHING,
    requestTimeout: requestTimeoutMs,
    retry: { retries: 6 },
  };
}

/** Connects to nothing until something is asked. Whoever opens it closes it. */
export function openLake(options: SmokeOptions): LakeUnderTest {
  const { endpoints, clickhouse } = options;
  const kafka = new Kafka(kafkaConfig(options));
  const topics = new Topics(kafka, endpoints.kafka);
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
    topics,
    hdfs,
    layout: paths,
    sql: new Sql(client, endpoints.clickhouse),
    parquet: new Parquet(endpoints.hdfs, paths),
    progress: new ProgressReader(hdfs, paths),
    close: async () => {
      await topics.close();
      await client.close();
    },
  };
}
