#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A PostgreSQL server of our own in a folder, run by an unprivileged user, reached only through
# a socket in that folder.  postgres.sh start FOLDER (prints its address) | stop FOLDER
set -e
bin=/usr/lib/postgresql/15/bin
folder=$2
as() {
    if [ "$(id -u)" = 0 ]; then su postgres -s /bin/sh -c "$1"; else sh -c "$1"; fi
}
case $1 in
start)
    mkdir -p "$folder"
    chmod 755 "$folder"
    [ "$(id -u)" != 0 ] || chown postgres "$folder"
    as "$bin/initdb -D '$folder/data' -A trust -U staffel --locale=C.UTF-8 -E UTF8 --no-sync" >/dev/null
    as "$bin/pg_ctl -w -s -D '$folder/data' -l '$folder/log' -o \"-c listen_addresses='' -k '$folder' -c max_connections=80 -c full_page_writes=off -c autovacuum=off\" start" >/dev/null
    echo "postgres://staffel@/postgres?host=$folder"
    ;;
stop)
    as "$bin/pg_ctl -s -D '$folder/data' -m immediate stop" || true
    rm -rf "$folder"
    ;;
esac
