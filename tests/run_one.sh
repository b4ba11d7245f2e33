#!/bin/sh
# Runs one test command and says how it went: tests/run_one.sh LOGS "NAME<TAB>COMMAND" adds the line "PASSED FAILED NAME"
# to LOGS/sums. A command ends with "N passed, N failed"; one that does not, or that exits with an error without a failed
# test, counts as one failed.
set -u
logs=$1
tab=$(printf '\t')
name=${2%%"$tab"*}
command=${2#*"$tab"}
log="$logs/$(printf %s "$name" | tr '/ ' '__').log"
began=$(date +%s)
sh -c "$command" >"$log" 2>&1 </dev/null
status=$?
seconds=$(($(date +%s) - began))
line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1)
p=$(printf %s "$line" | sed -n 's/^\([0-9]*\) passed, .*/\1/p')
f=$(printf %s "$line" | sed -n 's/.* passed, \([0-9]*\) failed$/\1/p')
if [ -z "$line" ] || { [ "$status" -ne 0 ] && [ "${f:-0}" -eq 0 ]; } || [ "$((p + f))" -eq 0 ]; then
	p=${p:-0}
	f=$((${f:-0} + 1))
fi
echo "$p $f $name" >>"$logs/sums"
# One write, so that what runs beside it does not come between its lines.
if [ "$f" -gt 0 ]; then
	said=$(grep -vE '^(ok|PASS)' "$log" | tail -n 40 | sed 's/^/        /')
	printf 'FAILED  %s (exit %s): %s passed, %s failed, %s s\n%s\n' "$name" "$status" "$p" "$f" "$seconds" "$said"
else
	said=$(grep -E '^component fixtures: ' "$log" | sed 's/^/        /')
	printf 'ok      %s: %s passed, %s s\n%s' "$name" "$p" "$seconds" "${said:+$said
}"
fi
