/** When somebody has to look, and at what. */
export interface Alert {
  readonly name: string;
  readonly expr: string;
  /** How long it has to be so. */
  readonly minutes: number;
  readonly severity: "warning" | "critical";
  readonly summary: string;
}
