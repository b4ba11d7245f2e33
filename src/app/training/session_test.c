/* Sessions, courses and Today, through the whole house. */
#include "app/training/training_test.h"
#include "core/harness_inside.h"
#include "core/page.h"
#include "db/engine.h"

static void scheduled_by_form(void)
{
	open_product();
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/training/sessions/new");

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "Prevent awareness"));
	CHECK(answer_has(&a, harness_who(h, ROLE_TRAINER)->name));
	a = harness_post(h, ROLE_COORDINATOR, "/training/sessions/new", "course", course_ref,
			 "starts_at-day", "27", "starts_at-month", "11", "starts_at-year", "2026",
			 "starts_at-time", "2:30pm", "venue", "Town hall", "host",
			 "Heathfield School", "places", "30", "trainer", trainer_ref,
			 "duration_minutes", "", NULL);
	CHECK_INT(a.status, 303);
	struct answer page = harness_follow(h, ROLE_COORDINATOR, a);

	CHECK_INT(page.status, 200);
	CHECK(answer_has(&page, "Session scheduled"));
	CHECK(answer_has(&page, "27 November 2026 at 2:30pm"));
	CHECK(answer_has(&page, "Heathfield School (125406)"));
	CHECK(answer_has(&page, "90 minutes"));
	CHECK(answer_has(&page, "Confirm session"));
	CHECK(answer_has(&page, "Planned"));
	a = harness_get(h, ROLE_COORDINATOR, "/training/sessions");
	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "Prevent awareness"));
	CHECK(answer_has(&a, "0 of 30"));
	close_product();
}

/* The list holds the ids of courses, and says their titles as they stand now. */
static void the_list_names_each_course(void)
{
	open_product();
	const char *first = schedule("2026-11-27T14:00", "");
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "add-course", "title", "Prevent, \"refreshed\"", "provider",
					     "council", "delivery", "face-to-face", "duration_minutes", "60", NULL);
	const char *of_first = course_ref;
	course_ref = o.reference;
	const char *second = schedule("2026-11-28T14:00", "");
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/training/sessions");

	CHECK(answer_has(&a, arena_printf(arena, "%s\">Prevent awareness</a>", first)));
	CHECK(answer_has(&a, arena_printf(arena, "%s\">Prevent, &quot;refreshed&quot;</a>", second)));
	int64_t asked = a.statements;
	a = harness_get(h, ROLE_COORDINATOR, arena_printf(arena, "/training/sessions?course=%s", of_first));
	CHECK(answer_has(&a, first) && !answer_has(&a, second));
	CHECK_INT(a.statements, asked); /* the filter, what is selected and the column ask once */
	a = harness_get(h, ROLE_COORDINATOR, "/training/sessions.csv");
	CHECK(answer_has(&a, arena_printf(arena, "\nPrevent awareness,%s,", first)));
	CHECK(answer_has(&a, arena_printf(arena, "\n\"Prevent, \"\"refreshed\"\"\",%s,", second)));
	a = harness_get(h, ROLE_COORDINATOR, "/training/sessions.json");
	CHECK(answer_has(&a, arena_printf(arena, "\"course\":\"Prevent awareness\",\"reference\":\"%s\"", first)));
	o = harness_operation(h, ROLE_SYSTEM, "withdraw-course", "{course}", of_first, "_version", "1", NULL);
	CHECK_TEXT(told(&o), "");
	a = harness_get(h, ROLE_COORDINATOR, "/training/sessions");
	CHECK(answer_has(&a, arena_printf(arena, "%s\">Prevent awareness</a>", first)));
	close_product();
}

/* A long answer goes on in another snapshot: what was read in the first is not what it says. */
static void options_are_those_of_the_snapshot(void)
{
	open_product();
	struct page p = { .arena = arena, .db = harness_db(h), .who = harness_who(h, ROLE_COORDINATOR) };
	struct choice_list before, again, after;

	CHECK_OK(page_choices(&p, &course_filter_choices, &before));
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "add-course", "title", "Prevent refreshed", "provider", "council",
					     "delivery", "face-to-face", "duration_minutes", "60", NULL);
	CHECK_TEXT(told(&o), "");
	CHECK_OK(page_choices(&p, &course_filter_choices, &again));
	p.db = h->long_reader;
	db_grant(p.db, policy_grant(ROLE_COORDINATOR));
	CHECK_OK(page_choices(&p, &course_filter_choices, &after));
	CHECK_INT(before.n, 1);
	CHECK_INT(again.n, 1);
	CHECK_INT(after.n, 2);
	close_product();
}

