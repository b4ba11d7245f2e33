#!/bin/sh
# Runs test commands and adds up what they say. Usage: tests/run.sh LIST, a file of lines
# "name<TAB>command". Each command ends with "N passed, N failed"; one that does not, or that exits
# with an error without a failed test, counts as one failed. The last line is the sum.
set -u
list=$1
logs=${2:-build/logs}
mkdir -p "$logs"
passed=0
failed=0
bad=""
tab=$(printf '\t')
while IFS="$tab" read -r name command; do
	[ -n "$name" ] || continue
	log="$logs/$(printf %s "$name" | tr '/ ' '__').log"
	sh -c "$command" >"$log" 2>&1 </dev/null
	status=$?
	line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1)
	p=$(printf %s "$line" | sed -n 's/^\([0-9]*\) passed, .*/\1/p')
	f=$(printf %s "$line" | sed -n 's/.* passed, \([0-9]*\) failed$/\1/p')
	if [ -z "$line" ] || { [ "$status" -ne 0 ] && [ "${f:-0}" -eq 0 ]; } || [ "$((p + f))" -eq 0 ]; then
		p=${p:-0}
		f=$((${f:-0} + 1))
	fi
	passed=$((passed + p))
	failed=$((failed + f))
	if [ "$f" -gt 0 ]; then
		bad="$bad $name"
		echo "FAILED  $name (exit $status): $p passed, $f failed"
		grep -vE '^(ok|PASS)' "$log" | tail -n 40 | sed 's/^/        /'
	else
		echo "ok      $name: $p passed"
		grep -E '^component fixtures: ' "$log" | sed 's/^/        /'
	fi
done <"$list"
[ -z "$bad" ] || echo "Failed:$bad"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
