#!/bin/sh
# Writes lib/classes.jsa, the loaded form of the classes of a run, which later starts map instead of loading each class again
# (class data sharing). Run it once where the distribution is installed, as the owner of its files: the archive is valid for
# this folder only, so the tarball has none.
set -eu
cd "$(dirname "$(readlink -f "$0")")/.."

if [ ! -x jre/bin/java ]; then
  echo "This distribution has no Java runtime in $(pwd)/jre: unpack its tarball again." >&2
  exit 2
fi
if [ ! -w lib ]; then
  echo "$(pwd)/lib cannot be written: run $0 as the owner of the distribution." >&2
  exit 1
fi

rm -f lib/classes.jsa
jre/bin/java -Xshare:dump >/dev/null
STAMPEDE_JAVA_OPTIONS="-XX:ArchiveClassesAtExit=lib/classes.part -Xlog:disable" bin/stampede demo --alerts 2000 >/dev/null
mv lib/classes.part lib/classes.jsa
echo "Wrote $(pwd)/lib/classes.jsa." >&2
