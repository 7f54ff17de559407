#!/bin/sh
# Prints the path of HAProxy for the tests. If there is none, installs Debian's or prints what to install.
find_one() { PATH=$PATH:/usr/sbin command -v "${MASAR_HAPROXY:-haproxy}"; }
find_one && exit
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	echo "The tests need HAProxy, which is not installed: installing Debian's." >&2
	{ apt-get install -y --no-install-recommends haproxy || { apt-get update && apt-get install -y --no-install-recommends haproxy; }; } >&2
	find_one && exit
fi
echo "The tests need HAProxy: install it (apt-get install haproxy), or set MASAR_HAPROXY to its path." >&2
exit 1
