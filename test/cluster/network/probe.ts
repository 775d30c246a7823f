/** Runs as the only program of a pod: `listen` on ports, or `connect` to targets and print one answer each. */
import { lookup } from "node:dns/promises";
import { connect, createServer } from "node:net";

export interface Target {
  readonly host: string;
  readonly port: number;
}

export interface Answers {
  /** In the targets' order. */
  readonly open: readonly boolean[];
  /** Whether a name could be looked up. */
  readonly findsNames: boolean;
}

const timeoutMs = 4000;

function isOpen({ host, port }: Target): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (open: boolean): void => {
      socket.destroy();
      resolve(open);
    };
    socket.once("connect", () => end(true)).once("error", () => end(false));
    // A packet that a policy drops is never answered.
    setTimeout(() => end(false), timeoutMs);
  });
}

async function ask(targets: readonly Target[]): Promise<Answers> {
  const findsNames = lookup("kubernetes.default.svc").then(
    () => true,
    () => false,
  );
  return { open: await Promise.all(targets.map(isOpen)), findsNames: await findsNames };
}

const [what, given = "[]"] = process.argv.slice(-2);
if (what === "listen")
  for (const port of JSON.parse(given) as number[])
    createServer((socket) => socket.on("error", () => undefined).end()).listen(port);
if (what === "connect")
  void ask(JSON.parse(given) as Target[]).then((answers) => {
    console.log(JSON.stringify(answers));
    process.exit(0);
  });
