# True when the DataNode is registered with a NameNode and has reported its blocks.
. /opt/scripts/http.sh
request GET 9864 '/jmx?qry=Hadoop:service=DataNode,name=DataNodeInfo' && [[ $body == *'"ActorState\":\"RUNNING\"'* ]]
