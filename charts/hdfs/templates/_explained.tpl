{{/*
Annotations of a StatefulSet that exempt it from kube-score checks, with the reasons.
Takes (list $ part own): own maps checks to reasons, for exceptions of this object only.
*/}}
{{- define "hdfs.explained" -}}
{{- $root := index . 0 -}}
{{- $exceptions := dict
  "container-security-context-user-group-id" "User and group 1001 own the image's folders and all that is in the volumes: with other ids a pod could not read what the one before it wrote." }}
{{- if gt (int (include "hdfs.replicas" .)) 1 }}
{{- $_ := set $exceptions "statefulset-has-host-podantiaffinity" "The topologySpreadConstraints spread the pods over nodes: an anti-affinity would say the same twice." }}
{{- end }}
{{- if ne $root.Values.image.pullPolicy "Always" }}
{{- $_ := set $exceptions "container-image-pull-policy" "The image is named by its version or digest, so a node that has it has the right one; where images are loaded into nodes there is nothing to pull from." }}
{{- end }}
{{- $exceptions = merge $exceptions (index . 2) -}}
kube-score/ignore: {{ keys $exceptions | sortAlpha | join "," | quote }}
{{- range $check, $reason := $exceptions }}
reason.kube-score/{{ $check }}: {{ $reason | quote }}
{{- end }}
{{- end }}
