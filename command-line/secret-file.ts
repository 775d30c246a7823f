import { readFileSync } from "node:fs";

/**
 * The content of a file with a secret, without the line end that editors add.
 * @throws Error that says why it can't be used
 */
export function readSecretFile(path: string): string {
  const content = readFileSync(path, "utf8").replace(/\r?\n$/, "");
  if (content === "") throw new Error(`${path} is empty`);
  return content;
}
