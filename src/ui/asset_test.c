#include "ui/asset.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/test.h"

static const struct asset *named(const char *name)
{
	for (size_t i = 0; i < n_assets; i++) {
		if (strcmp(assets[i].name, name) == 0) {
			return &assets[i];
		}
	}
	return NULL;
}

static void test_names_carry_a_hash(void)
{
	const struct asset *css = named("app.css");

	CHECK(css != NULL);
	CHECK_TEXT(asset_url("app.css").s, css->path);
	CHECK(strncmp(css->path, "/assets/app-", 12) == 0);
	CHECK_TEXT(css->path + strlen(css->path) - 4, ".css");
	CHECK(asset_find(css->path) == css);
	CHECK(asset_find("/assets/app.css") == NULL);
	CHECK(asset_find("") == NULL);
	CHECK_TEXT(asset_url("none.css").s, NULL);
	CHECK(css->etag[0] == '"' && css->etag[strlen(css->etag) - 1] == '"');
}

static bool holds(struct bytes b, const char *what)
{
	size_t n = strlen(what);

	for (size_t i = 0; i + n <= b.n; i++) {
		if (strncasecmp((const char *)b.p + i, what, n) == 0) {
			return true;
		}
	}
	return false;
}

/* Schools may be called Crown; what draws a page may not. */
static bool is_front_end(const char *type)
{
	return strncmp(type, "text/css", 8) == 0 || strncmp(type, "text/javascript", 15) == 0 ||
	       strcmp(type, "image/svg+xml") == 0;
}

/* GOV.UK's crown, crest, logotype and typeface are for services on its own domains only. */
static void test_nothing_of_the_crown(void)
{
	static const char *const words[] = {
		"crown",     "crest",	 "gds-transport",    "GDS Transport",
		"opengraph", "logotype", "light-94a07e06a1", "bold-b542beb274"
	};

	for (size_t i = 0; i < n_assets; i++) {
		for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
			CHECK(strcasestr(assets[i].name, words[w]) == NULL);
			CHECK(!is_front_end(assets[i].type) || !holds(assets[i].plain, words[w]));
		}
	}
}

/* Every address in the style sheet is a file that is embedded. */
static void test_addresses_in_css_are_embedded(void)
{
	const struct asset *css = named("app.css");
	const char *p = (const char *)css->plain.p;
	const char *end = p + css->plain.n;
	int n = 0;

	while ((p = memmem(p, (size_t)(end - p), "url(", 4)) != NULL) {
		char path[200];
		size_t length = strcspn(p + 4, ")");
		p += 4;
		snprintf(path, sizeof path, "%.*s", (int)length, p);
		CHECK(asset_find(path) != NULL);
		n++;
	}
	CHECK(n > 0);
}

static void test_variants(void)
{
	const struct asset *css = named("app.css");
	const struct asset *js = named("app.js");

	CHECK(css->gzip.n > 0 && css->gzip.n < css->plain.n);
	CHECK(css->brotli.n > 0 && css->brotli.n < css->gzip.n);
	CHECK(css->gzip.p[0] == 0x1f && css->gzip.p[1] == 0x8b); /* RFC 1952 */
	CHECK_TEXT(css->type, "text/css; charset=utf-8");
	CHECK_TEXT(js->type, "text/javascript; charset=utf-8");
	/* Components start only when the body has this class, which no inline script sets. */
	CHECK(holds(js->plain, "govuk-frontend-supported"));
	/* Public pages have 60 KB for everything, the page itself included. */
	CHECK(css->gzip.n + js->gzip.n < 40u << 10);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_names_carry_a_hash),
		TEST(test_nothing_of_the_crown),
		TEST(test_addresses_in_css_are_embedded),
		TEST(test_variants),
		TEST_END,
	};

	return test_main(argc, argv, tests);
}
