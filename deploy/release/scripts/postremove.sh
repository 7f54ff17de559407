#!/bin/sh
# The data directory and the user stay, also when the package is purged: only an administrator deletes a graph.
set -e
if [ -d /run/systemd/system ]; then
	systemctl daemon-reload
fi
