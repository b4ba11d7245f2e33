#!/bin/sh
# Replays every fuzz target's corpus and then mutates it for a fixed number of runs (seed printed).
# Usage: tests/fuzz/run.sh BUILD [NAME]..., where BUILD was made with CC=clang SANITIZE=1. RUNS=... for longer.
set -u
build=$1
shift
[ $# -gt 0 ] || set -- $(basename -s .c tests/fuzz/*.c)
runs=${RUNS:-20000}
seed=${SEED:-1}
passed=0
failed=0
for name in "$@"; do
	target=$build/fuzz/$name
	corpus=tests/fuzz/corpus/$name
	if [ ! -x "$target" ] || [ -z "$(ls -A "$corpus" 2>/dev/null)" ]; then
		echo "FAIL: $name: no program or no corpus"
		failed=$((failed + 1))
		continue
	fi
	scratch=$(mktemp -d)
	if "$target" -runs=0 "$corpus" >"$scratch/log" 2>&1 &&
		"$target" -runs="$runs" -seed="$seed" -max_len=65536 -artifact_prefix="$scratch/" "$scratch" "$corpus" >>"$scratch/log" 2>&1; then
		passed=$((passed + 1))
		echo "ok   $name: $(ls "$corpus" | wc -l) files, $runs runs, seed $seed"
	else
		failed=$((failed + 1))
		echo "FAIL: $name"
		tail -n 30 "$scratch/log"
	fi
	rm -rf "$scratch"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
