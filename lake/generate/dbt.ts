import { lakeCurrency } from "../currencies";
import { eventSchemas, eventTopics, type EventTopic } from "../events";
import type { Field } from "../events/field";
import { layout, snapshotName } from "../layout";
import { futureLimitHours, lateLimitDays } from "../limits";
import { fieldTypes } from "../events/field-types";
import { ofRawColumns } from "../raw-columns";
import { referenceColumns, referenceNames } from "../reference";
import {
  goldTables,
  modelName,
  silverFacts,
  silverTables,
  sparkTypes,
  type Column,
  type Table,
} from "../tables";
import { internalTables, type InternalTable } from "../tables/internal";
import type { GeneratedFile } from "./generated-file";
import { stepPaths } from "./step-paths";

const notice = "# Written by `npm run generate` from lake/tables. YAML is a superset of JSON.\n";

/** What dbt and its driver need to know about a table that a model writes. */
interface Model {
  readonly name: string;
  readonly table: Table | InternalTable;
  readonly columns: readonly { name: string; description?: string; data_type: string }[];
}

function isInternal(table: Table | InternalTable): table is InternalTable {
  return internalTables.some((internal) => internal === table);
}

const tables: readonly (Table | InternalTable)[] = [...silverTables, ...goldTables, ...internalTables];

const models: readonly Model[] = tables.map((table) => ({
  name: modelName(table),
  table,
  columns: isInternal(table)
    ? Object.entries(table.columns).map(([name, type]) => ({ name, data_type: type }))
    : Object.entries(table.columns).map(([name, { doc, type }]) => ({
        name,
        description: doc,
        data_type: sparkTypes[type],
      })),
}));

function select<T>(table: Table, pick: (column: Column) => T | undefined): Record<string, T> {
  return Object.fromEntries(
    Object.entries(table.columns).flatMap(([name, column]) => {
      const picked = pick(column);
      return picked === undefined ? [] : [[name, picked] as const];
    }),
  );
}

/** One test per model, not one per column: each costs a query, and a run takes only seconds. */
function conforms({ name, table }: Model) {
  if (isInternal(table)) return [];
  const promised = {
    key: table.key,
    required: Object.keys(select(table, (column) => (column.nullable ? undefined : true))),
    allowed: select(table, (column) => column.allowed),
    references: select(table, (column) => column.references),
  };
  return [{ conforms: { name: `conforms_${name}`, arguments: promised } }];
}

function modelProperties(model: Model) {
  const { name, table, columns } = model;
  return {
    name,
    description: `${table.doc}. One row: ${table.grain}.`,
    config: {
      alias: table.name,
      schema: table.layer,
      meta: { storage: table.storage, cut_by: table.partitionedBy },
    },
    columns,
    data_tests: conforms(model),
  };
}

function bronzeColumns(topic: EventTopic): Record<string, string> {
  const { kafka_partition, kafka_offset, kafka_timestamp } = ofRawColumns("spark");
  const fields = Object.entries<Field>(eventSchemas[topic].fields).map(
    ([name, field]) => [name, fieldTypes[field.type].spark] as const,
  );
  return { kafka_partition, kafka_offset, kafka_timestamp, ...Object.fromEntries(fields) };
}

