/* Recording attendance, through the whole house. */
#include "app/training/person.h"
#include "app/training/training_test.h"

static void a_list_read_twice_changes_nothing(void)
{
	static const char list[] = "Name\tEmail\tSchool\tJob\n"
				   "Ada Fern\tada@oak.example.org\t125404\tTeacher\n"
				   "Ben Hale\t\tHeathfield School\tGovernor\n"
				   "Cy Webb\t\tOxted Clinic\tNurse\n";

	open_product();
	const char *s = schedule("2026-11-20T14:00", "");
	struct outcome o = import(s, list);

	CHECK_INT(o.problems.n, 0);
	CHECK_TEXT(pairs_get(&o.result, "added"), "3");
	CHECK_INT(counts_of(s).attended, 3);
	o = import(s, list);
	CHECK_TEXT(pairs_get(&o.result, "added"), "0");
	CHECK_TEXT(pairs_get(&o.result, "known"), "3");
	CHECK_TEXT(pairs_get(&o.result, "unchanged"), "3");
	CHECK_INT(counts_of(s).attended, 3);
	size_t n;
	struct attendance_line *rows = list_of(s, &n);

	CHECK_INT(n, 3);
	CHECK_INT(rows[0].establishment_urn, OAK);
	CHECK_INT(rows[0].sector, SECTOR_SCHOOL);
	CHECK_INT(rows[1].establishment_urn, HEATH);
	CHECK_TEXT(rows[2].organisation, "Oxted Clinic");
	CHECK_INT(rows[2].sector, SECTOR_NOT_KNOWN);
	close_product();
}

/* peers 4.2, pretix: the paper list of the day, typed in later, wins over the bookings; the booking
 * list, sent again afterwards, takes nothing away. */
static void the_paper_list_comes_later(void)
{
	open_product();
	const char *s = schedule("2026-11-20T14:00", "");

	CHECK_INT(import(s, "name,email,school,state\nAda Fern,ada@oak.example.org,125404,booked\n"
			    "Ben Hale,,125404,booked\nCy Webb,,125404,booked\n")
			  .problems.n,
		  0);
	CHECK_INT(counts_of(s).booked, 3);
	struct outcome o = import(s, "name,school,state\nAda Fern,125404,attended\nBen "
				     "Hale,125404,no-show\n"
				     "ADA  FERN,125404,attended\nDee Ash,125404,part\n");

	CHECK_INT(o.problems.n, 0);
	CHECK_TEXT(pairs_get(&o.result, "again"), "1");
	CHECK_TEXT(pairs_get(&o.result, "added"), "1");
	CHECK_TEXT(pairs_get(&o.result, "changed"), "2");
	CHECK_INT(import(s, "name,school,state\nAda Fern,125404,booked\nDee Ash,125404,no-show\n")
			  .problems.n,
		  0);
	struct session_counts c = counts_of(s);

	CHECK_INT(c.attended, 1);
	CHECK_INT(c.no_show, 1);
	CHECK_INT(c.part, 1);
	CHECK_INT(c.booked, 1);
	close_product();
}

/* Whoever changes school is at the new one; a list from before, entered afterwards, does not send them back. */
static void the_latest_session_says_where_somebody_works(void)
{
	static const struct {
		const char *day;
		int64_t school, is_at;
	} lists[] = { { "2026-11-10T14:00", 125404, 125404 }, { "2026-11-20T14:00", 125406, 125406 },
		      { "2026-11-12T14:00", 125404, 125406 }, { "2026-11-20T16:00", 125404, 125404 },
		      { "2026-11-20T09:00", 125406, 125406 }, { "2026-11-19T09:00", 125404, 125406 } };

	open_product();
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		const char *s = schedule(lists[i].day, "");
		size_t n;

		CHECK_INT(import(s, arena_printf(arena, "Ada Fern,ada@oak.example.org,%lld\n", (long long)lists[i].school)).problems.n, 0);
		const struct attendance_line *rows = list_of(s, &n);
		struct learner l = { 0 };

		CHECK_OK(person_find(arena, harness_db(h), harness_authority(h), rows[0].learner, &l));
		CHECK_INT(l.establishment_urn, lists[i].is_at);
	}
	close_product();
}

