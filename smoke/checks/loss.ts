import { lostOffsets } from "../reading/lost-offsets";
import { openTransactions } from "../reading/open-transactions";
import { hopChecks } from "../check";

export const lossChecks = hopChecks("loss", (check) => {
  check("Kafka kept every record until it was read", lostOffsets);

  check("no partition waits for a transaction", openTransactions);
});
