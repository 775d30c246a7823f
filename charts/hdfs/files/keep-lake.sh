# Creates the lake's root with the right owner, allows snapshots of its gold, and keeps both so. It changes only what
# differs, so it can run forever, and beside both NameNodes:
#   keep-lake.sh PATH OWNER
set -uo pipefail
. /opt/scripts/http.sh

path=$1 owner=$2

# webhdfs METHOD PATH QUERY
webhdfs() { request "$1" 9870 "/webhdfs/v1$2?user.name=hdfs&$3"; }

# keep PATH: creates a folder and gives it to the owner.
keep() {
  webhdfs GET "$1" op=GETFILESTATUS || {
    webhdfs PUT "$1" 'op=MKDIRS&permission=755' && webhdfs GET "$1" op=GETFILESTATUS || return 1
  }
  [[ $body == *"\"owner\":\"$owner\""* ]] || webhdfs PUT "$1" "op=SETOWNER&owner=$owner&group=$owner"
}

keep_lake() {
  keep "$path" && keep "$path/gold" && webhdfs GET "$path/gold" op=GETFILESTATUS || return 1
  [[ $body == *'"snapshotEnabled":true'* ]] || webhdfs PUT "$path/gold" op=ALLOWSNAPSHOT
}

said=
while true; do
  state="the NameNode does not answer yet"
  if request GET 9870 '/jmx?qry=Hadoop:service=NameNode,name=FSNamesystem'; then
    if [[ $body == *'"tag.HAState" : "standby"'* ]]; then
      state="the other NameNode is the active one"
    elif ! request GET 9870 '/jmx?qry=Hadoop:service=NameNode,name=FSNamesystemState' ||
      [[ $body != *'"FSState" : "Operational"'* ]]; then
      state="the NameNode is in safe mode"
    elif keep_lake; then
      state="$path is ready"
    else
      state="$path could not be made ready: $body"
    fi
  fi
  [ "$state" = "$said" ] || echo "$state"
  said=$state
  case $state in
    "$path is ready" | "the other NameNode is the active one") touch /ready/lake; sleep 15 & ;;
    *) rm -f /ready/lake; sleep 2 & ;;
  esac
  wait $!
done
