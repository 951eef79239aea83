#!/usr/bin/env bash
# Builds the image from the tarball in streaming/target, with docker or podman: deploy/docker/build.sh [--cuda] [OPTIONS]
# OPTIONS are those of their build command: --build-arg BASE=debian:trixie-slim selects another base image.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

version=$(sed -n 's/^ARG VERSION=//p' deploy/docker/Dockerfile)
variant=""
options=()
if [ "${1:-}" = --cuda ]; then
  shift
  variant=-cuda
  # CUDA 12 and cuDNN 9, as required by ONNX Runtime; the driver comes from the host.
  base=nvidia/cuda:12.6.3-cudnn-runtime-ubuntu24.04@sha256:8aef630a54bc5c5146ae5ce68e6af5caa3df0fb690bb91544175c91f307e4356
  options=(--target cuda --build-arg "VARIANT=$variant" --build-arg "BASE=$base")
fi

if [ ! -e "streaming/target/stampede-$version-linux-x86_64$variant.tar.gz" ]; then
  echo "There is no distribution in streaming/target: run" \
    "./mvnw -B -Pdist${variant:+,cuda} -pl streaming -am -DskipTests package first." >&2
  exit 2
fi

# podman drops the health check from an image in its own format.
if docker info >/dev/null 2>&1; then builder=(docker build)
elif command -v podman >/dev/null; then builder=(podman build --format docker --ignorefile deploy/docker/Dockerfile.dockerignore)
else
  echo "docker or podman is required to build an image." >&2
  exit 2
fi
exec "${builder[@]}" --file deploy/docker/Dockerfile --tag "stampede:$version$variant" "${options[@]}" "$@" .
