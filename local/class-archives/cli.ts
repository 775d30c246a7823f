import { resolve } from "node:path";
import { environment } from "../../command-line/environment";
import { showProgress } from "../../toolchain/progress";
import { setUpLake } from "../lake-toolchain";

/** Makes the missing class archives, as a separate process beside a running lake. */
async function main(): Promise<void> {
  const root = resolve(__dirname, "../..");
  await setUpLake({ root, env: environment(), progress: showProgress(process.stderr) });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
