import type { Recipe } from "./recipe";

export const eventField: Recipe = {
  what: "a field of an event that silver keeps",
  edits: [
    {
      path: "lake/events/listen.ts",
      before: "    level:",
      add: `    volume: { type: "int", doc: "How loud, 0 to 100", min: 0, max: 100, optional: true },\n`,
    },
    {
      path: "lake/tables/silver-facts.ts",
      before: `  is_skip: { type: "boolean"`,
      add: `  volume: { type: "int", doc: "How loud", nullable: true },\n`,
    },
    {
      path: "jobs/dbt/models/silver/each_run/fct_listens.sql",
      before: "  event.listened_ms < 30000 as is_skip",
      add: "  event.volume as volume,\n",
    },
  ],
  files: [],
  generated: {
    "jobs/bronze/generated/contract.json": '"volume": "int"',
    "jobs/refine/generated/contract.json": "volume int",
    "jobs/dbt/models/silver/silver.yml": '"volume"',
    "docs/data.md": "How loud, 0 to 100",
  },
};
