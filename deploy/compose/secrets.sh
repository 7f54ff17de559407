#!/bin/sh
# Makes the keys of a cluster in a new directory: secrets.sh MASAR DIRECTORY
#
# MASAR is the binary. NODES are the names of the machines or containers of Dgraph (default: those of compose.cluster.yaml),
# ALPHAS the addresses of the Alphas, and SECRETS the directory in which masar will find the files (default: /run/secrets).
set -eu
[ $# = 2 ] || { echo "usage: secrets.sh MASAR DIRECTORY" >&2; exit 2; }
masar=$(command -v "$1") || { echo "$1 is no program: give the path of masar" >&2; exit 1; }
dir=$2
nodes=${NODES:-zero1,zero2,zero3,alpha1,alpha2,alpha3}
alphas=${ALPHAS:-alpha1:9080,alpha2:9080,alpha3:9080}
secrets=${SECRETS:-/run/secrets}
[ ! -e "$dir" ] || { echo "$dir exists: give a new directory, or renew single files as docs/containers.md says" >&2; exit 1; }
case $masar in /*) ;; *) masar=$PWD/$masar ;; esac

umask 077
mkdir -p "$dir"
cd "$dir"
certificate() { "$masar" dgraph cert --dir . --elliptic-curve P256 "$@" >/dev/null; }
certificate --nodes "$nodes,localhost"
certificate --client node
certificate --client masar
random() { head -c "$1" /dev/urandom | od -An -tx1 | tr -d ' \n'; }
random 16 >acl.secret # 32 characters, with which Alphas sign logins
password=$(random 16)
printf 'dgraph://masar:%s@%s?sslmode=verify-ca&sslrootcert=%s&sslcert=%s&sslkey=%s\n' \
	"$password" "$alphas" "$secrets/ca.crt" "$secrets/client.masar.crt" "$secrets/client.masar.key" >dgraph.address

# Containers read these files as another user. The directory keeps everyone else on this machine out.
chmod 0700 .
chmod 0444 ca.crt node.crt node.key client.node.crt client.node.key client.masar.crt client.masar.key acl.secret dgraph.address
echo "The keys are in $dir. Move ca.key to a place that no container and no server sees: it can make any certificate."
