/** In the names of what a driver measures of itself; its pod tells the applications apart. */
export const metricsNamespace = "lake";

/** As `jobs/bronze/stream.py` calls its query. */
const bronzeQuery = "bronze";

/** A figure of bronze's newest batch. */
export function bronzeMetric(name: "inputRate_total" | "processingRate_total" | "latency"): string {
  return `metrics_${metricsNamespace}_driver_spark_streaming_${bronzeQuery}_${name}_Value`;
}

/** A figure of each executor, and of a driver that does the work itself. */
export function executorMetric(name: string): string {
  return `metrics_executor_${name}`;
}
