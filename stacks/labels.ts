import { parts } from "./parts";

const stores = ["hdfs-namenode", "hdfs-journalnode", "hdfs-datanode", "zookeeper", "clickhouse"] as const;

/** What NetworkPolicies, budgets and people tell apart by `app.kubernetes.io/component`. */
export type Component = (typeof stores)[number] | (typeof parts)[keyof typeof parts]["name"];

export const components: readonly Component[] = [
  ...stores,
  ...Object.values(parts).map(({ name }): Component => name),
];

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
