import { createServer, type AddressInfo } from "node:net";
import { portsFrom, requireFree } from "../../../local/start/ports";

describe("ports", () => {
  test("are consecutive and differ", () => {
    const ports = Object.values(portsFrom(28_000));
    expect(new Set(ports).size).toBe(ports.length);
    expect(Math.min(...ports)).toBe(28_000);
    expect(Math.max(...ports)).toBe(28_000 + ports.length - 1);
  });

  test("that are taken are named with their service and what to do", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    try {
      await expect(requireFree(portsFrom(port - 1))).rejects.toThrow(
        // The next ports are in the range from which other programs get theirs: they may be taken, too.
        new RegExp(
          `^ports? .*${port} \\(kafkaController\\).* taken on 127\\.0\\.0\\.1: stop what listens there, or choose others with --ports BASE$`,
        ),
      );
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
