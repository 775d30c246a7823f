import type { parts } from "./parts";

type Store = "hdfs-namenode" | "hdfs-journalnode" | "hdfs-datanode" | "zookeeper" | "clickhouse";

/** Values of the label `app.kubernetes.io/component`, by which NetworkPolicies and budgets select pods. */
export type Component = Store | (typeof parts)[keyof typeof parts]["name"];

export type Labels = Readonly<Record<string, string>>;

/** The label of all objects of this project. */
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
