#!/bin/sh
# Runs Hadoop's commands by their usual names, and ZooKeeper's server: hdfs COMMAND [ARGUMENT...]
# JVM_OPTIONS apply to the daemons only: a command that runs beside a daemon must not take as much memory.
set -eu
hadoop=org.apache.hadoop
daemons='namenode datanode journalnode zkfc zookeeper'
case ${1-} in
  namenode) main=$hadoop.hdfs.server.namenode.NameNode ;;
  datanode) main=$hadoop.hdfs.server.datanode.DataNode ;;
  journalnode) main=$hadoop.hdfs.qjournal.server.JournalNode ;;
  zkfc) main=$hadoop.hdfs.tools.DFSZKFailoverController ;;
  zookeeper) main=org.apache.zookeeper.server.quorum.QuorumPeerMain ;;
  dfs) main=$hadoop.fs.FsShell ;;
  dfsadmin) main=$hadoop.hdfs.tools.DFSAdmin ;;
  haadmin) main=$hadoop.hdfs.tools.DFSHAAdmin ;;
  fsck) main=$hadoop.hdfs.tools.DFSck ;;
  *)
    echo "hdfs: got '${1-}', allowed are $daemons dfs dfsadmin haadmin fsck" >&2
    exit 2
    ;;
esac
case " $daemons " in
  *" $1 "*) options=${JVM_OPTIONS-} ;;
  *) options='-Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1' ;;
esac
shift
# Caches DNS answers for 30 s, and failed look-ups not at all: a pod's address changes, and a new name must resolve at once.
exec "$JAVA_HOME/bin/java" -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData -Djava.awt.headless=true \
  -Djava.net.preferIPv4Stack=true -Dsun.net.inetaddr.ttl=30 -Dsun.net.inetaddr.negative.ttl=0 \
  $options -cp "/opt/hdfs/lib/*:/opt/hdfs/stubs:$HADOOP_CONF_DIR" "$main" "$@"
