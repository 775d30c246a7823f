import { UsageError } from "../command-line/usage-error";
import { startConsole } from "./console";
import { readOptions } from "./options";

const say = (line: string): void => console.error(`console: ${line}`);

/** Work that is not finished by then is abandoned: the console stores nothing. */
const stopWithinMs = 2_000;

async function main(): Promise<void> {
  const running = await startConsole(readOptions(process.argv), say);
  console.log(running.url);
  const stop = () => {
    setTimeout(() => process.exit(0), stopWithinMs).unref();
    void running.close().finally(() => process.exit(0));
  };
  process.once("SIGTERM", stop).once("SIGINT", stop);
}

main().catch((error: unknown) => {
  say(error instanceof UsageError ? error.message : (error as Error).message);
  process.exit(error instanceof UsageError ? 2 : 1);
});
