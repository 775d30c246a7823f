import { lakeCurrency } from "../currencies";
import { eventSchemas, eventTopics, type EventTopic } from "../events";
import type { Field } from "../events/field";
import { layout, snapshotName } from "../layout";
import { futureLimitHours, lateLimitDays } from "../limits";
import { referenceColumns, referenceNames } from "../reference";
import { goldTables, silverFacts, silverTables, sparkTypes, type Column, type Table } from "../tables";
import { intermediateTables, type IntermediateTable } from "../tables/intermediate";
import { rawColumns, sparkTypes as sparkFieldTypes } from "./bronze";
import type { GeneratedFile } from "./generated-file";

type AnyTable = Table | IntermediateTable;

const models: readonly AnyTable[] = [...silverTables, ...intermediateTables, ...goldTables];
const notice = "# Written by `npm run generate` from lake/tables. YAML is a superset of JSON.\n";

/** dbt's name of a table's model. Both layers have a dim_customers, and dbt wants each name once. */
export function modelName(table: AnyTable): string {
  const twice = models.filter((other) => other.name === table.name).length > 1;
  return twice && table.layer === "gold" ? `gold_${table.name}` : table.name;
}

function select<T>(table: AnyTable, pick: (column: Column) => T | undefined): Record<string, T> {
  return Object.fromEntries(
    Object.entries(table.columns).flatMap(([name, column]) => {
      const picked = pick(column);
      return picked === undefined ? [] : [[name, picked] as const];
    }),
  );
}

/** One test a model, not one a column: each costs a query, and a run has seconds. */
function conforms(table: AnyTable) {
  return {
    conforms: {
      name: `conforms_${modelName(table)}`,
      arguments: {
        model_name: modelName(table),
        key: table.key,
        required: Object.keys(select(table, (column) => (column.nullable ? undefined : true))),
        allowed: select(table, (column) => column.allowed),
        references: select(table, (column) => column.references),
        partitioned_by: table.partitionedBy,
      },
    },
  };
}

function modelProperties(table: AnyTable) {
  return {
    name: modelName(table),
    description: `${table.doc}. One row: ${table.grain}.`,
    config: {
      alias: table.name,
      schema: table.layer,
      ...(table.partitionedBy && { partition_by: [table.partitionedBy] }),
    },
    columns: Object.entries(table.columns).map(([name, column]) => ({
      name,
      description: column.doc,
      data_type: sparkTypes[column.type],
    })),
    data_tests: [conforms(table)],
  };
}

function bronzeColumns(topic: EventTopic): Record<string, string> {
  const { kafka_partition, kafka_offset, kafka_timestamp } = rawColumns;
  const fields = Object.entries<Field>(eventSchemas[topic].fields).map(
    ([name, field]) => [name, sparkFieldTypes[field.type]] as const,
  );
  return { kafka_partition, kafka_offset, kafka_timestamp, ...Object.fromEntries(fields) };
}

function sources() {
  const columns = (types: Readonly<Record<string, string>>) =>
    Object.entries(types).map(([name, type]) => ({ name, data_type: type }));
  return [
    {
      name: "bronze",
      description: "Rows of bronze of the days that the run rewrites",
      schema: "global_temp",
      tables: eventTopics.map((topic) => ({
        name: topic,
        identifier: `bronze_${topic}`,
        description: eventSchemas[topic].doc,
        columns: columns(bronzeColumns(topic)),
      })),
    },
    {
      name: "reference",
      description: "The generated catalogue",
      schema: "global_temp",
      tables: referenceNames.map((name) => ({
        name,
        identifier: `reference_${name}`,
        columns: columns(referenceColumns[name]),
      })),
    },
    {
      name: "closed",
      description: "Months that earlier runs closed: read without an edge back to the model that writes them",
      schema: "silver",
      tables: intermediateTables
        .filter((table) => table.partitionedBy === "event_month")
        .map(({ name }) => ({ name })),
    },
  ];
}

function ddl(columns: Readonly<Record<string, string>>): string {
  return Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(", ");
}

/** What the driver of the models must know: paths are under the lake's root, columns are DDL of Spark. */
function driverContract() {
  const lake = layout("");
  return {
    paths: {
      bronzeCommits: lake.commits("bronze"),
      refineCommits: lake.commits("refine"),
      silver: lake.layer("silver"),
      gold: lake.layer("gold"),
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
    tables: models.map((table) => ({
      model: modelName(table),
      layer: table.layer,
      name: table.name,
      partitionedBy: table.partitionedBy,
      internal: intermediateTables.some(({ name }) => name === table.name),
      columns: ddl(
        Object.fromEntries(Object.entries(table.columns).map(([n, c]) => [n, sparkTypes[c.type]])),
      ),
    })),
  };
}

function constant(name: string, value: string | number): string {
  return `{% macro ${name}() %}${value}{% endmacro %}\n`;
}

/** Properties, tests and sources of dbt's models, and what their driver must know. */
export function dbtProject(): readonly GeneratedFile[] {
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  const properties = (tables: readonly AnyTable[]) =>
    notice + json({ version: 2, models: tables.map(modelProperties) });
  const ofLayer = (layer: string) => models.filter((table) => table.layer === layer);
  return [
    { path: "jobs/dbt/models/silver/silver.yml", content: properties(ofLayer("silver")) },
    { path: "jobs/dbt/models/gold/gold.yml", content: properties(ofLayer("gold")) },
    { path: "jobs/dbt/models/sources.yml", content: notice + json({ version: 2, sources: sources() }) },
    {
      path: "jobs/dbt/macros/generated/limits.sql",
      content: [
        "{# Written by `npm run generate` from lake/limits.ts and lake/currencies.ts. #}\n",
        constant("late_limit_days", lateLimitDays),
        constant("future_limit_hours", futureLimitHours),
        constant("lake_currency", lakeCurrency),
      ].join(""),
    },
    { path: "jobs/refine/generated/contract.json", content: json(driverContract()) },
  ];
}
