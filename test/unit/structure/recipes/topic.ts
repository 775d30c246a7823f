import type { Recipe } from "./recipe";

export const topic: Recipe = {
  what: "a topic",
  edits: [
    {
      path: "lake/events/index.ts",
      before: `import { statusChangeEvent`,
      add: `import { searchEvent } from "./search";\n`,
    },
    {
      path: "lake/events/index.ts",
      before: "} as const satisfies",
      add: "  search_events: searchEvent,\n",
    },
    {
      path: "lake/tables/silver-facts.ts",
      before: "/** The silver fact that each topic becomes. */",
      add: `const fctSearches = fact("fct_searches", "one search", "Searches, without duplicates", {
session_id: session,
phrase: { type: "string", doc: "What was typed" },
});

`,
    },
    {
      path: "lake/tables/silver-facts.ts",
      before: "  transaction_events: fctTransactions,",
      add: "  search_events: fctSearches,\n",
    },
    {
      path: "smoke/probe/probe-events.ts",
      before: "    transaction_events: {",
      add: `    search_events: { ...shared("search"), session_id: name, phrase: "probe" },\n`,
    },
  ],
  files: [
    {
      folder: "lake/events/",
      name: "search.ts",
      content: `import { envelope, session } from "./envelope";
import type { EventSchema } from "./field";

export const searchEvent = {
version: 1,
topicDoc: "Searches",
doc: "Something was searched for",
fields: { ...envelope, ...session, phrase: { type: "string", doc: "What was typed" } },
} as const satisfies EventSchema;
`,
    },
    {
      folder: "jobs/dbt/models/silver/each_run/",
      name: "fct_searches.sql",
      content: `select
{{ fact_identity() }},
trim(event.session_id) as session_id,
trim(event.phrase) as phrase,
{{ fact_lineage() }}
from ({{ accepted_events('search_events') }}) as event
{{ fact_place() }}
`,
    },
  ],
  generated: {
    "jobs/bronze/generated/contract.json": '"search_events"',
    "jobs/refine/generated/contract.json": "fct_searches",
    "jobs/dbt/models/silver/silver.yml": "fct_searches",
    "docs/data.md": "Something was searched for",
  },
};