static void a_form_says_what_is_wrong(void)
{
	open_product();
	struct answer a = harness_post(h, ROLE_COORDINATOR, "/training/sessions/new", "course", "",
				       "starts_at-day", "31", "starts_at-month", "2",
				       "starts_at-year", "2026", "starts_at-time", "9am", "venue",
				       "", "host", "Oak Lane Primary School", "places", "0",
				       "trainer", "XXXXXX", "duration_minutes", "", NULL);

	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "There is a problem"));
	CHECK(answer_has(&a, "Date must be a real date"));
	CHECK(answer_has(&a, "Enter the venue"));
	CHECK(answer_has(&a, "Oak Lane Primary School")); /* what was typed is still there */
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "schedule-session", "course",
					     course_ref, "starts_at", "2026-11-27T14:30", "venue",
					     "Town hall", "host", "Oak Lane Primary School",
					     "places", "30", "trainer", trainer_ref, NULL);
	CHECK_INT(o.problems.n, 1);
	CHECK(strstr(told(&o), "Oxted (125404)") != NULL);
	CHECK(strstr(told(&o), "Egham (125405)") != NULL);
	close_product();
}

static void the_whole_way(void)
{
	open_product();
	const char *s = schedule("2026-11-23T14:00", "125406");
	struct outcome o = move(ROLE_TRAINER, "deliver-session", s);

	CHECK(strstr(told(&o), "Confirm the session before") != NULL);
	CHECK_OK(move(ROLE_TRAINER, "confirm-session", s).err);
	CHECK_TEXT(state_of(s), "confirmed");
	o = move(ROLE_TRAINER, "deliver-session", s);
	CHECK(strstr(told(&o), "Record who came") != NULL);
	CHECK_INT(import(s, "Ada Fern,ada@oak.example.org,125404\nBen Hale,,125404,,,part\nCy "
			    "Webb,,,,,booked")
			  .problems.n,
		  0);
	int64_t rows;

	CHECK_INT(served(s, OAK, &rows), -1); /* not delivered yet: no school has been served */
	CHECK_INT(rows, 0);
	CHECK_INT(move(ROLE_TRAINER, "deliver-session", s).problems.n, 0);
	CHECK_TEXT(state_of(s), "delivered");
	CHECK_INT(served(s, OAK, &rows), 1);   /* in part does not count */
	CHECK_INT(served(s, HEATH, &rows), 0); /* the host, nobody of its own */
	CHECK_INT(date_compare(session_of(s).feedback_until, (struct date){ 2026, 12, 7 }), 0);
	o = move(ROLE_COORDINATOR, "close-session", s);
	CHECK(strstr(told(&o), "still recorded as booked") != NULL);
	CHECK_INT(import(s, "Cy Webb,,,,,no-show").problems.n, 0);
	o = move(ROLE_COORDINATOR, "close-session", s);
	CHECK(strstr(told(&o), "still give feedback") != NULL);
	harness_now(h, instant_of_local((struct date){ 2026, 12, 8 }, 9, 0));
	CHECK_OK(move(ROLE_COORDINATOR, "close-session", s).err);
	CHECK_TEXT(state_of(s), "closed");
	o = import(s, "Dee Ash");
	CHECK(strstr(told(&o), "closed") != NULL);
	o = move(ROLE_COORDINATOR, "cancel-session", s);
	CHECK_TEXT(state_of(s), "closed");
	close_product();
}

