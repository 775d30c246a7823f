import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { freePorts } from "../../../local/jvm/free-ports";
import type { Launch } from "../../../local/jvm/launch";
import { broker, type BrokerOptions } from "../../../local/kafka/broker";
import { waitForKafka } from "../../../local/kafka/ready";
import { silentProgress } from "../../../toolchain/progress";
import { setUpLake } from "../../../local/lake-toolchain";
import { startService } from "../../../testbed/service-processes";

export interface RunningBroker {
  /** `host:port` */
  readonly address: string;
  stop(): Promise<void>;
}

/**
 * The test's own broker, without topics.
 * @param brokerOf a broker other than that of `npm start`
 */
export async function startBroker(
  brokerOf: (options: BrokerOptions) => Launch | Promise<Launch> = broker,
): Promise<RunningBroker> {
  const folder = mkdtempSync(join(tmpdir(), "kafka-"));
  const toolchain = await setUpLake({
    root: resolve(__dirname, "../../.."),
    env: process.env,
    progress: silentProgress,
  });
  const [port = 0, controllerPort = 0] = await freePorts(2);
  const address = `127.0.0.1:${port}`;
  const launch = await brokerOf({
    jvm: { java: toolchain.java, classPath: toolchain.jars.kafka, archive: toolchain.archives.kafka },
    configFolder: join(folder, "config"),
    dataFolder: join(folder, "data"),
    port,
    controllerPort,
  });
  const service = await startService(launch);
  await waitForKafka(address, AbortSignal.timeout(120_000));
  return {
    address,
    stop: async () => {
      await service.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
