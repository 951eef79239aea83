# Sourced by the launchers of the source tree and of the distribution. They set $commands, the list of the commands:
# lines of NAME|GROUP|MODULE|DESCRIPTION. $archive may name an archive of loaded classes for the class path ($classpath).

# The program as the user calls it, for messages.
program=${0##*/}
if [ "$(command -v "$program" || true)" != "$0" ]; then program=$0; fi

# print_commands [MODULES]: the commands by groups, or those of some modules.
print_commands() {
  previous=""
  while IFS='|' read -r name group module description; do
    case " ${1:-$module} " in *" $module "*) ;; *) continue ;; esac
    if [ "$group" != "$previous" ]; then printf '\n%s:\n' "$group"; fi
    previous=$group
    printf '  %-21s%s\n' "$name" "$description"
  done <"$commands"
}

# module_of COMMAND: the module that holds a command; nothing if there is no such command.
module_of() {
  while IFS='|' read -r name _ module _; do
    if [ "$name" = "$1" ]; then
      printf '%s\n' "$module"
      return
    fi
  done <"$commands"
}

# reject_command COMMAND: one sentence about a command that does not exist, with the nearest one (edit distance).
reject_command() {
  nearest=$(WRITTEN=$1 awk -F'|' '
    function distance(a, b, i, j, d, cost, best) {
      for (i = 0; i <= length(a); i++) d[i, 0] = i
      for (j = 0; j <= length(b); j++) d[0, j] = j
      for (i = 1; i <= length(a); i++) for (j = 1; j <= length(b); j++) {
        cost = substr(a, i, 1) != substr(b, j, 1)
        best = d[i - 1, j - 1] + cost
        if (d[i - 1, j] + 1 < best) best = d[i - 1, j] + 1
        if (d[i, j - 1] + 1 < best) best = d[i, j - 1] + 1
        d[i, j] = best
      }
      return d[length(a), length(b)]
    }
    { far = distance(ENVIRON["WRITTEN"], $1); if (NR == 1 || far < least) { least = far; name = $1 } }
    END { if (least * 2 <= length(name)) print name }' "$commands" 2>/dev/null) || nearest=""
  if [ -n "$nearest" ]; then nearest=": did you mean '$nearest'?"; else nearest=";"; fi
  echo "There is no command '$1'$nearest $program --help lists all commands." >&2
  exit 2
}

# Finds a Java, or refuses to go on.
require_java() {
  java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
  if ! command -v "$java" >/dev/null; then
    echo "Java 17 or newer is required: install it, or set JAVA_HOME." >&2
    exit 2
  fi
}

# class_path LIBRARIES [JAR]: JAR and the jars of a folder, in a fixed order, whatever the locale: an archive of classes is valid
# for its class path only. Those of Stampede come first, so that the others need not be opened to find its files.
class_path() (
  LC_ALL=C
  path=${2:-}
  for file in "$1"/stampede-*.jar "$1"/*.jar; do
    case "$path:" in *":$file:"*) ;; *) if [ -e "$file" ]; then path=$path:$file; fi ;; esac
  done
  printf '%s' "${path#:}"
)

# archive_classes CLASSPATH LIST ARCHIVE: writes an archive of loaded classes, which later starts map instead of loading each
# class again (class data sharing). LIST keeps the names of the classes for the next archive; if it is absent, a run of the
# short commands and the stream writes it. Prints nothing unless it fails.
archive_classes() {
  if [ ! -s "$2" ]; then
    "$java" -XX:TieredStopAtLevel=1 -XX:DumpLoadedClassList="$2.part" --enable-native-access=ALL-UNNAMED \
      -cp "$1" dev.stampede.streaming.command.ClassListRun 2>&1 || return
    # picocli's classes are too old for an archive with code that is generated for its interfaces.
    sed '/^@lambda-proxy [^ ]* [^ ]* ([^ ]*)Lpicocli/d' "$2.part" >"$2" && rm -f "$2.part" || return
  fi
  # With G1; Serial and Parallel read its objects too. A JVM without compressed pointers (ZGC, 32 GiB of heap) ignores the archive.
  "$java" -Xshare:dump -XX:TieredStopAtLevel=1 -XX:+UseG1GC -XX:SharedClassListFile="$2" -XX:SharedArchiveFile="$3.part" -Xlog:disable \
    -Xlog:all=error -cp "$1" 2>&1 && mv -f "$3.part" "$3"
}

# start_java CLASSPATH MAIN ARGUMENTS...: replaces the shell by the JVM.
start_java() {
  classpath=$1
  main=$2
  shift 2
  # In these locales Java cannot open a file whose name is not ASCII.
  case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
    "" | C | POSIX) export LC_ALL=C.UTF-8 ;;
  esac
  # Two OpenMP threads are slower than one if another program needs a core; one thread also makes results reproducible.
  export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}"
  terminal=false
  if [ -t 2 ] && [ "${TERM:-dumb}" != dumb ]; then terminal=true; fi
  # A closed standard output would be the number of the next file that the JVM opens: here a write to it fails.
  { true >&1; } 2>/dev/null || exec 1</dev/null
  options=""
  case "${1:-} ${2:-}" in
    # A command that ends soon has no time to gain from code that is optimised a second time.
    -* | *" --help" | *" -h" | "health "* | "models "* | "promote "* | "rollback "* | "inspect "* | "completion "*)
      options=-XX:TieredStopAtLevel=1 ;;
    # Notices that its reader has ended although it has nothing to write. With this option Java starts later.
    "tail "*) options=--add-opens=java.base/sun.nio.ch=ALL-UNNAMED ;;
    # Alerts live for a poll and models until the next release, so a collector without the cost of concurrent marking is faster.
    "stream "* | "demo "* | "bench "*)
      case "${STAMPEDE_JAVA_OPTIONS:-}" in *-XX:+Use*GC*) ;; *) options=-XX:+UseParallelGC ;; esac ;;
  esac
  # The options of the user come last: of two values the JVM takes the last.
  # shellcheck disable=SC2086 # options are split on purpose
  set -- $options ${STAMPEDE_JAVA_OPTIONS:-} -cp "$classpath" "$main" "$@"
  # ZGC cannot use the archive, and would start without the one of the JDK.
  case "${STAMPEDE_JAVA_OPTIONS:-}" in *UseZGC* | *-UseCompressed*) archive="" ;; esac
  # An archive of another installation is ignored; the second option suppresses its warning on standard output.
  if [ -s "${archive:-}" ]; then set -- "-XX:SharedArchiveFile=$archive" "-Xlog:cds*=off" "$@"; fi
  # Java 24 and newer require this option for libraries with native code (ONNX Runtime, ND4J); 17 accepts it.
  exec "$java" --enable-native-access=ALL-UNNAMED \
    -Dstampede.terminal=$terminal "-Dstampede.launcher=$0" "-Dstampede.program=$program" "$@"
}
