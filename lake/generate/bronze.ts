import { eventSchemas, eventTopics, type EventTopic } from "../events";
import type { Field, FieldType } from "../events/field";
import { layout } from "../layout";
import { maxValueBytes } from "../limits";
import type { GeneratedFile } from "./generated-file";
import { stepPaths } from "./step-paths";

/** The Spark type of each field type. */
export const sparkTypes: Record<FieldType, string> = {
  string: "string",
  int: "int",
  double: "double",
  boolean: "boolean",
  timestamp: "timestamp",
  money: "decimal(18,2)",
};

/** The columns of every row of bronze and quarantine, before the event's own or the reason. */
export const rawColumns = {
  kafka_partition: "int",
  kafka_offset: "bigint",
  kafka_timestamp: "timestamp",
  kafka_key: "binary",
  kafka_value: "binary",
  kafka_headers: "array<struct<key:string,value:binary>>",
  ingested_at: "timestamp",
} as const;

function fieldRule(name: string, field: Field) {
  const { type, optional, allowed, min, max, pattern } = field;
  return { name, type, sparkType: sparkTypes[type], required: optional !== true, allowed, min, max, pattern };
}

function topicContract(topic: EventTopic) {
  const schema = eventSchemas[topic];
  const fields = Object.entries<Field>(schema.fields).map(([name, field]) => fieldRule(name, field));
  const eventColumns = Object.fromEntries(fields.map((field) => [field.name, field.sparkType]));
  return {
    version: schema.version,
    fields,
    bronzeColumns: { ...rawColumns, ...eventColumns, unknown_fields: "map<string,string>" },
    quarantineColumns: { ...rawColumns, reason: "string" },
  };
}

/** What bronze enforces, and where it writes: paths are under the lake's root. */
export function bronzeContract(): readonly GeneratedFile[] {
  const lake = layout("");
  const contract = {
    maxValueBytes,
    paths: {
      bronze: lake.layer("bronze"),
      quarantine: lake.layer("quarantine"),
      checkpoint: lake.checkpoint("bronze"),
    },
    step: stepPaths("bronze"),
    topics: Object.fromEntries(eventTopics.map((topic) => [topic, topicContract(topic)])),
  };
  return [{ path: "jobs/bronze/generated/contract.json", content: `${JSON.stringify(contract, null, 2)}\n` }];
}
