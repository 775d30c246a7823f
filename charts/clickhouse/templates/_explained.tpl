{{/*
Annotations of a workload that exempt it from kube-score checks, with the reasons.
Takes (list $ image own): own maps checks to reasons, for exceptions of this object only.
*/}}
{{- define "clickhouse.explained" -}}
{{- $root := index . 0 -}}
{{- $image := index . 1 -}}
{{- $exceptions := dict
  "container-security-context-user-group-id" (printf "User and group %s are the server's image's own, and own all that is in the volume: with other ids a pod could not read what the one before it wrote." (include "clickhouse.user" $root)) }}
{{- if ne $image.pullPolicy "Always" }}
{{- $_ := set $exceptions "container-image-pull-policy" "The image is named by its version or digest, so a node that has it has the right one; where images are loaded into nodes there is nothing to pull from." }}
{{- end }}
{{- $exceptions = merge $exceptions (index . 2) -}}
kube-score/ignore: {{ keys $exceptions | sortAlpha | join "," | quote }}
{{- range $check, $reason := $exceptions }}
reason.kube-score/{{ $check }}: {{ $reason | quote }}
{{- end }}
{{- end }}

{{/* Further exceptions, for the server of either flavor. */}}
{{- define "clickhouse.serverExceptions" -}}
pod-probes-identical: >-
  Both ask the engine itself, and one server has nobody to give its queries to; liveness waits four times fifteen seconds
  before it restarts.
statefulset-has-servicename: >-
  There is one server, and clients call the Service's address: nobody needs names of single pods, which a headless Service
  would give.
{{- end }}
