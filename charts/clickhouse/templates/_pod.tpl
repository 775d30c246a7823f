{{/* What the pods of the server and of the backup have in common. */}}
{{- define "clickhouse.pod" -}}
{{- $root := . -}}
{{- $user := include "clickhouse.user" . -}}
serviceAccountName: {{ $root.Release.Name }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with $root.Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: {{ $user }}
  runAsGroup: {{ $user }}
  fsGroup: {{ $user }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: { type: RuntimeDefault }
# ClickHouse's builds for arm64 have no HDFS support.
nodeSelector:
  kubernetes.io/arch: amd64
  {{- with $root.Values.nodeSelector }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with $root.Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* What all containers have in common. Takes an image. */}}
{{- define "clickhouse.container" -}}
image: {{ ternary (printf "%s@%s" .repository (.digest | default "")) (printf "%s:%s" .repository (.tag | default "")) (not (empty .digest)) }}
imagePullPolicy: {{ .pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end }}

{{/*
Resources, with a limit on a container's use of its node's disk: its log, /tmp, and the volumes without a claim. The given
resources take precedence. Takes (list $ given).
*/}}
{{- define "clickhouse.resources" -}}
{{- $gibibytes := 4 -}}
{{- range $storage := values (include "clickhouse.disks" (index . 0) | fromYaml) }}
{{- if eq $storage.kind "emptyDir" }}{{ $gibibytes = add $gibibytes (int $storage.sizeGibibytes) }}{{ end }}
{{- end }}
{{- $disk := dict "requests" (dict "ephemeral-storage" "64Mi") "limits" (dict "ephemeral-storage" (printf "%dGi" (int $gibibytes))) -}}
{{ merge (deepCopy (index . 1)) $disk | toYaml }}
{{- end }}

{{/* They query the engine, not only the port. Loading a large data directory may take ten minutes. */}}
{{- define "clickhouse.probes" -}}
startupProbe: { httpGet: { port: http, path: /ping }, periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 300 }
readinessProbe: { httpGet: { port: http, path: /ping }, periodSeconds: 5, timeoutSeconds: 5 }
livenessProbe: { httpGet: { port: http, path: /ping }, periodSeconds: 15, timeoutSeconds: 10, failureThreshold: 4 }
{{- end }}

{{- define "clickhouse.volumes" -}}
- name: tmp
  emptyDir: {}
{{- if .Values.hdfs.clientConfigMap }}
- name: hdfs
  configMap: { name: {{ .Values.hdfs.clientConfigMap }} }
{{- end }}
{{- range $name, $storage := include "clickhouse.disks" . | fromYaml }}
- name: {{ $name }}
  {{- if eq $storage.kind "emptyDir" }}
  emptyDir: { sizeLimit: {{ int $storage.sizeGibibytes }}Gi }
  {{- else }}
  persistentVolumeClaim: { claimName: {{ include "clickhouse.claim" (list $ $name) }} }
  {{- end }}
{{- end }}
{{- end }}

{{/* Storage of the pod's volumes, by name. */}}
{{- define "clickhouse.disks" -}}
data: {{ toJson .Values.storage }}
{{- if .Values.backup.enabled }}
backups: {{ toJson .Values.backup.storage }}
{{- end }}
{{- end }}
