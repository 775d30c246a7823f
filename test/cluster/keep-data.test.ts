import { appendFigure } from "./figures";
import { askClickHouse } from "./clickhouse";
import { dataFlow, nothingLostNothingTwice } from "./data-flow";
import { eventTopics } from "../../lake/events";
import { hdfsUri } from "../../stacks/names";
import { kafkaOf } from "./kafka/kafka";
import { Kubectl } from "./kubectl";
import { Platform } from "./platform";
import { clusterSettings } from "./settings";

jest.setTimeout(2_400_000);

const settings = clusterSettings();
const kubectl = new Kubectl(settings);
const kafka = kafkaOf(settings, kubectl);
let platform: Platform;
let namespace: string;

/** State that a newly created lake would not have. */
interface Held {
  readonly identity: Readonly<Record<string, string>>;
  readonly endOffsets: readonly number[];
  readonly bronzeFiles: readonly string[];
  readonly plays: number;
}

/** Each file of bronze with its size. */
async function bronzeFiles(): Promise<string[]> {
  const ls = `hdfs dfs -ls -R ${hdfsUri(platform.profile)}${platform.profile.lake.root}/bronze`;
  const exec = ["exec", "hdfs-namenode-0", "-n", namespace, "-c", "namenode", "--", "bash", "-c", ls];
  const lines = (await kubectl.do(...exec)).split("\n").filter((line) => line.endsWith(".parquet"));
  return lines.map((line) => {
    const args = line.split(/\s+/);
    return `${args.at(-1)} ${args[4]}`;
  });
}

async function held(): Promise<Held> {
  const plays = "SELECT sum(plays) FROM lake.gold_fct_daily_song_plays";
  return {
    identity: await kafka.identity(namespace),
    endOffsets: await Promise.all(eventTopics.map((topic) => kafka.endOffset(topic, 0))),
    bronzeFiles: await bronzeFiles(),
    plays: Number(await askClickHouse(kubectl, platform.profile, plays)),
  };
}

let before: Held;

beforeAll(async () => {
  platform = await Platform.of(settings);
  ({ namespace } = platform.profile);
  before = await held();
});

test("what is there to be kept is found", () => {
  expect(before.plays).toBeGreaterThan(0);
  expect(before.bronzeFiles.length).toBeGreaterThan(0);
  expect(Object.keys(before.identity).length).toBeGreaterThan(3);
});

test("destroy --keep-data leaves nothing that runs", async () => {
  const args = ["--keep-data", "--yes", "--tool", settings.deployWith];
  const { seconds } = await platform.succeed("destroy", ...args);
  appendFigure(settings, "destroy --keep-data", seconds, 90);
  for (const where of [namespace, platform.profile.operators.namespace])
    expect(await kubectl.names("pods", "-n", where, "--field-selector", "status.phase=Running")).toEqual([]);
});

test("after the next deploy everything goes on with what was kept", async () => {
  const startedAt = performance.now();
  await platform.succeed("deploy", "--no-smoke", "--tool", settings.deployWith);
  await dataFlow(platform);
  const seconds = (performance.now() - startedAt) / 1000;
  appendFigure(
    settings,
    "deploy after destroy --keep-data: until a new probe is in ClickHouse",
    seconds,
    360,
  );
  const after = await held();
  expect(after.identity).toEqual(before.identity);
  expect(after.bronzeFiles).toEqual(expect.arrayContaining([...before.bronzeFiles]));
  expect(after.plays).toBeGreaterThan(before.plays);
  after.endOffsets.forEach((end, at) => expect(end).toBeGreaterThanOrEqual(before.endOffsets[at] ?? 0));
});

test("nothing was lost by it, and nothing is there twice", () => nothingLostNothingTwice(platform));
