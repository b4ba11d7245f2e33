#!/bin/sh
# `make check`: builds with gcc, and with clang under ASan and UBSan; then every test there is.
# The last line is "N passed, N failed" over all of them.
set -eu
cd "$(dirname "$0")/.."
B=${B:-build}
S=$B/sanitize
jobs=$(nproc)
tools/packages.sh check
make -s -j"$jobs" B="$B" all tests programs
make -s -j"$jobs" B="$S" CC=clang SANITIZE=1 all tests fuzz

list=$B/tests.list
: >"$list"
add() { printf '%s\t%s\n' "$1" "$2" >>"$list"; }
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=1 UBSAN_OPTIONS=print_stacktrace=1

add "lint" "make -s B=$B lint && echo 1 passed, 0 failed"
for t in $(find "$B/test" -type f -name '*_test' | sort); do
	add "unit ${t#"$B"/test/}" "$t"
done
for t in $(find "$S/test" -type f -name '*_test' | sort); do
	add "sanitizers ${t#"$S"/test/}" "$t"
done
for t in $(find "$B/tests" -maxdepth 1 -type f -executable 2>/dev/null | sort); do
	case $t in
	*/routes_check) add "every route has its policy" "$t && echo 1 passed, 0 failed" ;;
	*) add "program ${t#"$B"/tests/}" "$t" ;;
	esac
done
# From outside: the program as built, and once more under the sanitizers.
for t in $(find tests -maxdepth 2 \( -name '*_test.sh' -o -name '*_test.py' \) | sort); do
	case $t in
	*.sh) with=sh ;;
	*.py) with=python3 ;;
	esac
	add "${t#tests/}" "DUEREGARD=$B/dueregard B=$B $with $t"
	if grep -q DUEREGARD "$t"; then
		add "sanitizers ${t#tests/}" "DUEREGARD=$S/dueregard B=$S $with $t"
	fi
done
add "fuzz corpora" "tests/fuzz/run.sh $S"
for t in tests/browser/*_test.mjs; do
	add "browser $(basename "$t" _test.mjs)" "DUEREGARD=$B/dueregard SCREENSHOTS=$B/screenshots node $t"
done
exec tests/run.sh "$list" "$B/logs"
