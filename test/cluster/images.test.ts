import { Kubectl } from "./kubectl";
import { canStart, NodeImage, ownImageNames } from "./node-image";
import { clusterSettings } from "./settings";
import { missingImages } from "./upstream-images";

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
  expect(await canStart(kubectl, image.reference, "Never")).toBe(true);
});

test("the node has, or can pull, what others make", async () => {
  expect(await missingImages(settings, kubectl)).toEqual([]);
});