static void people_are_not_merged_silently(void)
{
	open_product();
	const char *s = schedule("2026-11-20T14:00", "");

	CHECK_INT(import(s, "Ada Fern,ada@oak.example.org,125404\nAda "
			    "Fern,afern@oak.example.org,125404\n"
			    "Ada Fern,,125406\n")
			  .problems.n,
		  0);
	CHECK_INT(counts_of(s).attended, 3); /* three people of one name */
	struct outcome o = import(s, "Ada Fern,,125404");

	CHECK_TEXT(pairs_get(&o.result, "refused"), "1"); /* which of the two at that school? */
	CHECK_INT(o.problems.n, 1);
	o = import(s, "office,\nEve Lund,office@oak.example.org,125404\nFay "
		      "Reed,office@oak.example.org,125404\n");
	CHECK_TEXT(pairs_get(&o.result, "refused"), "1"); /* one mailbox, two names */
	CHECK_INT(counts_of(s).attended, 3);		  /* and nothing was half saved */
	close_product();
}

static void bad_rows_come_back(void)
{
	open_product();
	const char *s = schedule("2026-11-20T14:00", "");
	static const char list[] = "name,email,school\nAda Fern,ada@oak.example.org,125404\nBen "
				   "Hale,ben at oak,125404\n"
				   "Cy Webb,,Oak Lane Primary School\nDee Ash,,999999\n";
	struct answer a = harness_post(h, ROLE_TRAINER, path_of(s, "/attendance/preview"), "rows",
				       list, "state", "attended", "school", "", "sector", "", NULL);

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "Nothing is saved yet"));
	CHECK(answer_has(&a, "3 cannot be used"));
	CHECK(answer_has(&a, "URN 999999 is not in the school register"));
	CHECK(answer_has(&a, "Oak Lane Primary School, Egham (125405)"));
	CHECK(answer_has(&a, "pick-4"));
	CHECK(!answer_has(&a, "<title>Error"));
	CHECK_INT(counts_of(s).attended, 0); /* a preview changes nothing */
	const char *digest = answer_between(h, &a, "name=\"plan\" value=\"", "\"");

	struct answer csv = harness_post(h, ROLE_TRAINER, path_of(s, "/attendance/bad-rows"),
					 "rows", list, "state", "attended", "school", "", "sector",
					 "", "plan", digest, "skip_bad", "yes", NULL);
	CHECK_INT(csv.status, 200);
	CHECK(text_starts(csv.type, "text/csv"));
	CHECK(answer_has(&csv, "name,email,school,job,sector,state,arrived,left,line,reason\r\nBen Hale,ben at "
			       "oak,125404,,,,,,3,"));
	CHECK(!answer_has(&csv, "Ada Fern"));

	/* saved without agreeing to leave rows out: refused; with an answer to the question, saved
	 */
	a = harness_post(h, ROLE_TRAINER, path_of(s, "/attendance/import"), "rows", list, "state",
			 "attended", "school", "", "sector", "", "plan", digest, NULL);
	CHECK_INT(a.status, 422);
	a = harness_post(h, ROLE_TRAINER, path_of(s, "/attendance/preview"), "rows", list, "state",
			 "attended", "school", "", "sector", "", "pick-4", "125405", NULL);
	CHECK(answer_has(&a, "2 cannot be used"));
	const char *second = answer_between(h, &a, "name=\"plan\" value=\"", "\"");

	CHECK(!text_same(digest, second));
	a = harness_post(h, ROLE_TRAINER, path_of(s, "/attendance/import"), "rows", list, "state",
			 "attended", "school", "", "sector", "", "pick-4", "125405", "plan", digest,
			 "skip_bad", "yes", NULL);
	CHECK_INT(a.status, 422); /* not what was previewed */
	CHECK(answer_has(&a, "changed since the preview"));
	a = harness_post(h, ROLE_TRAINER, path_of(s, "/attendance/import"), "rows", list, "state",
			 "attended", "school", "", "sector", "", "pick-4", "125405", "plan", second,
			 "skip_bad", "yes", NULL);
	CHECK_INT(a.status, 303);
	CHECK_INT(counts_of(s).attended, 2);
	close_product();
}

