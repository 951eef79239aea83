#!/bin/sh
# Writes lib/classes.jsa, the loaded form of the classes of a run, which later starts map instead of loading each class again
# (class data sharing). Run it once where the distribution is installed, as the owner of its files: the archive is valid for
# this folder only, so the tarball has none; Java does not use it if the path of the folder has spaces.
set -eu
root=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
. "$root/lib/launch.sh"

java=$root/jre/bin/java
if [ ! -x "$java" ]; then
  echo "This distribution has no Java runtime in $root/jre: unpack its tarball again." >&2
  exit 2
fi
if [ ! -w "$root/lib" ]; then
  echo "$root/lib cannot be written: run $0 as the owner of the distribution." >&2
  exit 1
fi

# Every user may read the archive.
umask 022
archive=$root/lib/classes.jsa
trap 'rm -f "$archive.list" "$archive.list.part" "$archive.part" "$archive.log"' EXIT
trap 'exit 1' HUP INT TERM

rm -f "$archive.list"
if ! archive_classes "$(class_path "$root/lib")" "$archive.list" "$archive" >"$archive.log"; then
  tail -n 20 "$archive.log" >&2
  echo "Cannot write $archive." >&2
  exit 1
fi
echo "Wrote $archive." >&2
