#!/bin/sh
# Hadoop's commands by their usual names, and ZooKeeper's server: hdfs COMMAND [ARGUMENT...]
# JVM_OPTIONS are for the daemons; a command that is run beside one must not take as much memory.
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
# A name may have another address after 30 s, and one that is not there yet may be there at once.
exec "$JAVA_HOME/bin/java" -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData -Djava.awt.headless=true \
  -Djava.net.preferIPv4Stack=true -Dsun.net.inetaddr.ttl=30 -Dsun.net.inetaddr.negative.ttl=0 \
  $options -cp "/opt/hdfs/lib/*:/opt/hdfs/stubs:$HADOOP_CONF_DIR" "$main" "$@"
