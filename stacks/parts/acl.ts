export type Operation = "Read" | "Write" | "Describe" | "DescribeConfigs" | "Delete";

/** What one client may do with one topic, group or the cluster. Read and Write imply Describe. */
export interface Acl {
  readonly resource:
    | { readonly type: "topic" | "group"; readonly name: string; readonly patternType: "literal" | "prefix" }
    | { readonly type: "cluster" };
  readonly operations: Operation[];
}

/** The consumer groups of programs that read records by offset: `jobs/kafka/read-records.ts` makes and deletes them. */
export const readersGroups: Acl = {
  resource: { type: "group", name: "smoke-", patternType: "prefix" },
  operations: ["Read", "Describe", "Delete"],
};

export function topicAcl(name: string, ...operations: Operation[]): Acl {
  return { resource: { type: "topic", name, patternType: "literal" }, operations };
}
