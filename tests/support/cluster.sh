#!/bin/sh
# A throwaway PostgreSQL for tests: tests/support/cluster.sh start DIR [NAME=VALUE ...] prints its address,
# "postgresql://..."; tests/support/cluster.sh stop DIR ends it and removes DIR. It listens on a Unix socket in
# DIR and on a free port of 127.0.0.1. initdb refuses root: then it belongs to the account postgres.
set -eu
bin=${PGBIN:-/usr/lib/postgresql/15/bin}
what=$1
dir=$2
shift 2
as=""
if [ "$(id -u)" = 0 ]; then
	as="setpriv --reuid=postgres --regid=postgres --clear-groups"
fi
case $what in
start)
	mkdir -p "$dir"
	chmod 711 "$dir"
	mkdir -p "$dir/socket" "$dir/data"
	[ -z "$as" ] || chown postgres:postgres "$dir/socket" "$dir/data"
	chmod 755 "$dir/socket"
	chmod 700 "$dir/data"
	# shellcheck disable=SC2086
	(cd / && $as "$bin/initdb" -D "$dir/data" -k -A trust -U dueregard -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null)
	port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
	{
		echo "listen_addresses = '127.0.0.1'"
		echo "port = $port"
		echo "unix_socket_directories = '$dir/socket'"
		echo "max_connections = 200"
		echo "shared_buffers = 64MB"
		echo "log_min_messages = warning"
		for setting in "$@"; do echo "${setting%%=*} = '${setting#*=}'"; done
	} >>"$dir/data/postgresql.conf"
	# shellcheck disable=SC2086
	(cd / && exec $as "$bin/postgres" -D "$dir/data" >"$dir/log" 2>&1 </dev/null) &
	tries=0
	until "$bin/pg_isready" -q -h "$dir/socket" -p "$port"; do
		tries=$((tries + 1))
		[ "$tries" -lt 200 ] || { cat "$dir/log" >&2; exit 1; }
		sleep 0.05
	done
	head -n 1 "$dir/data/postmaster.pid" >"$dir/pid"
	echo "$port" >"$dir/port"
	"$bin/createdb" -h "$dir/socket" -p "$port" -U dueregard dueregard
	echo "postgresql://dueregard@/dueregard?host=$dir/socket&port=$port"
	;;
stop)
	if [ -f "$dir/pid" ]; then
		pid=$(cat "$dir/pid")
		kill -INT "$pid" 2>/dev/null || true # fast shutdown
		tries=0
		while kill -0 "$pid" 2>/dev/null && [ "$tries" -lt 200 ]; do
			tries=$((tries + 1))
			sleep 0.05
		done
	fi
	rm -rf "$dir"
	;;
*)
	echo "usage: tests/support/cluster.sh start|stop DIR [NAME=VALUE ...]" >&2
	exit 2
	;;
esac
