#!/usr/bin/env bash
# Builds the image from the tarball in streaming/target, or with --training or --cuda from one in distribution/target, with
# docker or podman: deploy/docker/build.sh [--cuda | --training] [OPTIONS]
# OPTIONS are those of their build command: --build-arg BASE=debian:trixie-slim selects another base image.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

version=$(sed -n 's/^ARG VERSION=//p' deploy/docker/Dockerfile)
variant=""
module=streaming
name=stampede
tarball=$name
profiles=dist
platform=linux-$(uname -m)
options=()
if [ "${1:-}" = --cuda ]; then
  shift
  variant=-cuda
  profiles=dist,cuda,gpu
  module=distribution
  tarball=stampede-gpu
  # It brings CUDA 12 and cuDNN 9; the driver comes from the host.
  options=(--target cuda --build-arg "VARIANT=$variant")
elif [ "${1:-}" = --training ]; then
  shift
  module=distribution
  name=stampede-training
  tarball=$name
  options=(--target training)
fi

if [ ! -e "$module/target/$tarball-$version-$platform$variant.tar.gz" ]; then
  echo "There is no distribution in $module/target: run" \
    "./mvnw -B -P$profiles -pl $module -am -DskipTests package first." >&2
  exit 2
fi

# The time of all files and of the image: that of the files in the tarball, so that two builds have the same content.
timestamp=$(sed -n 's:.*<project\.build\.outputTimestamp>\(.*\)</.*:\1:p' pom.xml)
[ -n "$timestamp" ] || { echo "pom.xml has no project.build.outputTimestamp." >&2; exit 2; }
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(date -u -d "$timestamp" +%s)}"

# podman drops the health check from an image in its own format.
if docker info >/dev/null 2>&1; then builder=(docker build)
elif command -v podman >/dev/null; then
  builder=(podman build --format docker --timestamp "$SOURCE_DATE_EPOCH" --ignorefile deploy/docker/Dockerfile.dockerignore)
else
  echo "docker or podman is required to build an image." >&2
  exit 2
fi
exec "${builder[@]}" --file deploy/docker/Dockerfile --tag "$name:$version$variant" \
  --build-arg "DISTRIBUTION=$module/target/$tarball" --build-arg "PLATFORM=$platform" "${options[@]}" "$@" .
