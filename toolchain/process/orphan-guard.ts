import { spawn, type ChildProcess } from "node:child_process";

/**
 * Reads `+ group` and `- group` lines until its input ends, which means that the parent has died. Then it ends those
 * process groups: with SIGTERM, and after four seconds with SIGKILL. It is a shell because it must cost next to nothing
 * and must not die with Node.
 */
const script = `
groups=" "
while read -r sign group; do
  case "$sign" in
    +) groups="$groups$group " ;;
    -) groups="\${groups%% $group *} \${groups#* $group }" ;;
  esac
done
for group in $groups; do kill -s TERM -- "-$group"; done 2>/dev/null
sleep 4
for group in $groups; do kill -s KILL -- "-$group"; done 2>/dev/null
exit 0
`;

/** Ensures that no child outlives this process, even if this process is killed with -9. */
export class OrphanGuard {
  private readonly guard: ChildProcess;

  constructor() {
    this.guard = spawn("sh", ["-c", script], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
    this.guard.unref();
    // The lake works without a guard too, so a broken pipe must not end it.
    this.guard.stdin?.on("error", () => undefined);
  }

  /** @param processGroup id of the group, which is the pid of its first process. */
  watch(processGroup: number): void {
    this.guard.stdin?.write(`+ ${processGroup}\n`);
  }

  forget(processGroup: number): void {
    this.guard.stdin?.write(`- ${processGroup}\n`);
  }

  /** To be called when all children have ended. */
  dismiss(): void {
    if (this.guard.pid !== undefined) process.kill(-this.guard.pid, "SIGKILL");
  }
}
