# The failover controller beside a NameNode. It creates its node in ZooKeeper if it is missing; exit code 2 means that
# the node exists.
set -uo pipefail
while true; do
  hdfs zkfc -formatZK -nonInteractive
  code=$?
  [ "$code" = 0 ] || [ "$code" = 2 ] && break
  echo "ZooKeeper can't be reached yet (exit code $code)" >&2
  sleep 3
done
exec hdfs zkfc
