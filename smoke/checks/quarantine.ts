import { z } from "zod";
import { eventTopics } from "../../lake/events";
import { hopChecks } from "../check";
import { Mismatch } from "../outcome";
import { columnsAsContracted } from "../reading/contracted-columns";
import { mostRefused } from "../reading/most-refused";
import { quarantinedBytes } from "../reading/quarantined-bytes";
import { count } from "../reading/sql";

const reasons = z.object({ rows: count, unexplained: count, offset: z.string() });

export const quarantineChecks = hopChecks("quarantine", (check) => {
  check("every row has a reason", async ({ sql, parquet, layout }) => {
    let rows = 0;
    for (const topic of eventTopics) {
      const found = await sql.row(
        `SELECT count() AS rows, countIf(trim(ifNull(reason, '')) = '') AS unexplained,
           toString(anyIf(tuple(kafka_partition, kafka_offset), trim(ifNull(reason, '')) = '')) AS offset
         FROM ${parquet.quarantine(topic)}`,
        reasons,
      );
      if (found.unexplained > 0)
        throw new Mismatch({
          expected: `a reason for each of ${found.rows} quarantined records of ${topic}`,
          got: `none for ${found.unexplained}, one is partition and offset ${found.offset}`,
          look: `${layout.raw("quarantine", topic)}, and the rules in jobs/bronze`,
        });
      rows += found.rows;
    }
    return `${rows} rows`;
  });

  check("bytes are Kafka's", quarantinedBytes);

  check("columns are as lake/ says", (lake) => columnsAsContracted(lake, "quarantine"));

  check("its share is small", async ({ sql, parquet, options }) => {
    let all = 0;
    let refused = 0;
    for (const topic of eventTopics) {
      const { good, bad } = await sql.row(
        `SELECT (SELECT count() FROM ${parquet.bronze(topic)}) AS good,
           (SELECT count() FROM ${parquet.quarantine(topic)}) AS bad`,
        z.object({ good: count, bad: count }),
      );
      if (bad > mostRefused(good + bad, options.quarantineShare))
        throw new Mismatch({
          expected: `at most ${percent(options.quarantineShare)} of ${topic} in quarantine`,
          got: `${percent(bad / (good + bad))}: ${bad} of ${good + bad} records`,
          look: `the column reason of quarantine/${topic}, and the producers`,
        });
      all += good + bad;
      refused += bad;
    }
    return all === 0 ? "no records" : percent(refused / all);
  });
});

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
