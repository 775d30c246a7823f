import { dataFlow, nothingLostNothingTwice } from "./data-flow";
import { appendFigure } from "./figures";
import { Kubectl } from "./kubectl";
import { Platform } from "./platform";
import { clusterSettings } from "./settings";

jest.setTimeout(2_400_000);

const settings = clusterSettings();
const kubectl = new Kubectl(settings);
const executors = 2;

const deploy = (platform: Platform) =>
  platform.succeed("deploy", "--stacks", "lakehouse", "--no-smoke", "--tool", settings.deployWith);

/**
 * Joins make executors fetch blocks from each other; in `ci`, silver's driver does all the work. Pods of the other jobs have the same
 * ports and policies, and six more executors would leave two cores no time for anything else.
 */
const job = "silver";

afterAll(async () => {
  await deploy(await Platform.of(settings));
});

test("two executors of silver fetch blocks from each other under the policies, and data flow", async () => {
  const platform = await Platform.of(settings, [
    `${job}.executors=${executors}`,
    // As much as fits on a node with 2 CPU.
    `${job}.executor.cpuMillis=50`,
  ]);
  const { namespace } = platform.profile;
  await deploy(platform);
  const labels = `app.kubernetes.io/component=${job},spark-role=executor`;
  await kubectl.waitFor(
    new RegExp(`^(Running ){${executors}}$`),
    [
      ...["pods", "-n", namespace, "-l", labels, "--field-selector", "status.phase=Running"],
      ...["-o", "jsonpath={range .items[*]}{.status.phase} {end}"],
    ],
    600,
  );
  appendFigure(settings, "two executors: until a new probe is in ClickHouse", await dataFlow(platform), 180);
  await nothingLostNothingTwice(platform);
  const said = await kubectl.do("logs", "-n", namespace, "-l", labels, "--tail=-1");
  expect(said).not.toMatch(/Retrying fetch|FetchFailed/);
});
