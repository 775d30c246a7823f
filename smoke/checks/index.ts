import type { HopChecks } from "../check";
import type { Hop } from "../hops";
import { agreementChecks } from "./agreement";
import { bronzeChecks } from "./bronze";
import { freshnessChecks } from "./freshness";
import { goldChecks } from "./gold";
import { importedChecks } from "./imported";
import { kafkaChecks } from "./kafka";
import { ledgerChecks } from "./ledger";
import { lossChecks } from "./loss";
import { probeChecks } from "./probe";
import { quarantineChecks } from "./quarantine";
import { silverChecks } from "./silver";
import { zeroCopyChecks } from "./zero-copy";

export const checksByHop: Readonly<Record<Hop, HopChecks>> = {
  kafka: kafkaChecks,
  bronze: bronzeChecks,
  quarantine: quarantineChecks,
  silver: silverChecks,
  gold: goldChecks,
  "zero-copy": zeroCopyChecks,
  imported: importedChecks,
  agreement: agreementChecks,
  ledger: ledgerChecks,
  freshness: freshnessChecks,
  loss: lossChecks,
  probe: probeChecks,
};
