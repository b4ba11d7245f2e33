#!/bin/sh
# tools/sqlgen: good files give the C that stands in expected/ and compile; every bad/x.bad is
# refused with the message of its first line. A .bad file is src/x.sql without that line (macro.bad
# a schema file); unknown_permission is refused by the compiler.
# UPDATE=1 writes expected/ anew: read the difference before committing it.
set -u
cd "$(dirname "$0")"
here=$(pwd)
root=$here/../..
case ${B:=build} in /*) ;; *) B=$root/$B ;; esac
passed=0
failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
make -s -C "$root" B="$B" "$B/tools/sqlgen" || exit 1
compile() { ${CC:-cc} -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -fsyntax-only -I"$root/src" -I"$1" "$2"; }
tell() { # tell STATUS NAME
	if [ "$1" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED $2"; fi
}

(cd good && "$B/tools/sqlgen" "$work/good" schema/*.sql src/app/empty.sql src/app/session.sql)
tell $? "good files are accepted"
if [ -n "${UPDATE:-}" ]; then rm -rf expected && cp -r "$work/good" expected; fi
diff -r expected "$work/good"
tell $? "good files give what is expected"
for c in app/session.sql.c app/empty.sql.c statements.c schema.c; do
	compile "$work/good" "$work/good/$c"
	tell $? "$c compiles"
done

# Written again, nothing changes: the times of the files stay.
touch -d '2020-01-01' "$work/good/app/session.sql.h"
(cd good && "$B/tools/sqlgen" "$work/good" schema/*.sql src/app/empty.sql src/app/session.sql)
[ -z "$(find "$work/good/app/session.sql.h" -newermt '2020-01-02')" ]
tell $? "an unchanged file is not written again"

mkdir -p "$work/none"
(cd "$work/none" && "$B/tools/sqlgen" out) && compile "$work/none/out" "$work/none/out/statements.c"
tell $? "no files at all"

for bad in bad/*.bad; do
	name=$(basename "$bad" .bad)
	want=$(sed -n '1s/^expect: //p' "$bad")
	rm -rf "$work/bad" && mkdir -p "$work/bad/src" "$work/bad/schema"
	case $name in
	macro) tail -n +2 "$bad" >"$work/bad/schema/0001_x.sql" ;;
	*) tail -n +2 "$bad" >"$work/bad/src/x.sql" ;;
	esac
	got=$(cd "$work/bad" && "$B/tools/sqlgen" out $(find schema src -name '*.sql') 2>&1)
	status=$?
	if [ "$name" = unknown_permission ] && [ $status -eq 0 ]; then
		got=$(compile "$work/bad/out" "$work/bad/out/x.sql.c" 2>&1)
		status=$?
		case $got in *"$want"*) got=$want ;; esac
	fi
	[ $status -ne 0 ] && [ "$got" = "$want" ]
	tell $? "$name: want \"$want\", got \"$got\" (status $status)"
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
