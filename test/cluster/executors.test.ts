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
  platform.succeed("deploy", "--stacks", "lakehouse", "--no-smoke", "--with", settings.deployWith);

/** Joins make executors fetch blocks from each other; in `ci` the drivers of silver and gold do all the work. */
const jobs = ["bronze", "silver", "gold"];
const changes = jobs.map((job) => `${job}.executors=${executors}`);

afterAll(async () => {
  await deploy(await Platform.of(settings));
});

test("two executors of each job fetch blocks from each other under the policies, and data flow", async () => {
  const platform = await Platform.of(settings, [
    ...changes,
    // What a node with 2 CPU has room for.
    ...jobs.map((job) => `${job}.executor.cpuMillis=50`),
  ]);
  const { namespace } = platform.profile;
  await deploy(platform);
  for (const job of jobs)
    await kubectl.waitFor(
      new RegExp(`^(Running ){${executors}}$`),
      [
        ...["pods", "-n", namespace, "-l", `app.kubernetes.io/component=${job},spark-role=executor`],
        ...["--field-selector", "status.phase=Running"],
        ...["-o", "jsonpath={range .items[*]}{.status.phase} {end}"],
      ],
      600,
    );
  appendFigure(
    settings,
    "two executors each: until a new probe is in ClickHouse",
    await dataFlow(platform),
    180,
  );
  await nothingLostNothingTwice(platform);
  for (const job of jobs) {
    const said = await kubectl.do(
      ...["logs", "-n", namespace, `-l`, `app.kubernetes.io/component=${job},spark-role=executor`],
      "--tail=-1",
    );
    expect(said).not.toMatch(/Retrying fetch|FetchFailed/);
  }
});
