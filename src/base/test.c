#include "base/test.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"

/* Failures of the test that runs now; a test program is one process and runs one at a time. */
static int failures;

static bool told(bool ok, const char *file, int line)
{
	if (!ok) {
		failures++;
		printf("%s:%d: ", file, line);
	}
	return ok;
}

bool test_check(bool ok, const char *file, int line, const char *what)
{
	if (!told(ok, file, line)) {
		printf("%s does not hold\n", what);
	}
	return ok;
}

bool test_text(const char *got, const char *want, const char *file, int line, const char *what)
{
	bool ok = got == NULL || want == NULL ? got == want : strcmp(got, want) == 0;
	if (!told(ok, file, line)) {
		printf("%s is \"%s\", should be \"%s\"\n", what, got == NULL ? "(none)" : got,
		       want == NULL ? "(none)" : want);
	}
	return ok;
}

bool test_int(int64_t got, int64_t want, const char *file, int line, const char *what)
{
	if (!told(got == want, file, line)) {
		printf("%s is %" PRId64 ", should be %" PRId64 "\n", what, got, want);
	}
	return got == want;
}

bool test_no_error(struct err *e, const char *file, int line, const char *what)
{
	if (!told(e == NULL, file, line)) {
		printf("%s failed: %s", what, err_kind_word(e->kind));
		for (const struct err *c = e; c != NULL; c = c->cause) {
			printf(" | %s%s%s (%s:%d)", c->sentence, c->detail[0] ? " - " : "", c->detail,
			       c->file, c->line);
		}
		printf("\n");
	}
	return e == NULL;
}

enum { HELD, RESIDENT };

static long memory_kb(int which)
{
	long pages[2] = { 0 };
	FILE *f = fopen("/proc/self/statm", "r");

	CHECK(f != NULL && fscanf(f, "%ld %ld", &pages[HELD], &pages[RESIDENT]) == 2);
	if (f != NULL) {
		fclose(f);
	}
	return pages[which] * sysconf(_SC_PAGESIZE) / 1024;
}

long test_held_kb(void)
{
	return memory_kb(HELD);
}

long test_resident_kb(void)
{
	return memory_kb(RESIDENT);
}

int test_main(int argc, char **argv, const struct test *tests)
{
	int passed = 0, failed = 0;
	setvbuf(stdout, NULL, _IOLBF, 0);
	for (const struct test *t = tests; t->name != NULL; t++) {
		if (argc > 1 && strstr(t->name, argv[1]) == NULL) {
			continue;
		}
		failures = 0;
		t->run();
		if (failures == 0) {
			passed++;
		} else {
			failed++;
			printf("FAILED %s\n", t->name);
		}
	}
	printf("%d passed, %d failed\n", passed, failed);
	return failed == 0 && passed > 0 ? 0 : 1;
}
