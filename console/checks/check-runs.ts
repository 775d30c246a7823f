import { hops, type Hop } from "../../smoke/hops";
import { checksByHop } from "../../smoke/checks";
import { usualLimits, type SmokeOptions } from "../../smoke/options";
import type { CheckResult } from "../../smoke/outcome";
import { runSmoke } from "../../smoke/run";
import type { Broadcast } from "../broadcast";
import type { ChecksMessage, CheckMessage } from "../messages";
import type { LakeAccess } from "../lake-access";
import type { StateSources } from "./table-states";

/** The probe sends events of its own: a page that only shows the lake leaves it out. */
const shownHops = hops.filter((hop) => hop !== "probe");

const declared = shownHops.reduce((sum, hop) => sum + checksByHop[hop].declare().length, 0);

type Last = Pick<CheckResult, "about"> & { readonly shown: CheckMessage };

/** Runs the smoke checks when a page asks for it, one run at a time, and keeps the last outcome of each. */
export class CheckRuns {
  private readonly last = new Map<string, Last>();
  private run: Pick<ChecksMessage, "isRunning" | "startedMs" | "endedMs" | "error"> = {
    ...{ isRunning: false, startedMs: null, endedMs: null, error: null },
  };

  constructor(
    private readonly options: SmokeOptions,
    private readonly broadcast: Broadcast,
  ) {
    this.show();
  }

  static of(lake: LakeAccess, broadcast: Broadcast): CheckRuns {
    const options: SmokeOptions = {
      ...lake,
      clickhouse: lake.clickhouse ?? { username: "default", password: "" },
      checks: [...shownHops],
      settled: false,
      ...usualLimits,
    };
    return new CheckRuns(options, broadcast);
  }

  /** The last outcome of each check, and the tables whose rows it looked at. */
  get outcomes(): StateSources["checks"] {
    return [...this.last.values()].map(({ about, shown }) => ({ about, ...shown }));
  }

  /** @returns false when they are running already: all pages see the same run */
  start(): boolean {
    if (this.run.isRunning) return false;
    void this.runAll();
    return true;
  }

  private async runAll(): Promise<void> {
    const startedMs = Date.now();
    this.run = { isRunning: true, startedMs, endedMs: null, error: null };
    this.show();
    let error: string | null = null;
    try {
      await runSmoke(this.options, (result) => {
        this.last.set(`${result.hop}: ${result.name}`, asLast(result));
        this.show();
      });
    } catch (thrown) {
      error = thrown instanceof Error ? thrown.message : String(thrown);
    }
    this.run = { isRunning: false, startedMs, endedMs: Date.now(), error };
    this.show();
  }

  private show(): void {
    const all = [...this.last.values()].map(({ shown }) => shown);
    const of = (hop: Hop) => all.filter((check) => check.hop === hop);
    this.broadcast.send("checks", {
      ...this.run,
      declared,
      checks: shownHops.flatMap(of),
    });
  }
}

function asLast({ hop, name, status, seconds, about, figure, message }: CheckResult): Last {
  return { about, shown: { hop, name, status, seconds, text: message ?? figure ?? "", atMs: Date.now() } };
}