static void a_file_from_a_spreadsheet(void)
{
	open_product();
	const char *s = schedule("2026-11-20T14:00", "");
	static const char old[] = "name;school\r\nZo\xeb Hart;125404\r\n"; /* Windows-1252 */
	static const char zip[] = "PK\003\004rest";
	struct answer a =
		harness_upload(h, ROLE_TRAINER, path_of(s, "/attendance/preview"), "list.csv",
			       (struct bytes){ (const unsigned char *)old, sizeof(old) - 1 },
			       "rows", "", "state", "attended", "school", "", "sector", "", NULL);

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "Zo\xc3\xab Hart"));
	CHECK(answer_has(&a, "Save 1 row"));
	a = harness_upload(h, ROLE_TRAINER, path_of(s, "/attendance/preview"), "list.xlsx",
			   (struct bytes){ (const unsigned char *)zip, sizeof(zip) - 1 }, "rows",
			   "", "state", "attended", "school", "", "sector", "", NULL);
	CHECK(answer_has(&a, "Save it as CSV"));
	a = harness_post(h, ROLE_TRAINER, path_of(s, "/attendance/preview"), "rows", "", "state",
			 "attended", "school", "", "sector", "", NULL);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "Paste the list or choose a file"));
	close_product();
}

static void the_grid_by_keyboard(void)
{
	open_product();
	const char *s = schedule("2026-11-24T08:00", "125404");
	struct answer a = harness_get(h, ROLE_TRAINER, path_of(s, "/attendance"));
	struct outcome o = import(s, "name,school,state\nAda Fern,125404,booked\nBen "
				     "Hale,125404,booked\n");
	size_t n;

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "id=\"new-name-10\""));
	CHECK(!answer_has(&a, "id=\"new-name-11\""));
	CHECK(answer_has(
		&a, "Oak Lane Primary School (125404)")); /* the host stands in for empty schools */
	CHECK_INT(o.problems.n, 0);
	const char *ada = list_of(s, &n)[0].learner, *ben = list_of(s, &n)[1].learner;

	a = harness_post(h, ROLE_TRAINER, path_of(s, "/attendance"), "school",
			 "Oak Lane Primary School (125404)", "sector", "", "rest", "attended",
			 arena_printf(arena, "state-%s", ada), "no-show",
			 arena_printf(arena, "was-%s", ada), "booked",
			 arena_printf(arena, "state-%s", ben), "booked",
			 arena_printf(arena, "was-%s", ben), "booked", "new-name-1", "Cy Webb",
			 "new-state-1", "part", "new-name-3", "Dee Ash", "new-school-3",
			 "Heathfield School", "new-state-3", "attended", NULL);
	CHECK_INT(a.status, 303);
	struct session_counts c = counts_of(s);

	CHECK_INT(c.no_show, 1);
	CHECK_INT(c.attended, 2); /* Ben with "everybody else", Dee */
	CHECK_INT(c.part, 1);
	/* a page that was open meanwhile: what it shows is no longer so */
	a = harness_post(h, ROLE_TRAINER, path_of(s, "/attendance"), "school", "", "sector", "",
			 arena_printf(arena, "state-%s", ben), "no-show",
			 arena_printf(arena, "was-%s", ben), "booked", NULL);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "Somebody else has set Ben Hale"));
	/* one bad new row: nothing is saved, everything typed is still there, and the question is
	 * asked in place */
	a = harness_post(h, ROLE_TRAINER, path_of(s, "/attendance"), "school", "", "sector", "",
			 "new-name-1", "Eve Lund", "new-school-1", "Oak Lane Primary School",
			 "new-name-2", "Fay Reed", "new-email-2", "nobody", NULL);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "Which school does Eve Lund work at?"));
	CHECK(answer_has(&a, "value=\"Fay Reed\""));
	CHECK_INT(counts_of(s).attended, 2);
	close_product();
}

static void thirty_names_in_one_go(void)
{
	struct buf b;

	open_product();
	const char *s = schedule("2026-11-24T08:00", "125404");

	buf_init(&b, arena, 10000);
	for (int i = 0; i < 30; i++) {
		buf_printf(&b, "Person %c%c\tp%d@oak.example.org\t125404\n", 'A' + i % 26,
			   'a' + i / 26, i);
	}
	struct answer a = harness_post(h, ROLE_TRAINER, path_of(s, "/attendance/preview"), "rows",
				       b.p, "state", "attended", "school", "", "sector", "", NULL);
	const char *digest = answer_between(h, &a, "name=\"plan\" value=\"", "\"");

	CHECK(answer_has(&a, "Save 30 rows"));
	a = harness_post(h, ROLE_TRAINER, path_of(s, "/attendance/import"), "rows", b.p, "state",
			 "attended", "school", "", "sector", "", "plan", digest, NULL);
	CHECK_INT(a.status, 303);
	CHECK_INT(counts_of(s).attended, 30);
	a = harness_get(h, ROLE_TRAINER, path_of(s, ""));
	CHECK(a.statements < 14);
	close_product();
}

