import { setTimeout as sleep } from "node:timers/promises";
import { createTopics } from "../kafka/create-topics";
import { memoryBytes } from "../process/memory";
import type { OrphanGuard } from "../../toolchain/process/orphan-guard";
import { Supervised, type ProcessSpec } from "../process/supervised";
import * as jobs from "./jobs";
import type { JobContext } from "./jobs";
import type { Ports } from "./ports";
import { services, type Service } from "./services";

/** Services that other processes read from and write to; they stop last. */
const storage: ReadonlySet<string> = new Set(["kafka", "namenode", "datanode", "clickhouse"]);

/** All processes of a local lake, what each of them waits for, and the order in which they stop. */
export class Lake {
  readonly processes: Supervised[] = [];
  peakMemoryBytes = 0;

  constructor(
    private readonly context: JobContext,
    private readonly ports: Ports,
    private readonly guard: OrphanGuard,
    private readonly giveUp: (error: Error) => void,
  ) {}

  /** Resolves when data flows: everything is ready, and EventSim, if used, sends. */
  async start(): Promise<void> {
    const { context } = this;
    // First, so that the page is there while everything else starts.
    this.startConsole();
    const { kafka, namenode, datanode } = services(context, this.ports);
    const broker = this.add(kafka.spec, "its data folder");
    const names = this.add(namenode.spec, "its data folder");
    const data = this.add(datanode.spec, "its configuration");
    const clickhouse = this.add(jobs.clickhouse(context, this.ports.clickhouseNative), "");
    const catalogue = this.add(jobs.publishCatalogue(context), "HDFS");
    const bronze = this.add(jobs.bronze(context), "Kafka and HDFS");
    const refine = this.add(jobs.refine(context), "HDFS and the catalogue");
    const serve = this.add(jobs.serve(context), "HDFS and ClickHouse");
    const simulator = context.options.eventsim ? this.add(jobs.eventsim(context), "bronze") : undefined;

    const kafkaReady = launch(kafka, broker).then(() => createTopics(context.endpoints.kafka));
    const hdfsReady = Promise.all([launch(namenode, names), launch(datanode, data)]);
    const clickhouseReady = clickhouse.start();
    const catalogueReady = hdfsReady.then(() => runToEnd(catalogue));
    // Records can wait in Kafka, so the source need not wait for silver and gold.
    const flowing = Promise.all([kafkaReady, hdfsReady])
      .then(() => bronze.start())
      .then(() => simulator?.start());
    const refineReady = catalogueReady.then(() => refine.start());
    const serveReady = Promise.all([hdfsReady, clickhouseReady]).then(() => serve.start());
    await Promise.all([flowing, refineReady, serveReady]);
  }

  /** Waits until EventSim has ended after its set time. */
  async sourceEnded(signal: AbortSignal): Promise<void> {
    const simulator = this.processes.find(({ spec }) => spec.name === "eventsim");
    while (simulator && simulator.state.at !== "ended") await sleep(200, undefined, { signal });
  }

  /** Stops everything: first the processes that read and write, then the storage services. */
  async stop(): Promise<void> {
    for (const isStorage of [false, true]) {
      const chosen = this.processes.filter(({ spec }) => storage.has(spec.name) === isStorage);
      await Promise.all(chosen.map((process) => process.stop()));
    }
  }

  async measureMemory(): Promise<void> {
    const groups = new Set(this.processes.flatMap(({ pid }) => pid ?? []));
    this.peakMemoryBytes = Math.max(this.peakMemoryBytes, await memoryBytes(groups));
  }

  /** The lake goes on without its page. */
  private startConsole(): void {
    const page = new Supervised(
      jobs.consolePage(this.context, this.ports.console),
      this.guard,
      () => undefined,
    );
    this.processes.push(page);
    page.start().catch(() => (page.state = { at: "stopped" }));
  }

  private add(spec: ProcessSpec, waitsFor: string): Supervised {
    const process = new Supervised(spec, this.guard, this.giveUp);
    process.state = { at: "waiting", why: waitsFor };
    this.processes.push(process);
    return process;
  }
}

async function launch(service: Service, process: Supervised): Promise<void> {
  await service.prepare();
  await process.start();
}

async function runToEnd(process: Supervised): Promise<void> {
  await process.start();
  while (process.state.at !== "ended") await sleep(50);
}
