import { layout } from "../../lake/layout";
import { WebHdfs } from "../../lake/webhdfs";
import { ApiServer } from "./api-server";
import { KafkaArrivals } from "./kafka-arrivals";
import { LakeData } from "./lake-data";
import { readOptions, WrongOptions, type WatchdogOptions } from "./options";
import { watch } from "./watch";

/** @returns whether both applications do their work */
async function run(options: WatchdogOptions): Promise<boolean> {
  const { namespace, staleSeconds } = options;
  const data = new LakeData(
    new WebHdfs(options.webhdfs, options.hdfsUser),
    layout(options.lake),
    new KafkaArrivals(options.kafka, options.kafkaSecurity),
  );
  const api = new ApiServer(options.apiServer, options.account);
  const findings = [
    await watch(
      { name: "bronze", data: (limitMs) => data.bronze(limitMs) },
      { api, namespace, staleSeconds },
    ),
    await watch(
      { name: "refine", data: (limitMs) => data.refine(limitMs) },
      { api, namespace, staleSeconds },
    ),
  ];
  await api.close();
  for (const { line } of findings) console.log(line);
  return findings.every(({ isGood }) => isGood);
}

async function main(): Promise<void> {
  try {
    // A look that found something is a Job that failed: its log is kept longer, and an alert can count it.
    if (!(await run(readOptions(process.argv)))) process.exitCode = 1;
  } catch (error) {
    console.error(`watchdog: ${(error as Error).message}`);
    process.exitCode = error instanceof WrongOptions ? 2 : 1;
  }
}

void main();