static void somebody_else_changed_it(void)
{
	open_product();
	const char *s = schedule("2026-11-27T14:00", "");
	struct answer a = harness_post(h, ROLE_COORDINATOR, path_of(s, "/edit"), "_version", "1",
				       "starts_at-day", "28", "starts_at-month", "11",
				       "starts_at-year", "2026", "starts_at-time", "10am", "venue",
				       "Library", "host", "", "places", "20", "trainer",
				       trainer_ref, "duration_minutes", "60", NULL);

	CHECK_INT(a.status, 303);
	CHECK_TEXT(session_of(s).venue, "Library");
	a = harness_post(h, ROLE_COORDINATOR, path_of(s, "/edit"), "_version", "1", "starts_at-day",
			 "28", "starts_at-month", "11", "starts_at-year", "2026", "starts_at-time",
			 "10am", "venue", "Attic", "host", "", "places", "20", "trainer",
			 trainer_ref, "duration_minutes", "60", NULL);
	CHECK_INT(a.status, 409);
	CHECK(answer_has(&a, "Attic"));
	CHECK_TEXT(session_of(s).venue, "Library");
	close_product();
}

static void set_trainers_account(const char *set)
{
	struct db *db = harness_db(h);

	CHECK_OK(db->engine->script(db, arena_printf(harness_arena(h), "UPDATE user_account SET %s WHERE id = %lld", set,
						     (long long)harness_who(h, ROLE_TRAINER)->user_id)));
}

/* A process that saw somebody before asks with who they were; they see what they may now. */
static void what_is_seen_is_decided_anew_each_time(void)
{
	open_product();
	const char *own = schedule("2026-11-27T14:00", "");
	trainer_ref = choice_labelled(&SQL_trainer_choices, harness_who(h, ROLE_COORDINATOR)->name);
	const char *other = schedule("2026-11-28T14:00", "");
	bool server = strcmp(db_engine_name(harness_db(h)), "PostgreSQL") == 0;

	for (int i = 0; i < 3; i++) {
		struct answer a = harness_get(h, ROLE_TRAINER, "/training/sessions");
		CHECK(answer_has(&a, own) && !answer_has(&a, other));
		CHECK(i == 0 || a.journeys == (server ? 1 : 0));
	}
	set_trainers_account("role = 'training-officer'");
	struct answer a = harness_get(h, ROLE_TRAINER, "/training/sessions");
	CHECK(answer_has(&a, own) && answer_has(&a, other));
	CHECK(a.journeys == (server ? 2 : 0));
	set_trainers_account("role = 'trainer'");
	a = harness_get(h, ROLE_TRAINER, "/training/sessions");
	CHECK(answer_has(&a, own) && !answer_has(&a, other));
	set_trainers_account("role = 'councillor'");
	CHECK_INT(harness_get(h, ROLE_TRAINER, "/training/sessions").status, 403);
	CHECK_INT(harness_get(h, ROLE_TRAINER, "/training/sessions").status, 403);
	set_trainers_account("role = 'trainer'");
	CHECK_INT(harness_get(h, ROLE_TRAINER, "/training/sessions").status, 200);
	set_trainers_account("state = 'closed'");
	CHECK_INT(harness_get(h, ROLE_TRAINER, "/training/sessions").status, 303);
	set_trainers_account("state = 'active'");
	a = harness_get(h, ROLE_TRAINER, "/training/sessions");
	CHECK(answer_has(&a, own) && !answer_has(&a, other));
	close_product();
}

/* On a server what a list asks goes with who asks. When it cannot be answered, who asks is asked by itself: the sentence
 * stands on their own page, not on that of somebody who is not signed in. (A file is asked one thing at a time.) */
static void what_was_guessed_and_fails_is_asked_without_the_guess(void)
{
	open_product();
	struct db *db = harness_db(h);

	if (db_asks_ahead(h->reader)) {
		CHECK_INT(harness_get(h, ROLE_COORDINATOR, "/training/sessions").status, 200);
		db_rest(h->reader); /* it holds the table else */
		CHECK_OK(db_begin(db));
		CHECK_OK(db->engine->script(db, "LOCK TABLE session IN ACCESS EXCLUSIVE MODE"));
		CHECK_OK(db_time_limit(h->reader, 200));
		struct answer a = harness_get(h, ROLE_COORDINATOR, "/training/sessions");
		CHECK_INT(a.status, 503); /* took too long */
		CHECK(answer_has(&a, "Sign out"));
		db_rollback(db);
		CHECK_OK(db_time_limit(h->reader, DB_READER_LIMIT_MS));
	}
	CHECK_INT(harness_get(h, ROLE_COORDINATOR, "/training/sessions").status, 200);
	close_product();
}

