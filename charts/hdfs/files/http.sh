# To be sourced: HTTP in bash alone, so that the image needs no HTTP client.

# request METHOD PORT PATH: sends a request to the server in this pod; $body is the response's body. True for a status 2xx.
request() {
  local protocol status line
  body=
  { exec 3<> "/dev/tcp/127.0.0.1/$2"; } 2> /dev/null || return 1
  printf '%s %s HTTP/1.0\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n' "$1" "$3" >&3
  read -r -t 20 protocol status _ <&3 || { exec 3>&-; return 1; }
  while read -r -t 20 line <&3 && [ "$line" != $'\r' ]; do :; done
  body=$(timeout 20 cat <&3)
  exec 3>&-
  [ "$protocol" ] && [ "${status:0:1}" = 2 ]
}
