#!/usr/bin/env bash
# Links the Java runtime of the distribution: runtime.sh JDK JAR LIBRARIES RUNTIME
# JDK is the one that builds, JAR that of the stream, LIBRARIES the folder of its libraries, RUNTIME the folder to write.
set -euo pipefail
jdk=$1
jar=$2
libraries=$3
runtime=$4

# What the classes of the stream use, directly and through libraries.
used=$("$jdk/bin/jdeps" --print-module-deps --recursive --ignore-missing-deps --multi-release 17 \
  --class-path "$libraries/*" "$jar")
# What only reflection finds: elliptic curves of TLS, Kerberos.
reflected=jdk.crypto.ec,jdk.security.auth,jdk.security.jgss

rm -rf "$runtime"
# Not --compress: a compressed archive of compressed modules is larger, and classes load slower.
"$jdk/bin/jlink" --strip-java-debug-attributes --no-header-files --no-man-pages --output "$runtime" \
  --add-modules "$used,$reflected"
