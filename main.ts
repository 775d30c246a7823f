import { App } from "cdktf";
import { loadProfile, RefusedProfile } from "./profiles";
import { platformEnvironment } from "./profiles/environment";
import { buildStacks } from "./stacks";

/** What `cdktf` runs: writes the plan of every stack of the profile that PROFILE names. */
function main(): void {
  const { profile: name, changes, kubeconfig } = platformEnvironment();
  const profile = loadProfile(name, changes);
  // App creates its output folder at once, so the profile is checked before.
  const app = new App();
  buildStacks(app, { profile, kubeconfig });
  app.synth();
}

try {
  main();
} catch (error) {
  if (!(error instanceof RefusedProfile)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
