#!/usr/bin/env bash
# Builds the distribution twice from scratch; exit code 0 if both are identical byte for byte.
# Options are passed to Maven: deploy/dist/reproduce.sh -Pcuda
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

build() {
  ./mvnw -B -q -Pdist "$@" -pl streaming -am -DskipTests clean package
  (cd streaming/target && sha256sum stampede-*-linux-x86_64*.tar.gz)
}
first=$(build "$@")
second=$(build "$@")
printf '%s\n%s\n' "$first" "$second"
[ "$first" = "$second" ] || { echo "The two builds differ." >&2; exit 1; }
