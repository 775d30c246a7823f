# ZooKeeper's servers are numbered from 1.
set -euo pipefail
mkdir -p /data/zookeeper
echo $((${POD_NAME##*-} + 1)) > /data/zookeeper/myid
exec hdfs zookeeper /etc/hadoop/zoo.cfg
