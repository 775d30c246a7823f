import { readFileSync } from "node:fs";
import { join } from "node:path";
import { clickhouseClients } from "../../../versions";

const read = (path: string): string => readFileSync(join(__dirname, "../../clients", path), "utf8");

test("the clients that are locked are those of versions.ts", () => {
  const locked = {
    "clickhouse-connect": /^clickhouse-connect==(\S+)/m.exec(read("python/requirements.txt"))?.[1],
    "clickhouse-driver": /^clickhouse-driver==(\S+)/m.exec(read("python/requirements.txt"))?.[1],
    "clickhouse-go": /clickhouse-go\/v2 v(\S+)/.exec(read("go/go.mod"))?.[1],
    "clickhouse-jdbc": (
      JSON.parse(read("java/jars.lock.json")) as { artifactId: string; version: string }[]
    ).find(({ artifactId }) => artifactId === "clickhouse-jdbc")?.version,
  };
  expect(locked).toEqual(clickhouseClients);
});

test("every Python package of theirs has a hash", () => {
  const packages = read("python/requirements.txt")
    .split(/\n(?=[a-z])/)
    .filter((entry) => /^[a-z]/.test(entry));
  for (const entry of packages)
    expect(entry).toMatch(/^[\w.[\]-]+==[^\n]+\\\n {4}--hash=sha256:[0-9a-f]{64}/);
});
