import { dataFlow, nothingLostNothingTwice } from "./data-flow";
import { appendFigure } from "./figures";
import { Kubectl } from "./kubectl";
import { Platform } from "./platform";
import { clusterSettings } from "./settings";

jest.setTimeout(1_800_000);

const settings = clusterSettings();
const kubectl = new Kubectl(settings);
const job = "backup-now";
let platform: Platform;
let namespace: string;
let name: string;

beforeAll(async () => {
  platform = await Platform.of(settings);
  ({ namespace } = platform.profile);
});

afterAll(() => kubectl.do("delete", "job", job, "-n", namespace, "--ignore-not-found"));

test("the nightly job reaches ClickHouse and copies the lake's database; the copy is listed", async () => {
  await kubectl.do("create", "job", job, "-n", namespace, "--from=cronjob/clickhouse-backup");
  await kubectl.waitFor(/^1$/, ["job", job, "-n", namespace, "-o", "jsonpath={.status.succeeded}"], 300);
  const { output } = await platform.succeed("restore");
  [, name = ""] = /^(lake-\d{8}T\d{6}Z) {2}.* MB$/m.exec(output) ?? [];
  expect(name).not.toBe("");
});

test("it is rehearsed while data flow", async () => {
  const { output } = await platform.succeed("restore", name, "--rehearse");
  expect(output).toContain(`${name} can be restored`);
});

test("untold it takes no rows' place, and a name that there is not is refused with those that there are", async () => {
  await expect(platform.succeed("restore", name)).rejects.toThrow(/Say --replace/);
  await expect(platform.succeed("restore", "lake-20000101T000000Z")).rejects.toThrow(`allowed: ${name}`);
});

test("told, it is restored; serve brings it on, and nothing is lost and nothing there twice", async () => {
  const { output, seconds } = await platform.succeed("restore", name, "--replace");
  expect(output).toMatch(/: restored, \d+ rows in \d+ tables/);
  appendFigure(
    settings,
    "restore of a ClickHouse backup, with serve stopped and started again",
    seconds,
    120,
  );
  await dataFlow(platform);
  await nothingLostNothingTwice(platform);
});
