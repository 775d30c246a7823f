import { eventSchemas, eventTopics, type EventTopic } from "../events";
import type { Field } from "../events/field";
import { layout } from "../layout";
import { maxTextCharacters, maxValueBytes } from "../limits";
import { fieldTypes } from "../events/field-types";
import { ofRawColumns } from "../raw-columns";
import type { GeneratedFile } from "./generated-file";
import { stepPaths } from "./step-paths";

function fieldRule(name: string, field: Field) {
  const { type, optional, allowed, min, max, pattern } = field;
  const isFreeText = type === "string" && allowed === undefined && pattern === undefined;
  return {
    name,
    type,
    sparkType: fieldTypes[type].spark,
    required: optional !== true,
    allowed,
    min,
    max,
    pattern,
    maxCharacters: isFreeText ? maxTextCharacters : undefined,
  };
}

function topicContract(topic: EventTopic) {
  const schema = eventSchemas[topic];
  const fields = Object.entries<Field>(schema.fields).map(([name, field]) => fieldRule(name, field));
  const eventColumns = Object.fromEntries(fields.map((field) => [field.name, field.sparkType]));
  return {
    version: schema.version,
    fields,
    bronzeColumns: { ...ofRawColumns("spark"), ...eventColumns, unknown_fields: "map<string,string>" },
    quarantineColumns: { ...ofRawColumns("spark"), reason: "string" },
  };
}

/** What bronze enforces, and where it writes: paths are under the lake's root. */
export function bronzeContract(): readonly GeneratedFile[] {
  const lake = layout("");
  const contract = {
    maxValueBytes,
    rawColumns: ofRawColumns("read"),
    paths: {
      bronze: lake.layer("bronze"),
      quarantine: lake.layer("quarantine"),
      checkpoint: lake.checkpoint("bronze"),
      held: lake.held,
      topic_ids: lake.topicIds,
    },
    step: stepPaths("bronze"),
    topics: Object.fromEntries(eventTopics.map((topic) => [topic, topicContract(topic)])),
  };
  return [{ path: "jobs/bronze/generated/contract.json", content: `${JSON.stringify(contract, null, 2)}\n` }];
}
