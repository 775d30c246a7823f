import type { FollowedRecord, FollowStop } from "../messages";
import { element } from "./elements";
import { bytesAsText, bytesOfBase64 } from "./record-bytes";
import { queryLink } from "./route";
import { shown } from "./shown-text";
import { timeElement } from "./times";

const hopTitles: Readonly<Record<FollowStop["hop"], string>> = {
  kafka: "Kafka",
  bronze: "Bronze",
  silver: "Silver",
  gold: "Gold",
  clickhouse: "ClickHouse",
};

const stateNames: Readonly<Record<FollowStop["state"], string>> = {
  there: "is there",
  refused: "left out",
  waiting: "not yet",
  missing: "missing",
};

/** A record's way through the lake, hop by hop. */
export function followedRecord(record: FollowedRecord): HTMLElement {
  const { topic, partition, offset, eventId, customerId, eventMs, valueBase64 } = record;
  const place = `${topic}/${partition}/${offset}`;
  const value = valueBase64 === null ? "no value" : bytesAsText(bytesOfBase64(valueBase64));
  return element(
    "li",
    { class: "followed" },
    element("h3", { class: "mono" }, shown(eventId ?? place)),
    element(
      "p",
      { class: "note" },
      element("span", { class: "mono" }, shown(place)),
      ...(eventMs === null ? [] : [", happened ", timeElement("both", eventMs)]),
      ...(customerId === null ? [] : [`, customer ${shown(customerId)}`]),
    ),
    element("ol", { class: "stops" }, ...record.stops.map(stopItem)),
    element(
      "details",
      {},
      element("summary", {}, "The record's bytes"),
      element("pre", { class: "bytes" }, value),
    ),
  );
}

function stopItem({ hop, state, text, atMs, file, sql }: FollowStop): HTMLElement {
  return element(
    "li",
    { "data-state": state },
    element("b", {}, hopTitles[hop]),
    element("span", { class: "stop-state" }, stateNames[state]),
    element(
      "span",
      { class: "stop-text" },
      shown(text),
      ...(atMs === null ? [] : [" ", timeElement("both", atMs)]),
      ...(sql === null ? [] : [" ", element("a", { href: queryLink(sql) }, "Query")]),
    ),
    file === null ? null : element("span", { class: "stop-file note mono" }, shown(file)),
  );
}
