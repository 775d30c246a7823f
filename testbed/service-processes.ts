import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { prepareLaunch, type Launch } from "../local/jvm/launch";

export interface Service {
  readonly process: ChildProcess;
  output(): string;
  stop(): Promise<void>;
}

/** Formats a service's data folder if needed, and starts the service. `stop` stops it. */
export async function startService(launch: Launch): Promise<Service> {
  await prepareLaunch(launch, process.env);
  const child = spawn(launch.start.command, [...launch.start.args], { stdio: ["ignore", "pipe", "pipe"] });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => chunks.push(String(chunk)));
  const ended = once(child, "exit");
  return {
    process: child,
    output: () => chunks.join(""),
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
