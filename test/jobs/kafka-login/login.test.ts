import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { KafkaArrivals } from "../../../jobs/watchdog/kafka-arrivals";
import { readOptions } from "../../../jobs/watchdog/options";
import { eventTopics } from "../../../lake/events";
import { freePorts } from "../../../local/jvm/free-ports";
import { createTopics } from "../../../local/kafka/create-topics";
import { RunningLake } from "../bronze/running-bronze";
import { EventSimProcess } from "../eventsim/eventsim-process";
import { makeKeystore } from "./keystore";
import { grant, secureBroker } from "./secure-broker";

jest.setTimeout(180_000);

const root = resolve(__dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "kafka-login-"));
const users = {
  eventsim: "eventsim1",
  bronze: "bronze1secret",
  smoke: "smoke1",
  watchdog: "watchdog1",
  stranger: "stranger1",
};
type User = keyof typeof users;

/** A client's options, as it has them on a cluster. */
let login: (user: User, changed?: { password?: string; ca?: string }) => string[];
let lake: RunningLake;
let guardedPort: number;

beforeAll(async () => {
  const [port = 0] = await freePorts(1);
  guardedPort = port;
  let certificate = "";
  let strangers = "";
  lake = await RunningLake.start(async (options) => {
    const keystore = await makeKeystore(options.jvm.java, join(folder, "broker"));
    certificate = keystore.certificate;
    strangers = (await makeKeystore(options.jvm.java, join(folder, "stranger"))).certificate;
    return secureBroker(options, { host: "127.0.0.1", port, users }, keystore);
  });
  await createTopics(lake.kafkaAddress);
  await grant(lake.kafka, ["eventsim", "bronze", "smoke", "watchdog"]);
  login = (user, { password = users[user], ca = "ours" } = {}) => {
    const file = join(folder, `${user}-${password}`);
    writeFileSync(file, `${password}\n`);
    return [
      ...["--kafka", `127.0.0.1:${port}`, "--kafka-user", user, "--kafka-password-file", file],
      ...["--kafka-ca", ca === "ours" ? certificate : strangers],
    ];
  };
}, 300_000);

