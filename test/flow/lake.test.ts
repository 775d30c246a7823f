import { rmSync } from "node:fs";
import { until } from "../../local/jvm/until";
import { queryByExample, readByExample, sendByExamples } from "./examples";
import { expectChecked, startChecks } from "./checks";
import { expectConsole } from "./console";
import { expectPage } from "./console-page";
import { expectExplained } from "./explain";
import { expectFollowing } from "./follow";
import { LakeProcess } from "./lake-process";
import { cacheWithoutArchives } from "../fixtures/cache-without-archives";
import { worstEnvironment } from "../fixtures/worst-environment";
import { faults } from "./reconciled";

jest.setTimeout(900_000);

/** Slower than `quick`: the machine also runs a browser, and the checks. */
const watched = "--trigger 5 --every 20 --rate 100".split(" ");

describe("the whole lake", () => {
  const lake = new LakeProcess(28_200);
  const cache = cacheWithoutArchives(process.env);
  afterAll(() => {
    lake.remove();
    rmSync(cache, { recursive: true, force: true });
  });

  test("serves its console and the examples, whatever the environment says to other programs, then stops at Ctrl-C and leaves no process behind", async () => {
    lake.startIn({ ...process.env, ...worstEnvironment, XDG_CACHE_HOME: cache }, ...watched, ...faults);
    const endpoints = await lake.running();
    expect(lake.output).toMatch(new RegExp(`See it live: ${lake.consoleUrl}\n[^]*The lake runs`));
    // Preparing faster later starts did not delay this one.
    const prepares = /The lake runs\.[^]*Class archives are made beside the lake/;
    await until(
      "class archives",
      () => Promise.resolve(prepares.test(lake.output) ? undefined : "they are not being made"),
      AbortSignal.timeout(300_000),
    );
    // They take minutes of processor time, which the rest of this test needs.
    for (const pid of await lake.find("local/class-archives/cli.ts")) process.kill(-pid, "SIGTERM");
    await expectConsole(lake.consoleUrl);
    await startChecks(lake.consoleUrl);
    await expectFollowing(lake.consoleUrl, endpoints);
    await expectExplained(lake.consoleUrl);
    await expectPage(lake.consoleUrl);
    await expectChecked(lake.consoleUrl);
    const sent = await sendByExamples(endpoints);
    const read = async () => {
      const bronze = await readByExample(endpoints);
      return sent.every((id) => bronze.includes(`"event_id":"${id}"`)) ? undefined : bronze;
    };
    await until("bronze with both producers' events", read, AbortSignal.timeout(300_000));
    expect(await queryByExample(endpoints)).toMatch(/^\d{4}-\d\d-\d\d \S+: [\d.]+ EUR, \d+ alerts$/m);
    lake.signal("SIGINT");
    expect(await lake.ended()).toBe(0);
    await lake.gone();
  });
});