static void a_trainer_sees_own_sessions_only(void)
{
	open_product();
	const char *own = schedule("2026-11-27T14:00", "");
	const char *mine = trainer_ref;

	trainer_ref = choice_labelled(&SQL_trainer_choices, harness_who(h, ROLE_COORDINATOR)->name);
	const char *other = schedule("2026-11-28T14:00", "");

	trainer_ref = mine;
	struct answer a = harness_get(h, ROLE_TRAINER, "/training/sessions");

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, own));
	CHECK(!answer_has(&a, other));
	CHECK_INT(harness_get(h, ROLE_TRAINER, path_of(own, "")).status, 200);
	CHECK_INT(harness_get(h, ROLE_TRAINER, path_of(other, "")).status, 404);
	CHECK_INT(harness_get(h, ROLE_TRAINER, path_of(other, "/attendance")).status, 404);
	CHECK_INT(harness_get(h, ROLE_COUNCILLOR, path_of(own, "")).status, 403);
	a = harness_get(h, ROLE_COORDINATOR, "/training/sessions?sort=latest");
	CHECK(answer_has(&a, own) && answer_has(&a, other));
	CHECK(strstr(a.body, other) < strstr(a.body, own));
	a = harness_get(h, ROLE_COORDINATOR, "/training/sessions?state=confirmed");
	CHECK(!answer_has(&a, own));
	close_product();
}

/* ---- Today, courses ---- */

static void lines_of_today(void)
{
	open_product();
	schedule("2026-11-20T14:00", "");
	schedule("2026-11-26T14:00", "");
	delivered();
	struct answer a = harness_get(h, ROLE_TRAINER, "/");

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "1 session past the date and not marked as delivered"));
	CHECK(answer_has(&a, "1 session in the next 14 days"));
	harness_now(h, instant_of_local((struct date){ 2026, 12, 5 }, 9, 0));
	a = harness_get(h, ROLE_COORDINATOR, "/");
	CHECK(answer_has(&a, "1 session with feedback that ends in the next 3 days"));
	CHECK(answer_has(&a, "2 sessions past the date"));
	harness_now(h, instant_of_local((struct date){ 2026, 12, 9 }, 9, 0));
	a = harness_get(h, ROLE_COORDINATOR, "/training/sessions?due=to-close");
	CHECK_INT(answer_count(&a, "Delivered</strong>"), 1);
	close_product();
}

static void courses(void)
{
	open_product();
	struct answer a = harness_post(h, ROLE_COORDINATOR, "/training/courses/new", "title",
				       "prevent AWARENESS", "provider", "police", "delivery",
				       "webinar", "duration_minutes", "60", "refresh_months", "",
				       "objectives", "", NULL);

	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "already an open course with this title"));
	CHECK_INT(harness_get(h, ROLE_TRAINER,
			      arena_printf(arena, "/training/courses/%s", course_ref))
			  .status,
		  200);
	a = harness_post(h, ROLE_COORDINATOR,
			 arena_printf(arena, "/training/courses/%s/edit", course_ref), "_version",
			 "1", "title", "Prevent in depth", "provider", "council", "delivery",
			 "webinar", "duration_minutes", "120", "refresh_months", "24", "objectives",
			 "Know the duty", NULL);
	CHECK_INT(a.status, 303);
	a = harness_post(h, ROLE_COORDINATOR,
			 arena_printf(arena, "/training/courses/%s/withdraw", course_ref),
			 "_version", "2", NULL);
	CHECK_INT(a.status, 303);
	a = harness_get(h, ROLE_COORDINATOR, "/training/sessions/new");
	CHECK(!answer_has(&a, "Prevent in depth"));
	a = harness_get(h, ROLE_COORDINATOR, "/training/courses.csv");
	CHECK(answer_has(&a, "Prevent in depth"));
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(scheduled_by_form),
					     TEST(the_list_names_each_course),
					     TEST(options_are_those_of_the_snapshot),
					     TEST(a_form_says_what_is_wrong),
					     TEST(the_whole_way),
					     TEST(somebody_else_changed_it),
					     TEST(what_is_seen_is_decided_anew_each_time),
					     TEST(what_was_guessed_and_fails_is_asked_without_the_guess),
					     TEST(a_trainer_sees_own_sessions_only),
					     TEST(lines_of_today),
					     TEST(courses),
					     TEST_END };

	return test_main(argc, argv, tests);
}
