import { eventSchemas, eventTopics } from "../../../lake/events";
import type { Field } from "../../../lake/events/field";
import { probe } from "../../../lake/reference";
import { awaitHop } from "../../../smoke/probe/await-hop";
import { probeEvents, probeName } from "../../../smoke/probe/probe-events";

function isWellFormed({ type, allowed, pattern, min, max }: Field, value: unknown): boolean {
  if (type === "boolean") return typeof value === "boolean";
  if (type === "int" || type === "double" || type === "money")
    return typeof value === "number" && value >= (min ?? -Infinity) && value <= (max ?? Infinity);
  if (typeof value !== "string") return false;
  if (type === "timestamp") return new Date(value).toISOString() === value;
  return (allowed?.includes(value) ?? true) && new RegExp(`^(?:${pattern ?? ".*"})$`).test(value);
}

describe("the probe", () => {
  const name = probeName(Date.UTC(2026, 5, 1));
  const events = probeEvents(name, new Date("2026-06-01T10:00:00.000Z"), "l-1");

  test("has a name of its own each time", () => {
    expect(name.startsWith(probe.customerPrefix)).toBe(true);
    expect(new Set(Array.from({ length: 50 }, () => probeName(0))).size).toBeGreaterThan(45);
  });

  test.each(eventTopics)("sends a well-formed event to %s", (topic) => {
    const event: Readonly<Record<string, unknown>> = { ...events[topic] };
    const fields = Object.entries<Field>(eventSchemas[topic].fields);
    for (const [field, declared] of fields) {
      if (event[field] === undefined) expect([field, declared.optional]).toEqual([field, true]);
      else expect([field, isWellFormed(declared, event[field])]).toEqual([field, true]);
    }
    expect(Object.keys(event).filter((field) => !fields.some(([known]) => known === field))).toEqual([]);
    expect(event.customer_id).toBe(name);
  });

  test("gives each event an id of its own", () => {
    expect(new Set(eventTopics.map((topic) => events[topic].event_id)).size).toBe(eventTopics.length);
  });

  test("is waited for, and what was seen last is said when patience ends", async () => {
    const sentAtMs = Date.now();
    let looks = 0;
    const found = () => Promise.resolve(++looks < 2 ? "no row" : undefined);
    await expect(awaitHop("bronze", { sentAtMs, timeoutSeconds: 30 }, found)).resolves.toMatch(
      /^\d+\.\d s after/,
    );
    const refused = () => Promise.reject(new Error("connection refused"));
    await expect(awaitHop("silver", { sentAtMs, timeoutSeconds: 0 }, refused)).rejects.toThrow(
      /^silver: connection refused, after \d+ s$/,
    );
  });
});
