/*
 * Tests: CHECK counts, TEST names, test_main reports. A test program prints each failure with its
 * place and ends with "N passed, N failed"; exit status 1 when anything failed or nothing ran.
 */
#ifndef BASE_TEST_H
#define BASE_TEST_H

#include <stdbool.h>
#include <stdint.h>

struct test {
	const char *name;
	void (*run)(void);
};

#define TEST(fn) { #fn, fn }
#define TEST_END { 0, 0 }

bool test_check(bool ok, const char *file, int line, const char *what);
bool test_text(const char *got, const char *want, const char *file, int line, const char *what);
bool test_int(int64_t got, int64_t want, const char *file, int line, const char *what);

#define CHECK(condition) test_check((condition), __FILE__, __LINE__, #condition)
#define CHECK_TEXT(got, want) test_text((got), (want), __FILE__, __LINE__, #got)
#define CHECK_INT(got, want) test_int((int64_t)(got), (int64_t)(want), __FILE__, __LINE__, #got)
#define CHECK_OK(error) test_no_error((error), __FILE__, __LINE__, #error)
struct err;
bool test_no_error(struct err *e, const char *file, int line, const char *what);

/* What this process has taken from the system, in kilobytes: address space (exact), and what of it is in memory. */
long test_held_kb(void);
long test_resident_kb(void);

/* A test counts as one, passed when every check in it passed. argv[1]: run only names that contain it. */
int test_main(int argc, char **argv, const struct test *tests);

#endif
