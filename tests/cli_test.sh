#!/bin/sh
# The command line from outside: exit statuses, sentences, formats, a store from init to check.
# Ends with "N passed, N failed".
set -u
D=$(realpath "${DUEREGARD:-build/dueregard}")
support=$(realpath "$(dirname "$0")/support")
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
unset DUEREGARD
export HOME="$T/home"
passed=0
failed=0

# run STATUS COMMAND...: runs, keeps out and err.
run() {
	want=$1
	shift
	"$D" "$@" >"$T/out" 2>"$T/err"
	got=$?
	what="$*"
	if [ "$got" -eq "$want" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: dueregard $what: exit status $got, should be $want"
		cat "$T/err"
	fi
}
# says FILE TEXT
says() {
	if grep -qF -- "$2" "$T/$1"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: dueregard $what: $1 does not say: $2"
		cat "$T/$1"
	fi
}
# silent FILE
silent() {
	if [ -s "$T/$1" ]; then
		failed=$((failed + 1))
		echo "FAILED: dueregard $what: $1 is not empty"
		cat "$T/$1"
	else
		passed=$((passed + 1))
	fi
}
# json EXPRESSION: python over the JSON on standard output, as d
json() {
	if python3 -c 'import json,sys; d = json.load(open(sys.argv[1])); sys.exit(0 if eval(sys.argv[2]) else 1)' \
		"$T/out" "$1"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: dueregard $what: JSON does not hold: $1"
		cat "$T/out"
	fi
}

# ---- usage ----
run 2
says err "Say what to do"
silent out
run 2 chekc
says err "There is no command chekc"
run 2 user
says err "user --help"
run 2 user lst
says err "There is no command user lst"
run 2 check --unknown
says err "There is no flag --unknown here"
says err "Usage: dueregard check"
run 2 check --format
says err "--format needs a value"
run 2 check --format yaml
says err "--format must be text or json"
run 2 check --format=json --format=json
says err "Give --format once"
run 2 check one
says err "one word too many"
run 2 user close
says err "Something is missing"
run 2 check --today 2026-02-30
says err "--today must be a real date"
run 0 --help
says out "audit verify"
silent err
run 0 user --help
says out "user close"
run 0 help
for c in init serve "user add" "audit verify" check "config explain"; do
	# shellcheck disable=SC2086
	run 0 $c --help
	says out "Usage: dueregard $c"
	says out "Exit status"
done

# ---- settings ----
run 0 config explain --data "$T/d" --format json
json '[s["value"] for s in d if s["name"] == "data"][0].endswith("/d")'
json 'all(s["from"] in ("default", "flag") or s["name"] == "database" for s in d)'
mkdir "$T/s"
printf '# limits\nidle_minutes = 20\nunknown = 1\n' >"$T/s/dueregard.conf"
run 2 config check --data "$T/s"
says err "dueregard.conf line 3: there is no setting 'unknown'"
printf 'idle_minutes = 20\n' >"$T/s/dueregard.conf"
run 0 config check --data "$T/s"
run 0 config explain --data "$T/s" --format csv
says out "idle_minutes,20,file"
run 2 config check --login-hours 99
says err "flag, --login-hours"
if DUEREGARD_IDLE_MINUTE=1 "$D" config check 2>"$T/err"; then
	failed=$((failed + 1))
	echo "FAILED: an unknown variable was taken"
else
	says err "there is no setting DUEREGARD_IDLE_MINUTE"
fi

# ---- a store ----
run 1 check --data "$T/none"
says err "There is no store in"
run 1 init --data "$T/bad" --name Newbridge --code 93
run 2 init --data "$T/bad" --name Newbridge
says err "--name and --code go together"
run 0 init --data "$T/bad" --name Newbridge --code 936
run 0 init --data "$T/a/b/store" --name "Newbridge Borough Council" --code 936
says out "http://127.0.0.1:8080/set-up/"
kept=dueregard.db
[ -z "${DUEREGARD_TEST_DATABASE:-}" ] || kept=host # the store is elsewhere
mode=$(stat -c %a "$T/a/b/store" "$T/a/b/store/$kept" | tr '\n' ' ')
if [ "$mode" = "700 600 " ]; then
	passed=$((passed + 1))
else
	failed=$((failed + 1))
	echo "FAILED: modes of directory and store are $mode"
fi
S="--data $T/a/b/store"
run 1 init $S
says err "There is a store in"
run 2 user add $S --email a@example.gov.uk
run 1 user add $S --email nobody --name "Ada Quarmby" --role co-ordinator
says err "Enter an email address"
run 1 user add $S --email a@example.gov.uk --name "Ada Quarmby" --role pirate
says err "Role must be one of: administrator, co-ordinator"
run 0 user add $S --email a@example.gov.uk --name "Ada Quarmby" --role co-ordinator --format json
json 'd["name"] == "Ada Quarmby" and "/welcome/" in d["link"]'
reference=$(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["reference"])' "$T/out")
run 1 user add $S --email A@example.gov.uk --name "Ada Two" --role auditor
says err "already an account"
run 0 user list $S --format csv
says out "Ada Quarmby,a@example.gov.uk,co-ordinator"
run 0 user list $S --format json
run 0 user link $S A@example.gov.uk
says out "/welcome/"
run 1 user link $S z@example.gov.uk
run 1 user close $S ZZZZZZ
run 0 user close $S "$reference"
run 1 user link $S "$reference"
says err "closed"

# ---- through a running service ----
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
run 1 serve --data "$T/none"
"$D" serve $S --listen "127.0.0.1:$port" --web-processes 1 >"$T/serve.out" 2>"$T/serve.err" &
server=$!
for _ in $(seq 100); do
	grep -q listening "$T/serve.out" && break
	sleep 0.1
done
what="serve"
if grep -qF "http://127.0.0.1:$port" "$T/serve.out"; then
	passed=$((passed + 1))
else
	failed=$((failed + 1))
	echo "FAILED: serve did not say where it listens"
	cat "$T/serve.out" "$T/serve.err"
fi
run 0 user add $S --email b@example.gov.uk --name "Ben Uddin" --role auditor --format json
link=$(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["link"])' "$T/out" | sed "s/:8080/:$port/")
what="GET $link"
python3 -c 'import sys, urllib.request as u; print(u.urlopen(sys.argv[1]).read().decode())' "$link" >"$T/out" 2>"$T/err"
says out "Ben Uddin"
run 1 serve $S --listen "127.0.0.1:$port"
kill -TERM $server
wait $server
got=$?
if [ "$got" -eq 0 ]; then
	passed=$((passed + 1))
else
	failed=$((failed + 1))
	echo "FAILED: serve ended with $got"
	cat "$T/serve.err"
fi

# ---- audit and check ----
run 0 audit verify $S --format json
json 'd["sound"] and d["entries"] >= 5 and len(d["head"]) == 64'
entries=$(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["entries"])' "$T/out")
head=$(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["head"])' "$T/out")
run 0 audit verify $S --entries "$entries" --head "$head"
run 2 audit verify $S --entries 3
run 1 audit verify $S --entries "$((entries + 1))" --head "$head"
run 0 check $S --format json
json 'all(c["sound"] for c in d) and [c["check"] for c in d] == ["store", "schema", "audit", "training"]'
PYTHONPATH=$support python3 - "$T/a/b/store" <<'P'
import stores, sys
db = stores.connect(sys.argv[1], writing=True)
db.execute("UPDATE audit_entry SET actor = 'nobody' WHERE sequence = 2")
db.commit()
P
run 1 audit verify $S --format json
json 'not d["sound"] and d["first_bad"] == 2'
run 1 check $S
says err "not sound"
says out "schema    sound"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
