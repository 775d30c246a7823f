import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { breakingChanges, contractSchema } from "../../../lake/contract";

jest.setTimeout(180_000);

const root = resolve(__dirname, "../../..");
const page = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");

/** The files that the row `what` of the page's table names. */
function filesOf(what: string): string[] {
  const row = page.split("\n").find((line) => line.startsWith(`| ${what} |`)) ?? "";
  return [...row.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path);
}

const rows = [...page.matchAll(/^\| (a [^|]+) \|/gm)].map(([, what = ""]) => what);

test.each(rows)("every file that %s touches is there", (what) => {
  const files = filesOf(what);
  expect(files.length).toBeGreaterThan(1);
  expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

interface Recipe {
  readonly what: string;
  /** What is put in front of a text of a file. */
  readonly edits: readonly { readonly path: string; readonly before: string; readonly add: string }[];
  /** New files, by their folder. */
  readonly files: readonly { readonly folder: string; readonly name: string; readonly content: string }[];
  /** What follows from it, by the generated file that says so. */
  readonly generated: Readonly<Record<string, string>>;
}

const recipes: readonly Recipe[] = [
  {
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
  },
  {
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
  },
  {
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
  },
];

describe.each(recipes)("$what", ({ what, edits, files, generated }) => {
  const copy = mkdtempSync(join(tmpdir(), "contributing-"));
  afterAll(() => rmSync(copy, { recursive: true, force: true }));
  const inCopy = (path: string) => readFileSync(join(copy, path), "utf8");
  const tsx = (script: string, ...args: string[]) =>
    execFileSync(process.execPath, ["--import", "tsx", script, ...args], { cwd: copy, encoding: "utf8" });

  beforeAll(() => {
    const tracked = ["ls-files", "--cached", "--others", "--exclude-standard"];
    const kept = [
      "lake",
      "jobs",
      "smoke",
      "docs/data.md",
      "command-line",
      "package.json",
      "tsconfig.json",
      "versions.ts",
    ];
    const paths = execFileSync("git", [...tracked, ...kept], { cwd: root, encoding: "utf8" }).trim();
    for (const path of paths.split("\n"))
      if (existsSync(join(root, path))) cpSync(join(root, path), join(copy, path));
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    for (const { path, before, add } of edits) {
      const text = inCopy(path);
      expect(text.split(before)).toHaveLength(2);
      writeFileSync(join(copy, path), text.replace(before, add + before));
    }
    for (const { folder, name, content } of files) writeFileSync(join(copy, folder, name), content);
    tsx("lake/generate/cli.ts");
  });

  test("touches the files that the page lists", () => {
    const touched = [...edits.map(({ path }) => path), ...files.map(({ folder }) => folder)];
    const listed = filesOf(what);
    expect(touched.filter((path) => !listed.includes(path))).toEqual([]);
  });

  test("has its types right, and nothing is left to generate", () => {
    execFileSync(join(root, "node_modules/.bin/tsc"), ["--noEmit"], { cwd: copy, stdio: "inherit" });
    expect(tsx("lake/generate/cli.ts", "--check")).toBe("");
  });

  test.each(Object.entries(generated))("reaches %s", (path, text) => {
    expect(inCopy(path)).toContain(text);
    expect(readFileSync(join(root, path), "utf8")).not.toContain(text);
  });

  test("breaks nothing of a lake in use", () => {
    const contract = (folder: string) => {
      const script = `process.stdout.write(JSON.stringify(require("./lake/contract").currentContract()))`;
      const options = { cwd: folder, encoding: "utf8" } as const;
      return contractSchema.parse(
        JSON.parse(execFileSync(process.execPath, ["--import", "tsx", "--eval", script], options)),
      );
    };
    const changed = contract(copy);
    expect(breakingChanges(contract(root), changed)).toEqual([]);
    expect(changed).not.toEqual(contract(root));
  });
});
