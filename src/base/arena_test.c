#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/sanitized.h"
#include "base/test.h"

static void memory_is_zeroed_and_aligned(void)
{
	struct arena *a = arena_new(1 << 20);
	for (size_t size = 1; size < 300; size += 7) {
		char *p = arena_alloc(a, size);
		CHECK((uintptr_t)p % 16 == 0);
		bool zero = true;
		for (size_t i = 0; i < size; i++) {
			zero = zero && p[i] == 0;
		}
		CHECK(zero);
		memset(p, 0xAA, size);
	}
	arena_reset(a);
	char *again = arena_alloc(a, 200);
	CHECK(again[0] == 0 && again[199] == 0);
	arena_free(&a);
	CHECK(a == NULL);
	arena_free(&a);
}

static void rewind_gives_back_across_blocks(void)
{
	struct arena *a = arena_new(8 << 20);
	char *keep = arena_strdup(a, "kept");
	size_t before = arena_used(a);
	for (int i = 0; i < 100; i++) {
		struct arena_mark mark = arena_mark(a);
		memset(arena_alloc(a, 3 << 20), 1, 3 << 20);
		arena_printf(a, "%d", i);
		arena_rewind(a, mark);
	}
	CHECK_INT(arena_used(a), before);
	CHECK_TEXT(keep, "kept");
	arena_free(&a);
}

#define MEGABYTE ((size_t)1 << 20)

static bool is_filled(const char *p, size_t n, char with)
{
	for (size_t i = 0; i < n; i++) {
		if (p[i] != with) {
			return false;
		}
	}
	return true;
}

/* Beyond the steps of small blocks: pieces do not overlap, what comes again is zero, and all of it goes back to the system. */
static void large_blocks_go_back(void)
{
	static const size_t sizes[] = { 100, MEGABYTE, 2 * MEGABYTE - 64, 2 * MEGABYTE, 7 * MEGABYTE + 1, 300 };
	enum { PIECES = sizeof(sizes) / sizeof(*sizes) };
	long before = test_held_kb();

	for (int round = 0; round < 20; round++) {
		struct arena *a = arena_new(64 * MEGABYTE);
		struct arena_mark mark = arena_mark(a);

		for (int again = 0; again < 2; again++) {
			char *pieces[PIECES];

			for (size_t i = 0; i < PIECES; i++) {
				pieces[i] = arena_alloc(a, sizes[i]);
				CHECK((uintptr_t)pieces[i] % 16 == 0 && is_filled(pieces[i], sizes[i], 0));
				memset(pieces[i], 'a' + (int)i, sizes[i]);
			}
			for (size_t i = 0; i < PIECES; i++) {
				CHECK(is_filled(pieces[i], sizes[i], (char)('a' + (int)i)));
			}
			arena_rewind(a, mark);
		}
		CHECK(round > 0 || test_held_kb() > before);
		arena_free(&a);
	}
	if (!SANITIZED) { /* there what was given back is kept for a while, to see who still uses it */
		CHECK(test_held_kb() <= before + 4096);
	}
}

static void grows_in_place_when_last(void)
{
	struct arena *a = arena_new(1 << 20);
	char *p = arena_grow(a, NULL, 0, 10);
	memcpy(p, "123456789", 10);
	CHECK(arena_grow(a, p, 10, 400) == p);
	CHECK_TEXT(p, "123456789");
	arena_alloc(a, 1);
	char *q = arena_grow(a, p, 400, 800);
	CHECK(q != p);
	CHECK_TEXT(q, "123456789");
	arena_free(&a);
}

struct owner { /* an object that lies on its own arena */
	struct arena *arena;
};

static void may_hold_its_owner(void)
{
	struct arena *a = arena_new(1 << 20);
	struct owner *o = ARENA_NEW(a, struct owner, 1);
	o->arena = a;
	CHECK_INT(arena_used(a), 16);
	arena_free(&o->arena);
}

static char order[8];

static void note(void *what)
{
	strncat(order, what, sizeof(order) - strlen(order) - 1);
}

static void deferred_runs_last_first_once(void)
{
	struct arena *a = arena_new(1 << 20);
	order[0] = '\0';
	arena_defer(a, note, "a");
	arena_defer(a, note, "b");
	arena_defer(a, note, "c");
	arena_reset(a);
	CHECK_TEXT(order, "cba");
	arena_defer(a, note, "d");
	arena_free(&a);
	CHECK_TEXT(order, "cbad");
}

/* Exit status of a child that asks an arena with this cap for so many pieces of size bytes. */
static int child_asks(size_t cap, int pieces, size_t size)
{
	pid_t child = fork();
	if (child == 0) {
		close(STDERR_FILENO);
		struct arena *a = arena_new(cap);
		for (int i = 0; i < pieces; i++) {
			memset(arena_alloc(a, size), 1, size);
		}
		_exit(0);
	}
	int status = 0;
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void over_the_cap_ends_the_process(void)
{
	CHECK_INT(child_asks(64 << 10, 1, 1000), 0);
	CHECK_INT(child_asks(64 << 10, 1, 30 << 10), 0);
	CHECK(child_asks(64 << 10, 1, 65 << 10) > 0);
	CHECK(child_asks(64 << 10, 1, SIZE_MAX - 3) > 0);
	CHECK_INT(child_asks(64 << 10, 2, 20 << 10), 0); /* the last block takes what is left */
	CHECK_INT(child_asks(9 * MEGABYTE, 6, MEGABYTE), 0);
	CHECK_INT(child_asks(9 * MEGABYTE, 2, 4 * MEGABYTE), 0);
	CHECK(child_asks(9 * MEGABYTE, 9, MEGABYTE) > 0);
	CHECK(child_asks(9 * MEGABYTE, 1, 9 * MEGABYTE) > 0);
	CHECK(child_asks(9 * MEGABYTE, 1, SIZE_MAX - 4 * MEGABYTE) > 0);
}

static void texts(void)
{
	struct arena *a = arena_new(1 << 20);
	CHECK(arena_strdup(a, NULL) == NULL);
	CHECK_TEXT(arena_strndup(a, "committee", 6), "commit");
	CHECK_TEXT(arena_printf(a, "%d of %s", 51, "schools"), "51 of schools");
	arena_free(&a);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(memory_is_zeroed_and_aligned),
					     TEST(rewind_gives_back_across_blocks),
					     TEST(large_blocks_go_back),
					     TEST(grows_in_place_when_last),
					     TEST(may_hold_its_owner),
					     TEST(deferred_runs_last_first_once),
					     TEST(over_the_cap_ends_the_process),
					     TEST(texts),
					     TEST_END };
	return test_main(argc, argv, tests);
}
