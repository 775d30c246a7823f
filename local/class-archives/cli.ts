import { resolve } from "node:path";
import { environment } from "../../command-line/environment";
import { showProgress } from "../../toolchain/progress";
import { setUpLake } from "../lake-toolchain";

/** Makes the class archives that are not there, as a process of its own beside a lake that runs. */
async function main(): Promise<void> {
  const root = resolve(__dirname, "../..");
  await setUpLake({ root, env: environment(), progress: showProgress(process.stderr) });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
