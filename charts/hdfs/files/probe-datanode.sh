# True when the DataNode is registered with a NameNode, and its blocks are reported.
. /opt/scripts/http.sh
request GET 9864 '/jmx?qry=Hadoop:service=DataNode,name=DataNodeInfo' && [[ $body == *'"ActorState\":\"RUNNING\"'* ]]
