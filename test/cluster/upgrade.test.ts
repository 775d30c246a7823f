import { nothingLostNothingTwice } from "./data-flow";
import { Kubectl } from "./kubectl";
import { NodeImage, ownImageNames } from "./node-image";
import { kafkaOf } from "./kafka/kafka";
import { Platform } from "./platform";
import { clusterSettings } from "./settings";

jest.setTimeout(2_400_000);

const settings = clusterSettings();
const kubectl = new Kubectl(settings);
const release = "-next";
const topic = "listen_events";
const partOfLake = ["-l", "app.kubernetes.io/part-of=spotify-content-management"];

const kafka = kafkaOf(settings, kubectl);

beforeAll(async () => {
  for (const name of ownImageNames) {
    const image = await NodeImage.of(name, settings, release);
    await image.build();
    await image.load(kubectl);
    image.forget();
  }
});

test("other images, a larger heap and one partition more are rolled out, and nothing is lost", async () => {
  const before = await Platform.of(settings);
  const heap = before.profile.bronze.driver.heapMebibytes + 64;
  const { partition, changes } = await kafka.addPartition(before, topic);

  const changed = await Platform.of(settings, [`bronze.driver.heapMebibytes=${heap}`, ...changes], release);
  const { namespace } = changed.profile;
  await changed.succeed("deploy", "--no-smoke", "--tool", settings.deployWith);
  await kubectl.waitFor(
    new RegExp(`^${heap}m RUNNING$`),
    [
      ...["sparkapplication", "bronze", "-n", namespace],
      ...["-o", "jsonpath={.spec.driver.memory} {.status.applicationState.state}"],
    ],
    600,
  );
  await kubectl.waitFor(
    new RegExp(`^(\\S+${release} )+$`),
    [
      ...["pods", "-n", namespace, ...partOfLake, "--field-selector", "status.phase=Running"],
      ...["-o", "jsonpath={range .items[*]}{.spec.containers[0].image} {end}"],
    ],
    600,
  );

  await nothingLostNothingTwice(changed);
  expect(await kafka.endOffset(topic, partition)).toBeGreaterThan(0);
});
