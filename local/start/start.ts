import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Endpoints } from "../../lake/endpoints";
import { lakeEnvironment } from "../../toolchain/child-environment";
import type { CommandInput } from "../../command-line/command-input";
import { OrphanGuard } from "../../toolchain/process/orphan-guard";
import { isComplete } from "../class-archives/archives";
import { showProgress } from "../../toolchain/progress";
import { setUpLake } from "../lake-toolchain";
import { FlowObserver, type Flow } from "../../console/flow/observer";
import { openAccess } from "../../console/lake-access";
import { StatusScreen } from "../status/screen";
import { makeArchivesBeside } from "../class-archives/beside";
import {
  dataFolder,
  releaseDataFolder,
  takeDataFolder,
  writeEndpoints,
  type DataFolder,
} from "./data-folder";
import { drain } from "./drain";
import { consoleUrl } from "./jobs";
import { Lake } from "./lake";
import { parseStartOptions, type StartOptions } from "./options";
import { portsFrom, requireFree, type Ports } from "./ports";
import { checkAndReport } from "./report";

const lookEverySeconds = 1;

/** `npm start`: sets up and runs the lake, and resolves with the exit code when the lake has stopped. */
export async function start(input: CommandInput): Promise<number> {
  const { root, env, args } = input;
  const options = parseStartOptions(args);
  if (!options) return 0;
  const startedAtMs = Date.now() - process.uptime() * 1000;
  const progress = showProgress(process.stderr);
  const toolchain = await setUpLake({ root, env, progress, missingArchives: "pass over" });
  const ports = portsFrom(options.ports);
  const folder = dataFolder(options.data);
  takeDataFolder(folder, options.fresh);
  try {
    await requireFree(ports);
    const endpoints = endpointsOf(ports);
    const session = new Session(
      input,
      options,
      folder,
      endpoints,
      ports,
      startedAtMs,
      isComplete(toolchain.archives),
    );
    const context = { root, toolchain, env: lakeEnvironment(env), endpoints, folder, options };
    return await session.run((guard, giveUp) => new Lake(context, ports, guard, giveUp));
  } finally {
    releaseDataFolder(folder);
  }
}

function endpointsOf(ports: Ports): Endpoints {
  return {
    kafka: `127.0.0.1:${ports.kafka}`,
    hdfs: `hdfs://127.0.0.1:${ports.namenodeRpc}`,
    webhdfs: `http://127.0.0.1:${ports.namenodeHttp}`,
    clickhouse: `http://127.0.0.1:${ports.clickhouse}`,
    lake: "/lake",
  };
}

/** One run of the lake, from start to stop. */
class Session {
  private readonly stop = new AbortController();
  private readonly screen = new StatusScreen(process.stdout);
  private readonly observer: FlowObserver;
  private failure: Error | undefined;
  private flow: Flow | undefined;
  private note = "starting";
  /** False while the checks print their own lines. */
  private screenIsOurs = true;
  private secondsToFirstGold: number | undefined;
  private endArchives: () => void = () => undefined;

  constructor(
    private readonly input: CommandInput,
    private readonly options: StartOptions,
    private readonly folder: DataFolder,
    private readonly endpoints: Endpoints,
    private readonly ports: Ports,
    private readonly startedAtMs: number,
    /** If not, they are made once the lake shows its first data. */
    private readonly archivesAreThere: boolean,
  ) {
    this.observer = new FlowObserver(openAccess(endpoints));
  }

  async run(makeLake: (guard: OrphanGuard, giveUp: (error: Error) => void) => Lake): Promise<number> {
    const guard = new OrphanGuard();
    const lake = makeLake(guard, (error) => {
      this.failure ??= error;
      this.stop.abort();
    });
    const interrupt = () => this.stop.abort();
    process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
    this.screen.line(`The lake starts. See it live: ${consoleUrl(this.ports.console)}`);
    const watching = this.watch(lake, guard);
    let code = 0;
    try {
      await Promise.race([lake.start(), aborted(this.stop.signal)]);
      writeEndpoints(this.folder, this.endpoints);
      this.announce();
      code = await this.useUntilEnd(lake);
    } catch (error) {
      if (!this.stop.signal.aborted) this.failure ??= error as Error;
    }
    this.note = "stopping";
    this.stop.abort();
    this.endArchives();
    await lake.stop();
    await watching;
    await this.observer.close().catch(() => undefined);
    guard.dismiss();
    if (this.failure) {
      this.screen.line(this.failure.message);
      return 1;
    }
    return code;
  }

  private async useUntilEnd(lake: Lake): Promise<number> {
    this.note = "Ctrl-C stops it";
    if (this.options.for === undefined) {
      await aborted(this.stop.signal).catch(() => undefined);
      return 0;
    }
    if (this.options.eventsim) await lake.sourceEnded(this.stop.signal);
    else await sleep(this.options.for * 1000, undefined, { signal: this.stop.signal });
    this.note = "draining";
    this.screen.line("EventSim has ended; waiting until all has come through to ClickHouse");
    await drain(() => this.look(), this.stop.signal);
    this.note = "checking";
    this.screenIsOurs = false;
    return checkAndReport({
      ...this.input,
      endpointsFile: this.folder.endpoints,
      reportFile: this.options.report,
      triggerSeconds: this.options.trigger,
      everySeconds: this.options.every,
      malformedShare: this.options.eventsim ? this.options.malformed : 0,
      secondsToFirstGold: this.secondsToFirstGold,
      peakMemoryBytes: lake.peakMemoryBytes,
    });
  }

  /** Draws the state every second until the session stops. */
  private async watch(lake: Lake, guard: OrphanGuard): Promise<void> {
    let archivesWait = !this.archivesAreThere;
    while (!this.stop.signal.aborted) {
      await this.look().catch(() => undefined);
      if (archivesWait && this.secondsToFirstGold !== undefined) {
        archivesWait = false;
        this.makeArchives(guard);
      }
      await lake.measureMemory();
      if (this.screenIsOurs) this.screen.draw(this.flow, lake.processes, this.note);
      await sleep(lookEverySeconds * 1000, undefined, { signal: this.stop.signal }).catch(() => undefined);
    }
  }

  private async look(): Promise<Flow> {
    const flow = await this.observer.observe();
    this.flow = flow;
    const publishedAtMs = Date.parse(flow.newestServe?.committedAt ?? "");
    if (this.secondsToFirstGold === undefined && flow.served > 0 && publishedAtMs > this.startedAtMs) {
      this.secondsToFirstGold = (publishedAtMs - this.startedAtMs) / 1000;
    }
    return flow;
  }

  private makeArchives(guard: OrphanGuard): void {
    const log = join(this.folder.logs, "class-archives.log");
    this.screen.line(`Class archives are made beside the lake, so that the next start is faster (${log})`);
    this.endArchives = makeArchivesBeside({ ...this.input, log, guard });
  }

  private announce(): void {
    const { kafka, hdfs, webhdfs, clickhouse, lake } = this.endpoints;
    for (const line of [
      "The lake runs.",
      `  Console     ${consoleUrl(this.ports.console)}    how data flows, songs played, frauds caught`,
      `  Kafka       ${kafka}`,
      `  HDFS        ${hdfs}${lake}    (WebHDFS ${webhdfs})`,
      `  ClickHouse  ${clickhouse}    try: curl ${clickhouse} --data 'SELECT * FROM lake.gold_kpi_daily FORMAT Vertical'`,
      `  checks      npm run smoke`,
      `  logs        ${this.folder.logs}`,
    ]) {
      this.screen.line(line);
    }
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(new Error("stopped"));
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
  });
}
