import { passwordsOf } from "../../deploy/passwords/password";
import { dataFlow, nothingLostNothingTwice } from "./data-flow";
import { appendFigure } from "./figures";
import { Kubectl } from "./kubectl";
import { Platform } from "./platform";
import { clusterSettings } from "./settings";

jest.setTimeout(1_800_000);

const settings = clusterSettings();
const kubectl = new Kubectl(settings);

test("every password of the lake's own is renewed while data flow, and nothing is lost", async () => {
  const platform = await Platform.of(settings);
  const { namespace } = platform.profile;
  const ours = passwordsOf(platform.profile).filter(({ madeBy }) => madeBy !== "you");
  expect(ours.length).toBeGreaterThan(1);
  const passwords = () =>
    Promise.all(
      ours.map(({ secret, key }) =>
        kubectl.do("get", "secret", secret, "-n", namespace, "-o", `jsonpath={.data.${key}}`),
      ),
    );
  const before = await passwords();
  const { seconds } = await platform.succeed("renew-password", "--user", ...ours.map(({ name }) => name));
  appendFigure(
    settings,
    `${ours.length} passwords renewed, and all that use them started anew`,
    seconds,
    300,
  );
  for (const [index, password] of (await passwords()).entries()) expect(password).not.toBe(before[index]);
  await dataFlow(platform);
  await nothingLostNothingTwice(platform);
});
