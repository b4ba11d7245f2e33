#include "base/format.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/test.h"

enum { ROOM = 200 };

/* Formats are made by chance here. */
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static int brief(char *out, size_t room, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	int n = format_brief(out, room, format, args);
	va_end(args);
	return n;
}

static uint64_t seed = 11;

static size_t below(size_t n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(seed >> 33) % n;
}

/* As many bits as chance wants, so that numbers of every length come. */
static int64_t any_number(void)
{
	int64_t n = (int64_t)((uint64_t)below(1u << 31) << 33 | (uint64_t)below(1u << 31) << 2 | below(4));
	return n >> below(64);
}

static const char *any_text(void)
{
	static char texts[4][40];
	static size_t turn;
	char *s = texts[++turn % 4];
	size_t n = below(39);
	for (size_t i = 0; i < n; i++) {
		s[i] = (char)(1 + below(255));
	}
	s[n] = '\0';
	return s;
}

/* What stands between the conversions: nothing, letters, a sign of its own. */
static const char *between(void)
{
	static const char *const some[] = { "", "", "a", " of ", "100%%", "%%", "-", "\xc3\xa9", "s%%d", "%%zu" };
	return some[below(sizeof(some) / sizeof(*some))];
}

/* The same format and arguments through both; what printf truncates is refused. */
#define SAME(format, ...)                                                                          \
	do {                                                                                       \
		char got[ROOM], want[ROOM];                                                        \
		size_t room = below(4) == 0 ? 1 + below(30) : ROOM;                                \
		int n = snprintf(want, room, format, __VA_ARGS__);                                 \
		int m = brief(got, room, format, __VA_ARGS__);                                     \
		CHECK_INT(m, (size_t)n < room ? n : -1);                                           \
		if (m >= 0) {                                                                      \
			CHECK_TEXT(got, want);                                                     \
		}                                                                                  \
	} while (0)

static void agrees_with_printf(void)
{
	for (int round = 0; round < 20000; round++) {
		char format[ROOM];
		const char *s = any_text(), *t = any_text();
		int most = (int)below(50) - 5, d = (int)any_number();
		long long lld = any_number();
		size_t zu = (size_t)any_number();
		snprintf(format, sizeof(format), "%s%%s%s%%d%s%%lld%s%%zu%s%%.*s%s", between(), between(),
			 between(), between(), between(), between());
		SAME(format, s, d, lld, zu, most, t);
		snprintf(format, sizeof(format), "%s%%.*s%s%%lld%s%%s%s%%d", between(), between(), between(),
			 between());
		SAME(format, most, t, lld, s, d);
		snprintf(format, sizeof(format), "%%zu%s%%d", between());
		SAME(format, zu, d);
	}
}

static void numbers_at_their_ends(void)
{
	SAME("%d %d %d", INT_MIN, INT_MAX, 0);
	SAME("%lld %lld %lld", LLONG_MIN, LLONG_MAX, 0LL);
	SAME("%zu %zu", SIZE_MAX, (size_t)0);
}

static void leaves_the_rest_to_printf(void)
{
	char out[ROOM];
	CHECK_INT(brief(out, ROOM, "%02d", 7), -1);
	CHECK_INT(brief(out, ROOM, "%5s", "x"), -1);
	CHECK_INT(brief(out, ROOM, "%c", 'x'), -1);
	CHECK_INT(brief(out, ROOM, "%u", 7u), -1);
	CHECK_INT(brief(out, ROOM, "%ld", 7L), -1);
	CHECK_INT(brief(out, ROOM, "%llu", 7ULL), -1);
	CHECK_INT(brief(out, ROOM, "%.3s", "x"), -1);
	CHECK_INT(brief(out, ROOM, "%.1f", 1.0), -1);
	CHECK_INT(brief(out, ROOM, "a%"), -1);
	CHECK_INT(brief(out, ROOM, "%s", (const char *)NULL), -1);
	CHECK_INT(brief(out, 0, ""), -1);
	CHECK_INT(brief(out, 1, ""), 0);
	CHECK_TEXT(out, "");
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(agrees_with_printf), TEST(numbers_at_their_ends),
					     TEST(leaves_the_rest_to_printf), TEST_END };
	return test_main(argc, argv, tests);
}
