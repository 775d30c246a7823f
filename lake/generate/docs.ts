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
      )}), and \`unknown_fields\` (\`map<string,string>\`): fields that the schema does not have, by name.`,
    `**Quarantine** adds \`reason\` (\`string\`): what is wrong with the record, which field, what it held and what is allowed.`,
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
        "Facts by day of the event. Files are added; their rows never change",
      ],
      [code(`${lake.table("silver", "<dimension>")}/run-N.parquet`), "A dimension: one file, replaced"],
      [
        code(`${lake.table("gold", "<table>")}/YYYY-MM-DD-run-N.parquet`),
        "A gold table: one file a day, with `event_date` inside, replaced when its day changes; one file where it has no days",
      ],
      [
        code(`${lake.snapshotTable("sNNNNNNNN", "<table>")}`),
        "Gold as one run published it: what ClickHouse reads",
      ],
      [code(`${lake.reference("<name>")}/part-0.json`), "The reference catalogue"],
      [
        code(`${lake.layer("silver")}/int_*`),
        "What later runs read again (as in gold); no reader is promised it",
      ],
      [
        code(`${lake.commits("bronze")}/*.json`),
        "Commit records; silver, gold and serve have theirs beside them",
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

const intro = `# The data

<!-- Generated from lake/ by \`npm run generate\`: change it there. -->

Everything the lake holds: what producers send, where each record lies afterwards, and what every table and column means.
An event is sent to a Kafka topic, lands in bronze (or, if it is malformed, in quarantine) with its bytes as they came,
becomes one row of silver, and is counted in gold; ClickHouse serves gold on two paths.`;

const rules = `- **One event, one id**: of all records of a topic with one \`event_id\` the first to arrive is the event, whatever time and
  content the others have: first by bronze's batch, then by \`kafka_timestamp\`, partition and offset. Bronze keeps them all. Silver excludes the others as
  \`copy\`, or as \`conflict\` where a field differs. Ids are remembered for as many days of arrival as an event may be late, and one more.
- **Late events**: an event that arrives up to ${lateLimitDays} days after it happened is added to its day in silver, gold and ClickHouse. One that
  comes later, or from more than ${futureLimitHours} hours in the future, stays in bronze and is excluded as \`late\` or \`early\`.
- **Nothing goes missing**: every event of bronze is a row of its silver fact, or of [excluded_events](#excluded_events) with the reason, or waits for
  a rate of exchange.
- **Facts are not written a second time.** A fact carries the ids of its customer and merchant; the version that was valid at its time is found
  on reading ([decisions/versions-as-of.md](decisions/versions-as-of.md)). The one exception: when a rate of exchange comes late or is corrected, the
  amounts of its days are.
- **Fraud is scored once**, by what had arrived before the purchase ([decisions/fraud-scored-once.md](decisions/fraud-scored-once.md)).
- **Refused and declined** events are rows of silver. No sum or count takes them in, but those that say so (\`declined\`, \`failed_logins\`, \`purchases\`).
- **Transactions**: what a producer has committed is read, what it gave up is not. Offsets that hold no record (transactions' markers, what was given up,
  what compaction removed) are in bronze's commit records as \`skipped\`; records that Kafka deleted before they were read as \`lost\`.
- **A topic that is deleted and made anew** is read from its beginning. A record of bronze without a row (\`readAnew\`) says from which batch on: an
  offset names another record before it than after it, so of such a topic the batch belongs to a record's name.
- **Malformed records** go to quarantine, values over ${maxValueBytes.toLocaleString("en")} bytes unread. An unknown field is no fault: it is kept.
- **Days are UTC**: bronze and quarantine are cut by arrival in Kafka, silver and gold by \`event_time\`.
- **Money** is in EUR in silver and gold, converted by the day's rate and rounded half up to cents; silver keeps the amount as sent. Without a rate
  of the day the newest before it holds, and before the first rate the first. Transactions in a currency without any rate wait, all others go on.`;

const timesRule = `A timestamp is text in ISO 8601 with an offset from UTC: \`YYYY-MM-DDThh:mm[:ss[.f]]\` and then \`Z\`, \`+hh:mm\`, \`+hhmm\` or \`+hh\` (or \`-\`),
where \`f\` is one to nine digits and \`t\` and \`z\` may be small. It is kept as the instant it tells, of the years 0001 to 9999 in UTC; what is finer than a
microsecond is cut, and the bytes stay as they came. A time without an offset, a day that no calendar has, a second 60 and a number are malformed.

A text of which no form is said below has at most ${maxTextCharacters} characters; one that is not optional has at least one that is no space.`;

/** The page of the whole data: topics, layers, tables, columns. */
export function dataDocs(): readonly GeneratedFile[] {
  const sections = [
    intro,
    "## Rules that hold everywhere",
    rules,
    "## Where it lies",
    layoutSection(),
    "## Topics",
    `Records are JSON in UTF-8, keyed by \`customer_id\`. Money is a number with at most two decimals.`,
    timesRule,
    topicList(),
    ...eventTopics.map(topicSection),
    "## Bronze and quarantine",
    "One row a record, with where it came from:",
    rawSection(),
    "## Silver",
    tableList(silverTables),
    ...silverTables.map(tableSection),
    "## Gold",
    "Each table is in ClickHouse twice, with the same rows: imported into MergeTree for speed, and zero-copy over the Parquet files on HDFS. " +
      "Where its text does not say otherwise, a table is brought on by each run. Rows of days that get less than a twentieth of a run's events wait for up to " +
      "`--late-every` (300 s unless told otherwise), or until nothing else is to be done.",
    tableList(goldTables),
    ...goldTables.map(tableSection),
    "## Reference catalogue",
    "Newline-delimited JSON that EventSim draws from and silver joins to:",
    referenceSection(),
  ];
  return [{ path: "docs/data.md", content: `${sections.join("\n\n")}\n` }];
}
