/*
 * Who may do what: every route x method x role x relation (own, other, absent), through HTTP,
 * against tests/policy.csv - written out by hand from the field's permission matrix and the roles
 * of the product, read by an evaluator of its own. src/trust/policy.c is the product's; this file
 * does not use it but to compare.
 *
 * What somebody may not see must look like what is not there: the two answers are equal byte by
 * byte (but for the mask of the CSRF token, which is new in every answer).
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/test.h"
#include "base/text.h"
#include "core/harness.h"
#include "tests/support/policy_things.h"

enum expected { SERVED, SIGN_IN, FORBIDDEN, MISSING, WRONG_METHOD };

static long requests;

/* ---- the second evaluator ---- */

struct rule {
	char role[32], permission[32], reach[8];
};
static struct rule rules[300];
static size_t n_rules;

static const char *role_word(enum role role)
{
	return role == ROLE_NOBODY ? "nobody" : words_word(&role_words, (int)role);
}

static void read_rules(void)
{
	FILE *f = fopen("tests/policy.csv", "r");
	char line[200];

	if (f == NULL || fgets(line, sizeof(line), f) == NULL) {
		printf("tests/policy.csv cannot be read: run from the root of the repository\n");
		exit(1);
	}
	while (n_rules < 300 && fgets(line, sizeof(line), f) != NULL) {
		struct rule *r = &rules[n_rules++];

		if (sscanf(line, "%31[^,],%31[^,],%7s", r->role, r->permission, r->reach) != 3) {
			printf("tests/policy.csv: not a rule: %s", line);
			exit(1);
		}
	}
	fclose(f);
}

static const char *reach_of(enum role role, const char *permission)
{
	for (size_t i = 0; i < n_rules; i++) {
		if (strcmp(rules[i].role, role_word(role)) == 0 &&
		    strcmp(rules[i].permission, permission) == 0) {
			return rules[i].reach;
		}
	}
	return "not in the table";
}

/* ---- asking ---- */

/* The path of a pattern with its captures filled in; false in *any: it has none. */
static const char *fill(const char *pattern, enum thing thing, bool *any)
{
	struct buf b;

	*any = false;
	buf_init(&b, arena, 1000);
	while (*pattern != '\0') {
		size_t n = strcspn(pattern, "{");

		buf_add(&b, pattern, n);
		pattern += n;
		if (*pattern == '{') {
			n = strcspn(pattern, "}");
			buf_str(&b, capture_named(pattern + 1, n - 1)->value[thing]);
			pattern += n + 1;
			*any = true;
		}
	}
	return b.p;
}

/* The first-run link of this route is never good here: somebody is there already. */
static bool is_never_there(const char *pattern)
{
	return text_starts(pattern, "/set-up/");
}

static enum expected expect(enum role role, const struct route *route, enum thing thing, bool any)
{
	const char *reach = reach_of(role, permission_name(route->permission));

	if (strcmp(reach, "no") == 0) {
		return role == ROLE_NOBODY ? SIGN_IN : FORBIDDEN;
	}
	if (any && (thing == ABSENT || is_never_there(route->pattern))) {
		return MISSING;
	}
	/* every course and provider is a trainer's to read, every rule of training a school lead's: other is own */
	if (any && strcmp(reach, "own") == 0 && thing == OTHER && strstr(route->pattern, "{course}") == NULL &&
	    strstr(route->pattern, "{provider}") == NULL && strstr(route->pattern, "{need}") == NULL) {
		return MISSING;
	}
	return SERVED;
}

static bool is_as_expected(const struct answer *a, enum expected expected)
{
	switch (expected) {
	case SERVED:
		return a->status == 200 || a->status == 422 || a->status == 409 ||
		       (a->status == 303 && !text_starts(a->location, "/sign-in?then"));
	case SIGN_IN:
		return a->status == 303 && text_starts(a->location, "/sign-in");
	case FORBIDDEN:
		return a->status == 403;
	case MISSING:
		return a->status == 404;
	case WRONG_METHOD:
		return a->status == 405;
	}
	return false;
}

