#!/bin/sh
# Makes root.tar, the files of the image, from a binary of masar for Linux: root.sh BINARY root.tar
# The same binary and certificates give the same archive, byte for byte. Needs GNU tar.
set -eu
[ $# = 2 ] || { echo "usage: root.sh BINARY root.tar" >&2; exit 2; }
binary=$1 archive=$2
[ -f "$binary" ] || { echo "$binary is missing: build it with make build, or unpack it from a release" >&2; exit 1; }
if head -c 4096 "$binary" | grep -aqE '/ld-(linux|musl)'; then
	echo "$binary needs libraries of the system, and the image has none: build it with CGO_ENABLED=0, as make build does" >&2
	exit 1
fi

# The certificates of public authorities of this machine: of Debian, Fedora or Alpine. A private authority has a file of its own.
authorities=${MASAR_CA_CERTIFICATES:-}
for file in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem; do
	[ -n "$authorities" ] || [ ! -f "$file" ] || authorities=$file
done
[ -f "$authorities" ] || {
	echo "this machine has no file with certificates of public authorities: install ca-certificates, or name one with MASAR_CA_CERTIFICATES" >&2
	exit 1
}

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root/etc/ssl/certs" "$root/usr/bin" "$root/data" "$root/tmp"
install -m 0755 "$binary" "$root/usr/bin/masar"
install -m 0644 "$authorities" "$root/etc/ssl/certs/ca-certificates.crt"
echo 'masar:x:65532:65532:Masar:/data:/sbin/nologin' >"$root/etc/passwd"
echo 'masar:x:65532:' >"$root/etc/group"
chmod 0755 "$root/etc" "$root/etc/ssl" "$root/etc/ssl/certs" "$root/usr" "$root/usr/bin"
chmod 0644 "$root/etc/passwd" "$root/etc/group"
chmod 0700 "$root/data"
chmod 1777 "$root/tmp"

pack() { tar --format=gnu --sort=name --mtime=@0 --numeric-owner --file "$archive" --directory "$root" "$@"; }
pack --create --owner=0 --group=0 etc tmp usr
pack --append --owner=65532 --group=65532 data
