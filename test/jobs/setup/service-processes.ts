import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
import { prepareLaunch, type Launch } from "../../../local/jvm/launch";

export interface Service {
  readonly process: ChildProcess;
  output(): string;
  stop(): Promise<void>;
}

/** Formats if need be, and starts. What was started is stopped by `stop`. */
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

/** Ports on 127.0.0.1 that nothing listened on a moment ago. */
export async function freePorts(count: number): Promise<number[]> {
  const servers: Server[] = [];
  for (let index = 0; index < count; index += 1) {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    servers.push(server);
  }
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}
