import { Platform } from "./platform";
import { clusterSettings } from "./settings";

jest.setTimeout(1_800_000);

test("the smoke checks pass inside the cluster, the probe among them", async () => {
  const platform = await Platform.of(clusterSettings());
  const { output } = await platform.smoke();
  const lines = output.split("\n");
  expect(lines.filter((line, index) => line.includes("✗") || lines[index - 1]?.includes("✗"))).toEqual([]);
  expect(output).toMatch(/(\d+) of \1 checks passed/);
});
