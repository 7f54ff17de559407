#!/bin/sh
# Builds the image from a binary, with the first of buildah, podman and docker that is there: build.sh BINARY [NAME]
# BUILDER chooses one, and BUILDER_FLAGS are its options before "build", such as --storage-driver vfs.
set -eu
[ $# = 1 ] || [ $# = 2 ] || { echo "usage: build.sh BINARY [NAME]" >&2; exit 2; }
binary=$1 here=$(dirname "$0") builder=${BUILDER:-}
for program in buildah podman docker; do
	[ -n "$builder" ] || ! command -v "$program" >/dev/null || builder=$program
done
[ -n "$builder" ] || { echo "an image needs buildah, podman or docker: install one (apt-get install buildah)" >&2; exit 1; }

# The binary says its version and commit, if it runs on this machine.
says() { "$binary" version 2>/dev/null | sed -n "s/^$1  *//p" || true; }
version=$(says masar) revision=$(says commit)
name=${2:-localhost/masar:${version:-unknown}}
tags="--tag $name"
[ $# = 2 ] || tags="$tags --tag localhost/masar:latest"
context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT
"$here/root.sh" "$binary" "$context/root.tar"
format=
[ "$builder" = docker ] || format="--format docker" # OCI's own format has no health check
# shellcheck disable=SC2086
"$builder" ${BUILDER_FLAGS:-} build $format --build-arg VERSION="${version:-unknown}" --build-arg REVISION="${revision:-unknown}" \
	$tags --file "$here/Containerfile" "$context" >&2
echo "$name"
