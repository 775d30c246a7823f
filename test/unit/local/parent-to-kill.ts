import { OrphanGuard } from "../../../toolchain/process/orphan-guard";
import { Supervised } from "../../../local/process/supervised";

/** Starts a process that ignores SIGTERM, prints its pid, and runs until it is killed. */
const part = new Supervised(
  {
    name: "stubborn",
    command: "sh",
    args: ["-c", "trap '' TERM; while :; do sleep 0.1; done"],
    env: process.env,
    logFile: process.argv[2] ?? "/dev/null",
    stopSeconds: 60,
  },
  new OrphanGuard(),
  () => undefined,
);

void part.start().then(() => {
  console.log(part.pid);
  setInterval(() => undefined, 1000);
});
