# Waits until every NameNode accepts connections.
set -euo pipefail
for namenode in $NAMENODES; do
  until timeout 3 bash -c "> /dev/tcp/${namenode%:*}/${namenode#*:}" 2> /dev/null; do
    echo "waiting for $namenode"
    sleep 2
  done
done
