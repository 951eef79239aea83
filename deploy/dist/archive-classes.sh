#!/bin/sh
# Writes lib/classes.jsa, the loaded form of the classes of a run, which later starts map instead of loading each class again
# (class data sharing). Run it once where the distribution is installed, as the owner of its files: the archive is valid for
# this folder only, so the tarball has none; Java does not use it if the path of the folder has spaces.
set -eu
cd "$(dirname "$(readlink -f "$0")")/.."

if [ ! -x jre/bin/java ]; then
  echo "This distribution has no Java runtime in $(pwd)/jre: unpack its tarball again." >&2
  exit 2
fi
for folder in lib jre/lib/server; do
  if [ ! -w $folder ]; then
    echo "$(pwd)/$folder cannot be written: run $0 as the owner of the distribution." >&2
    exit 1
  fi
done

# Every user may read the archives.
umask 022
classes=lib/classes.jsa
java_classes=jre/lib/server/classes.jsa

clean_up() {
  rm -f $classes.part $java_classes.part
  if [ -e $classes.old ]; then mv $classes.old $classes; fi
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

jre/bin/java -Xshare:dump -XX:SharedArchiveFile=$java_classes.part >/dev/null
mv $java_classes.part $java_classes
# A run that uses an archive cannot write one.
if [ -e $classes ]; then mv $classes $classes.old; fi
STAMPEDE_JAVA_OPTIONS="-XX:ArchiveClassesAtExit=$classes.part -Xlog:disable" bin/stampede demo --alerts 2000 >/dev/null
mv $classes.part $classes
rm -f $classes.old
echo "Wrote $(pwd)/$classes." >&2
