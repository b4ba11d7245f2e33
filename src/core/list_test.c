/* Lists: pages of rows from a statement and from C, filters, exports, whose rows, what a page
 * costs. */
#include <string.h>

#include "core/list.h"
#include "core/ticket_test.h"

static void add_jobs(struct harness *h, int n)
{
	int first = (int)count_jobs(h);

	CHECK_OK(db_begin(harness_db(h)));
	for (int i = first; i < first + n; i++) {
		CHECK_OK(job_queue(
			harness_arena(h), harness_db(h), harness_authority(h), "ticket",
			arena_printf(harness_arena(h), "T%03d", i),
			(struct instant){ world_now(harness_world(h)).ms + i / 3 * 60000 }, NULL));
	}
	CHECK_OK(db_commit(harness_db(h)));
}

static const char *next_of(struct harness *h, const struct answer *a)
{
	const char *pages = answer_between(h, a, "govuk-pagination__next", "rel=\"next\"");
	struct answer inside = { .body = pages };
	const char *href = pages == NULL ? NULL : answer_between(h, &inside, "href=\"", "\"");

	if (href == NULL) {
		return NULL;
	}
	char *path = arena_strdup(harness_arena(h), href);
	for (char *amp; (amp = strstr(path, "&amp;")) != NULL;) {
		memmove(amp + 1, amp + 5, strlen(amp + 5) + 1);
	}
	return path;
}

/* Every row once, also where many have the same sort value. */
static void test_pages_follow_one_another(void)
{
	struct harness *h = harness_open();
	const char *path = "/settings/jobs";
	struct answer a;
	size_t rows = 0, pages = 0;

	add_jobs(h, 60);
	for (; path != NULL && pages < 9; pages++) {
		a = harness_get(h, ROLE_ADMINISTRATOR, path);
		CHECK_INT(a.status, 200);
		rows += answer_count(&a, ">T0");
		path = next_of(h, &a);
	}
	CHECK_INT(pages, 3);
	CHECK_INT(rows, 60);
	CHECK(answer_has(&a, "last 10"));
	CHECK(answer_has(&a, "First page"));
	harness_close(&h);
}

static void test_statements_do_not_grow_with_rows(void)
{
	struct harness *h = harness_open();
	int64_t few, many;

	add_jobs(h, 2);
	few = harness_get(h, ROLE_ADMINISTRATOR, "/settings/jobs").statements;
	add_jobs(h, 58);
	many = harness_get(h, ROLE_ADMINISTRATOR, "/settings/jobs").statements;
	CHECK_INT(many, few);
	CHECK(many > 0 && many <= 5);
	harness_close(&h);
}

static void test_filters_narrow_and_say_what_is_wrong(void)
{
	struct harness *h = harness_open();
	struct answer a;

	add_jobs(h, 3);
	a = harness_get(h, ROLE_ADMINISTRATOR, "/settings/jobs?state=waiting&authority_id=2&utm=x");
	CHECK_INT(a.status, 200);
	CHECK_INT(answer_count(&a, ">T0"), 3);
	CHECK(answer_has(&a, "<option value=\"waiting\" selected"));
	CHECK(answer_has(&a, "/settings/jobs.csv?state=waiting"));
	CHECK(answer_has(&a, "/settings/jobs.ods?state=waiting"));
	CHECK(answer_has(&a, "<a class=\"moj-filter__tag\" href=\"/settings/jobs\">"));
	a = harness_get(h, ROLE_ADMINISTRATOR, "/settings/jobs?state=done");
	CHECK(answer_has(&a, "There is no work."));
	a = harness_get(h, ROLE_ADMINISTRATOR, "/settings/jobs?state=odd");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "Select the state"));
	CHECK(!answer_has(&a, ">T0"));
	CHECK_INT(harness_get(h, ROLE_ADMINISTRATOR, "/settings/jobs.csv?state=odd").status, 422);
	CHECK_INT(harness_get(h, ROLE_COORDINATOR, "/settings/jobs").status, 403);
	CHECK_INT(harness_get(h, ROLE_COORDINATOR, "/settings/jobs.csv").status, 403);
	harness_close(&h);
}

static void test_rows_made_in_c_are_paged(void)
{
	struct harness *h = harness_open();
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/squares");

	CHECK(answer_has(&a, "Squares, smallest first: first 25"));
	CHECK(answer_has(&a, "href=\"/squares/25\""));
	CHECK(!answer_has(&a, "href=\"/squares/26\""));
	CHECK(answer_has(&a, "50 &amp; more"));
	CHECK(answer_has(&a, "1 February 2026"));
	a = harness_get(h, ROLE_COORDINATOR, next_of(h, &a));
	CHECK(answer_has(&a, "href=\"/squares/26\""));
	CHECK(answer_has(&a, "next 25"));
	a = harness_get(h, ROLE_COORDINATOR,
			"/squares?even=yes&from-day=1&from-month=3&from-year=2026");
	CHECK(answer_has(&a, "3 March 2026"));
	CHECK(!answer_has(&a, "href=\"/squares/1\""));
	CHECK(answer_has(&a, "/squares.csv?from=2026-03-01&amp;even=yes"));
	harness_close(&h);
}

