import { join } from "node:path";
import { prepareLaunch } from "../../../local/jvm/launch";
import { broker } from "../../../local/kafka/broker";
import { createTopics } from "../../../local/kafka/create-topics";
import { waitForKafka } from "../../../local/kafka/ready";
import { OrphanGuard } from "../../../toolchain/process/orphan-guard";
import { Supervised } from "../../../local/process/supervised";
import { showProgress } from "../../../toolchain/progress";
import { setUpLake } from "../../../local/lake-toolchain";
import { OutsideKafka } from "./outside";
import { kafkaPorts } from "./ports";
import { Kubectl } from "../kubectl";
import { clusterSettings } from "../settings";

/** Runs the broker until SIGTERM; SIGUSR2 kills it, so that it is started again. */
async function main(): Promise<void> {
  const settings = clusterSettings();
  const kafka = new OutsideKafka(settings, new Kubectl(settings));
  const toolchain = await setUpLake({
    root: settings.root,
    env: settings.env,
    progress: showProgress(process.stderr),
  });
  const launch = broker({
    jvm: { java: toolchain.java, classPath: toolchain.jars.kafka, archive: toolchain.archives.kafka },
    configFolder: join(kafka.folder, "config"),
    dataFolder: join(kafka.folder, "data"),
    port: kafkaPorts.plain,
    controllerPort: kafkaPorts.controller,
    guarded: { host: settings.hostAddress, port: kafkaPorts.guarded, users: kafka.users() },
  });
  await prepareLaunch(launch, settings.env);
  const watched = new Supervised(
    {
      name: "kafka",
      ...launch.start,
      env: settings.env,
      logFile: join(kafka.folder, "broker.log"),
      ready: (signal) => waitForKafka(kafka.address, signal),
      stopSeconds: 10,
    },
    new OrphanGuard(),
    (error) => {
      console.error(error.message);
      process.exit(1);
    },
  );
  process.on("SIGTERM", () => void watched.stop().then(() => process.exit(0)));
  process.on("SIGUSR2", () => watched.pid !== undefined && process.kill(watched.pid, "SIGKILL"));
  await watched.start();
  await createTopics(kafka.address);
}

void main();
