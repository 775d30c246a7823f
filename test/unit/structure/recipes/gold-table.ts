import type { Recipe } from "./recipe";

export const goldTable: Recipe = {
  what: "a gold table",
  edits: [
    {
      path: "lake/tables/gold.ts",
      before: "export const goldTables",
      add: `const plays = daily("fct_daily_plays", "one day", "Songs heard on a day", ["event_date"], {
plays: { type: "long", doc: "Songs heard" },
});

`,
    },
    { path: "lake/tables/gold.ts", before: "  kpiDaily,\n  goldDimMerchants", add: "  plays,\n" },
  ],
  files: [
    {
      folder: "jobs/dbt/models/gold/each_run/",
      name: "fct_daily_plays.sql",
      content: "select count(*) as plays, event_date from {{ ref('fct_listens') }} group by event_date\n",
    },
  ],
  generated: {
    "jobs/serve/generated/schema.sql": "gold_fct_daily_plays_hdfs",
    "jobs/refine/generated/contract.json": '"fct_daily_plays"',
    "jobs/dbt/models/gold/gold.yml": "fct_daily_plays",
    "docs/data.md": "Songs heard on a day",
  },
};