static void test_exports_hold_all_rows(void)
{
	struct harness *h = harness_open();
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/squares.csv?from=2026-03-01");

	CHECK_INT(a.status, 200);
	CHECK_TEXT(a.type, "text/csv; charset=utf-8");
	CHECK(text_starts(a.body,
			  "\"Square, m²\",Day,Twice that,Even\r\n1,2026-03-02,2 & more,no\r\n"));
	CHECK_INT(answer_count(&a, "\r\n"), 61);
	CHECK(strstr(pairs_get(&a.headers, "Content-Disposition"), "squares.csv") != NULL);
	a = harness_get(h, ROLE_COORDINATOR, "/squares.json?even=yes");
	CHECK(text_starts(a.body, "{\"list\":\"squares\",\"rows\":[{\"side\":4,\"on\":\"2026-02-"
				  "02\",\"twice_that\":\"4 & more\",\"even\":true},"));
	CHECK_INT(answer_count(&a, "\"side\""), 30);
	CHECK(answer_has(&a, "\"complete\":true}"));
	harness_close(&h);
}

/* Made in pieces of five hundred, between rows that share their place in the order too. */
static void test_a_long_export_holds_every_row_once(void)
{
	enum { MANY = 1203 };
	struct harness *h = harness_open();
	struct answer csv, json;

	add_jobs(h, MANY);
	struct answer ods = harness_get(h, ROLE_ADMINISTRATOR, "/settings/jobs.ods");
	csv = harness_get(h, ROLE_ADMINISTRATOR, "/settings/jobs.csv");
	json = harness_get(h, ROLE_ADMINISTRATOR, "/settings/jobs.json");
	CHECK_INT(csv.status, 200);
	CHECK_INT(json.status, 200);
	CHECK_TEXT(csv.type, "text/csv; charset=utf-8");
	CHECK_INT(answer_count(&csv, "\r\n"), MANY + 1);
	CHECK_INT(answer_count(&json, "\"subject\""), MANY);
	CHECK_INT(ods.status, 200);
	CHECK_TEXT(ods.type, "application/vnd.oasis.opendocument.spreadsheet");
	CHECK(strstr(pairs_get(&ods.headers, "Content-Disposition"), "jobs.ods") != NULL);
	CHECK(ods.n > 1000 && memcmp(ods.body, "PK\3\4", 4) == 0); /* its rows: tests/ods_test.py, of 576 schools */
	CHECK(answer_has(&json, "\"complete\":true}"));
	for (int i = 0; i < MANY; i++) {
		CHECK_INT(answer_count(&csv, arena_printf(harness_arena(h), ",T%03d,", i)), 1);
	}
	harness_close(&h);
}

/* They come all at once, have no place in an order, and may be more than a piece. */
static void test_a_long_export_of_rows_made_in_c(void)
{
	struct harness *h = harness_open();
	struct answer csv = harness_get(h, ROLE_COORDINATOR, "/squares.csv?many=yes");
	struct answer json = harness_get(h, ROLE_COORDINATOR, "/squares.json?many=yes");
	struct answer ods = harness_get(h, ROLE_COORDINATOR, "/squares.ods?many=yes");

	CHECK_INT(csv.status, 200);
	CHECK_INT(answer_count(&csv, "\r\n"), SQUARES_MANY + 1);
	CHECK_INT(answer_count(&csv, ",2406 & more,"), 1);
	CHECK_INT(json.status, 200);
	CHECK_INT(answer_count(&json, "\"side\""), SQUARES_MANY);
	CHECK(answer_has(&json, "\"complete\":true}"));
	CHECK_INT(ods.status, 200);
	CHECK(ods.n > 1000 && memcmp(ods.body, "PK\3\4", 4) == 0);
	harness_close(&h);
}

static void test_whose_rows(void)
{
	struct harness *h = harness_open();
	struct who who = *harness_who(h, ROLE_TRAINER);
	struct square_args args = { 0 };

	list_scope(&square_list, &who, (char *)&args);
	CHECK_INT(args.authority_id, who.authority_id);
	CHECK_INT(args.own_user_id, who.user_id);
	CHECK_INT(args.own_urn, -1);
	who.establishment_urn = 125000;
	list_scope(&square_list, &who, (char *)&args);
	CHECK_INT(args.own_urn, 125000);
	who.role = ROLE_COORDINATOR;
	list_scope(&square_list, &who, (char *)&args);
	CHECK_INT(args.own_user_id, 0);
	CHECK_INT(args.own_urn, 0);
	harness_close(&h);
}

static void test_the_command_line_prints_a_table(void)
{
	struct harness *h = harness_open();
	struct square_args args = { .from = { 2026, 1, 31 }, .even = true };
	struct buf out;

	buf_init(&out, harness_arena(h), 1 << 20);
	CHECK_OK(list_print(harness_arena(h), harness_db(h), harness_who(h, ROLE_SYSTEM),
			    &square_list, &args, "text", &out));
	CHECK(text_starts(out.p, "Square, m²  Day               Twice that\n"
				 "         4  2 February 2026   4 & more\n"));
	buf_init(&out, harness_arena(h), 1 << 20);
	CHECK_OK(list_print(harness_arena(h), harness_db(h), harness_who(h, ROLE_SYSTEM),
			    list_find("squares"), &args, "csv", &out));
	CHECK(strstr(out.p, "3600,2026-04-01,120 & more,yes") != NULL);
	harness_close(&h);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_pages_follow_one_another),
		TEST(test_statements_do_not_grow_with_rows),
		TEST(test_filters_narrow_and_say_what_is_wrong),
		TEST(test_rows_made_in_c_are_paged),
		TEST(test_exports_hold_all_rows),
		TEST(test_a_long_export_holds_every_row_once),
		TEST(test_a_long_export_of_rows_made_in_c),
		TEST(test_whose_rows),
		TEST(test_the_command_line_prints_a_table),
		TEST_END,
	};

	return test_main(argc, argv, tests);
}
