#!/usr/bin/env bash
# Links the Java runtime of a distribution: runtime.sh JDK TARGET BUILD LIBRARIES
# JDK is the one that builds, TARGET the one whose modules are linked: the same, or one of its version for another platform.
# BUILD is the target folder of a module, LIBRARIES that of its libraries; the runtime is written to BUILD/jre.
set -euo pipefail
jdk=$1
target=$2
runtime=$3/jre
libraries=$4

# What the classes of Stampede use, directly and through libraries.
jars=()
for jar in "$3"/stampede-*.jar "$libraries"/stampede-*.jar; do
  case "$jar" in
    *-tests.jar | *-sources.jar | *-javadoc.jar) ;;
    *) if [ -e "$jar" ]; then jars+=("$jar"); fi ;;
  esac
done
used=$("$jdk/bin/jdeps" --print-module-deps --recursive --ignore-missing-deps --multi-release 17 \
  --class-path "$libraries/*" "${jars[@]}")
# What only reflection finds: elliptic curves of TLS, Kerberos.
reflected=jdk.crypto.ec,jdk.security.auth,jdk.security.jgss

rm -rf "$runtime"
# Not --compress: a compressed archive of compressed modules is larger, and classes load slower.
"$jdk/bin/jlink" --module-path "$target/jmods" --strip-java-debug-attributes --no-header-files --no-man-pages --output "$runtime" \
  --add-modules "$used,$reflected"
