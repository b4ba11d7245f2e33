/* The table of routes: what it matches, and what it refuses to be built with. */
#include "base/arena.h"
#include "base/test.h"
#include "core/core.h"
#include "core/route.h"

static struct err *a_page(struct page *p)
{
	return NULL;
}

static struct err *an_apply(struct op *op, const void *input)
{
	return NULL;
}

static const struct operation sound = { .name = "sound",
					.permission = PERM_public,
					.apply = an_apply };

/* Each case puts its own routes here. */
static struct route routes[8];
static struct operation const *operations[4];
static const struct feature feature = { .name = "routes",
					.routes = routes,
					.operations = operations };
const struct feature *const features[] = { &feature, NULL };

static void use(size_t n, const struct route *given)
{
	for (size_t i = 0; i < 8; i++) {
		routes[i] = i < n ? given[i] : (struct route){ .pattern = NULL };
	}
	operations[0] = &sound;
	operations[1] = NULL;
}

static struct route get(const char *pattern)
{
	return (struct route){ HTTP_GET, pattern, PERM_public, a_page, NULL, NULL };
}

static void test_match(void)
{
	struct arena *a = arena_new(1 << 20);
	struct matched m;

	use(5, (struct route[]){ get("/a/{x}"), get("/a/new"), get("/a/{x}/edit"), get("/b"),
				 { HTTP_POST, "/a/{x}", PERM_public, NULL, &sound, NULL } });
	CHECK_OK(route_table_build());
	CHECK(route_match(a, HTTP_GET, "/a/new", &m));
	CHECK_TEXT(m.route->pattern, "/a/new");
	CHECK_INT(m.path.n, 0);
	CHECK(route_match(a, HTTP_HEAD, "/a/2K 7Q", &m));
	CHECK_TEXT(pairs_get(&m.path, "x"), "2K 7Q");
	CHECK(route_match(a, HTTP_POST, "/a/1", &m));
	CHECK(m.route->operation == &sound);
	CHECK(route_match(a, HTTP_GET, "/a/new/edit", &m));
	CHECK_TEXT(m.route->pattern, "/a/{x}/edit");
	CHECK(route_match(a, HTTP_GET, "/settings/jobs.csv", &m));
	CHECK_TEXT(m.format, "csv");
	CHECK(m.list == list_find("jobs"));
	CHECK(!route_match(a, HTTP_GET, "/a/", &m) && !m.other_method);
	CHECK(!route_match(a, HTTP_GET, "/a", &m) && !m.other_method);
	CHECK(!route_match(a, HTTP_GET, "/a/1/edit/", &m));
	CHECK(!route_match(a, HTTP_GET, "/1/2/3/4/5/6/7/8/9/10", &m));
	CHECK(!route_match(a, HTTP_GET, "", &m));
	CHECK(!route_match(a, HTTP_POST, "/b", &m) && m.other_method);
	CHECK(!route_match(a, HTTP_OTHER, "/b", &m) && m.other_method);
	arena_free(&a);
}

static void refused(size_t n, const struct route *given)
{
	struct err *err;

	use(n, given);
	err = route_table_build();
	CHECK(err != NULL && err->kind == ERR_BUG);
}

static void test_refused(void)
{
	refused(2, (struct route[]){ get("/a/{x}"), get("/a/{y}") });
	refused(2, (struct route[]){ get("/a/{x}/c"), get("/a/b/{y}") });
	refused(1, (struct route[]){ get("/{x}") });
	refused(1, (struct route[]){ get("/a/") });
	refused(1, (struct route[]){ get("a") });
	refused(1, (struct route[]){ get("/A") });
	refused(1, (struct route[]){ get("/a/{}") });
	refused(1, (struct route[]){ { HTTP_GET, "/a", PERM_none, a_page, NULL, NULL } });
	refused(1, (struct route[]){ { HTTP_GET, "/a", PERM_house, a_page, NULL, NULL } });
	refused(1, (struct route[]){ { HTTP_GET, "/a", PERM_public, NULL, NULL, NULL } });
	refused(1, (struct route[]){ { HTTP_GET, "/a", PERM_public, a_page, &sound, NULL } });
	refused(1, (struct route[]){ { HTTP_POST, "/a", PERM_public, a_page, NULL, NULL } });
	refused(1, (struct route[]){ { HTTP_POST, "/a", PERM_signed_in, NULL, &sound, NULL } });
	refused(1, (struct route[]){ get("/settings/jobs") });
	use(1, (struct route[]){ get("/a") });
	operations[1] = &(const struct operation){ .name = "without", .apply = an_apply };
	operations[2] = NULL;
	CHECK(route_table_build() != NULL);
	use(1, (struct route[]){ get("/a") });
	CHECK_INT(routes_check(), 0);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(test_match), TEST(test_refused), TEST_END };

	return test_main(argc, argv, tests);
}
