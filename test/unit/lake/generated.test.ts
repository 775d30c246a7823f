import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { generators } from "../../../lake/generate/generators";

const root = resolve(__dirname, "../../..");

describe("generated files", () => {
  test.each(generators.flatMap((generate) => generate()).map((file) => [file.path, file.content] as const))(
    "%s is what lake/ says (npm run generate)",
    (path, content) => {
      expect(readFileSync(join(root, path), "utf8")).toBe(content);
    },
  );
});
