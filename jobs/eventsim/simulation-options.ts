import type { Setting } from "./customers/customer";

/** Which of `of` equal parts of the customers; `part` counts from 1. */
export interface Shard {
  readonly part: number;
  readonly of: number;
}

export interface SimulationOptions extends Setting {
  readonly users: number;
  readonly shard: Shard;
  /** New customers per customer and year of people's time. */
  readonly growth: number;
}
