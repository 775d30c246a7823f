import type { Step } from "../../lake/layout";
import { hopChecks } from "../check";
import { awaitHop, patienceSeconds } from "../probe/await-hop";
import { importedSource, zeroCopySource } from "../probe/gold-figures";
import { lookInBronze, lookInClickHouse, lookInGold, lookInSilver } from "../probe/looks";
import { sendProbe, type SentProbe } from "../probe/send";
import type { LakeUnderTest } from "../reading/lake-under-test";

const longestSeconds = 900;

export const probeChecks = hopChecks(
  "probe",
  (check) => {
    let sent: SentProbe | undefined;
    const probe = (): SentProbe => {
      if (!sent) throw new Error("the probe was not sent");
      return sent;
    };
    const follow =
      (
        name: string,
        step: Step,
        look: (lake: LakeUnderTest, probe: SentProbe) => Promise<string | undefined>,
      ) =>
      async (lake: LakeUnderTest): Promise<string> => {
        const timeoutSeconds = patienceSeconds(lake, await lake.progress.read(), step);
        const { sentAtMs } = probe();
        return awaitHop(name, { sentAtMs, timeoutSeconds }, () => look(lake, probe()));
      };

    check("one event of each topic is in Kafka", async (lake) => {
      sent = await sendProbe(lake);
      return sent.events.map(({ partition, offset }) => `${partition}/${offset}`).join(" ");
    });
    check("bronze has each of them", follow("bronze", "bronze", lookInBronze), {
      timeoutSeconds: longestSeconds,
    });
    check("silver has each of them", follow("silver", "silver", lookInSilver), {
      timeoutSeconds: longestSeconds,
    });
    check("gold counts them", follow("gold", "gold", lookInGold), { timeoutSeconds: longestSeconds });
    check(
      "ClickHouse shows them, zero-copy",
      follow("zero-copy", "serve", (lake, of) => lookInClickHouse(lake, of, zeroCopySource)),
      { timeoutSeconds: longestSeconds },
    );
    check(
      "ClickHouse shows them, imported",
      follow("imported", "serve", (lake, of) => lookInClickHouse(lake, of, importedSource)),
      { timeoutSeconds: longestSeconds },
    );
  },
  { isOrdered: true },
);
