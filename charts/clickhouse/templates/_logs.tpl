{{/* The server's log tables that are kept; each gets a TTL. */}}
{{- define "clickhouse.keptLogs" -}}
query_log query_metric_log part_log error_log crash_log{{ if .Values.backup.enabled }} backup_log{{ end }}
{{- end }}

{{/*
All other log tables of ClickHouse 26.3 to 26.9, whether its default configuration enables them or not: each would grow
for ever. A version ignores names that it does not know.
*/}}
{{- define "clickhouse.otherLogs" -}}
aggregated_zookeeper_log asynchronous_insert_log asynchronous_metric_log azure_queue_log background_schedule_pool_log
{{- if not .Values.backup.enabled }} backup_log{{ end }} blob_storage_log bucketed_metric_log dead_letter_queue
{{- " " }}delta_lake_metadata_log filesystem_cache_log filesystem_read_prefetches_log histogram_metric_log
{{- " " }}iceberg_metadata_log latency_log metric_log opentelemetry_span_log predicate_statistics_log
{{- " " }}processors_profile_log query_thread_log query_views_log s3queue_log session_log text_log trace_log
{{- " " }}transactions_info_log transposed_metric_log zookeeper_connection_log zookeeper_log
{{- end }}
