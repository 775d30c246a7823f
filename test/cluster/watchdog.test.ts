import { setTimeout as pause } from "node:timers/promises";
import { until } from "../../local/jvm/until";
import { dataFlow, nothingLostNothingTwice } from "./data-flow";
import { appendFigure } from "./figures";
import { Kubectl } from "./kubectl";
import { Platform, somethingChanged } from "./platform";
import { clusterSettings } from "./settings";

jest.setTimeout(1_800_000);

const settings = clusterSettings();
const kubectl = new Kubectl(settings);
const staleSeconds = 120;
const everyMinutes = 1;
const secondsToFind = staleSeconds + 2 * everyMinutes * 60 + 60;

let platform: Platform;
let namespace: string;
let othersBefore: readonly (readonly string[])[];

/** The applications that have nothing to do while bronze is stuck. */
const others = ["silver", "gold"];

const deploy = (on: Platform) =>
  on.succeed("deploy", "--stacks", "lakehouse", "--no-smoke", "--tool", settings.deployWith);

beforeAll(async () => {
  platform = await Platform.of(settings, [
    `watchdog.staleSeconds=${staleSeconds}`,
    `watchdog.everyMinutes=${everyMinutes}`,
  ]);
  ({ namespace } = platform.profile);
  await deploy(platform);
  othersBefore = await Promise.all(others.map(events));
});

afterAll(async () => {
  await deploy(await Platform.of(settings));
});

function show(kind: string, name: string, path: string): Promise<string> {
  const args = ["get", kind, name, "-n", namespace, "--ignore-not-found", "-o", `jsonpath={${path}}`];
  return kubectl.do(...args);
}

/** The watchdog's Events on an application, oldest first. */
async function events(application: string): Promise<string[]> {
  const said = await kubectl.do(
    ...["get", "events", "-n", namespace, "--sort-by=.metadata.creationTimestamp"],
    ...["--field-selector", `involvedObject.name=${application},reason=StaleData,type=Warning`],
    ...["-o", `jsonpath={range .items[*]}{.message}{"\\n"}{end}`],
  );
  return said.split("\n").filter((line) => line !== "");
}

/** Waits until bronze commits and its `staleSeconds` since the last start are over: trouble is then found within that time. */
async function atWork(): Promise<void> {
  await dataFlow(platform);
  const started = Date.parse(await show("sparkapplication", "bronze", ".status.lastSubmissionAttemptTime"));
  await pause(Math.max(0, started + staleSeconds * 1000 - Date.now()));
}

/** Waits for one more Event of bronze than there were. */
async function nextEvent(before: readonly string[]): Promise<string> {
  let now: string[] = [];
  await until(
    "an Event of the watchdog",
    async () => {
      now = await events("bronze");
      return now.length > before.length ? undefined : `bronze has ${now.length}`;
    },
    AbortSignal.timeout(secondsToFind * 1000),
  );
  return now.at(-1) ?? "";
}

const stuck: [string, RegExp, () => Promise<void>][] = [
  [
    "whose driver hangs",
    /; it is RUNNING for \d+ s$/,
    async () => {
      // All processes of the container except the first, which no signal from its own container can stop.
      const hang = ["--", "sh", "-c", "kill -STOP -1"];
      await kubectl.do("exec", "bronze-driver", "-n", namespace, "-c", "spark-kubernetes-driver", ...hang);
    },
  ],
  [
    "whose old driver's end the operator does not hear of",
    /; it is PENDING_RERUN for \d+ s$/,
    async () => {
      const status = { applicationState: { state: "PENDING_RERUN" }, submissionID: "another" };
      await kubectl.do(
        ...["patch", "sparkapplication", "bronze", "-n", namespace, "--subresource=status", "--type=merge"],
        ...["-p", JSON.stringify({ status })],
      );
      await kubectl.do("delete", "pod", "bronze-driver", "-n", namespace);
    },
  ],
];

test.each(stuck)("a bronze %s is found by its data and started again", async (what, says, getStuck) => {
  await atWork();
  const before = await events("bronze");
  const driver = await show("pod", "bronze-driver", ".metadata.uid");
  const startedAt = performance.now();
  await getStuck();
  expect(await nextEvent(before)).toMatch(
    /^restarted by the watchdog: \d+ records wait in Kafka; batch \d+, /,
  );
  expect((await events("bronze")).at(-1)).toMatch(says);
  await dataFlow(platform);
  const seconds = (performance.now() - startedAt) / 1000;
  appendFigure(settings, `bronze ${what}: until a new probe is in ClickHouse`, seconds, staleSeconds + 150);
  expect(await show("pod", "bronze-driver", ".metadata.uid")).not.toBe(driver);
  expect(await show("sparkapplication", "bronze", ".status.applicationState.state")).toBe("RUNNING");
});

test("silver and gold, which had nothing to do meanwhile, were left alone", async () => {
  expect(await Promise.all(others.map(events))).toEqual(othersBefore);
});

test("nothing was lost by it, and nothing is there twice", () => nothingLostNothingTwice(platform));

test("a restart is no change to a plan", async () => {
  const { output } = await deploy(platform);
  expect(output).not.toMatch(somethingChanged);
});
