#!/bin/sh
# Tries an image in a container with a read-only root, without capabilities and without a way to get any: try.sh IMAGE
# ENGINE is podman or docker (by default the first that is there), and RUN_FLAGS are more options of its command "run".
# It asks for a page and the metrics, checks who runs and what can be written, stops the container, and starts it again.
set -eu
[ $# = 1 ] || { echo "usage: try.sh IMAGE" >&2; exit 2; }
image=$1 engine=${ENGINE:-}
for program in podman docker; do
	[ -n "$engine" ] || ! command -v "$program" >/dev/null || engine=$program
done
[ -n "$engine" ] || { echo "trying an image needs podman or docker" >&2; exit 1; }
name=masar-try-$$ service=http://127.0.0.1:18080 metrics=http://127.0.0.1:19090
run() { # with the options of compose.yaml
	# shellcheck disable=SC2086
	$engine run --detach --name "$name" --read-only --cap-drop ALL --security-opt no-new-privileges --tmpfs /tmp:size=64m,mode=1777 \
		--volume "$name:/data" --publish 127.0.0.1:18080:8080 --publish 127.0.0.1:19090:9090 ${RUN_FLAGS:-} "$@" "$image" >/dev/null
}
clean() { $engine rm --force "$name" >/dev/null 2>&1 || true; $engine volume rm "$name" >/dev/null 2>&1 || true; }
fail() { echo "FAILED: $*" >&2; $engine logs "$name" 2>&1 | tail -20 >&2; exit 1; }
healthy() { # what the image's HEALTHCHECK runs
	for _ in $(seq 120); do
		if $engine exec "$name" /usr/bin/masar ready --quiet >/dev/null 2>&1; then return; fi
		sleep 1
	done
	fail "the health check does not succeed within two minutes"
}
status() { curl --silent --output /dev/null --write-out '%{http_code}' "$1"; }
ask() { curl --silent --get "$service/graphql" --data-urlencode 'query={sdgTarget(code: "16.6") {title(lang: [EN]) {value}}}'; }

trap clean EXIT
clean
run
! $engine exec "$name" /usr/bin/masar ready --quiet >/dev/null 2>&1 || fail "the health check succeeds before there is a graph"
healthy
echo "ready, with the health check of the image"
case $(ask) in *"transparent institutions"*) echo "a query is answered" ;; *) fail "a query is not answered: $(ask)" ;; esac
[ "$(status "$service/en/")" = 200 ] || fail "the explorer answers $(status "$service/en/")"
[ "$(status "$metrics/metrics")" = 200 ] || fail "the metrics answer $(status "$metrics/metrics")"
[ "$(status "$service/metrics")" = 404 ] || fail "the metrics at the port of the service answer $(status "$service/metrics")"
echo "the explorer and the metrics answer"

process=$($engine inspect --format '{{.State.Pid}}' "$name")
if [ -r "/proc/$process/status" ] && [ "$process" != 0 ]; then # not with an engine in a virtual machine
	value() { sed -n "s/^$1:[[:space:]]*//p" "/proc/$process/status" | cut -f1; }
	[ "$(value Uid)" = 65532 ] || fail "it runs as user $(value Uid)"
	for set in CapPrm CapEff CapBnd; do
		[ "$(value $set)" = 0000000000000000 ] || fail "it has capabilities: $set $(value $set)"
	done
	[ "$(value NoNewPrivs)" = 1 ] || fail "it may get privileges"
	echo "it runs as user 65532, without capabilities and without a way to get any"
fi
# A command of masar writes where it is told to: this checks where that is possible.
writes() { $engine exec "$name" /usr/bin/masar export --quiet --format jsonl -o "$1/try.jsonl.zst" 2>&1; }
for place in / /etc /usr/bin; do
	case $(writes "$place") in *"read-only file system"*) ;; *) fail "$place can be written" ;; esac
done
for place in /data /tmp; do
	said=$(writes "$place") || fail "$place cannot be written: $said"
done
echo "only /data and /tmp can be written"

began=$(date +%s)
$engine stop --time 30 "$name" >/dev/null
code=$($engine inspect --format '{{.State.ExitCode}}' "$name")
[ "$code" = 0 ] || fail "it ends with exit code $code"
echo "stopped by SIGTERM with exit code 0 after $(($(date +%s) - began)) s"
$engine rm "$name" >/dev/null
run
healthy
echo "started again on the same volume"
