{{/* Settings for both servers and clients, which differ between one NameNode and HA. Takes the root. */}}
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
# The address of a deleted pod does not even refuse connections: by default a DataNode or a client waits more than a
# minute for it before it tries another DataNode, and 20 s before it tries the other NameNode. Milliseconds.
dfs.client.socket-timeout: 20000
ipc.client.connect.timeout: 5000
{{- else }}
fs.defaultFS: hdfs://{{ include "hdfs.addresses" (list . "namenode" 8020 ",") }}
dfs.namenode.rpc-address: {{ include "hdfs.addresses" (list . "namenode" 8020 ",") }}
dfs.namenode.http-address: {{ include "hdfs.addresses" (list . "namenode" 9870 ",") }}
{{- end }}
dfs.replication: {{ .Values.replication }}
# A pod's address changes at every start, its name does not.
dfs.client.use.datanode.hostname: true
# With few DataNodes there may be none left to replace a lost one: then writing continues with the rest.
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
# Pods have no reverse DNS entry with their name.
dfs.namenode.datanode.registration.ip-hostname-check: false
dfs.hosts.exclude: /data/exclude
dfs.permissions.enabled: true
dfs.webhdfs.enabled: true
dfs.namenode.handler.count: 20
dfs.datanode.handler.count: 20
dfs.datanode.max.transfer.threads: 8192
dfs.datanode.du.reserved.calculator: org.apache.hadoop.hdfs.server.datanode.fsdataset.impl.ReservedSpaceCalculator$ReservedSpaceCalculatorPercentage
dfs.datanode.du.reserved.pct: 5
# A DataNode that restarts is avoided within half a minute, long before it counts as dead.
dfs.namenode.avoid.read.stale.datanode: true
dfs.namenode.avoid.write.stale.datanode: true
dfs.namenode.safemode.extension: {{ ternary 5000 0 .Values.ha }}
hadoop.tmp.dir: /tmp/hadoop
hadoop.prometheus.endpoint.enabled: {{ .Values.metrics.enabled }}
{{- if .Values.ha }}
dfs.ha.namenode.id: ${env.POD_NAME}
dfs.ha.automatic-failover.enabled: true
# The JournalNodes' quorum lets only one NameNode write: no other fencing is needed.
dfs.ha.fencing.methods: shell(/bin/true)
ha.zookeeper.quorum: {{ include "hdfs.addresses" (list . "zookeeper" 2181 ",") }}
dfs.namenode.shared.edits.dir: qjournal://{{ include "hdfs.addresses" (list . "journalnode" 8485 ";") }}/{{ .Values.nameservice }}
dfs.journalnode.edits.dir: /data/journal
dfs.journalnode.rpc-bind-host: 0.0.0.0
dfs.journalnode.http-bind-host: 0.0.0.0
# A JournalNode that lost its volume copies from the others.
dfs.journalnode.enable.sync.format: true
{{- end }}
{{- end }}

{{- define "hdfs.settings.client" -}}
{{- include "hdfs.settings.address" . }}
# Closing a file waits for the DataNodes' reports, which come within milliseconds: retry soon, for 20 s in total.
dfs.client.block.write.locateFollowingBlock.initial.delay.ms: 20
dfs.client.block.write.locateFollowingBlock.retries: 10
# The name of dfs.replication in libhdfs3, with which ClickHouse reads HDFS. Its time-outs are in ClickHouse's settings.
dfs.default.replica: {{ .Values.replication }}
{{- end }}

{{/* Hadoop's XML configuration. Takes (list settings own-settings): the latter take precedence. */}}
{{- define "hdfs.xml" -}}
<configuration>
{{- range $name, $value := mustMergeOverwrite (dict) (index . 0) (index . 1) }}
{{- /* Numbers from YAML are floats, which print as 1e+06. */}}
{{- $text := ternary (printf "%.15g" (float64 (kindIs "float64" $value | ternary $value 0))) (toString $value) (kindIs "float64" $value) }}
  <property><name>{{ $name }}</name><value>{{ html $text }}</value></property>
{{- end }}
</configuration>
{{- end }}
