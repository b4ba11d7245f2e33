/* The list of the audit, page after page, with its filters. */
#include <stdlib.h>
#include <string.h>

#include "app/account/account.h"
#include "base/arena.h"
#include "base/test.h"
#include "core/harness.h"

const struct feature *const features[] = { &account_feature, NULL };

enum { ENTRIES_MAX = 400, PAGE = 50 };

static struct harness *h;

static void change_authority(const char *name)
{
	struct answer a = harness_get(h, ROLE_ADMINISTRATOR, "/settings/authority");

	a = harness_post(h, ROLE_ADMINISTRATOR, "/settings/authority", "_version",
			 answer_between(h, &a, "name=\"_version\" value=\"", "\""), "name", name, "code", "936", "accent",
			 "#1d70b8", NULL);
	CHECK_INT(a.status, 303);
}

/* The numbers of the entries on a page, in their order; how many. */
static size_t entries_on(const struct answer *a, int64_t *out)
{
	static const char row[] = "href=\"/settings/audit/";
	size_t n = 0;

	for (const char *at = a->body; (at = strstr(at, row)) != NULL && n < PAGE;) {
		at += strlen(row);
		out[n++] = strtoll(at, NULL, 10);
	}
	return n;
}

/* All entries that a filter leaves, page after page; how many. Each page begins below where the one before it ended. */
static size_t walk(const char *filter, int64_t *out)
{
	struct arena *a = harness_arena(h);
	const char *path = arena_printf(a, "/settings/audit?%s", filter);
	size_t n = 0;

	for (bool more = true; more && n + PAGE <= ENTRIES_MAX;) {
		struct answer page = harness_get(h, ROLE_AUDITOR, path);
		size_t on_page = entries_on(&page, out + n);

		CHECK_INT(page.status, 200);
		n += on_page;
		more = on_page == PAGE;
		path = !more ? NULL : arena_printf(a, "/settings/audit?%s&after=%lld&after-id=%lld", filter, (long long)out[n - 1],
						   (long long)out[n - 1]);
	}
	for (size_t i = 1; i < n; i++) {
		CHECK(out[i] < out[i - 1]);
	}
	return n;
}

/* Sixty changes of one thing by one person, among others: 120 by her, 180 in all. */
static void every_entry_is_on_one_page(void)
{
	struct arena *a = harness_arena(h);
	const char *ada = arena_printf(a, "actor=%s", harness_who(h, ROLE_ADMINISTRATOR)->actor);
	const char *authority = "subject=authority:936";
	int64_t before[ENTRIES_MAX], entries[ENTRIES_MAX];
	size_t n = walk("", before);

	for (int i = 0; i < 60; i++) {
		change_authority(arena_printf(a, "Newbridge %d", i));
		CHECK_OK(harness_operation(h, ROLE_ADMINISTRATOR, "add-user", "name", "Nell Sorrow", "email",
					   arena_printf(a, "nell.sorrow.%d@newbridge.example", i), "role", "trainer", NULL).err);
		CHECK_OK(harness_operation(h, ROLE_SYSTEM, "add-user", "name", "Ken Marsh", "email",
					   arena_printf(a, "ken.marsh.%d@newbridge.example", i), "role", "trainer", NULL).err);
	}
	CHECK_INT((int64_t)walk("", entries), (int64_t)n + 180);
	for (size_t i = 1; i < n + 180; i++) {
		CHECK_INT(entries[i], entries[i - 1] - 1);
	}
	CHECK_INT((int64_t)walk(ada, entries), 120);
	CHECK_INT((int64_t)walk(authority, entries), 60);
	CHECK_INT((int64_t)walk(arena_printf(a, "%s&%s", ada, authority), entries), 60);
	CHECK_INT((int64_t)walk("actor=user:999", entries), 0);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(every_entry_is_on_one_page), TEST_END };
	h = harness_open();
	int status = test_main(argc, argv, tests);

	harness_close(&h);
	return status;
}
