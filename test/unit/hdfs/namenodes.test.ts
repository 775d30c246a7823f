import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebHdfs } from "../../../jobs/hdfs/webhdfs";

/** A NameNode that answers any request according to its state, and records the requests. */
class NameNode {
  state: "active" | "standby" | "starting" = "active";
  readonly asked: string[] = [];

  private constructor(private readonly server: Server) {
    server.on("request", (call, reply) => {
      this.asked.push(`${call.method} ${call.url}`);
      if (this.state === "active") return reply.writeHead(200).end('{"FileStatuses":{"FileStatus":[]}}');
      const exception = this.state === "standby" ? "StandbyException" : "RetriableException";
      const message = `${this.state}: Operation category READ is not supported`;
      return reply.writeHead(403).end(JSON.stringify({ RemoteException: { exception, message } }));
    });
  }

  static async start(): Promise<NameNode> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    return new NameNode(server);
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }
}

let first: NameNode;
let second: NameNode;
let hdfs: WebHdfs;

beforeEach(async () => {
  [first, second] = [await NameNode.start(), await NameNode.start()];
  hdfs = new WebHdfs(`${first.address},${second.address}`, "somebody");
});

afterEach(() => Promise.all([first, second].map((one) => one.stop().catch(() => undefined))));

test.each(["standby", "starting"] as const)(
  "a NameNode that is %s is left for the active one",
  async (state) => {
    first.state = state;
    await hdfs.makeFolder("/lake");
    expect([first.asked.length, second.asked.length]).toEqual([1, 1]);
    expect(second.asked[0]).toBe("PUT /webhdfs/v1/lake?op=MKDIRS&user.name=somebody");
  },
);

test("the active one is asked first from then on, until it no longer is", async () => {
  first.state = "standby";
  await hdfs.list("/lake");
  await hdfs.list("/lake");
  expect([first.asked.length, second.asked.length]).toEqual([1, 2]);
  [first.state, second.state] = ["active", "standby"];
  await hdfs.list("/lake");
  expect([first.asked.length, second.asked.length]).toEqual([2, 3]);
});

test("a NameNode that is down is left for the other", async () => {
  await first.stop();
  expect(await hdfs.list("/lake")).toEqual([]);
});

test("when none is active, it says why for each", async () => {
  const { address } = first;
  await first.stop();
  second.state = "standby";
  await expect(hdfs.list("/lake")).rejects.toThrow(
    `no NameNode of HDFS is active: ${address}: connect ECONNREFUSED ${address.slice(7)}; ` +
      `${second.address}: StandbyException: standby: Operation category READ is not supported`,
  );
});

test("the only NameNode is told as it is", async () => {
  first.state = "standby";
  await expect(new WebHdfs(first.address).list("/lake")).rejects.toThrow(
    "HDFS LISTSTATUS /lake: StandbyException: standby: Operation category READ is not supported",
  );
});
