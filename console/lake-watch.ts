import { setTimeout as sleep } from "node:timers/promises";
import { Journal } from "../jobs/hdfs/journal";
import type { WebHdfs } from "../jobs/hdfs/webhdfs";
import type { Layout } from "../lake/layout";
import { bronzeCommit, runFailure, type ServeCommit } from "../lake/records";
import type { Parquet } from "../smoke/reading/parquet";
import type { Sql } from "../smoke/reading/sql";
import type { Broadcast } from "./broadcast";
import type { CheckRuns } from "./checks/check-runs";
import { tableStates } from "./checks/table-states";
import { FlowWatch } from "./flow/flow-watch";
import type { HopName } from "./flow/hop-names";
import type { FlowObserver } from "./flow/observer";
import type { ResentRecords } from "./resend/resent-records";
import { business, businessBefore } from "./views/business";
import { fraud, fraudBefore } from "./views/fraud";
import { Quarantine } from "./views/quarantine";
import type { Truth } from "./views/truth";
import { tables } from "./views/tables";

const lookEverySeconds = 2;

export interface WatchedLake {
  readonly observer: FlowObserver;
  readonly hdfs: WebHdfs;
  readonly layout: Layout;
  readonly reader: Sql;
  readonly parquet: Parquet;
  readonly checks: Pick<CheckRuns, "outcomes">;
  readonly resent: ResentRecords;
  readonly truth: Truth;
}

/** Looks at the lake every two seconds and broadcasts what has changed; it queries gold again when there is a new publish. */
export class LakeWatch {
  private readonly failures = new Map<HopName, string>();
  private readonly failureOf = (hop: HopName) => this.failures.get(hop) ?? null;
  private readonly flow = new FlowWatch(this.failureOf);
  private readonly bronze;
  private readonly quarantine: Quarantine;
  private newestBatch = -1;
  private shownPublish = -1;

  constructor(
    private readonly lake: WatchedLake,
    private readonly broadcast: Broadcast,
    private readonly say: (line: string) => void,
  ) {
    this.bronze = Journal.of(lake.hdfs, lake.layout, "bronze", bronzeCommit);
    this.quarantine = new Quarantine(lake.reader, lake.parquet, lake.resent);
    broadcast.send("flow", this.flow.message(Date.now()));
    broadcast.send("business", businessBefore);
    broadcast.send("fraud", fraudBefore);
    broadcast.send("quarantine", this.quarantine.message());
    broadcast.send("tables", tables(new Map(), undefined));
  }

  /** A refused record has been sent again: the quarantine is read once more. */
  recordResent(): void {
    this.quarantine.changed();
  }

  async run(signal: AbortSignal): Promise<void> {
    // A look may take long while a part of the lake is down; pages get the flow in the meantime.
    await Promise.all([again(() => this.look(), signal), again(() => this.showFlow(), signal)]);
  }

  private showFlow(): void {
    const flow = this.flow.message(Date.now());
    this.broadcast.send("flow", flow);
    this.broadcast.keep("history", this.flow.history());
    const { failureOf } = this;
    const checks = this.lake.checks.outcomes;
    this.broadcast.send("states", { tables: tableStates({ failureOf, hops: flow.hops, checks }) });
  }

  private async look(): Promise<void> {
    try {
      const flow = await this.lake.observer.observe();
      this.flow.add(flow, Date.now());
      await this.readFailures();
      await this.readBronze();
      await this.showQuarantine();
      if (flow.newestServe && flow.newestServe.publish !== this.shownPublish)
        await this.showGold(flow.newestServe, flow.newest.served ?? 0);
    } catch (error) {
      const [line = ""] = (error as Error).message.split("\n");
      this.flow.addTrouble(line);
      this.say(line);
    }
  }

  private async readFailures(): Promise<void> {
    for (const step of ["silver", "gold"] as const) {
      const failure = runFailure
        .optional()
        .safeParse(await this.lake.hdfs.readJsonIfThere(this.lake.layout.failure(step)));
      const [first] = failure.data?.failed ?? [];
      if (first) this.failures.set(step, `Run ${failure.data?.run} failed: ${first.name}: ${first.message}`);
      else this.failures.delete(step);
    }
  }

  private async readBronze(): Promise<void> {
    for (const record of await this.bronze.readAfter(this.newestBatch)) {
      this.newestBatch = record.batchId;
      this.quarantine.add(record);
    }
  }

  private async showQuarantine(): Promise<void> {
    if (this.broadcast.pages > 0) await this.quarantine.read();
    this.broadcast.send("quarantine", this.quarantine.message());
  }

  /** @param newestMs when the newest record that is served arrived in Kafka */
  private async showGold(served: ServeCommit, newestMs: number): Promise<void> {
    if (this.broadcast.pages === 0 && this.shownPublish >= 0) return;
    const asOfMs = Date.parse(served.committedAt);
    this.broadcast.send("business", await business(this.lake.reader, this.lake.parquet, asOfMs));
    this.broadcast.send("fraud", await fraud(this.lake.reader, asOfMs));
    const rows = new Map(this.quarantine.counted().map(({ topic, accepted }) => [topic, accepted]));
    this.broadcast.send("tables", tables(rows, served));
    this.shownPublish = served.publish;
    const truth = await this.lake.truth.compare(newestMs);
    if (truth) this.broadcast.send("truth", truth);
  }
}

/** Takes a step every `lookEverySeconds`, each after the one before it has ended. */
async function again(step: () => void | Promise<void>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await step();
    await sleep(lookEverySeconds * 1000, undefined, { signal }).catch(() => undefined);
  }
}
