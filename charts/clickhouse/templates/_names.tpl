{{- define "clickhouse.labels" -}}
{{ include "clickhouse.podLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{/* Labels of the pod: without those that change with a version, which would restart it. */}}
{{- define "clickhouse.podLabels" -}}
{{ include "clickhouse.selector" . }}
app.kubernetes.io/part-of: spotify-content-management
{{- with omit .Values.commonLabels "app.kubernetes.io/part-of" }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "clickhouse.selector" -}}
app.kubernetes.io/name: clickhouse
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: clickhouse
{{- end }}

{{- define "clickhouse.image" -}}
{{- with .Values.image -}}
{{ ternary (printf "%s@%s" .repository (.digest | default "")) (printf "%s:%s" .repository (.tag | default "")) (not (empty .digest)) }}
{{- end }}
{{- end }}
