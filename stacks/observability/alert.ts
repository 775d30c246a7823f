/** An alert for Prometheus: when a person has to look, and at what. */
export interface Alert {
  readonly name: string;
  readonly expr: string;
  /** How long `expr` has to hold before the alert fires. */
  readonly minutes: number;
  readonly severity: "warning" | "critical";
  readonly summary: string;
}
