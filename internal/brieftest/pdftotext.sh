#!/bin/sh
# Prints the path of pdftotext for the tests. If there is none, installs Debian's or prints what to install.
find_one() { command -v "${MASAR_PDFTOTEXT:-pdftotext}"; }
find_one && exit
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	echo "The tests need pdftotext, which is not installed: installing Debian's." >&2
	apt-get update >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends poppler-utils >&2
	find_one && exit
fi
echo "The tests need pdftotext: install it (apt-get install poppler-utils), or set MASAR_PDFTOTEXT to its path." >&2
exit 1
