import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeCatalogue } from "../jobs/eventsim/catalogue";
import { publishCatalogue } from "../jobs/eventsim/catalogue/publish";
import { fraudKinds, type FraudKind } from "../lake/fraud";
import { layout } from "../lake/layout";
import { fctFraudAlerts } from "../lake/tables/gold";
import { WebHdfs } from "../jobs/hdfs/webhdfs";
import type { CommandInput } from "../command-line/command-input";
import { silentProgress } from "../toolchain/progress";
import { setUpLake } from "../local/lake-toolchain";
import { startHdfs } from "../testbed/running-hdfs";
import { BronzeOnHdfs, type Arrived } from "../testbed/bronze-on-hdfs";
import { LakeRows } from "../testbed/lake-rows";
import { RefineProcess } from "../testbed/running-refine";
import { arrivedOf, simulate } from "../testbed/simulated-events";
import type { Figure } from "./figure";

const users = 600;
const range = { from: "2026-01-01", to: "2026-01-31" };
/** The topics that the rules read; others would only take time. */
const topics = new Set(["transaction_events", "auth_events"]);

const lake = layout("/lake");

/** The simulation's result: one batch a day, the number of purchases, and which of them were fraud. */
interface Month {
  readonly days: ReadonlyMap<string, Arrived[]>;
  readonly purchases: number;
  readonly truth: ReadonlyMap<string, FraudKind>;
}

function simulateMonth(): Month {
  const days = new Map<string, Arrived[]>();
  const truth = new Map<string, FraudKind>();
  let purchases = 0;
  for (const record of simulate({ users: String(users), ...range })) {
    if (!topics.has(record.topic)) continue;
    const arrived = arrivedOf(record);
    const day = new Date(arrived.arrivedAt).toISOString().slice(0, 10);
    const ofDay = days.get(day);
    if (ofDay) ofDay.push(arrived);
    else days.set(day, [arrived]);
    if (record.topic === "transaction_events") purchases += 1;
    if (record.fraud) truth.set(record.fraud.event_id, record.fraud.kind);
  }
  return { days, purchases, truth };
}

/** Ids of the purchases that gold flags, after refine has processed the month. */
async function flagged({ root, env }: CommandInput, { days }: Month): Promise<Set<string>> {
  const folder = mkdtempSync(join(tmpdir(), "bench-fraud-"));
  const toolchain = await setUpLake({ root, env, progress: silentProgress });
  const running = await startHdfs(folder);
  try {
    const hdfs = new WebHdfs(running.webhdfs);
    await publishCatalogue(hdfs, lake.root, makeCatalogue());
    const bronze = new BronzeOnHdfs(hdfs, [lake.root]);
    for (const arrived of days.values()) await bronze.land(arrived);
    const refine = new RefineProcess({ toolchain, hdfs: running.url, lake: lake.root, args: ["--once"] });
    const code = await refine.ended();
    if (code !== 0) throw new Error(`refine ended with ${code}: ${refine.said.join("; ")}`);
    const rows = await new LakeRows(hdfs, running.url).select(
      lake.table("gold", "fct_fraud_alerts"),
      fctFraudAlerts,
      "SELECT event_id FROM {rows}",
    );
    return new Set(rows.map(({ event_id }) => String(event_id)));
  } finally {
    await Promise.all([running.namenode.stop(), running.datanode.stop()]);
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

function share(name: string, part: number, of: number): Figure {
  const percent = of === 0 ? "none" : `${((100 * part) / of).toFixed(1)} %`;
  return { name, measured: `${percent} (${part} of ${of})`, goal: "-", met: true };
}

/** Refines a simulated month, and compares the purchases that the rules flag with those that were fraud. */
export async function fraudFigures(input: CommandInput): Promise<Figure[]> {
  const month = simulateMonth();
  const alerts = await flagged(input, month);
  const right = [...alerts].filter((id) => month.truth.has(id)).length;
  const byKind = fraudKinds.map((kind) => {
    const ids = [...month.truth].filter(([, one]) => one === kind).map(([id]) => id);
    return share(`fraud found: ${kind}`, ids.filter((id) => alerts.has(id)).length, ids.length);
  });
  return [
    share("fraud among all purchases", month.truth.size, month.purchases),
    share("fraud alerts that are right (precision)", right, alerts.size),
    share("fraud found (recall)", right, month.truth.size),
    ...byKind,
  ];
}
