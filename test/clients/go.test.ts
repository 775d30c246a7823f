import { readFileSync } from "node:fs";
import { join } from "node:path";
import { onPath } from "../../toolchain/java";
import { expected, Notes } from "./notes";
import { installed, must, steps } from "./program";

jest.setTimeout(900_000);

const program = join(__dirname, "go");
const go = onPath("go", process.env);
if (go === undefined)
  console.error(
    "SKIPPED: clients in Go (clickhouse-go, which Grafana uses). There is no go on the PATH: https://go.dev/doc/install",
  );

(go === undefined ? describe.skip : describe)("clickhouse-go", () => {
  let notes: Notes;
  let binary: string;

  beforeAll(async () => {
    const files = ["go.mod", "go.sum", "main.go"].map((name) => readFileSync(join(program, name), "utf8"));
    const folder = await installed("go", files, async (into) => {
      await must(go ?? "", ["build", "-mod=readonly", "-o", join(into, "notes"), "."], program);
    });
    binary = join(folder, "notes");
    notes = await Notes.start();
  });
  afterAll(() => notes.stop());

  test.each([
    ["database/sql over HTTP", "sql-http", "http"],
    ["database/sql over HTTP with blocks of LZ4", "sql-http-lz4", "http"],
    ["database/sql over the native protocol", "sql-native", "native"],
    ["as Grafana's plug-in opens it over HTTP", "grafana-http", "http"],
    ["as Grafana's plug-in opens it by default", "grafana-native", "native"],
  ] as const)("%s", async (_, way, protocol) => {
    await notes.empty();
    expect(await steps(binary, [notes[protocol], way], program)).toEqual(expected);
  });
});
