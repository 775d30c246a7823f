import { z } from "zod";
import { eventSchemas, eventTopics } from "./events";
import type { Field } from "./events/field";
import { goldTables, silverTables, type Column } from "./tables";

const eventField = z.object({
  type: z.string(),
  optional: z.boolean(),
  allowed: z.array(z.string()).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  pattern: z.string().optional(),
});
const tableColumn = z.object({ type: z.string(), nullable: z.boolean() });

/** What producers and readers rely on, in a form that can be stored and compared. */
export const contractSchema = z.object({
  topics: z.record(z.string(), z.record(z.string(), eventField)),
  /** By `layer.table`. */
  tables: z.record(
    z.string(),
    z.object({
      key: z.array(z.string()),
      storage: z.string(),
      columns: z.record(z.string(), tableColumn),
    }),
  ),
});

export type Contract = z.infer<typeof contractSchema>;

/** The contract that lake/ defines now. */
export function currentContract(): Contract {
  return contractSchema.parse({
    topics: Object.fromEntries(
      eventTopics.map((topic) => [
        topic,
        Object.fromEntries(
          Object.entries<Field>(eventSchemas[topic].fields).map(([name, field]) => {
            const { type, optional = false, allowed, min, max, pattern } = field;
            return [name, { type, optional, allowed: allowed && [...allowed], min, max, pattern }];
          }),
        ),
      ]),
    ),
    tables: Object.fromEntries(
      [...silverTables, ...goldTables].map(({ layer, name, key, storage, columns }) => [
        `${layer}.${name}`,
        {
          key: [...key],
          storage,
          columns: Object.fromEntries(
            Object.entries<Column>(columns).map(([column, { type, nullable = false }]) => [
              column,
              { type, nullable },
            ]),
          ),
        },
      ]),
    ),
  });
}

function fieldChanges(path: string, before: z.infer<typeof eventField>, now: z.infer<typeof eventField>) {
  const narrower = (name: "min" | "max", isNarrower: (a: number, b: number) => boolean) => {
    const [was, is] = [before[name], now[name]];
    return is !== undefined && (was === undefined || isNarrower(is, was))
      ? [`${path}: ${name} was ${was ?? "none"}, is ${is}`]
      : [];
  };
  const gone = before.allowed?.filter((value) => now.allowed && !now.allowed.includes(value)) ?? [];
  return [
    ...(before.type === now.type ? [] : [`${path}: its type was ${before.type}, is ${now.type}`]),
    ...(before.optional && !now.optional ? [`${path} was optional, is required`] : []),
    ...(gone.length > 0 ? [`${path}: no longer allowed: ${gone.join(", ")}`] : []),
    ...(!before.allowed && now.allowed
      ? [`${path}: any text was allowed, now ${now.allowed.join(", ")}`]
      : []),
    ...narrower("min", (is, was) => is > was),
    ...narrower("max", (is, was) => is < was),
    ...(now.pattern !== undefined && now.pattern !== before.pattern
      ? [`${path}: its form was ${before.pattern ?? "any"}, is ${now.pattern}`]
      : []),
  ];
}

/**
 * Changes that would break an existing lake, its producers or its readers: existing files must stay readable, and events that
 * producers send must stay accepted. In words; empty when there are none.
 */
export function breakingChanges(before: Contract, now: Contract): string[] {
  const changes: string[] = [];
  for (const [topic, fields] of Object.entries(before.topics))
    for (const [name, field] of Object.entries(fields)) {
      const is = now.topics[topic]?.[name];
      changes.push(...(is ? fieldChanges(`${topic}.${name}`, field, is) : [`${topic}.${name} is gone`]));
    }
  for (const [topic, fields] of Object.entries(now.topics))
    for (const [name, { optional }] of Object.entries(fields))
      if (before.topics[topic] && !before.topics[topic][name] && !optional)
        changes.push(`${topic}.${name} is new and required: events of older producers lack it`);
  for (const [table, was] of Object.entries(before.tables)) {
    const is = now.tables[table];
    if (!is) {
      changes.push(`${table} is gone`);
      continue;
    }
    if (was.storage !== is.storage)
      changes.push(`${table} was stored by ${was.storage}, is by ${is.storage}`);
    if (was.key.join() !== is.key.join())
      changes.push(`${table}: its key was ${was.key.join(", ")}, is ${is.key.join(", ")}`);
    for (const [name, column] of Object.entries(was.columns)) {
      const present = is.columns[name];
      if (!present) changes.push(`${table}.${name} is gone`);
      else if (present.type !== column.type)
        changes.push(`${table}.${name}: its type was ${column.type}, is ${present.type}`);
      else if (column.nullable && !present.nullable)
        changes.push(`${table}.${name} may no longer be null: rows that are there have nulls`);
    }
    for (const [name, { nullable }] of Object.entries(is.columns))
      if (!was.columns[name] && !nullable)
        changes.push(`${table}.${name} is new and may not be null: rows that are there have no value`);
  }
  return changes;
}
