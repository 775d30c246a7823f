/** `npm run setup`: brings all that `npm start` needs, and says where it is. */
import { resolve } from "node:path";
import { SetUpFailure } from "./failure";
import { showProgress } from "./progress";
import { setUp } from "./setup";

export async function main(): Promise<number> {
  try {
    const toolchain = await setUp({
      root: resolve(__dirname, "../.."),
      env: process.env,
      progress: showProgress(process.stderr),
    });
    console.error(`Ready: Java ${toolchain.javaMajor} (${toolchain.java}), Python ${toolchain.python}`);
    return 0;
  } catch (error) {
    if (!(error instanceof SetUpFailure)) throw error;
    console.error(error.message);
    return 1;
  }
}

if (require.main === module) void main().then((code) => (process.exitCode = code));
