import type { KafkaSecurity } from "../jobs/kafka/security";
import type { Endpoints } from "../lake/endpoints";

/** Where a lake is, and how to log in to its parts. */
export interface LakeAccess {
  readonly endpoints: Endpoints;
  readonly kafka: KafkaSecurity;
  readonly hdfsUser: string;
  /** A read-only user of ClickHouse, whose own limits hold; undefined: ClickHouse asks for no log-in. */
  readonly clickhouse: { readonly username: string; readonly password: string } | undefined;
}

/** Access to a lake on one machine, where nothing asks for a log-in. */
export function openAccess(endpoints: Endpoints): LakeAccess {
  return { endpoints, kafka: {}, hdfsUser: "lake", clickhouse: undefined };
}
