import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../../../command-line/usage-error";
import { checkPublishOptions } from "../../../jobs/eventsim/options";
import { optionsOf } from "./simulated";

const folder = mkdtempSync(join(tmpdir(), "eventsim-options-"));
const passwordFile = join(folder, "password");
const emptyFile = join(folder, "empty");
const caFile = join(folder, "ca.crt");
const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
writeFileSync(passwordFile, "s3cret \n");
writeFileSync(emptyFile, "");
writeFileSync(caFile, `${pem}\n`);

afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  [{ seed: "-1" }, "--seed: got '-1', allowed: a whole number from 0 to 4294967295"],
  [{ seed: "x" }, "--seed: got 'x'"],
  [{ users: "0" }, "--users: got '0', allowed: a whole number from 1"],
  [{ users: "1.5" }, "--users: got '1.5'"],
  [{ rate: "fast" }, "--rate: got 'fast', allowed: a number from 0.1"],
  [{ rate: "0" }, "--rate: got '0'"],
  [
    { from: "yesterday", to: "2026-11-03" },
    "--from: got 'yesterday', allowed: an ISO 8601 day, or time with zone",
  ],
  [{ from: "2019-01-01", to: "2026-11-03" }, "--from: got '2019-01-01'"],
  [{ from: "2026-11-03T00:00:00", to: "2026-11-04" }, "--from: got '2026-11-03T00:00:00'"],
  [{ from: "2026-11-03" }, "--to: got nothing beside --from"],
  [{ to: "2026-11-03" }, "--from: got nothing beside --to"],
  [{ from: "2026-11-03", to: "2026-11-03" }, "--to: got '2026-11-03'"],
  [{ from: "2026-11-03", to: "2032-11-03" }, "--to: got '2032-11-03'"],
  [{ malformed: "1.1" }, "--malformed: got '1.1', allowed: a share from 0 to 1"],
  [{ duplicates: "-0.1" }, "--duplicates: got '-0.1'"],
  [{ late: "much" }, "--late: got 'much'"],
  [{ late: "0.6", tooLate: "0.6" }, "--too-late: got '0.6' beside --late 0.6"],
  [{ growth: "-1" }, "--growth: got '-1', allowed: a number from 0 to 100"],
  [{ sink: "s3" }, "--sink: got 's3', allowed: kafka, file, stdout"],
  [{ sink: "kafka" }, "--kafka: got nothing with --sink kafka, allowed: host:port"],
  [{ kafka: "localhost" }, "--kafka: got 'localhost', allowed: host:port"],
  [{ kafka: "a:1,b" }, "--kafka: got 'a:1,b'"],
  [{ kafkaUser: "u" }, "--kafka-password-file: got nothing beside --kafka-user, allowed: a readable file"],
  [{ kafkaPasswordFile: passwordFile }, "--kafka-user: got nothing beside --kafka-password-file"],
  [{ kafkaUser: "u", kafkaPasswordFile: "/none" }, "--kafka-password-file: got '/none' (ENOENT"],
  [{ kafkaUser: "u", kafkaPasswordFile: emptyFile }, `(${emptyFile} is empty)`],
  [
    { kafkaMechanism: "gssapi" },
    "--kafka-mechanism: got 'gssapi', allowed: plain, scram-sha-256, scram-sha-512",
  ],
  [{ kafkaCa: "/none" }, "--kafka-ca: got '/none' (ENOENT"],
  [
    { kafkaCa: passwordFile },
    "which holds no certificate, allowed: a readable file with certificates as PEM",
  ],
  [{ sink: "file" }, "--file: got nothing with --sink file, allowed: a folder"],
  [{ shard: "0/2" }, "--shard: got '0/2', allowed: i/n with i from 1 to n"],
  [{ shard: "3/2" }, "--shard: got '3/2'"],
  [{ shard: "half" }, "--shard: got 'half'"],
  [{ shard: "1/5", users: "3" }, "--shard: got '1/5' for 3 customers"],
  [{ source: "a b" }, "--source: got 'a b'"],
  [{ for: "0" }, "--for: got '0', allowed: a number of seconds from 0.1"],
])("%p is refused", (given, message) => {
  expect(() => optionsOf(given)).toThrow(UsageError);
  expect(() => optionsOf(given)).toThrow(message);
});

test("words become what they mean", () => {
  const given = { users: "10", from: "2026-11-02", to: "2026-11-02T12:00:00+01:00", shard: "2/4" };
  expect(optionsOf(given)).toMatchObject({
    seed: 1,
    users: 10,
    from: Date.UTC(2026, 10, 2),
    to: Date.UTC(2026, 10, 2, 11),
    shard: { part: 2, of: 4 },
  });
});

test("a log-in to Kafka is read from its files", () => {
  const given = { kafka: "a:1,b:2", kafkaUser: "eventsim", kafkaPasswordFile: passwordFile, kafkaCa: caFile };
  expect(optionsOf(given).kafkaSecurity).toEqual({
    authority: pem,
    sasl: { mechanism: "scram-sha-512", username: "eventsim", password: "s3cret " },
  });
  expect(optionsOf({}).kafkaSecurity).toEqual({});
});

test.each([
  [{ webhdfs: "namenode:9870" }, "--webhdfs: got 'namenode:9870', allowed: http://host:port"],
  [{ webhdfs: "http://a:9870," }, "--webhdfs: got 'http://a:9870,'"],
  [{ lake: "lake" }, "--lake: got 'lake', allowed: an absolute path"],
  [{ hdfsUser: "" }, "--hdfs-user: got '', allowed: a user's name"],
])("publish-catalogue refuses %p", (given, message) => {
  const good = { webhdfs: "http://namenode:9870", hdfsUser: "lake", lake: "/lake" };
  expect(() => checkPublishOptions(good)).not.toThrow();
  expect(() => checkPublishOptions({ ...good, ...given })).toThrow(message);
});
