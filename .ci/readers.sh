#!/bin/sh
# Prints the programs that read Masar's files in tests, as variables: a Python with openpyxl, and LibreOffice. If one is
# missing, or rpm or systemd-analyze, which the tests find in PATH, installs Debian's or prints what to install.
set -eu
find_python() {
	for python in "${MASAR_PYTHON:-}" python3 /usr/bin/python3; do
		if [ -n "$python" ] && "$python" -c 'import openpyxl' 2>/dev/null; then echo "$python"; return; fi
	done
	return 1
}
find_office() { # with Calc and Writer
	office=$(command -v "${MASAR_SOFFICE:-soffice}") || return 1
	program=$(dirname "$(readlink -f "$office")")
	[ -e "$program/libsclo.so" ] && [ -e "$program/libswlo.so" ] && echo "$office"
}
find_packagers() { command -v rpm && command -v systemd-analyze; }
missing=
find_python >/dev/null || missing="python3-openpyxl"
find_office >/dev/null || missing="$missing libreoffice-calc-nogui libreoffice-writer-nogui"
command -v rpm >/dev/null || missing="$missing rpm"
command -v systemd-analyze >/dev/null || missing="$missing systemd"
if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	echo "The tests need $missing: installing Debian's." >&2
	apt-get update >&2
	DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing >&2
fi
python=$(find_python) && office=$(find_office) && find_packagers >/dev/null || {
	echo "The tests need openpyxl, LibreOffice, rpm and systemd-analyze: install them (apt-get install python3-openpyxl libreoffice-calc-nogui libreoffice-writer-nogui rpm systemd), or set MASAR_PYTHON and MASAR_SOFFICE to the paths of the first two." >&2
	exit 1
}
echo "MASAR_PYTHON=$python"
echo "MASAR_SOFFICE=$office"
