#include "base/buf.h"

#include <string.h>

#include "base/arena.h"
#include "base/test.h"

static void grows_and_stays_terminated(void)
{
	struct arena *a = arena_new(8 << 20);
	struct buf b;
	buf_init(&b, a, 1 << 20);
	CHECK_TEXT(b.p, "");
	for (int i = 0; i < 10000; i++) {
		buf_str(&b, "ab");
		buf_char(&b, 'c');
	}
	CHECK_INT(b.n, 30000);
	CHECK_INT(strlen(b.p), 30000);
	CHECK(memcmp(b.p + 29997, "abc", 3) == 0);
	CHECK(!b.full);
	arena_free(&a);
}

static void formats_short_and_long(void)
{
	struct arena *a = arena_new(8 << 20);
	struct buf b;
	char long_text[3001];
	memset(long_text, 'x', 3000);
	long_text[3000] = '\0';
	buf_init(&b, a, 1 << 20);
	buf_printf(&b, "%d-%s-", 7, "seven");
	buf_printf(&b, "%s|", long_text);
	buf_printf(&b, "%s|", long_text);
	CHECK_INT(b.n, 8 + 3001 + 3001);
	CHECK(memcmp(b.p, "7-seven-xxx", 11) == 0 && b.p[b.n - 1] == '|' && b.p[8 + 3000] == '|');
	arena_free(&a);
}

static void the_maximum_holds(void)
{
	struct arena *a = arena_new(1 << 20);
	struct buf b;
	buf_init(&b, a, 10);
	buf_str(&b, "12345678");
	CHECK(!b.full);
	buf_str(&b, "9abc");
	CHECK(b.full);
	CHECK_TEXT(b.p, "123456789a");
	buf_char(&b, 'z');
	CHECK_TEXT(b.p, "123456789a");
	CHECK(buf_reserve(&b, 1) == NULL);
	buf_init(&b, a, 0);
	buf_char(&b, 'z');
	CHECK(b.full && b.n == 0);
	arena_free(&a);
}

static void reserved_room_is_counted_later(void)
{
	struct arena *a = arena_new(1 << 20);
	struct buf b;
	buf_init(&b, a, 5000);
	char *room = buf_reserve(&b, 4000);
	CHECK(room != NULL && b.n == 0);
	memset(room, 'y', 4000);
	b.n += 4000;
	CHECK(buf_reserve(&b, 1001) == NULL);
	CHECK(b.full);
	arena_free(&a);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(grows_and_stays_terminated), TEST(formats_short_and_long),
					     TEST(the_maximum_holds), TEST(reserved_room_is_counted_later),
					     TEST_END };
	return test_main(argc, argv, tests);
}