/* The body without what is random in it. */
static const char *without_masks(const struct answer *a)
{
	static const char *const names[] = { "name=\"_csrf\" value=\"", "name=\"_key\" value=\"" };
	char *copy = arena_strndup(arena, a->body, a->n);

	for (int i = 0; i < 2; i++) {
		for (char *at = strstr(copy, names[i]); at != NULL; at = strstr(at, names[i])) {
			at += strlen(names[i]);
			memset(at, '-', strcspn(at, "\""));
		}
	}
	return copy;
}

static bool used; /* something was done to the product since it was made */

static struct answer ask(enum http_method method, enum role role, const char *path)
{
	requests++;
	struct answer a =
		method == HTTP_GET ? harness_get(h, role, path) : harness_post(h, role, path, NULL);

	a.body = arena_strndup(arena, a.body, a.n);
	a.location = arena_strdup(arena, a.location);
	used = used || (method == HTTP_POST && (a.status == 303 || a.status == 200));
	return a;
}

static void tell(const struct answer *a, enum http_method method, enum role role, const char *path,
		 enum expected expected)
{
	static const char *const words[] = { "served", "sent to sign in", "forbidden", "not found",
					     "wrong method" };

	if (!CHECK(is_as_expected(a, expected))) {
		printf("    %s %s as %s: %d, should be %s\n", method == HTTP_GET ? "GET" : "POST",
		       path, role_word(role), a->status, words[expected]);
	}
}

struct walked { /* one route as one role: own, other and absent */
	const char *path[THINGS];
	struct answer answers[THINGS];
	enum expected expected[THINGS];
	int n; /* 1: the route names no thing */
};

/* What is hidden looks like what is absent. */
static bool looks_absent(const struct walked *w, enum thing thing)
{
	if (w->expected[thing] != w->expected[ABSENT]) {
		return true; /* it is not hidden */
	}
	return w->answers[thing].status == w->answers[ABSENT].status &&
	       (w->expected[thing] == SIGN_IN || /* its address is in the answer */
		strcmp(without_masks(&w->answers[thing]), without_masks(&w->answers[ABSENT])) == 0);
}

static bool ask_route(const struct route *route, enum role role, struct walked *w)
{
	bool any, sound = true;

	for (w->n = 0; w->n < THINGS; w->n++) {
		enum thing thing = (enum thing)w->n;

		w->path[thing] = fill(route->pattern, thing, &any);
		if (!any && thing != OWN) {
			return sound;
		}
		w->expected[thing] = expect(role, route, thing, any);
		w->answers[thing] = ask(route->method, role, w->path[thing]);
		sound = sound && is_as_expected(&w->answers[thing], w->expected[thing]);
	}
	return sound && looks_absent(w, OWN) && looks_absent(w, OTHER);
}

/* What was done before may have taken away what is asked of: then it is asked once more of things as they were. */
static void walk_route(const struct route *route, enum role role)
{
	struct walked w;

	if (!ask_route(route, role, &w) && used) {
		open_product();
		used = false;
		ask_route(route, role, &w);
	}
	for (int thing = OWN; thing < w.n; thing++) {
		tell(&w.answers[thing], route->method, role, w.path[thing], w.expected[thing]);
	}
	for (int thing = OWN; w.n == THINGS && thing < ABSENT; thing++) {
		if (!CHECK(looks_absent(&w, (enum thing)thing))) {
			printf("    %s as %s does not look like what is absent\n", w.path[thing], role_word(role));
		}
	}
}

static bool has_route(enum http_method method, const char *pattern)
{
	for (size_t i = 0; i < route_count(); i++) {
		const struct route *route = route_at(i, NULL);

		if (route->method == method && strcmp(route->pattern, pattern) == 0) {
			return true;
		}
	}
	return false;
}