afterAll(async () => {
  await lake.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function recordsSent(): Promise<number> {
  const admin = lake.kafka.admin();
  await admin.connect();
  try {
    const ends = await Promise.all(eventTopics.map((topic) => admin.fetchTopicOffsets(topic)));
    return ends.flat().reduce((sum, { high }) => sum + Number(high), 0);
  } finally {
    await admin.disconnect();
  }
}

function eventsim(...args: readonly string[]): EventSimProcess {
  return new EventSimProcess("--sink", "kafka", "--rate", "100", "--users", "500", "--for", "3", ...args);
}

test("EventSim ends when its log-in is refused, and says so in one line", async () => {
  const process = eventsim(...login("eventsim", { password: "wrong1" }));
  expect(await process.ended()).toBe(1);
  expect(process.said).toEqual([
    expect.stringMatching(/refuses the log-in \(.*invalid credentials.*\): correct --kafka-user/),
  ]);
  expect(process.stderr).not.toContain("wrong1");
});

test("EventSim trusts no other authority than its own, and sends nothing", async () => {
  const process = eventsim(...login("eventsim", { ca: "stranger's" }));
  await process.until(({ stderr }) => stderr.includes("takes no records"));
  expect(process.said).toEqual([expect.stringMatching(/takes no records \(.*certificate/)]);
  process.child.kill("SIGKILL");
  await process.ended();
  expect(await recordsSent()).toBe(0);
});

test("EventSim with a user who may not see the topics says which", async () => {
  const process = eventsim(...login("stranger"));
  expect(await process.ended()).toBe(1);
  expect(process.said).toEqual([
    expect.stringMatching(/has no topic listen_events, .*, or does not show it to this user/),
  ]);
});

test("EventSim, bronze and the checks work over TLS with the rights that a cluster gives them", async () => {
  expect(await eventsim(...login("eventsim")).ended()).toBe(0);
  const sent = await recordsSent();
  expect(sent).toBeGreaterThan(100);
  const bronze = lake.run(["--once", ...login("bronze")]);
  expect([await bronze.ended(), bronze.lastWord]).toEqual([0, expect.anything()]);
  expect(bronze.rows).toBe(sent);
  expect(bronze.stderr + bronze.lines.join("\n")).not.toContain(users.bronze);
  const args = [
    ...["--import", "tsx", "smoke/cli.ts", "--checks", "kafka", "--settled", ...login("smoke")],
    ...["--hdfs", lake.hdfs.url, "--webhdfs", lake.hdfs.webhdfs, "--lake", "/lake"],
    ...["--clickhouse", "http://127.0.0.1:1"],
  ];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
  expect(stdout).toMatch(/2 of 2 checks passed/);
});

/** The offsets that the watchdog reads from Kafka, as a user. */
function arrivals(user: User, ...args: string[]): Promise<{ readonly next: number }[]> {
  const elsewhere = ["--webhdfs", lake.hdfs.webhdfs, "--namespace", "lake", "--stale-seconds", "60"];
  const options = readOptions(["node", "watchdog", ...login(user), ...elsewhere, ...args]);
  return new KafkaArrivals(options.kafka, options.kafkaSecurity).read(Date.now(), Date.now());
}

/** A proxy to Kafka where each connection waits before anything is answered, as on a loaded node. */
async function slowWayTo(target: number, waitMs: number): Promise<Server> {
  const way = createServer((client) => {
    setTimeout(() => {
      const broker = connect(target, "127.0.0.1");
      for (const [from, to] of [[client, broker] as const, [broker, client] as const])
        from.on("error", () => to.destroy()).pipe(to);
    }, waitMs);
  }).listen(0, "127.0.0.1");
  await once(way, "listening");
  return way;
}

test("a broker that takes three seconds to shake hands is waited for", async () => {
  const way = await slowWayTo(guardedPort, 3_000);
  try {
    const { port } = way.address() as AddressInfo;
    const partitions = await arrivals("watchdog", "--kafka", `127.0.0.1:${port}`);
    expect(partitions.length).toBeGreaterThan(0);
  } finally {
    way.close();
  }
});

test("the watchdog sees how far the topics are, with no right to read them; a stranger sees nothing", async () => {
  const partitions = await arrivals("watchdog");
  expect(partitions.reduce((sum, { next }) => sum + next, 0)).toBe(await recordsSent());
  await expect(arrivals("stranger")).rejects.toThrow(/^Kafka at \S+ does not answer: /);
});

test.each([
  ["password", { password: "wrong1" }, /refuses the log-in \(.*\): correct --kafka-user/],
  ["authority", { ca: "stranger's" }, /do not agree on TLS \(.*\): is --kafka-ca the authority/],
])("bronze with a wrong %s ends at once, and says what to correct", async (_, changed, line) => {
  const bronze = lake.run(["--once", ...login("bronze", changed)]);
  expect(await bronze.ended()).toBe(1);
  expect(bronze.lastWord).toMatch(line);
  expect(bronze.stderr).not.toContain("wrong1");
});

test.each([
  [["--kafka-user", "u"], "--kafka-password-file: got nothing beside --kafka-user"],
  [["--kafka-password-file", "/none"], "--kafka-password-file: got '/none', allowed: a readable file"],
  [["--kafka-password-file", __filename], "--kafka-user: got nothing beside --kafka-password-file"],
  [["--kafka-password-file", "/dev/null"], "--kafka-password-file: got '/dev/null', which is empty"],
  [["--kafka-mechanism", "gssapi"], "--kafka-mechanism: invalid choice: 'gssapi' (choose from 'plain'"],
  [["--kafka-ca", "/none"], "--kafka-ca: got '/none', allowed: a readable file with certificates as PEM"],
  [["--kafka-ca", join(__dirname, "keystore.ts")], "keystore.ts', which holds no certificate"],
])("bronze refuses %j", async (args, line) => {
  const bronze = lake.run(args);
  expect(await bronze.ended()).toBe(2);
  expect(bronze.lastWord).toContain(line);
});