function sources() {
  const columns = (types: Readonly<Record<string, string>>) =>
    Object.entries(types).map(([name, type]) => ({ name, data_type: type }));
  return [
    {
      name: "bronze",
      description: "Rows of bronze that silver has not read yet, and transactions that waited for a rate",
      schema: "global_temp",
      tables: eventTopics.map((topic) => ({
        name: topic,
        identifier: `bronze_${topic}`,
        description: eventSchemas[topic].doc,
        columns: columns({ ...bronzeColumns(topic), bronze_batch: "bigint" }),
      })),
    },
    {
      name: "reference",
      description: "The catalogue",
      schema: "global_temp",
      tables: referenceNames.map((name) => ({
        name,
        identifier: `reference_${name}`,
        columns: columns(referenceColumns[name]),
      })),
    },
    {
      name: "before",
      description:
        "Tables as they were before the run: where one is cut by day, the days that may be touched",
      schema: "global_temp",
      tables: models.map(({ name, columns: ownColumns }) => ({
        name,
        identifier: `before_${name}`,
        columns: ownColumns.map((column) => ({ name: column.name, data_type: column.data_type })),
      })),
    },
    {
      name: "added",
      description: "Rows that were added to silver since its dimensions were last built",
      schema: "global_temp",
      tables: models
        .filter(({ table }) => table.layer === "silver" && table.storage === "append")
        .map(({ name, columns: ownColumns }) => ({
          name,
          identifier: `added_${name}`,
          columns: ownColumns.map((column) => ({ name: column.name, data_type: column.data_type })),
        })),
    },
    {
      name: "driver",
      description: "What the driver of the models knows",
      schema: "global_temp",
      tables: [
        {
          name: "run",
          identifier: "driver_run",
          description: "The run, in one row",
          columns: columns({ run: "bigint", started_at: "timestamp" }),
        },
        {
          name: "transaction_days",
          identifier: "driver_transaction_days",
          description: "Days that silver has transactions of",
          columns: columns({ event_date: "date" }),
        },
        {
          name: "set_aside",
          identifier: "driver_set_aside",
          description: "New events that a test of an earlier attempt at this run refused",
          columns: columns({ event_id: "string", detail: "string" }),
        },
      ],
    },
  ];
}

function ddl(columns: Readonly<Record<string, string>>): string {
  return Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(", ");
}

/** What the driver of the models needs to know: paths are under the lake's root, columns are Spark DDL. */
function driverContract() {
  const lake = layout("");
  return {
    paths: {
      bronzeCommits: lake.commits("bronze"),
      silver: lake.layer("silver"),
      gold: lake.layer("gold"),
    },
    steps: {
      silver: { ...stepPaths("silver"), failure: lake.failure("silver") },
      gold: { ...stepPaths("gold"), failure: lake.failure("gold") },
      serve: stepPaths("serve"),
    },
    snapshotDigits: snapshotName(0).length - 1,
    lateLimitDays,
    futureLimitHours,
    topics: Object.fromEntries(
      eventTopics.map((topic) => [
        topic,
        { fact: silverFacts[topic].name, columns: ddl(bronzeColumns(topic)) },
      ]),
    ),
    reference: Object.fromEntries(
      referenceNames.map((name) => [
        name,
        { path: lake.reference(name), columns: ddl(referenceColumns[name]) },
      ]),
    ),
    tables: models.map(({ name, table, columns }) => ({
      model: name,
      layer: table.layer,
      name: table.name,
      storage: table.storage,
      cutBy: table.partitionedBy,
      key: table.key,
      internal: isInternal(table),
      columns: ddl(Object.fromEntries(columns.map((column) => [column.name, column.data_type]))),
    })),
  };
}

function constant(name: string, value: string | number): string {
  return `{% macro ${name}() %}${value}{% endmacro %}\n`;
}

function list(name: string, value: unknown): string {
  return `{% macro ${name}() %}{% do return(${JSON.stringify(value)}) %}{% endmacro %}\n`;
}

/** Properties, tests and sources of dbt's models, and what their driver needs to know. */
export function dbtProject(): readonly GeneratedFile[] {
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  const properties = (layer: string) => {
    const own = models.filter(({ table }) => table.layer === layer).map(modelProperties);
    return notice + json({ version: 2, models: own });
  };
  const eventColumns = Object.fromEntries(
    eventTopics.map((topic) => [topic, Object.keys(eventSchemas[topic].fields)]),
  );
  return [
    { path: "jobs/dbt/models/silver/silver.yml", content: properties("silver") },
    { path: "jobs/dbt/models/gold/gold.yml", content: properties("gold") },
    { path: "jobs/dbt/models/sources.yml", content: notice + json({ version: 2, sources: sources() }) },
    {
      path: "jobs/dbt/macros/generated/contract.sql",
      content: [
        "{# Written by `npm run generate` from lake/. #}\n",
        constant("late_limit_days", lateLimitDays),
        constant("future_limit_hours", futureLimitHours),
        constant("lake_currency", lakeCurrency),
        list("event_columns", eventColumns),
      ].join(""),
    },
    { path: "jobs/refine/generated/contract.json", content: json(driverContract()) },
  ];
}
