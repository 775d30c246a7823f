{{- define "clickhouse.labels" -}}
{{ include "clickhouse.podLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{/* Labels of the pod, without those that change with the version: they would restart it. */}}
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

{{/* The user id that the server's image runs as. It owns everything in the volumes. */}}
{{- define "clickhouse.user" -}}
{{ ternary 101 1000 (eq .Values.flavor "official") }}
{{- end }}

{{/* The name of the claim of one of the pod's volumes. Takes (list $ volume). */}}
{{- define "clickhouse.claim" -}}
{{ printf "%s-%s-0" (index . 1) (index . 0).Release.Name }}
{{- end }}

{{/* The name of the Secret with the passwords of `serve` and `reader`. */}}
{{- define "clickhouse.usersSecret" -}}
{{ .Values.users.existingSecret | default .Values.users.secret }}
{{- end }}
