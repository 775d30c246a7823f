import { createClient } from "@clickhouse/client";
import { Quarantine } from "../../../console/views/quarantine";
import { layout } from "../../../lake/layout";
import type { BronzeCommit } from "../../../lake/records";
import { Parquet } from "../../../smoke/reading/parquet";
import { Sql } from "../../../smoke/reading/sql";

const address = "http://127.0.0.1:1";
const client = createClient({ url: address });
afterAll(() => client.close());

function batch(batchId: number, bronzeRows: number): BronzeCommit {
  const listened = { offsets: {}, bronzeRows, quarantineRows: 0, eventDays: {}, arrivals: {}, files: [] };
  const at = "2026-06-01T00:00:00.000Z";
  return { step: "bronze", batchId, startedAt: at, committedAt: at, topics: { listen_events: listened } };
}

test("what was accepted is counted with each batch, whether it refused anything or not", async () => {
  const quarantine = new Quarantine(
    new Sql(client, address),
    new Parquet("hdfs://127.0.0.1:1", layout("/lake")),
    { sentOf: () => Promise.reject(new Error("HDFS is asked, though there is nothing to ask")) },
  );
  const counted = () => quarantine.message().topics.find(({ topic }) => topic === "listen_events");
  expect(counted()).toEqual({ topic: "listen_events", accepted: 0, refused: 0 });
  quarantine.add(batch(0, 7));
  quarantine.add(batch(1, 5));
  // No file was added, so ClickHouse, which is not there, is not asked.
  await quarantine.read();
  expect(counted()).toEqual({ topic: "listen_events", accepted: 12, refused: 0 });
});
