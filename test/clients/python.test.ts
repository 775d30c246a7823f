import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findPython } from "../../toolchain/python";
import { expected, Notes } from "./notes";
import { installed, must, steps } from "./program";

jest.setTimeout(900_000);

const program = join(__dirname, "python");
let notes: Notes;
let python: string;

beforeAll(async () => {
  const found = await findPython(process.env);
  const requirements = join(program, "requirements.txt");
  const folder = await installed(
    "python",
    [readFileSync(requirements, "utf8"), found.minorVersion],
    async (into) => {
      await must(found.executable, ["-m", "venv", "--clear", join(into, "venv")], program);
      await must(
        join(into, "venv/bin/python"),
        [
          "-m",
          "pip",
          "install",
          "--disable-pip-version-check",
          "--require-hashes",
          "--only-binary",
          ":all:",
          "-r",
          requirements,
        ],
        program,
      );
    },
  );
  python = join(folder, "venv/bin/python");
  notes = await Notes.start();
});
afterAll(() => notes.stop());

const ask = async (way: string) => {
  await notes.empty();
  const [http, native] = [notes.http, notes.native].map((address) => address.split(":")[1] ?? "");
  return steps(python, [join(program, "notes.py"), http ?? "", native ?? "", way], program);
};

test.each([
  ["clickhouse-connect as it comes", "connect"],
  ["clickhouse-connect without compression", "connect-plain"],
  ["clickhouse-connect with gzip", "connect-gzip"],
  ["clickhouse-connect with zstd", "connect-zstd"],
  ["clickhouse-driver over the native protocol", "driver"],
  ["clickhouse-driver with blocks of LZ4", "driver-lz4"],
])("%s", async (_, way) => expect(await ask(way)).toEqual(expected));

test("pandas' frames and Arrow go in and come out", async () => {
  const { version, rows } = expected;
  expect(await ask("pandas")).toEqual({ version, rows, arrow: 1000 });
});

test("SQLAlchemy, as Superset opens it", async () => {
  const { version, tables, many, error } = expected;
  const columns = (expected.columns as string[]).map((column) => column.split(" ")[0]);
  expect(await ask("sqlalchemy")).toEqual({ version, tables, columns, many, error });
});
