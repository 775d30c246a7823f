import { once } from "node:events";
import { spawn } from "node:child_process";
import { resolve } from "node:path";

test("a timer of kafkajs that lies in the past is not warned of, anything else is", async () => {
  const script = `
    require("./jobs/kafka/open");
    process.emitWarning("-5 is a negative number.", "TimeoutNegativeWarning");
    process.emitWarning("-6 is a negative number.", { type: "TimeoutNegativeWarning" });
    process.emitWarning("another", "OtherWarning");
    process.emitWarning(new Error("an error"));`;
  const child = spawn(process.execPath, ["--import", "tsx", "-e", script], {
    cwd: resolve(__dirname, "../../.."),
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk) => (said += String(chunk)));
  const [code] = (await once(child, "close")) as [number];
  expect(code).toBe(0);
  expect(said).not.toMatch(/negative number/);
  expect(said).toMatch(/OtherWarning: another/);
  expect(said).toMatch(/an error/);
});
