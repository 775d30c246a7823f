/** Part of the names of a driver's own metrics. It is the same for all applications; the pod tells them apart. */
export const metricsNamespace = "lake";

/** The query's name in `jobs/bronze/stream.py`. */
const bronzeQuery = "bronze";

/** Name of a metric of bronze's newest batch. */
export function bronzeMetric(name: "inputRate_total" | "processingRate_total" | "latency"): string {
  return `metrics_${metricsNamespace}_driver_spark_streaming_${bronzeQuery}_${name}_Value`;
}

/** Name of a metric of each executor, and of a driver that does the work itself. */
export function executorMetric(name: string): string {
  return `metrics_executor_${name}`;
}
