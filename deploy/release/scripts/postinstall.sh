#!/bin/sh
# Makes the user and the data directory. A service that runs is restarted with the new program; the first start is left to
# the administrator.
set -e
if command -v systemd-sysusers >/dev/null; then
	systemd-sysusers masar.conf
else # such as in a container
	getent group masar >/dev/null || groupadd --system masar
	getent passwd masar >/dev/null || useradd --system --gid masar --home-dir /var/lib/masar --no-create-home --shell /usr/sbin/nologin masar
fi
install -d -m 0700 -o masar -g masar /var/lib/masar
chgrp masar /etc/masar/masar.env
if [ -d /run/systemd/system ]; then
	systemctl daemon-reload
	systemctl try-restart masar.service
fi
