# Prepares an empty NameNode: formats it once in the life of the cluster, later copies the other NameNode.
set -euo pipefail
data=${DATA_FOLDER:-/data}
current=$data/namenode/current
mkdir -p "$data/namenode"
# A restart empties the list of decommissioned DataNodes: a NameNode does not start if a name on the list is no longer
# in DNS.
: > "$data/exclude"

until getent hosts "$POD_NAME.$DOMAIN" > /dev/null; do
  echo "waiting until $POD_NAME.$DOMAIN is in DNS"
  sleep 1
done

if compgen -G "$current/fsimage_*[0-9]" > /dev/null; then
  echo "$current holds a namespace: nothing to format"
  exit 0
fi
if compgen -G "$current/edits_*" > /dev/null; then
  echo "$current holds edits but no image. It is not formatted, because that would lose them: restore the fsimage from" \
    "a copy, or delete the folder if the data may go." >&2
  exit 1
fi
# What an interrupted format or copy left: without image and edits it holds no data.
rm -rf "$current"

peer=
for namenode in $NAMENODES; do
  [ "$namenode" = "$POD_NAME.$DOMAIN:8020" ] || peer=${namenode%:*}
done
if [ -z "$peer" ]; then
  exec hdfs namenode -format -nonInteractive
fi

while true; do
  if timeout 3 bash -c "> /dev/tcp/$peer/8020" 2> /dev/null; then
    echo "copying the namespace of $peer"
    if hdfs namenode -bootstrapStandby -nonInteractive -force; then exit 0; fi
  elif [ "${POD_NAME##*-}" = 0 ]; then
    # HDFS refuses if the journals hold a namespace, so a first NameNode that lost its volume never starts empty.
    if hdfs namenode -format -nonInteractive; then exit 0; fi
    rm -rf "$current"
    echo "not formatted: either the journals can't all be reached yet, or they hold a namespace already; waiting for" \
      "$peer. If both NameNodes have lost their volumes, restore one from a copy." >&2
  else
    echo "waiting for $peer"
  fi
  sleep 3
done
