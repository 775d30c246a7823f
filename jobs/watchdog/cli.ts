import { UsageError } from "../../command-line/usage-error";
import { layout } from "../../lake/layout";
import { WebHdfs } from "../hdfs/webhdfs";
import { ApiServer } from "./api-server";
import { KafkaArrivals } from "./kafka-arrivals";
import { LakeData } from "./lake-data";
import { readOptions, type WatchdogOptions } from "./options";
import { watch, type Watched } from "./watch";

/** @returns whether all applications work as they should */
async function run(options: WatchdogOptions): Promise<boolean> {
  const { namespace, staleSeconds } = options;
  const data = new LakeData(
    new WebHdfs(options.webhdfs, options.hdfsUser),
    layout(options.lake),
    new KafkaArrivals(options.kafka, options.kafkaSecurity),
  );
  const api = new ApiServer(options.apiServer, options.account);
  const applications: readonly Watched[] = [
    { name: "bronze", data: (limitMs) => data.bronze(limitMs) },
    { name: "silver", data: (limitMs) => data.silver(limitMs) },
    { name: "gold", data: (limitMs) => data.gold(limitMs) },
  ];
  const good = await Promise.all(
    applications.map(async (application) => {
      const { line, isGood } = await watch(application, { api, namespace, staleSeconds });
      console.log(line);
      return isGood;
    }),
  );
  await api.close();
  return !good.includes(false);
}

async function main(): Promise<void> {
  try {
    // When something was found the Job fails: its log is then kept longer, and an alert can count it.
    if (!(await run(readOptions(process.argv)))) process.exitCode = 1;
  } catch (error) {
    console.error(`watchdog: ${(error as Error).message}`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}

void main();
