# Sourced by the launchers of the source tree and of the distribution: finds and starts the JVM.

java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
if ! command -v "$java" >/dev/null; then
  echo "Java 17 or newer is required: install it, or set JAVA_HOME." >&2
  exit 2
fi

# start_java CLASSPATH MAIN ARGUMENTS...: replaces the shell by the JVM.
start_java() {
  classpath=$1
  main=$2
  shift 2
  # Two OpenMP threads are slower than one if another program needs a core; one thread also makes results reproducible.
  export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}"
  terminal=false
  if [ -t 2 ]; then terminal=true; fi
  # Java 24 and newer require this option for libraries with native code (ONNX Runtime, ND4J); 17 accepts it.
  # shellcheck disable=SC2086 # options are split on purpose
  exec "$java" \
    --enable-native-access=ALL-UNNAMED -Dstampede.terminal=$terminal "-Dstampede.launcher=$0" ${STAMPEDE_JAVA_OPTIONS:-} \
    -cp "$classpath" "$main" "$@"
}
