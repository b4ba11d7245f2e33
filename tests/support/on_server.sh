#!/bin/sh
# The program on PostgreSQL, for tests that know nothing of it: takes the program's place (DUEREGARD) and gives
# every data directory a schema of its own on the server that DUEREGARD_TEST_DATABASE names.
# PROGRAM is the program itself.
set -eu
data=${DUEREGARD_DATA:-}
before=""
for word in "$@"; do
	case $word in
	--data=*) data=${word#--data=} ;;
	*) [ "$before" != --data ] || data=$word ;;
	esac
	before=$word
done
if [ -n "$data" ]; then
	schema=data_$(printf %s "$(realpath -m "$data")" | sha256sum | cut -c 1-20)
	mark=${TMPDIR:-/tmp}/dueregard-schemas-$(printf %s "$DUEREGARD_TEST_DATABASE" | sha256sum | cut -c 1-12)/$schema
	if [ ! -e "$mark" ]; then
		mkdir -p "${mark%/*}"
		psql -q "$DUEREGARD_TEST_DATABASE" -c "CREATE SCHEMA IF NOT EXISTS $schema" >/dev/null
		: >"$mark"
	fi
	export DUEREGARD_DATABASE="$DUEREGARD_TEST_DATABASE&options=-csearch_path%3D$schema"
fi
unset DUEREGARD_TEST_DATABASE
exec "$PROGRAM" "$@"
