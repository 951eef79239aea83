#!/usr/bin/env bash
# Builds the distribution twice from nothing, and ends with 0 where both are the same, byte for byte.
# Options go to Maven: deploy/dist/reproduce.sh -Pcuda
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
