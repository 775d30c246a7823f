#!/bin/sh
# Makes a Java runtime with only the modules that a server needs, a third of the size of Debian's: java.sh FOLDER [MODULE,...]
set -eu
apt-get update -qq
apt-get install -y -qq --no-install-recommends openjdk-17-jdk-headless binutils > /dev/null
# Besides java.se: among others user names (Hadoop), elliptic curves (TLS) and Unsafe (Netty and others).
modules=java.se,jdk.charsets,jdk.crypto.ec,jdk.management,jdk.management.agent,jdk.net,jdk.security.auth,jdk.security.jgss,jdk.unsupported,jdk.zipfs${2:+,$2}
jlink --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --compress=2 --output "$1"
# An archive of Java's own classes, with which a JVM starts in half the time.
"$1/bin/java" -Xshare:dump > /dev/null
