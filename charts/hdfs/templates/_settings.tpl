{{/* Settings that servers and clients share, and that differ between single and HA. Takes the root. */}}
{{- define "hdfs.settings.address" -}}
{{- $ns := .Values.nameservice -}}
{{- if .Values.ha }}
fs.defaultFS: hdfs://{{ $ns }}
dfs.nameservices: {{ $ns }}
{{- $ids := list }}
{{- range $ordinal := until 2 }}
{{- $id := printf "%s-%d" (include "hdfs.name" (list $ "namenode")) $ordinal }}
{{- $ids = append $ids $id }}
dfs.namenode.rpc-address.{{ $ns }}.{{ $id }}: {{ $id }}.{{ include "hdfs.domain" (list $ "namenode") }}:8020
dfs.namenode.http-address.{{ $ns }}.{{ $id }}: {{ $id }}.{{ include "hdfs.domain" (list $ "namenode") }}:9870
{{- end }}
dfs.ha.namenodes.{{ $ns }}: {{ join "," $ids }}
dfs.client.failover.proxy.provider.{{ $ns }}: org.apache.hadoop.hdfs.server.namenode.ha.ConfiguredFailoverProxyProvider
# The address of a pod that is gone answers nothing, not even a refusal: by default a DataNode or a client waits more than
# a minute for it before it takes another DataNode, and 20 s before it takes the other NameNode. Milliseconds.
dfs.client.socket-timeout: 20000
ipc.client.connect.timeout: 5000
{{- else }}
fs.defaultFS: hdfs://{{ include "hdfs.addresses" (list . "namenode" 8020 ",") }}
dfs.namenode.rpc-address: {{ include "hdfs.addresses" (list . "namenode" 8020 ",") }}
dfs.namenode.http-address: {{ include "hdfs.addresses" (list . "namenode" 9870 ",") }}
{{- end }}
dfs.replication: {{ .Values.replication }}
# A pod's address changes with every start, its name never does.
dfs.client.use.datanode.hostname: true
# With few DataNodes there may be none left to take the place of a lost one: write on with the rest.
dfs.client.block.write.replace-datanode-on-failure.best-effort: true
{{- end }}

{{- define "hdfs.settings.server" -}}
{{- include "hdfs.settings.address" . }}
dfs.namenode.rpc-bind-host: 0.0.0.0
dfs.namenode.http-bind-host: 0.0.0.0
dfs.namenode.name.dir: file:///data/namenode
dfs.datanode.data.dir: /data/datanode
dfs.datanode.hostname: ${env.POD_NAME}.{{ include "hdfs.domain" (list . "datanode") }}
dfs.datanode.use.datanode.hostname: true
# Pods have no reverse DNS that says their name.
dfs.namenode.datanode.registration.ip-hostname-check: false
dfs.hosts.exclude: /data/exclude
dfs.permissions.enabled: true
dfs.webhdfs.enabled: true
dfs.namenode.handler.count: 20
dfs.datanode.handler.count: 20
dfs.datanode.max.transfer.threads: 8192
dfs.datanode.du.reserved.calculator: org.apache.hadoop.hdfs.server.datanode.fsdataset.impl.ReservedSpaceCalculator$ReservedSpaceCalculatorPercentage
dfs.datanode.du.reserved.pct: 5
# A DataNode that is restarted is passed over within half a minute, long before it counts as dead.
dfs.namenode.avoid.read.stale.datanode: true
dfs.namenode.avoid.write.stale.datanode: true
dfs.namenode.safemode.extension: {{ ternary 5000 0 .Values.ha }}
hadoop.tmp.dir: /tmp/hadoop
hadoop.prometheus.endpoint.enabled: {{ .Values.metrics.enabled }}
{{- if .Values.ha }}
dfs.ha.namenode.id: ${env.POD_NAME}
dfs.ha.automatic-failover.enabled: true
# The quorum of the journals lets only one NameNode write: nothing else has to be fenced off.
dfs.ha.fencing.methods: shell(/bin/true)
ha.zookeeper.quorum: {{ include "hdfs.addresses" (list . "zookeeper" 2181 ",") }}
dfs.namenode.shared.edits.dir: qjournal://{{ include "hdfs.addresses" (list . "journalnode" 8485 ";") }}/{{ .Values.nameservice }}
dfs.journalnode.edits.dir: /data/journal
dfs.journalnode.rpc-bind-host: 0.0.0.0
dfs.journalnode.http-bind-host: 0.0.0.0
# A JournalNode that lost its volume takes its copy from the others.
dfs.journalnode.enable.sync.format: true
{{- end }}
{{- end }}

{{- define "hdfs.settings.client" -}}
{{- include "hdfs.settings.address" . }}
# Closing a file waits for the DataNodes' reports, which come within milliseconds: ask again soon, for 20 s in all.
dfs.client.block.write.locateFollowingBlock.initial.delay.ms: 20
dfs.client.block.write.locateFollowingBlock.retries: 10
# What libhdfs3, which ClickHouse reads HDFS with, calls dfs.replication. Its time-outs are in ClickHouse's own settings.
dfs.default.replica: {{ .Values.replication }}
{{- end }}

{{/* Hadoop's XML. Takes (list settings own-settings): the latter win. */}}
{{- define "hdfs.xml" -}}
<configuration>
{{- range $name, $value := mustMergeOverwrite (dict) (index . 0) (index . 1) }}
{{- /* YAML's numbers come as floats, which print as 1e+06. */}}
{{- $text := ternary (printf "%.15g" (float64 (kindIs "float64" $value | ternary $value 0))) (toString $value) (kindIs "float64" $value) }}
  <property><name>{{ $name }}</name><value>{{ html $text }}</value></property>
{{- end }}
</configuration>
{{- end }}
