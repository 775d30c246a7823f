# Takes a DataNode out of service before its pod is removed for good. Run it in each NameNode:
#   decommission.sh start|wait|cancel POD
set -euo pipefail
[ $# -eq 2 ] || { sed -n '2s,^# *,usage: ,p' "$0" >&2; exit 2; }
host=$2.${DOMAIN/-namenode./-datanode.}
here="hdfs://$POD_NAME.$DOMAIN:8020"
case $1 in
  start)
    getent hosts "$host" > /dev/null || { echo "$host is not in DNS: is there such a pod?" >&2; exit 1; }
    grep -qx "$host" /data/exclude || echo "$host" >> /data/exclude
    hdfs dfsadmin -fs "$here" -refreshNodes
    ;;
  cancel)
    left=$(grep -vx "$host" /data/exclude || :)
    echo "$left" > /data/exclude
    hdfs dfsadmin -fs "$here" -refreshNodes
    ;;
  wait)
    until hdfs dfsadmin -report -decommissioning 2> /dev/null | grep -q '^Decommissioning datanodes (0)' &&
      hdfs dfsadmin -report | grep -A 3 "^Hostname: $host" | grep -q 'Decommission Status : Decommissioned'; do
      sleep 5
    done
    echo "$host holds no block that is not elsewhere: the number of DataNodes can be lowered"
    ;;
  *)
    echo "got '$1', allowed are start, wait, cancel" >&2
    exit 2
    ;;
esac
