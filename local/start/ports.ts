import { createServer } from "node:net";

const names = [
  "kafka",
  "kafkaController",
  "namenodeRpc",
  "namenodeHttp",
  "datanodeData",
  "datanodeIpc",
  "datanodeHttp",
  "clickhouse",
  "clickhouseNative",
  "console",
] as const;

/** How many ports a lake uses, from `--ports` upwards. */
export const portCount = names.length;

export type PortName = (typeof names)[number];
export type Ports = Readonly<Record<PortName, number>>;

/** The ports from `base` upwards, one for each name. */
export function portsFrom(base: number): Ports {
  return Object.fromEntries(names.map((name, index) => [name, base + index])) as Record<PortName, number>;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Throws an Error in one line that names the ports in use by something else. */
export async function requireFree(ports: Ports): Promise<void> {
  const taken: string[] = [];
  for (const name of names) if (!(await isFree(ports[name]))) taken.push(`${ports[name]} (${name})`);
  if (taken.length === 0) return;
  const [one, was] = taken.length === 1 ? ["port", "is"] : ["ports", "are"];
  throw new Error(
    `${one} ${taken.join(", ")} ${was} taken on 127.0.0.1: stop what listens there, or choose others with --ports BASE`,
  );
}
