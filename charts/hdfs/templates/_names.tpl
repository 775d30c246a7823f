{{/* Labels of an object of a component. Takes (list $ component name). */}}
{{- define "hdfs.labels" -}}
{{- $root := index . 0 -}}
{{ include "hdfs.podLabels" . }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version }}
{{- end }}

{{/* Labels of a pod, without those that change with the version: they would restart it. */}}
{{- define "hdfs.podLabels" -}}
{{ include "hdfs.selector" . }}
app.kubernetes.io/part-of: spotify-content-management
{{- with omit (index . 0).Values.commonLabels "app.kubernetes.io/part-of" }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Labels by which a Service or a StatefulSet selects its pods: they must not change with the version. */}}
{{- define "hdfs.selector" -}}
{{- $root := index . 0 -}}
{{- $part := index . 1 -}}
app.kubernetes.io/name: hdfs
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ ternary $part (printf "hdfs-%s" $part) (has $part (list "zookeeper" "hdfs")) }}
{{- end }}

{{/* The name of a part's Service and StatefulSet. Takes (list $ part). */}}
{{- define "hdfs.name" -}}
{{ printf "%s-%s" (index . 0).Release.Name (index . 1) }}
{{- end }}

{{/* The DNS domain that contains the names of a part's pods. Takes (list $ part). */}}
{{- define "hdfs.domain" -}}
{{- $root := index . 0 -}}
{{ printf "%s.%s.svc.%s" (include "hdfs.name" .) $root.Release.Namespace $root.Values.clusterDomain }}
{{- end }}

{{/* The number of a part's pods. Takes (list $ part). */}}
{{- define "hdfs.replicas" -}}
{{- $root := index . 0 -}}
{{- $part := index . 1 -}}
{{- if eq $part "datanode" }}{{ $root.Values.datanode.replicas }}
{{- else if eq $part "namenode" }}{{ ternary 2 1 $root.Values.ha }}
{{- else }}{{ ternary 3 0 $root.Values.ha }}
{{- end }}
{{- end }}

{{/* host:port of every pod of a part, joined. Takes (list $ part port separator). */}}
{{- define "hdfs.addresses" -}}
{{- $root := index . 0 -}}
{{- $part := index . 1 -}}
{{- $port := index . 2 -}}
{{- $addresses := list -}}
{{- range $ordinal := until (int (include "hdfs.replicas" (list $root $part))) -}}
{{- $addresses = append $addresses (printf "%s-%d.%s:%v" (include "hdfs.name" (list $root $part)) $ordinal (include "hdfs.domain" (list $root $part)) $port) -}}
{{- end -}}
{{ join (index . 3) $addresses }}
{{- end }}

{{/* The parts that run, separated by spaces. */}}
{{- define "hdfs.parts" -}}
{{ ternary "namenode datanode journalnode zookeeper" "namenode datanode" .Values.ha }}
{{- end }}

{{- define "hdfs.image" -}}
{{- with .Values.image -}}
{{ ternary (printf "%s@%s" .repository (.digest | default "")) (printf "%s:%s" .repository (.tag | default "")) (not (empty .digest)) }}
{{- end }}
{{- end }}
