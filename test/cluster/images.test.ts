import { Kubectl } from "./kubectl";
import { hasImage, loadArchive, NodeImage, ownImageNames } from "./node-image";
import { clusterSettings } from "./settings";

jest.setTimeout(1_500_000);

const settings = clusterSettings();
const kubectl = new Kubectl(settings);

test.each(ownImageNames)("image %s is built from its content, and is on the node", async (name) => {
  const image = await NodeImage.of(name, settings);
  const built = await image.build();
  const loaded = await image.load(kubectl);
  console.info(
    `${image.reference}: ${built ? "built" : "unchanged"}, ${loaded ? "loaded" : "there already"}`,
  );
  expect(await hasImage(kubectl, image.reference)).toBe(true);
});

test("the Spark operator's image is on the node, where it can't be pulled", async () => {
  const { sparkOperator } = settings;
  if (sparkOperator === undefined) {
    console.warn("not given one (SPARK_OPERATOR_ARCHIVE): the node has to pull it");
    expect(await kubectl.names("nodes")).not.toEqual([]);
    return;
  }
  if (!(await hasImage(kubectl, sparkOperator.image))) await loadArchive(settings, sparkOperator.archive);
  expect(await hasImage(kubectl, sparkOperator.image)).toBe(true);
});
