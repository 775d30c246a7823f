import { countOffsets, type BronzeCommit } from "../../../lake/records";
import { observedIntervalSeconds } from "../../../smoke/reading/observed-interval";
import { inGold, inSilver, offsetsThrough, within } from "../../../smoke/reading/progress";

function batch(batchId: number, from: number, until: number): BronzeCommit {
  const topic = {
    offsets: { "0": { from, until } },
    bronzeRows: 0,
    quarantineRows: 0,
    eventDays: {},
    arrivals: {},
  };
  return {
    step: "bronze",
    batchId,
    startedAt: "2026-06-01T00:00:00Z",
    committedAt: `2026-06-01T00:00:${String(batchId * 10).padStart(2, "0")}Z`,
    topics: { listen_events: { ...topic, files: [] } },
  };
}

describe("offsets", () => {
  const batches = [batch(0, 5, 10), batch(1, 10, 12)];

  it("are joined over the batches, up to the one asked for", () => {
    expect([...offsetsThrough(batches, "listen_events")]).toEqual([[0, { from: 5, until: 12 }]]);
    expect([...offsetsThrough(batches, "listen_events", 0)]).toEqual([[0, { from: 5, until: 10 }]]);
    expect(countOffsets(offsetsThrough(batches, "listen_events").values())).toBe(7);
    expect(countOffsets(offsetsThrough(batches, "auth_events").values())).toBe(0);
  });

  it.each([
    ["gap", 11],
    ["overlap", 9],
  ])("with a %s between two batches are refused", (_, from) => {
    expect(() => offsetsThrough([batch(0, 5, 10), batch(1, from, 12)], "listen_events")).toThrow(
      `listen_events partition 0: batch 1 begins at offset ${from}, the batch before it ended at 10`,
    );
  });

  it("keep no row where nothing was read", () => {
    expect(within(new Map())).toBe("false");
    expect(within(offsetsThrough(batches, "listen_events"))).toBe(
      "((kafka_partition = 0 AND kafka_offset >= 5 AND kafka_offset < 12))",
    );
  });
});

describe("progress", () => {
  it("without a run of a layer says where to look", () => {
    const nothing = { bronze: [], silver: [], gold: [], serve: [] };
    expect(() => inSilver(nothing)).toThrow(/no run of silver.*checkpoints\/silver\/failure\.json/);
    expect(() => inGold(nothing)).toThrow(/no run of gold.*checkpoints\/gold\/failure\.json/);
  });

  it("has an interval from the second commit on, and is not misled by one pause", () => {
    const at = (...seconds: number[]) =>
      seconds.map((second) => ({ committedAt: new Date(second * 1000).toISOString() }));
    expect(observedIntervalSeconds(at(10))).toBeUndefined();
    expect(observedIntervalSeconds(at(0, 10, 20, 3000, 3010))).toBe(10);
  });
});
