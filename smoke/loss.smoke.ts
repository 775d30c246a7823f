import { lostOffsets } from "./reading/lost-offsets";
import { openTransactions } from "./reading/open-transactions";
import { hop } from "./check";

hop("loss", (check) => {
  check("Kafka kept every record until it was read", lostOffsets);

  check("no partition waits for a transaction", openTransactions);
});
