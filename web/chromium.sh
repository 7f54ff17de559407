#!/bin/sh
# Prints the path of a Chromium for the tests. If there is none, installs Debian's or prints what to install.
find_one() {
	for name in "$MASAR_CHROMIUM" chromium chromium-browser google-chrome; do
		[ -n "$name" ] && command -v "$name" && return
	done
	return 1
}
find_one && exit
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	echo "The tests need Chromium, which is not installed: installing Debian's." >&2
	apt-get update >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium >&2
	find_one && exit
fi
echo "The tests need Chromium: install it (apt-get install chromium), or set MASAR_CHROMIUM to its path." >&2
exit 1
