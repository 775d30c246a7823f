import { appendFigure } from "./figures";
import { Platform, somethingChanged } from "./platform";
import { clusterSettings } from "./settings";

jest.setTimeout(900_000);

const settings = clusterSettings();

test("a second deploy changes nothing", async () => {
  const platform = await Platform.of(settings);
  const { seconds, output } = await platform.succeed("deploy", "--no-smoke", "--tool", settings.deployWith);
  appendFigure(settings, "second deploy with no change", seconds, 60);
  expect(output).not.toMatch(somethingChanged);
});
