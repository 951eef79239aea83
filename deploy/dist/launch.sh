# Sourced by the launchers of the source tree and of a distribution: how Stampede's JVM is found and started.

java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
if ! command -v "$java" >/dev/null; then
  echo "Java 17 or newer is needed: install one, or point JAVA_HOME at it." >&2
  exit 2
fi

# start_java CLASSPATH MAIN ARGUMENTS...: becomes the JVM.
start_java() {
  classpath=$1
  main=$2
  shift 2
  # Two OpenMP threads are slower than one wherever another program wants a core; one also fixes the bits of the result.
  export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}"
  terminal=false
  if [ -t 2 ]; then terminal=true; fi
  # From Java 24 on, libraries that load native code (ONNX Runtime, ND4J) must be let to; 17 takes the option too.
  # shellcheck disable=SC2086 # options are meant to be split
  exec "$java" \
    --enable-native-access=ALL-UNNAMED -Dstampede.terminal=$terminal "-Dstampede.launcher=$0" ${STAMPEDE_JAVA_OPTIONS:-} \
    -cp "$classpath" "$main" "$@"
}
