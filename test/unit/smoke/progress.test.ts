import { countOffsets, stretchesOf, type BronzeCommit } from "../../../lake/records";
import { lostRecords, saidOfLost } from "../../../smoke/reading/lost-records";
import { observedIntervalSeconds } from "../../../smoke/reading/observed-interval";
import { inGold, inSilver, offsetsOf } from "../../../smoke/reading/progress";

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

  test("are joined over the batches", () => {
    expect([...offsetsOf(batches, "listen_events")]).toEqual([[0, { from: 5, until: 12 }]]);
    expect(countOffsets(offsetsOf(batches, "listen_events").values())).toBe(7);
    expect(countOffsets(offsetsOf(batches, "auth_events").values())).toBe(0);
  });

  test.each([
    ["gap", 11],
    ["overlap", 9],
  ])("with a %s between two batches are refused", (_, from) => {
    expect(() => offsetsOf([batch(0, 5, 10), batch(1, from, 12)], "listen_events")).toThrow(
      `listen_events partition 0: batch 1 begins at offset ${from}, the batch before it ended at 10`,
    );
  });

  test("that were lost are counted", () => {
    const [first, last] = batches as [BronzeCommit, BronzeCommit];
    const { listen_events: topic } = last.topics;
    const lost = { "0": [{ from: 10, until: 11 }] };
    const all = [first, { ...last, topics: { listen_events: { ...topic!, lost } } }];
    expect(lostRecords(all, "listen_events")).toBe(1);
    expect([saidOfLost(0), saidOfLost(1)]).toEqual([[], ["1 LOST, deleted before they were read"]]);
  });

  test("are of the topic as it is now, where it was made anew", () => {
    const anew = { listen_events: { id: "b", wasId: "a", readUntil: { "0": 12 } } };
    const all = [...batches, { ...batch(2, 0, 0), topics: {}, readAnew: anew }, batch(3, 0, 4)];
    expect([...offsetsOf(all, "listen_events")]).toEqual([[0, { from: 0, until: 4 }]]);
    expect(stretchesOf(all, "listen_events").map((stretch) => stretch.map(({ batchId }) => batchId))).toEqual(
      [
        [0, 1],
        [2, 3],
      ],
    );
    expect(stretchesOf(all, "auth_events")).toHaveLength(1);
    expect([lostRecords(all, "listen_events"), lostRecords(all, "auth_events")]).toEqual([Infinity, 0]);
  });
});

describe("progress", () => {
  test("without a run of a layer says where to look", () => {
    const nothing = { bronze: [], silver: [], gold: [], serve: [] };
    expect(() => inSilver(nothing)).toThrow(/no run of silver.*checkpoints\/silver\/failure\.json/);
    expect(() => inGold(nothing)).toThrow(/no run of gold.*checkpoints\/gold\/failure\.json/);
  });

  test("has an interval from the second commit on, and is not misled by one pause", () => {
    const at = (...seconds: number[]) =>
      seconds.map((second) => ({ committedAt: new Date(second * 1000).toISOString() }));
    expect(observedIntervalSeconds(at(10))).toBeUndefined();
    expect(observedIntervalSeconds(at(0, 10, 20, 3000, 3010))).toBe(10);
  });
});
