# True when this server is part of a quorum.
exec 3<> /dev/tcp/127.0.0.1/2181 && printf srvr >&3 && [[ $(timeout 5 cat <&3) == *'Mode: '@(leader|follower)* ]]