/* A long list comes in pages; a page of the grid changes its own people and nobody else. */
static void seven_hundred_names(void)
{
	struct buf b;
	size_t n;

	open_product();
	const char *s = schedule("2026-11-24T08:00", "");

	buf_init(&b, arena, 100000);
	buf_str(&b, "name,email,state\n");
	for (int i = 0; i < 700; i++) {
		buf_printf(&b, "Person %c%c%c,p%d@oak.example.org,booked\n", 'a' + i / 676,
			   'a' + i / 26 % 26, 'a' + i % 26, i);
	}
	CHECK_INT(import(s, b.p).problems.n, 0);
	const struct attendance_line *rows = list_of(s, &n);

	CHECK_INT(n, 700);
	struct answer a = harness_get(h, ROLE_TRAINER, path_of(s, "/attendance"));

	CHECK_INT(answer_count(&a, "name=\"was-"), 300);
	CHECK(answer_has(&a, "Next 300 people"));
	CHECK(!answer_has(&a, "First page"));
	const char *second = arena_printf(arena, "/attendance?after=%s", rows[299].learner);

	CHECK(answer_has(&a, second));
	a = harness_get(h, ROLE_TRAINER, path_of(s, second));
	CHECK_INT(answer_count(&a, "name=\"was-"), 300);
	CHECK(answer_has(&a, rows[300].learner));
	CHECK(!answer_has(&a, rows[0].learner));
	a = harness_get(h, ROLE_TRAINER,
			path_of(s, arena_printf(arena, "?after=%s", rows[599].learner)));
	CHECK_INT(answer_count(&a, "/training/learners/"), 100);
	a = harness_post(h, ROLE_TRAINER, path_of(s, second), "school", "", "sector", "", "rest",
			 "attended", arena_printf(arena, "state-%s", rows[300].learner), "booked",
			 arena_printf(arena, "was-%s", rows[300].learner), "booked", NULL);
	CHECK_INT(a.status, 303);
	CHECK_INT(counts_of(s).attended, 1);
	close_product();
}

static void bookings_only_before_the_day(void)
{
	open_product();
	const char *s = schedule("2026-12-10T14:00", "");
	struct outcome o = import(s, "name,state\nAda Fern,attended\n");

	CHECK_TEXT(pairs_get(&o.result, "refused"), "1");
	CHECK_INT(import(s, "name\nAda Fern\n").problems.n, 0);
	CHECK_INT(counts_of(s).booked, 1);
	close_product();
}

static void taken_off_the_list(void)
{
	open_product();
	const char *s = schedule("2026-11-20T14:00", "");
	size_t n;

	CHECK_INT(import(s, "Ada Fern,,125404\nBen Hale,,125404\n").problems.n, 0);
	const char *ada = list_of(s, &n)[0].learner;

	CHECK_INT(harness_get(h, ROLE_TRAINER,
			      path_of(s, arena_printf(arena, "/attendance/%s/remove", ada)))
			  .status,
		  200);
	CHECK_INT(harness_post(h, ROLE_TRAINER,
			       path_of(s, arena_printf(arena, "/attendance/%s/remove", ada)), NULL)
			  .status,
		  303);
	CHECK_INT(counts_of(s).attended, 1);
	/* who was at no session is not kept */
	CHECK_INT(
		harness_get(h, ROLE_COORDINATOR, arena_printf(arena, "/training/learners/%s", ada))
			.status,
		404);
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(a_list_read_twice_changes_nothing),
					     TEST(the_paper_list_comes_later),
					     TEST(the_latest_session_says_where_somebody_works),
		TEST(people_are_not_merged_silently),
					     TEST(bad_rows_come_back),
					     TEST(a_file_from_a_spreadsheet),
					     TEST(the_grid_by_keyboard),
					     TEST(thirty_names_in_one_go),
					     TEST(seven_hundred_names),
					     TEST(bookings_only_before_the_day),
					     TEST(taken_off_the_list),
					     TEST_END };

	return test_main(argc, argv, tests);
}
