import { isDrained, type Flow } from "../../../local/status/observer";
import { hops } from "../../../local/status/screen";
import type { RefineCommit, ServeCommit } from "../../../lake/records";

const refineRun = (run: number) => ({ run }) as RefineCommit;
const servedRun = (refineRun: number) => ({ refineRun }) as ServeCommit;

const drained: Flow = {
  kafka: 100,
  bronze: 95,
  quarantine: 5,
  refined: 100,
  served: 100,
  newest: {},
  newestRefine: refineRun(3),
  newestServe: servedRun(3),
  newestBatch: 7,
};

describe("the flow", () => {
  it("tells how far each hop is behind the one before", () => {
    const flow = { ...drained, bronze: 60, quarantine: 4, refined: 50, served: 20 };
    expect(hops(flow).map(({ name, records, lag }) => [name, records, lag])).toEqual([
      ["kafka", 100, 0],
      ["bronze", 64, 36],
      ["silver, gold", 50, 14],
      ["clickhouse", 20, 30],
    ]);
  });

  it("is drained when all of Kafka's records are where readers see them", () => {
    expect(isDrained(drained)).toBe(true);
  });

  it.each<[string, Partial<Flow>]>([
    ["bronze lacks a record", { quarantine: 4, refined: 99, served: 99 }],
    ["gold lacks a batch", { refined: 90, served: 90 }],
    ["ClickHouse lacks a batch", { served: 90 }],
    ["ClickHouse shows an older run of gold", { newestServe: servedRun(2) }],
  ])("is not drained while %s", (_, lack) => {
    expect(isDrained({ ...drained, ...lack })).toBe(false);
  });
});
