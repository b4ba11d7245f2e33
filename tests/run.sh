#!/bin/sh
# Runs test commands and adds up what they say (tests/run_one.sh). Usage: tests/run.sh LOGS [JOBS LIST]..., one list after
# the other, JOBS commands of it at once; a list is a file of lines "name<TAB>command". The last line is the sum.
set -u
logs=$1
shift
mkdir -p "$logs"
: >"$logs/sums"
wanted=0
while [ $# -gt 0 ]; do
	tr '\n' '\0' <"$2" | xargs -0 -r -n 1 -P "$1" tests/run_one.sh "$logs"
	wanted=$((wanted + $(wc -l <"$2")))
	shift 2
done
# What failed, once more by name: of a long output often only the end is kept.
while read -r _ f name; do
	[ "$f" -eq 0 ] || grep -E '^(FAIL|not ok)' "$logs/$(printf %s "$name" | tr '/ ' '__').log" | head -n 8
done <"$logs/sums"
awk -v wanted="$wanted" '{ p += $1; f += $2 } $2 > 0 { bad = bad " " substr($0, length($1 $2) + 3) }
	END { if (NR < wanted) { bad = bad " (" wanted - NR " never came to an end)"; f += wanted - NR }
		if (bad != "") print "Failed:" bad
		print p + 0 " passed, " f + 0 " failed"; exit f > 0 }' "$logs/sums"
