#!/bin/sh
# tools/lint finds each fault that is planted, where it is planted, and leaves right code alone.
# Ends with "N passed, N failed".
set -u
B=${B:-build}
[ -x "$B/tools/lint" ] || make -s B="$B" "$B/tools/lint" >/dev/null
L=$(realpath "$B/tools/lint")
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
U="base db html http ipc record trust ui work core app/directory app/training app/reporting app/account app cli"
passed=0
failed=0

# plant FILE, text on standard input: a tree with this file alone
plant() {
	rm -rf "${T:?}/src" "${T:?}/tools" "${T:?}/tests"
	mkdir -p "$T/$(dirname "$1")"
	cat >"$T/$1"
	printf %s "$1" >"$T/planted" # a pipe is a shell of its own
}
# finds LINE TEXT: exactly one fault, there
finds() {
	planted=$(cat "$T/planted")
	# shellcheck disable=SC2086
	out=$("$L" "$T" $U)
	status=$?
	if [ $status -eq 1 ] && printf '%s\n' "$out" | grep -qF "$planted:$1: " &&
		printf '%s\n' "$out" | grep -F "$planted:$1: " | grep -qF -- "$2" &&
		[ "$(printf '%s\n' "$out" | wc -l)" -eq 2 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $planted: should find on line $1: $2"
		printf '%s\n' "$out"
	fi
}
clean() {
	planted=$(cat "$T/planted")
	# shellcheck disable=SC2086
	out=$("$L" "$T" $U)
	status=$?
	if [ $status -eq 0 ] && [ -z "$out" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $planted: should find nothing"
		printf '%s\n' "$out"
	fi
}
# call FILE TEXT C: one line of C in a function; TEXT is found on line 3, nothing when it is empty
call() {
	printf 'void f(void)\n{\n\t%s\n}\n' "$3" | plant "$1"
	if [ -n "$2" ]; then finds 3 "$2"; else clean; fi
}

# ---- floors ----
printf '#include <string.h>\n#include "core/core.h"\n' | plant src/ui/x.c
finds 2 'core lies above ui'
printf '#include "ui/ui.h"\n#include "base/arena.h"\n#include "core/x.h"\n' | plant src/core/x.c
clean
printf '#include "app/training/session.h"\n' | plant src/app/directory/x.c
finds 1 'app/training lies above app/directory'
printf '#include "app/training/course.h"\n' | plant src/app/reporting/x.c
finds 1 'of another feature'
printf '#include "app/training/session.h"\n#include "app/directory/school.h"\n' | plant src/app/reporting/x.c
clean
printf '#include "app/training/course.h"\n' | plant src/app/features.c
clean
printf '#include "cli/cli.h"\n' | plant src/app/features.c
finds 1 'cli lies above app'
printf '#include "arena.h"\n' | plant src/base/x.c
finds 1 'without its folder'
printf '#include "util/arena.h"\n' | plant src/base/x.c
finds 1 'lies on no floor'

# ---- libraries ----
for pair in sqlite3.h:db libpq-fe.h:db microhttpd.h:http sodium.h:trust argon2.h:trust jansson.h:base curl/curl.h:work cmark.h:ui \
	qrencode.h:ui confuse.h:core utf8proc.h:base seccomp.h:core; do
	header=${pair%%:*}
	home=${pair##*:}
	printf '\n#include <%s>\n' "$header" | plant src/cli/x.c
	finds 2 "only $home/"
	printf '#include <%s>\n' "$header" | plant "src/$home/x.c"
	clean
done
call src/core/x.c 'only db/' 'sqlite3_close(c);'
call src/ui/x.c 'only trust/' 'crypto_hash_sha256(out, in, n);'
call src/trust/x.c '' 'crypto_hash_sha256(out, in, n); /* sqlite3_close is for db */'

# ---- SQL and HTML in strings ----
call src/app/training/x.c '"SELECT "' 'run("SELECT id FROM session");'
call src/core/x.c '"DELETE FROM"' 'run("x" "DELETE FROM session");'
call src/db/x.c '' 'run("PRAGMA query_only = 1");'
call src/core/x.c '' 'say("Select a course"); /* SELECT id FROM session */'
call src/app/training/x.c 'HTML in a string' 'say("<p>hello");'
call src/core/x.c 'HTML in a string' 'say("</div>");'
call src/core/x.c 'HTML in a string' 'say("<a href=");'
call src/core/x.c '' 'LIT(h, "<p class=\"govuk-body\">" "<b>");'
call src/ui/x.c '' 'say("<p>");'
call src/core/x.c '' 'say("a < b and <none> and <2>");'
call src/core/x_test.c '' 'CHECK(has("<p>"));'

# ---- functions ----
for name in strcpy strcat sprintf vsprintf strtok gets atoi atol gmtime localtime ctime asctime system popen rand \
	srand alloca setjmp longjmp; do
	call src/base/x.c "calls $name" "$name(x);"
done
for name in malloc calloc realloc free; do
	for folder in app/training ui core record work; do
		call "src/$folder/x.c" "calls $name" "$name(x);"
	done
	call src/base/x.c '' "$name(x);"
done
call src/core/x.c 'goto' 'goto out;'
call src/db/x.c '' 'goto out;'
call src/core/x.c '' 'door_free(x); w->free(x); w.time(x); snprintf(x, y, z); gmtime_r(x, y);'
call src/core/x.c '' 'say("malloc(x)"); /* malloc(x) */ // free(x)'
for name in time getenv getrandom gettimeofday; do
	call src/core/x.c "calls $name" "$name(x);"
	call src/cli/x.c '' "$name(x);"
done
call src/http/x.c 'calls clock_gettime' 'clock_gettime(CLOCK_REALTIME, &t);'
call src/http/x.c '' 'clock_gettime(CLOCK_MONOTONIC, &t);'
call src/base/world.c '' 'clock_gettime(CLOCK_REALTIME, &t);'
call src/core/serve.c '' 'getenv("LISTEN_FDS");'

# ---- lengths ----
{ printf 'void f(void)\n{\n'; yes '	f();' | head -n 80; printf '}\n'; } | plant src/base/x.c
clean
{ printf 'void f(void)\n{\n'; yes '	f();' | head -n 81; printf '}\n'; } | plant src/base/x.c
finds 2 'a function of 81 lines'
yes '/* x */' | head -n 500 | plant src/base/x.h
clean
yes '/* x */' | head -n 501 | plant src/base/x.h
finds 501 'a file of 501 lines'
yes '  x' | head -n 501 | plant src/core/x.sql
finds 501 'a file of 501 lines'

# ---- marks ---- (spelled apart: the lint reads this file too)
for mark in "TO""DO" "FIX""ME" "XX""X" "HA""CK"; do
	printf 'int x;\n/* %s: later */\n' "$mark" | plant src/base/x.h
	finds 2 "$mark"
done
printf 'int x;\nsay("This is Not %s.");\n' implemented | plant src/core/x.c
finds 2 'not impl''emented'
printf '# %s\n' "TO""DO" | plant tests/x.sh
finds 1 "TO""DO"
printf 'char t[] = "/tmp/x-XX""XXXX"; int TO''DOS, HA''CKED;\n' | plant src/base/x.c
clean

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
