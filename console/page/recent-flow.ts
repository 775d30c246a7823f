import { hopNames } from "../flow/hop-names";
import type { FlowMessage, HistoryMessage } from "../messages";
import { store } from "./store";

type Point = HistoryMessage["points"][number];

const spanMs = 15 * 60_000;

/** Follows the last 15 minutes of the flow: the history that the server sent, and the messages since then. */
export function followRecentFlow(onPoints: (points: readonly Point[]) => void): void {
  let points: Point[] = [];
  const add = (more: readonly Point[]) => {
    const newest = points.at(-1)?.atMs ?? -Infinity;
    points = [...points, ...more.filter(({ atMs }) => atMs > newest)];
    const end = points.at(-1)?.atMs ?? 0;
    points = points.filter(({ atMs }) => atMs >= end - spanMs);
    onPoints(points);
  };
  store.follow("history", ({ points: sent }) => {
    const end = sent.at(-1)?.atMs ?? -Infinity;
    const later = points.filter(({ atMs }) => atMs > end);
    points = [...sent];
    add(later);
  });
  store.follow("flow", (flow) => add([pointOf(flow)]));
}

function pointOf({ atMs, hops, freshness }: FlowMessage): Point {
  return {
    atMs,
    perSecond: hopNames.map((name) => hops.find((hop) => hop.name === name)?.perSecond ?? 0),
    p95Seconds: freshness?.p95 ?? null,
  };
}