static void walk(enum http_method method)
{
	for (size_t i = 0; i < route_count(); i++) {
		const struct route *route = route_at(i, NULL);

		for (int role = ROLE_NOBODY; role < ROLE_SYSTEM && route->method == method;
		     role++) {
			walk_route(route, (enum role)role);
		}
	}
}

/* ---- tests ---- */

static void the_two_tables_agree(void)
{
	size_t cells = 0;

	for (int role = ROLE_NOBODY; role < ROLE_SYSTEM; role++) {
		for (int p = PERM_public; p < PERM_COUNT; p++) {
			static const char *const words[] = { "no", "own", "all" };

			if (p == PERM_house) { /* no person has it and no route */
				CHECK_INT(policy_reach((enum role)role, PERM_house), REACH_NO);
				continue;
			}
			cells++;
			if (!CHECK_TEXT(
				    reach_of((enum role)role, permission_name((enum permission)p)),
				    words[policy_reach((enum role)role, (enum permission)p)])) {
				printf("    %s, %s\n", role_word((enum role)role),
				       permission_name((enum permission)p));
			}
		}
	}
	CHECK_INT(n_rules, cells); /* each cell once, and nothing else */
}

static void every_get(void)
{
	walk(HTTP_GET);
}

static void every_other_method(void)
{
	bool any;

	for (size_t i = 0; i < route_count(); i++) {
		const struct route *route = route_at(i, NULL);
		enum http_method other = route->method == HTTP_GET ? HTTP_POST : HTTP_GET;
		const char *path = fill(route->pattern, OWN, &any);

		for (int role = ROLE_NOBODY;
		     role < ROLE_SYSTEM && !has_route(other, route->pattern); role++) {
			struct answer a = ask(other, (enum role)role, path);

			/* "/x/new" may also be some "/x/{thing}" */
			if (a.status != 405) {
				struct matched m;

				CHECK(route_match(arena, other, path, &m));
				continue;
			}
			tell(&a, other, (enum role)role, path, WRONG_METHOD);
		}
	}
}

/* A list shows its own things and no others to whom only the own may be shown. */
static void lists_are_narrowed(void)
{
	static const struct {
		enum role role;
		const char *path, *capture;
		bool others;
	} cases[] = {
		{ ROLE_TRAINER, "/training/sessions", "session", false },
		{ ROLE_TRAINER, "/training/learners", "learner", false },
		{ ROLE_SCHOOL_LEAD, "/training/learners", "learner", false },
		{ ROLE_SCHOOL_LEAD, "/schools", "urn", false },
		{ ROLE_SCHOOL_LEAD, "/partnership/contacts", "contact", false },
		{ ROLE_TRAINING_OFFICER, "/partnership/contacts", "contact", true },
		{ ROLE_COORDINATOR, "/training/sessions", "session", true },
		{ ROLE_COORDINATOR, "/training/learners", "learner", true },
		{ ROLE_AUDITOR, "/schools", "urn", true },
	};
	static const char *const formats[] = { "", ".csv", ".json" };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct capture *c = capture_named(cases[i].capture, strlen(cases[i].capture));

		for (int f = 0; f < 3; f++) {
			const char *path = arena_printf(arena, "%s%s", cases[i].path, formats[f]);
			struct answer a = ask(HTTP_GET, cases[i].role, path);

			if (!CHECK(answer_has(&a, c->value[OWN])) ||
			    !CHECK_INT(answer_has(&a, c->value[OTHER]), cases[i].others)) {
				printf("    %s as %s\n", path, role_word(cases[i].role));
			}
		}
	}
}

static void every_post(void)
{
	walk(HTTP_POST);
	printf("%ld requests over %zu routes and %d roles\n", requests, route_count(), ROLE_SYSTEM);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(the_two_tables_agree), TEST(every_get),  TEST(every_other_method),
		TEST(lists_are_narrowed),   TEST(every_post), TEST_END,
	};
	read_rules();
	arena = arena_new((size_t)1 << 30);
	open_product();
	int status = test_main(argc, argv, tests);

	harness_close(&h);
	arena_free(&arena);
	return status;
}
