/* What the tests of accounts share: a browser of one's own, people, their pages. */
#ifndef APP_ACCOUNT_ACCOUNT_TEST_H
#define APP_ACCOUNT_ACCOUNT_TEST_H

#include <string.h>

#include "base/arena.h"
#include "base/test.h"
#include "base/text.h"
#include "core/harness.h"

static struct harness *h;

static struct answer get_as(const char *token, const char *path)
{
	const char *raw = arena_printf(harness_arena(h),
				       "GET %s HTTP/1.1\r\nHost: newbridge.example\r\n"
				       "Cookie: login=%s\r\n\r\n",
				       path, token);

	return harness_raw(h, raw, strlen(raw));
}

/* The token of the login cookie that an answer sets; NULL: none. */
static const char *cookie_of(const struct answer *a)
{
	for (size_t i = 0; i < a->headers.n; i++) {
		const char *value = a->headers.v[i].value;

		if (text_same(a->headers.v[i].name, "Set-Cookie") && text_starts(value, "login=")) {
			return arena_strndup(harness_arena(h), value + 6, strcspn(value + 6, ";"));
		}
	}
	return NULL;
}

/* Adds a user as the administrator; the path of the one-time link. */
static const char *add(const char *name, const char *email, const char *role)
{
	struct answer a = harness_post(h, ROLE_ADMINISTRATOR, "/settings/users/new", "name", name,
				       "email", email, "role", role, "establishment_urn", "", NULL);
	const char *token = answer_between(h, &a, "/welcome/", "<");

	CHECK_INT(a.status, 200);
	CHECK(token != NULL && strlen(token) >= 43);
	return token == NULL ? "" : arena_printf(harness_arena(h), "/welcome/%.43s", token);
}

/* The address of the account's own page, out of the list of users. */
static const char *page_of_user(const char *name)
{
	struct answer a = harness_get(h, ROLE_ADMINISTRATOR, "/settings/users");
	const char *table =
		strstr(a.body, "<caption"); /* one's own name stands in the header, too */
	const char *end = table == NULL
				  ? NULL
				  : strstr(table, arena_printf(harness_arena(h), ">%s</a>", name));

	if (!CHECK(end != NULL)) {
		return "/";
	}
	const char *start = end;

	while (start > a.body && strncmp(start, "href=\"", 6) != 0) {
		start--;
	}
	start += 6;
	return arena_strndup(harness_arena(h), start, strcspn(start, "\""));
}

static const char *version_on(const char *path)
{
	struct answer a = harness_get(h, ROLE_ADMINISTRATOR, path);
	const char *version = answer_between(h, &a, "name=\"_version\" value=\"", "\"");

	return version == NULL ? "" : version;
}

#endif
