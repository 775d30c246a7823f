import { appendFigure } from "./figures";
import { Kubectl } from "./kubectl";
import { emptyVolumeFolders, volumeFolders } from "./node-folders";
import { NodeImage } from "./node-image";
import { kafkaOf } from "./kafka/kafka";
import { Platform } from "./platform";
import { objectsOf } from "./rendered";
import { clusterSettings } from "./settings";

jest.setTimeout(900_000);

const settings = clusterSettings();
const kubectl = new Kubectl(settings);

test("destroy leaves nothing but what it was told to", async () => {
  const platform = await Platform.of(settings);
  const { namespace, operators } = platform.profile;
  const { seconds } = await platform.succeed("destroy", "--yes", "--tool", settings.deployWith);
  appendFigure(settings, "destroy", seconds, 90);
  const left = await kubectl.names("namespaces");
  expect(left).not.toContain(`namespace/${namespace}`);
  expect(left).not.toContain(`namespace/${operators.namespace}`);
  const selector = ["-l", "app.kubernetes.io/part-of=spotify-content-management"];
  expect(
    await kubectl.names("clusterroles,clusterrolebindings,validatingwebhookconfigurations", ...selector),
  ).toEqual([]);
});

afterAll(async () => {
  const platform = await Platform.of(settings);
  const { reference } = await NodeImage.of("node", settings);
  const folders = volumeFolders(await objectsOf(platform.profile, settings));
  await emptyVolumeFolders(kubectl, reference, folders);
  await kafkaOf(settings, kubectl).remove();
});
