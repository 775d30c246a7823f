{{/* What all pods of a part have in common. Takes (list $ part). */}}
{{- define "hdfs.pod" -}}
{{- $root := index . 0 -}}
serviceAccountName: {{ $root.Release.Name }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with $root.Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
terminationGracePeriodSeconds: 60
securityContext:
  runAsNonRoot: true
  runAsUser: 1001
  runAsGroup: 1001
  fsGroup: 1001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: { type: RuntimeDefault }
topologySpreadConstraints:
  - topologyKey: kubernetes.io/hostname
    maxSkew: 1
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include "hdfs.selector" . | nindent 8 }}
{{- if $root.Values.zoneSpread }}
  - topologyKey: topology.kubernetes.io/zone
    maxSkew: 1
    whenUnsatisfiable: DoNotSchedule
    labelSelector:
      matchLabels: {{- include "hdfs.selector" . | nindent 8 }}
{{- end }}
{{- with $root.Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $root.Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* What all containers of a part have in common. Takes (list $ part), and optionally JVM values other than the part's. */}}
{{- define "hdfs.container" -}}
{{- $root := index . 0 -}}
{{- $part := index . 1 -}}
{{- $jvm := index $root.Values $part -}}
{{- if eq (len .) 3 }}{{ $jvm = index . 2 }}{{ end -}}
image: {{ include "hdfs.image" $root }}
imagePullPolicy: {{ $root.Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
env:
  - name: POD_NAME
    valueFrom: { fieldRef: { fieldPath: metadata.name } }
  - name: DOMAIN
    value: {{ include "hdfs.domain" . }}
  - name: NAMENODES
    value: {{ include "hdfs.addresses" (list $root "namenode" 8020 " ") }}
  - name: HADOOP_CONF_DIR
    value: /etc/hadoop
  - name: JVM_OPTIONS
    value: {{ include "hdfs.jvm" $jvm | quote }}
volumeMounts:
  - { name: data, mountPath: /data }
  - { name: tmp, mountPath: /tmp }
  - { name: config, mountPath: /etc/hadoop, readOnly: true }
  - { name: scripts, mountPath: /opt/scripts, readOnly: true }
{{- end }}

{{/*
Resources, with a limit on a container's use of its node's disk: its log, /tmp, and data without a claim. The given resources
take precedence. Takes (list $ part), and optionally the resources of a container other than the part's server.
*/}}
{{- define "hdfs.resources" -}}
{{- $values := index (index . 0).Values (index . 1) -}}
{{- $given := $values.resources -}}
{{- $gibibytes := 2 -}}
{{- if eq (len .) 3 }}{{ $given = index . 2 }}{{ $gibibytes = 1 -}}
{{- else if eq $values.storage.kind "emptyDir" }}{{ $gibibytes = add 2 (int $values.storage.sizeGibibytes) }}{{ end -}}
{{- $disk := dict "requests" (dict "ephemeral-storage" "64Mi") "limits" (dict "ephemeral-storage" (printf "%dGi" (int $gibibytes))) -}}
{{ merge (deepCopy $given) $disk | toYaml }}
{{- end }}

{{/* Resources of a container that only runs a shell script. Takes (list $ part). */}}
{{- define "hdfs.scriptResources" -}}
{{- $script := dict "requests" (dict "cpu" "5m" "memory" "16Mi") "limits" (dict "cpu" "500m" "memory" "32Mi") -}}
{{ include "hdfs.resources" (append . $script) }}
{{- end }}

{{/* JVM options. A small heap gains nothing from the optimising compiler and a parallel collector, which delay the start. */}}
{{- define "hdfs.jvm" -}}
-Xmx{{ int .heapMebibytes }}m
{{- if lt (int .heapMebibytes) 1024 }} -XX:+UseSerialGC -XX:TieredStopAtLevel=1{{ end }}
{{- range .jvmOptions }} {{ . }}{{ end }}
{{- end }}

{{/* Takes (list $ part). */}}
{{- define "hdfs.volumes" -}}
{{- $root := index . 0 -}}
{{- $storage := (index $root.Values (index . 1)).storage -}}
- name: tmp
  emptyDir: {}
- name: config
  configMap: { name: {{ $root.Release.Name }}-config }
- name: scripts
  configMap: { name: {{ $root.Release.Name }}-scripts }
{{- if eq $storage.kind "emptyDir" }}
- name: data
  emptyDir: { sizeLimit: {{ int $storage.sizeGibibytes }}Gi }
{{- end }}
{{- end }}

{{/* Takes (list $ part). */}}
{{- define "hdfs.claims" -}}
{{- $storage := (index (index . 0).Values (index . 1)).storage -}}
{{- if ne $storage.kind "emptyDir" }}
volumeClaimTemplates:
  - metadata:
      name: data
      labels: {{- include "hdfs.selector" . | nindent 8 }}
    spec:
      accessModes: [ReadWriteOnce]
      {{- if eq $storage.kind "hostPath" }}
      storageClassName: ""
      {{- else if $storage.storageClass }}
      storageClassName: {{ $storage.storageClass }}
      {{- end }}
      resources: { requests: { storage: {{ int $storage.sizeGibibytes }}Gi } }
{{- end }}
{{- end }}

{{/* Checksums that restart a pod when the files that it reads at its start have changed. */}}
{{- define "hdfs.annotations" -}}
checksum/config: {{ include (print .Template.BasePath "/config.yaml") . | sha256sum }}
checksum/scripts: {{ .Files.Glob "files/*" | toJson | sha256sum }}
{{- end }}
