import { seenApplication } from "../../../jobs/watchdog/application-state";

const created = "2026-01-01T00:00:00Z";
const submitted = "2026-01-01T01:00:00Z";
const moved = "2026-01-01T02:00:00Z";
const deployed = "2026-01-01T03:00:00Z";

/** The object as the API server returns it, with only the relevant fields. */
function object(state: string, changes: object = {}) {
  return {
    metadata: {
      name: "bronze",
      uid: "u",
      resourceVersion: "7",
      creationTimestamp: created,
      managedFields: [
        { manager: "helm", operation: "Update", time: deployed },
        { manager: "spark-operator", operation: "Update", subresource: "status", time: moved },
      ],
    },
    spec: { type: "Python" },
    status: { applicationState: { state }, lastSubmissionAttemptTime: submitted, terminationTime: null },
    ...changes,
  };
}

const since = (given: object) => new Date(seenApplication(given).sinceMs).toISOString();

test.each(["SUBMITTED", "RUNNING"])(
  "one that is %s has been so since it was submitted, whatever its executors do",
  (state) => {
    expect(since(object(state))).toBe("2026-01-01T01:00:00.000Z");
  },
);

test.each(["PENDING_RERUN", "FAILING", "SUBMISSION_FAILED", "INVALIDATING", "UNKNOWN"])(
  "one that is %s has been so since its status changed; a deploy that changes nothing of it does not count",
  (state) => {
    expect(since(object(state))).toBe("2026-01-01T02:00:00.000Z");
  },
);

test("one that the operator has not seen is new since it was made", () => {
  const given = object("", { status: undefined });
  const metadata = { ...given.metadata, managedFields: given.metadata.managedFields.slice(0, 1) };
  expect(seenApplication({ ...given, metadata })).toEqual({
    uid: "u",
    resourceVersion: "7",
    state: "NEW",
    isSuspended: false,
    sinceMs: Date.parse(created),
  });
});

test("one without a time of submission counts from when it was made", () => {
  const status = { applicationState: { state: "RUNNING" }, lastSubmissionAttemptTime: null };
  expect(since(object("RUNNING", { status }))).toBe("2026-01-01T00:00:00.000Z");
});

test("spec.suspend is seen", () => {
  expect(seenApplication(object("SUSPENDED", { spec: { suspend: true } })).isSuspended).toBe(true);
});
