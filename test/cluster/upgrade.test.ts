import { Kubectl } from "./kubectl";
import { Platform } from "./platform";
import { clusterSettings } from "./settings";

jest.setTimeout(1_800_000);

const settings = clusterSettings();
const kubectl = new Kubectl(settings);

test("a changed value is rolled out, and nothing is lost", async () => {
  const before = await Platform.of(settings);
  const { namespace, bronze } = before.profile;
  const heap = bronze.driver.heapMebibytes + 64;
  const changed = await Platform.of(settings, [
    `bronze.driver.heapMebibytes=${heap}`,
    `eventsim.recordsPerSecond=${before.profile.eventsim.recordsPerSecond + 10}`,
  ]);
  await changed.succeed("deploy", "--no-smoke", "--with", settings.deployWith);
  await kubectl.waitFor(
    new RegExp(`^${heap}m RUNNING$`),
    [
      ...["sparkapplication", "bronze", "-n", namespace],
      ...["-o", "jsonpath={.spec.driver.memory} {.status.applicationState.state}"],
    ],
    300,
  );
  const { output } = await changed.smoke("--freshness", "3600");
  expect(output).toMatch(/(\d+) of \1 checks passed/);
});
