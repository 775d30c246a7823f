import { jest } from "@jest/globals";
import { Cluster } from "../../../../deploy/cluster/kubectl";
import { restartApplication } from "../../../../deploy/passwords/restart-application";
import { loadProfile } from "../../../../profiles";
import { FakeKubectl, type State } from "./fake-kubectl";

// Each look is a process, which a machine with much to do starts slowly.
jest.setTimeout(180_000);
const patience = { readySeconds: 120, forgottenSeconds: 0.3, lookSeconds: 0.02 };

let kubectl: FakeKubectl;
beforeEach(() => void jest.spyOn(console, "log").mockImplementation(() => undefined));
afterEach(() => {
  jest.restoreAllMocks();
  kubectl.remove();
});

async function restart(looks: State["looks"], changed: Partial<typeof patience> = {}): Promise<number> {
  kubectl = new FakeKubectl({ looks });
  const { env } = kubectl;
  const cluster = await Cluster.connect(loadProfile("kind"), env["KUBECONFIG"] ?? "", env);
  await restartApplication("bronze", cluster, "lake", { ...patience, ...changed });
  return kubectl.state.done.filter((line) => line.startsWith("patch sparkapplication/bronze")).length;
}

const runsAnew: State["looks"] = [["INVALIDATING"], ["SUBMITTED", "new"], ["RUNNING", "new"]];

test("a driver that runs is ended, and another one is waited for", async () => {
  const stillThere: State["looks"] = [
    ["INVALIDATING", "old"],
    ["RUNNING", "old"],
  ];
  expect(await restart([["RUNNING", "old"], ...stillThere, ...runsAnew])).toBe(1);
});

test("an application that is being submitted is not moved before it runs", async () => {
  const submitted: State["looks"] = [["PENDING_RERUN"], ["SUBMITTED", "between"]];
  expect(await restart([...submitted, ["RUNNING", "between"], ...runsAnew])).toBe(1);
});

test("one that its operator has forgotten is moved again", async () => {
  const forgotten = Array.from({ length: 20 }, () => ["PENDING_RERUN"] as const);
  expect(await restart([["RUNNING", "old"], ...forgotten, ...runsAnew])).toBeGreaterThan(1);
});

test("one that comes to nothing is named, with what it is", async () => {
  await expect(
    restart(
      [
        ["RUNNING", "old"],
        ["FAILED", "old"],
      ],
      { readySeconds: 10 },
    ),
  ).rejects.toThrow(
    /^sparkapplication\/bronze has no new driver after 10 s, it is FAILED .* --restart-only$/,
  );
});
