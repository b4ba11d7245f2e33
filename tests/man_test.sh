#!/bin/sh
# The manual page: sound mdoc, and it names every command, flag and setting that the program has.
# Ends with "N passed, N failed".
set -u
D=${DUEREGARD:-build/dueregard}
page=docs/man/dueregard.1
unset DUEREGARD
passed=0
failed=0
ok() {
	if [ "$1" -eq 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $2"
	fi
}

# That its date lies ahead is no fault on a machine whose clock is behind.
faults=$(mandoc -Tlint -W style "$page" 2>&1 | grep -v 'date in the future')
[ -z "$faults" ]
ok $? "mandoc -Tlint: $faults"
text=$(mandoc -Tutf8 "$page" | sed "s/.$(printf '\b')//g")
for c in $("$D" --help | sed -n 's/^  \([a-z ]*[a-z]\)   *.*/\1/p' | tr ' ' '_'); do
	c=$(echo "$c" | tr '_' ' ')
	printf '%s\n' "$text" | grep -qE "^     $c( |$)"
	ok $? "$page does not have the command $c"
	# shellcheck disable=SC2086
	for flag in $("$D" $c --help | sed -n 's/^  \(--[a-z-]*\).*/\1/p'); do
		name=$(echo "${flag#--}" | tr - _)
		printf '%s\n' "$text" | grep -qE -- "$flag|$name"
		ok $? "$page does not have $flag of $c"
	done
done
# Nothing is described that is not there.
for flag in $(printf '%s\n' "$text" | grep -oE -- '--[a-z][a-z-]*' | sort -u); do
	found=1
	for c in $("$D" --help | sed -n 's/^  \([a-z ]*[a-z]\)   *.*/\1/p' | tr ' ' '_'); do
		# shellcheck disable=SC2046
		"$D" $(echo "$c" | tr '_' ' ') --help | grep -q -- "  $flag" && found=0
	done
	ok $found "$page has $flag, which no command takes"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
