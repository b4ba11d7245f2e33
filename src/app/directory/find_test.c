/* Schools found by their words, whatever is typed, on either engine. */
#include <string.h>

#include "app/directory/directory.h"
#include "app/directory/import.sql.h"
#include "base/arena.h"
#include "base/test.h"
#include "base/text.h"
#include "core/harness.h"
#include "work/search.h"

const struct feature *const features[] = { &directory_feature, NULL };

static struct harness *h;

static void put(int64_t urn, const char *name, const char *town, const char *postcode)
{
	struct arena *a = harness_arena(h);
	const struct school s = { .urn = urn, .authority_id = harness_authority(h), .la_code = "936", .name = name,
				  .name_fold = text_fold(a, name), .town = town, .postcode = postcode,
				  .status = STATUS_OPEN };
	const char *const texts[] = { name, town, postcode, arena_printf(a, "%lld", (long long)urn), NULL };

	CHECK_OK(sql_school_put(harness_db(h), &s, NULL));
	CHECK_OK(search_put(a, harness_db(h), s.authority_id, SEARCH_SCHOOL, &(struct search_thing){ .id = urn, .texts = texts }, 1));
}

static void set_up(void)
{
	h = harness_open();
	put(125001, "St. Mary's Church of England Primary School", "Woking", "GU21 4AA");
	put(125002, "\xc3\x89""cole Fran\xc3\xa7""aise", "Guildford", "GU1 1BB");
	put(125003, "Oak Lane Primary School", "Farnham", "GU9 2CC");
	put(125004, "Lane End Infant School", "Oakwood", "RH5 5DD");
}

/* Names of those that the list shows for what was typed (as an address carries it). */
static const char *found(const char *typed)
{
	struct answer page = harness_get(h, ROLE_COORDINATOR, arena_printf(harness_arena(h), "/schools.csv?find=%s", typed));

	CHECK_INT(page.status, 200);
	return page.body;
}

static bool finds(const char *typed, const char *name)
{
	return strstr(found(typed), name) != NULL;
}

static size_t how_many(const char *typed)
{
	size_t n = 0;

	for (const char *s = found(typed); (s = strstr(s, "\r\n")) != NULL; s += 2) {
		n++;
	}
	return n - 1; /* the heading */
}

static void words_find_schools(void)
{
	set_up();
	CHECK(finds("st+marys", "St. Mary's"));
	CHECK(finds("St.%20Mary%27s", "St. Mary's"));
	CHECK(finds("mary%E2%80%99s", "St. Mary's")); /* a curly apostrophe */
	CHECK(finds("primary+church", "St. Mary's")); /* in any order */
	CHECK(finds("ecole", "cole Fran"));
	CHECK(finds("FRAN%C3%87AISE", "cole Fran"));
	CHECK(finds("oak+lane", "Oak Lane"));
	CHECK_INT(how_many("oak+lane"), 2); /* and Lane End in Oakwood */
	CHECK_INT(how_many("oak+lane+prim"), 1);
	CHECK(finds("125003", "Oak Lane"));
	CHECK(finds("GU9", "Oak Lane"));
	CHECK(finds("gu9+2cc", "Oak Lane"));
	CHECK_INT(how_many("academy"), 0);
	CHECK_INT(how_many("k"), 0); /* the beginning of a word, not its middle */
	harness_close(&h);
}

static void whatever_is_typed_is_no_query(void)
{
	static const char *const typed[] = { "%22", "%27", "*", "oak*", "NEAR(oak+lane)", "oak+AND", "OR", "NOT+oak", "-oak", "%5Eoak",
					     "words:oak", "oak%22+OR+%22lane", "oak:*", "oak%26lane", "oak|lane", "!oak", "(oak",
					     "%3C-%3E", "%5C", "%25", "_", "oak;DROP+TABLE+course", "%00", "%F0%9F%8F%AB",
					     "a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p", "%E2%80%9Coak%E2%80%9D", NULL };

	set_up();
	for (size_t i = 0; typed[i] != NULL; i++) {
		struct answer page = harness_get(h, ROLE_COORDINATOR, arena_printf(harness_arena(h), "/schools?find=%s", typed[i]));
		if (!CHECK(page.status == 200 || page.status == 400 || page.status == 422)) {
			CHECK_TEXT(typed[i], "");
		}
	}
	CHECK_INT(how_many("%22%27*"), 0); /* no letter and no digit: nothing is found, and not everything */
	CHECK_INT(how_many(""), 4);
	harness_close(&h);
}

static void what_changes_is_found_as_it_is(void)
{
	struct arena *a;
	struct db *db;

	set_up();
	a = harness_arena(h);
	db = harness_db(h);
	put(125003, "Elm Road Primary School", "Farnham", "GU9 2CC");
	CHECK_INT(how_many("oak+prim"), 0);
	CHECK(finds("elm", "Elm Road"));
	CHECK_OK(search_rebuild(db));
	CHECK(finds("elm", "Elm Road"));
	CHECK_OK(search_drop(a, db, SEARCH_SCHOOL, 125003));
	CHECK_INT(how_many("elm"), 0);
	CHECK_OK(search_drop(a, db, SEARCH_SCHOOL, 125003)); /* twice is once */
	CHECK_TEXT(search_words(a, "  O\xe2\x80\x99""Brien-Jones,  \xc3\x89""va & Co. "), "obrien jones eva co");
	CHECK_TEXT(search_words(a, "\xff"), "");
	harness_close(&h);
}

/* Who says that a thing is new spares looking for it; it is found like the others, and is not put twice. */
static void what_is_new_is_put_beside_what_is_known(void)
{
	static const char *const same[] = { "Oak Lane Primary School", "125003", NULL }, *const other[] = { "Ash Grove Infant School", NULL },
				 *const new[] = { "Birch Hill Junior School", NULL };
	struct search_thing things[] = { { 125003, same, false }, { 125005, new, true }, { 125004, other, false } };
	struct school birch = { .urn = 125005, .la_code = "936", .name = new[0], .name_fold = new[0], .status = STATUS_OPEN };

	set_up();
	birch.authority_id = harness_authority(h);
	CHECK_OK(sql_school_put(harness_db(h), &birch, NULL));
	CHECK_OK(search_put(harness_arena(h), harness_db(h), birch.authority_id, SEARCH_SCHOOL, things, 3));
	CHECK_INT(how_many("oak+lane"), 1);
	CHECK_INT(how_many("ash+grove"), 1);
	CHECK_INT(how_many("birch"), 1);
	CHECK(search_put(harness_arena(h), harness_db(h), birch.authority_id, SEARCH_SCHOOL, things + 1, 1) != NULL);
	harness_close(&h);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(words_find_schools), TEST(whatever_is_typed_is_no_query),
					     TEST(what_changes_is_found_as_it_is),
					     TEST(what_is_new_is_put_beside_what_is_known), TEST_END };

	return test_main(argc, argv, tests);
}
