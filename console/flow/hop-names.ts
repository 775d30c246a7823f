/** The hops of the data, in order. */
export const hopNames = ["kafka", "bronze", "silver", "gold", "clickhouse"] as const;
export type HopName = (typeof hopNames)[number];
