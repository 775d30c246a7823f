import { controlPlaneFaults } from "./control-plane/faults";
import { ControlPlane } from "./control-plane/control-plane";
import { dataFlow, nothingLostNothingTwice } from "./data-flow";
import { appendFigure } from "./figures";
import { Kubectl } from "./kubectl";
import { Platform } from "./platform";
import { clusterSettings } from "./settings";

jest.setTimeout(1_800_000);

const settings = clusterSettings();
const kubectl = new Kubectl(settings);
let platform: Platform;
let plane: ControlPlane;

beforeAll(async () => {
  platform = await Platform.of(settings);
  plane = new ControlPlane(kubectl, platform, settings);
  await dataFlow(platform);
});

const faults = controlPlaneFaults(settings.profile);

test.each(faults)("$what: $healed, and data flow on", async ({ what, inflict, said, heal }) => {
  await inflict(plane);
  try {
    await said(plane);
  } finally {
    await heal(plane);
  }
  appendFigure(
    settings,
    `after ${what}, healed: until a new probe is in ClickHouse`,
    await dataFlow(platform),
    180,
  );
});

test("over all of them nothing was lost and nothing is there twice", () => nothingLostNothingTwice(platform));
