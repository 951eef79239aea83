#!/usr/bin/env bash
# Builds the image from the tarball in streaming/target, or with --training from that in distribution/target, with docker or
# podman: deploy/docker/build.sh [--cuda | --training] [OPTIONS]
# OPTIONS are those of their build command: --build-arg BASE=debian:trixie-slim selects another base image.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

version=$(sed -n 's/^ARG VERSION=//p' deploy/docker/Dockerfile)
variant=""
module=streaming
name=stampede
platform=linux-$(uname -m)
options=()
if [ "${1:-}" = --cuda ]; then
  shift
  variant=-cuda
  # CUDA 12 and cuDNN 9, as required by ONNX Runtime; the driver comes from the host.
  base=nvidia/cuda:12.6.3-cudnn-runtime-ubuntu24.04@sha256:8aef630a54bc5c5146ae5ce68e6af5caa3df0fb690bb91544175c91f307e4356
  options=(--target cuda --build-arg "VARIANT=$variant" --build-arg "BASE=$base")
elif [ "${1:-}" = --training ]; then
  shift
  module=distribution
  name=stampede-training
  options=(--target training)
fi

if [ ! -e "$module/target/$name-$version-$platform$variant.tar.gz" ]; then
  echo "There is no distribution in $module/target: run" \
    "./mvnw -B -Pdist${variant:+,cuda} -pl $module -am -DskipTests package first." >&2
  exit 2
fi

# podman drops the health check from an image in its own format.
if docker info >/dev/null 2>&1; then builder=(docker build)
elif command -v podman >/dev/null; then builder=(podman build --format docker --ignorefile deploy/docker/Dockerfile.dockerignore)
else
  echo "docker or podman is required to build an image." >&2
  exit 2
fi
exec "${builder[@]}" --file deploy/docker/Dockerfile --tag "$name:$version$variant" \
  --build-arg "DISTRIBUTION=$module/target/$name" --build-arg "PLATFORM=$platform" "${options[@]}" "$@" .
