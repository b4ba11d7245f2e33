#!/bin/sh
# `make check`: builds with gcc, and with clang under ASan and UBSan; then every test there is, what touches the
# store on SQLite and on a PostgreSQL of the tests' own.
# The last line is "N passed, N failed" over all of them.
set -eu
cd "$(dirname "$0")/.."
B=${B:-build}
S=$B/sanitize
jobs=$(nproc)
tools/packages.sh check
make -s -j"$jobs" B="$B" all tests programs
make -s -j"$jobs" B="$S" CC=clang SANITIZE=1 all tests fuzz programs

# Tests within one process, several at once; then those of a whole service, one by one: they kill, fill and flood.
beside=$B/tests.beside alone=$B/tests.alone
: >"$beside"
: >"$alone"
add() { printf '%s\t%s\n' "$1" "$2" >>"$beside"; }
add_alone() { printf '%s\t%s\n' "$1" "$2" >>"$alone"; }
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=1 UBSAN_OPTIONS=print_stacktrace=1

for t in tests/fuzz/*.c; do # first: they take longest
	add "fuzz $(basename "$t" .c)" "tests/fuzz/run.sh $S $(basename "$t" .c)"
done
add "lint" "make -s B=$B lint && echo 1 passed, 0 failed"

# One throwaway server; every store of a test is a schema of its own there. Nothing is lost when the machine stops
# in the middle of a test, so that it need not wait for its disk (tests/faults has one that does).
top=$(mktemp -d)
chmod 711 "$top" # the server may belong to another account
cluster=$top/postgresql
trap 'tests/support/cluster.sh stop "$cluster"; rmdir "$top"' EXIT
server=$(tests/support/cluster.sh start "$cluster" fsync=off)
on_server="DUEREGARD_TEST_DATABASE='$server'"

# Floors below the store need no second engine; audit_test tampers with the file by SQLite's own means
# (tests/audit_verify_test.py does it on both), store_test is of the file, pgsql_test and pgsql_ahead_test of the line.
for d in "$B" "$S"; do
	kind=unit
	[ "$d" = "$B" ] || kind=sanitizers
	for t in $(find "$d/test" -type f -name '*_test' | sort); do
		name=${t#"$d"/test/}
		case $name in
		db/pgsql_test | db/pgsql_ahead_test) ;;
		*) add "$kind $name" "$t" ;;
		esac
		case $name in
		base/* | html/* | http/* | ipc/* | record/* | ui/* | cli/* | *_rules_test | trust/audit_test | db/store_test) ;;
		db/pgsql_test) add_alone "PostgreSQL $kind $name" "$on_server $t" ;; # cuts lines, and has the server wait
		*) add "PostgreSQL $kind $name" "$on_server $t" ;;
		esac
	done
done
for d in "$B" "$S"; do
	kind=program
	[ "$d" = "$B" ] || kind="sanitizers program"
	for t in $(find "$d/tests" -maxdepth 1 -type f -executable | sort); do
		name=${t#"$d"/tests/}
		case $name in
		routes_check) add "$kind $name" "$t && echo 1 passed, 0 failed" ;; # every route has its policy
		*) add "$kind $name" "$t" ;;
		esac
		case $kind.$name in
		program.policy_test | program.statements_check | program.owned) add "PostgreSQL program $name" "$on_server $t" ;;
		esac
	done
done
# From outside: the program as built, once more under the sanitizers, and on PostgreSQL.
through="$on_server DUEREGARD=tests/support/on_server.sh"
for t in $(find tests -maxdepth 2 \( -name '*_test.sh' -o -name '*_test.py' \) | sort); do
	case $t in
	*.sh) with=sh ;;
	*.py) with=python3 ;;
	esac
	add_alone "${t#tests/}" "DUEREGARD=$B/dueregard B=$B $with $t"
	if grep -q DUEREGARD "$t"; then
		add_alone "sanitizers ${t#tests/}" "DUEREGARD=$S/dueregard B=$S $with $t"
		case $t in
		*/backup_test.py | */migration_test.py | */edge_test.py | */manual_test.py) ;; # have stores on both engines themselves
		*) add_alone "PostgreSQL ${t#tests/}" "$through PROGRAM=$PWD/$B/dueregard B=$B $with $t" ;;
		esac
	fi
done
for t in tests/browser/*_test.mjs; do
	add_alone "browser $(basename "$t" _test.mjs)" "DUEREGARD=$B/dueregard SCREENSHOTS=$B/screenshots node $t"
	case $t in # the others look at markup, pictures and bytes, which know of no engine
	*/journeys_test.mjs | */training_test.mjs)
		add_alone "PostgreSQL browser $(basename "$t" _test.mjs)" "$through PROGRAM=$PWD/$B/dueregard node $t"
		;;
	esac
done
tests/run.sh "$B/logs" "$jobs" "$beside" 1 "$alone"
