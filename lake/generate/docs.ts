import { eventSchemas, eventTopics, type EventTopic } from "../events";
import type { Field } from "../events/field";
import { layout } from "../layout";
import { futureLimitHours, lateLimitDays, maxTextCharacters, maxValueBytes } from "../limits";
import { referenceColumns } from "../reference";
import { goldTables, silverFacts, silverTables } from "../tables";
import { fieldTypes } from "../events/field-types";
import { rawColumns } from "../raw-columns";
import { topics } from "../topics";
import { tableList, tableSection } from "./docs-tables";
import type { GeneratedFile } from "./generated-file";
import { code, codes, linkTo, markdownTable } from "./markdown";

function bounds({ allowed, min, max, pattern }: Field): string {
  return [
    ...(allowed ? [codes(allowed)] : []),
    ...(min !== undefined && max !== undefined ? [`${min} to ${max}`] : []),
    ...(min !== undefined && max === undefined ? [`at least ${min}`] : []),
    ...(min === undefined && max !== undefined ? [`at most ${max}`] : []),
    ...(pattern !== undefined ? [code(pattern)] : []),
  ].join("; ");
}

function topicSection(name: EventTopic): string {
  const { doc, version, fields } = eventSchemas[name];
  const rows = Object.entries<Field>(fields).map(([field, declared]) => [
    code(field),
    declared.type,
    declared.optional ? "" : "yes",
    bounds(declared),
    declared.doc,
  ]);
  return [
    `### ${name}`,
    `${doc}. Version ${version}; becomes silver's ${linkTo(silverFacts[name].name)}.`,
    markdownTable(["field", "type", "required", "allowed", "meaning"], rows),
  ].join("\n\n");
}

function topicList(): string {
  return markdownTable(
    ["topic", "partitions", "kept", "holds"],
    topics.map(({ name, partitions, retentionHours, cleanupPolicy, doc }) => [
      eventTopics.some((topic) => topic === name) ? linkTo(name) : code(name),
      String(partitions),
      cleanupPolicy === "compact" ? "the newest of each key" : `${retentionHours / 24} days`,
      doc,
    ]),
  );
}

function rawSection(): string {
  const rows = Object.entries(rawColumns).map(([name, { spark, doc }]) => [code(name), code(spark), doc]);
  return [
    markdownTable(["column", "Spark type", "meaning"], rows),
    `**Bronze** adds one column for each of the topic's fields (${Object.entries(fieldTypes)
      .map(([field, { spark }]) => (field === spark ? code(field) : `${field} as ${code(spark)}`))
      .join(
        ", ",
      )}), and \`unknown_fields\` (\`map<string,string>\`): fields that are not in the schema, by name.`,
    `**Quarantine** adds \`reason\` (\`string\`): what is wrong with the record: the field, its value and what is allowed.`,
  ].join("\n\n");
}

function layoutSection(): string {
  const lake = layout("/lake");
  return markdownTable(
    ["path", "holds"],
    [
      [
        code(`${lake.layer("bronze")}/<topic>/date=YYYY-MM-DD/hour=HH/*.parquet`),
        "Every well-formed record, by hour of arrival",
      ],
      [
        code(`${lake.layer("quarantine")}/<topic>/date=YYYY-MM-DD/hour=HH/*.parquet`),
        "Every other record, with the reason",
      ],
      [
        code(`${lake.table("silver", "<fact>")}/event_date=YYYY-MM-DD/run-N-i.parquet`),
        "Facts, by UTC day of the event. Runs add files; rows change only after an exchange rate correction",
      ],
      [
        code(`${lake.table("silver", "<dimension>")}/run-N.parquet`),
        "A dimension: one file, which a run replaces",
      ],
      [
        code(`${lake.table("gold", "<table>")}/YYYY-MM-DD-run-N.parquet`),
        "A gold table: one file per day, with `event_date` as a column, replaced when its day changes; a table without days is one file",
      ],
      [
        code(`${lake.snapshotTable("sNNNNNNNN", "<table>")}`),
        "Gold as published by one run: what ClickHouse reads",
      ],
      [code(`${lake.reference("<name>")}/part-0.json`), "The reference catalogue"],
      [
        code(`${lake.layer("silver")}/int_*`),
        "Internal state that later runs read; gold has such tables, too. Not part of the contract",
      ],
      [
        code(`${lake.commits("bronze")}/*.json`),
        "Commit records of bronze; `silver/`, `gold/` and `serve/` are beside `bronze/`",
      ],
    ],
  );
}

function referenceSection(): string {
  return Object.entries(referenceColumns)
    .map(([name, columns]) => {
      const list = Object.entries(columns).map(([column, type]) => `${code(column)} ${type}`);
      return `- **${name}**: ${list.join(", ")}`;
    })
    .join("\n");
}

// Largest number of days between the arrivals of two records of one event, both in time; one more as arrivals are kept by day.
const rememberedDays = lateLimitDays + futureLimitHours / 24 + 1;

