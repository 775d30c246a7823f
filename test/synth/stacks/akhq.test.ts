import { planOf, stackOf, valuesOf } from "./planned";

interface Role {
  readonly resources: string[];
  readonly actions: string[];
}

interface Values {
  readonly configuration: {
    readonly akhq: {
      readonly security: {
        readonly roles: Record<string, Role[]>;
        readonly groups: Record<string, { readonly role: string }[]>;
      };
    };
  };
  readonly livenessProbe: { readonly initialDelaySeconds: number; readonly failureThreshold: number };
}

const values = (changes = "") =>
  valuesOf(stackOf(planOf("kind", changes), "akhq"), "akhq") as unknown as Values;

/** `ACTION RESOURCE` of all that a log-in may do. */
function allowed(group: string): string[] {
  const { roles, groups } = values().configuration.akhq.security;
  const given = (groups[group] ?? []).flatMap(({ role }) => roles[role] ?? []);
  const pairs = given.flatMap(({ resources, actions }) =>
    resources.flatMap((resource) => actions.map((action) => `${action} ${resource}`)),
  );
  return [...new Set(pairs)].toSorted();
}

const look = ["READ CONSUMER_GROUP", "READ TOPIC", "READ TOPIC_DATA", "READ_CONFIG TOPIC"];

test("a reader opens a topic, whose page asks for its settings, too", () => {
  expect(allowed("reader")).toEqual(look);
});

test("an operator sees brokers besides, and nobody changes anything", () => {
  expect(allowed("operator")).toEqual([...look, "READ NODE", "READ_CONFIG NODE"].toSorted());
});

test("a JVM that takes two minutes to start is not ended for it", () => {
  const { initialDelaySeconds, failureThreshold } = values().livenessProbe;
  expect(initialDelaySeconds).toBeGreaterThanOrEqual(120);
  expect(failureThreshold).toBeGreaterThanOrEqual(6);
});
