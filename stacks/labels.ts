/** Parts whose pods NetworkPolicies, budgets and people tell apart by `app.kubernetes.io/component`. */
export const components = [
  "hdfs-namenode",
  "hdfs-journalnode",
  "hdfs-datanode",
  "zookeeper",
  "clickhouse",
  "clickhouse-backup",
  "eventsim",
  "serve",
  "smoke",
  "watchdog",
  "akhq",
  "bronze",
  "silver",
  "gold",
] as const;

export type Component = (typeof components)[number];

export type Labels = Readonly<Record<string, string>>;

/** On everything that is the project's own. */
export const partOf: Labels = { "app.kubernetes.io/part-of": "spotify-content-management" };

export function componentLabel(component: Component): Labels {
  return { "app.kubernetes.io/component": component };
}

export function labelsOf(component: Component): Labels {
  return {
    ...partOf,
    "app.kubernetes.io/name": component,
    "app.kubernetes.io/instance": component,
    ...componentLabel(component),
  };
}