const intro = `# The data

<!-- Generated from lake/ by \`npm run generate\`. Change the sources there, not this page. -->

Reference of all data in the lake: the events that producers send, where they are stored, and the meaning of every table and column.
An event is sent to a Kafka topic. Its unchanged bytes are stored in bronze or, if it is malformed, in quarantine. It becomes one row
in silver and is aggregated in gold. ClickHouse serves gold on two paths.`;

const rules = `- **One event per id**: of all records of a topic with the same \`event_id\` that are in time, the first to arrive is the event, whatever its content. Arrival is
  ordered by bronze batch, then by \`kafka_timestamp\`, partition and offset. Bronze keeps all records. Silver excludes the others as
  \`copy\` or, if a field differs, as \`conflict\`. A new event is compared with the ids of the previous ${rememberedDays} days of arrival.
- **Late events**: an event that arrives up to ${lateLimitDays} days after it happened is added to its day in silver, gold and ClickHouse. An event
  that arrives later, or whose time is more than ${futureLimitHours} hours in the future, stays in bronze and is excluded as \`late\` or \`early\`.
- **Nothing goes missing**: every event of bronze is a row of its silver fact, is a row of [excluded_events](#excluded_events) with the reason, or waits for
  an exchange rate.
- **Facts are not rewritten.** A fact carries the ids of its customer and merchant. Readers join the version that was valid at the time of the
  event ([decisions/versions-as-of.md](decisions/versions-as-of.md)). The one exception: when an exchange rate arrives late or is corrected,
  the amounts of its days are rewritten.
- **Fraud is scored once**, from what had arrived before the purchase ([decisions/fraud-scored-once.md](decisions/fraud-scored-once.md)).
- **Refused and declined** events are rows of silver. Gold counts them only in columns that say so: \`declined\`, \`failed_logins\`, \`purchases\`, the counts
  of events, sessions, active customers and active days, and the fraud figures. Money sums never include them.
- **Kafka transactions**: bronze reads committed records and skips aborted ones. Its commit records list offsets without a record (transaction
  markers, aborted records, compacted records) as \`skipped\`, and records that Kafka deleted before they were read as \`lost\`.
- **A topic that is deleted and recreated** is read from its beginning. A bronze commit record without rows (\`readAnew\`) marks the batch at which this
  happened. Before and after it an offset identifies different records, so records of such a topic are identified by the batch as well.
- **Malformed records** go to quarantine. Values over ${maxValueBytes.toLocaleString("en")} bytes go there without being parsed. Unknown fields are allowed and kept.
- **Days are UTC**: bronze and quarantine are partitioned by arrival in Kafka, silver and gold by \`event_time\`.
- **Money** is in EUR in silver and gold, converted at the day's rate and rounded half up to cents. Silver also keeps the amount as sent. A day without a
  rate uses the newest earlier rate; a day before the first rate uses the first. Transactions in a currency without any rate wait; all others proceed.`;

const timesRule = `A timestamp is ISO 8601 text with an offset from UTC: \`YYYY-MM-DDThh:mm[:ss[.f]]\` followed by \`Z\`, \`+hh:mm\`, \`+hhmm\` or \`+hh\` (or \`-\`).
\`f\` is one to nine digits; \`t\` and \`z\` may be lower case. It is stored as an instant, in the years 0001 to 9999 in UTC, truncated to microseconds;
the bytes stay unchanged. A time without an offset, a date that does not exist, a second 60 and a number are malformed.

Text for which the tables below give no values or pattern has at most ${maxTextCharacters} characters. If such a field is required, it has at least one that is not a space.`;

/** The page `docs/data.md`: topics, layers, tables, columns. */
export function dataDocs(): readonly GeneratedFile[] {
  const sections = [
    intro,
    "## Rules for all data",
    rules,
    "## Storage layout",
    layoutSection(),
    "## Topics",
    `Records are JSON in UTF-8, keyed by \`customer_id\`. Money is a number with at most two decimals.`,
    timesRule,
    topicList(),
    ...eventTopics.map(topicSection),
    "## Bronze and quarantine",
    "Both have one row per record, with these columns:",
    rawSection(),
    "## Silver",
    tableList(silverTables),
    ...silverTables.map(tableSection),
    "## Gold",
    "Each table is in ClickHouse twice, with the same rows: imported into MergeTree for speed, and zero-copy over the Parquet files on HDFS. " +
      "Unless its section says otherwise, each run updates a table. Days that get less than a twentieth of a run's rows are merged after up to " +
      "`--late-every` (default 300 s), or as soon as gold has nothing else to do.",
    tableList(goldTables),
    ...goldTables.map(tableSection),
    "## Reference catalogue",
    "Newline-delimited JSON. EventSim draws from it, and silver joins to it:",
    referenceSection(),
  ];
  return [{ path: "docs/data.md", content: `${sections.join("\n\n")}\n` }];
}
