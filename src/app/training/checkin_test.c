/*
 * Check-in on the day. Vectors: pretix (peers 4.2): the same scan twice with one nonce is one entry; of two scans the first time
 * stays; a paper list entered later wins by its earlier time; a scan sent after the session has been completed is refused with the
 * reason; checked out and in again (pretix #4651).
 */
#include "app/training/checkin.h"
#include "app/training/checkin.sql.h"
#include "app/training/training_test.h"

static const char *s, *code;

static void clock_at(int hour, int minute)
{
	harness_now(h, instant_of_local((struct date){ 2026, 11, 24 }, hour, minute));
}

/* 09:30 to 11:00 on the day of the harness; three are booked. */
static void open_session(void)
{
	open_product();
	s = schedule("2026-11-24T09:30", "");
	CHECK_INT(import(s, "name,email,school,state\nAda Fern,ada@oak.example.org,125404,booked\n"
			    "Ben Hale,ben@oak.example.org,125404,booked\nCy Webb,,125404,booked")
			  .problems.n,
		  0);
	code = session_of(s).checkin_code;
	clock_at(9, 5);
}

static struct outcome ask(const char *said, const char *ticket)
{
	return harness_operation(h, ROLE_NOBODY, "check-in", "{checkin}", code, "said", said, "name", "", "organisation", "",
				 "ticket", ticket, NULL);
}

static void opened(void)
{
	CHECK_OK(move(ROLE_TRAINER, "open-check-in", s).err);
	CHECK(session_of(s).checkin_open);
}

static const struct attendance_line *line_of(const char *name)
{
	size_t n;
	struct attendance_line *v = list_of(s, &n);

	for (size_t i = 0; i < n; i++) {
		if (text_same(v[i].name, name)) {
			return &v[i];
		}
	}
	return NULL;
}

static const char *times_of(const char *name)
{
	const struct attendance_line *l = line_of(name);

	return l == NULL ? "not on the list"
			 : arena_printf(arena, "%s %s", words_word(&attendance_state_words, l->state),
					attendance_times_text(arena, session_of(s).starts_at, l->arrived_at, l->left_at));
}

static int64_t entries(void)
{
	const struct checkin_code_arg key = { code };
	struct checkin_session row;
	bool found;

	CHECK_OK(sql_checkin_session(arena, harness_db(h), &key, &row, &found));
	return row.entries;
}

static size_t unsettled(struct checkin **v)
{
	struct session row = session_of(s);
	size_t n;

	CHECK_OK(checkin_unsettled(arena, harness_db(h), &row, v, &n));
	return n;
}

/* ---- the vectors ---- */

static void one_nonce_is_one_entry(void)
{
	open_session();
	opened();
	clock_at(9, 12);
	struct outcome o = ask("ADA@oak.example.org", "T1");

	CHECK_TEXT(told(&o), "");
	CHECK_TEXT(times_of("Ada Fern"), "attended 9:12am");
	clock_at(9, 20);
	CHECK_TEXT(ask("ada@oak.example.org", "T1").location, o.location);
	CHECK_INT(entries(), 1);
	CHECK_TEXT(times_of("Ada Fern"), "attended 9:12am");
	/* another scan: an entry of its own, the first time stays */
	CHECK_TEXT(ask("ada@oak.example.org", "T2").location, o.location);
	CHECK_INT(entries(), 2);
	CHECK_TEXT(times_of("Ada Fern"), "attended 9:12am");
	close_product();
}

static void paper_and_phone(void)
{
	open_session();
	opened();
	clock_at(9, 25);
	ask("ada@oak.example.org", "T1");
	ask("ben@oak.example.org", "T2");
	CHECK_INT(import(s, "name,email,school,arrived\nAda Fern,ada@oak.example.org,125404,9:10am\n"
			    "Ben Hale,ben@oak.example.org,125404,9:40am")
			  .problems.n,
		  0);
	CHECK_TEXT(times_of("Ada Fern"), "attended 9:10am");
	CHECK_TEXT(times_of("Ben Hale"), "attended 9:25am");
	close_product();
}

static void after_it_is_completed(void)
{
	open_session();
	opened();
	clock_at(9, 25);
	ask("ada@oak.example.org", "T1");
	CHECK_OK(move(ROLE_TRAINER, "confirm-session", s).err);
	CHECK_OK(move(ROLE_TRAINER, "deliver-session", s).err);
	struct outcome o = ask("ben@oak.example.org", "T2");

	CHECK_TEXT(told(&o), "The list of this session has been completed. Tell the trainer that you were there");
	CHECK_TEXT(times_of("Ben Hale"), "booked ");
	CHECK_INT(entries(), 1);
	o = ask("ada@oak.example.org", "T1"); /* what was taken stays taken */
	CHECK_TEXT(told(&o), "");
	/* the trainer can, until it is closed */
	CHECK_INT(import(s, "name,email,school,arrived\nBen Hale,ben@oak.example.org,125404,9:40am").problems.n, 0);
	struct session row = session_of(s);

	row.state = SESSION_CLOSED;
	CHECK_OK(sql_session_set_state(harness_db(h), &row, NULL));
	o = import(s, "name,email,school,arrived\nCy Webb,,125404,9:40am");
	CHECK(strstr(told(&o), "closed") != NULL);
	CHECK_TEXT(times_of("Cy Webb"), "booked ");
	close_product();
}

static struct outcome tap(enum role role, const char *button, const char *name)
{
	return harness_operation(h, role, "record-arrival", "{session}", s, button, line_of(name)->learner, NULL);
}

static void out_and_in_again(void)
{
	open_session();
	clock_at(9, 25);
	CHECK_INT(tap(ROLE_TRAINER, "arrive", "Cy Webb").problems.n, 0);
	clock_at(10, 0);
	tap(ROLE_TRAINER, "leave", "Cy Webb");
	CHECK_TEXT(times_of("Cy Webb"), "attended 9:25am; left at 10am");
	clock_at(10, 10);
	tap(ROLE_TRAINER, "arrive", "Cy Webb");
	CHECK_TEXT(times_of("Cy Webb"), "attended 9:25am");
	tap(ROLE_TRAINER, "undo", "Cy Webb");
	CHECK_TEXT(times_of("Cy Webb"), "booked ");
	struct outcome o = tap(ROLE_TRAINER, "leave", "Cy Webb");

	CHECK(strstr(told(&o), "cannot leave") != NULL);
	CHECK(tap(ROLE_AUDITOR, "arrive", "Cy Webb").err != NULL);
	o = harness_operation(h, ROLE_TRAINER, "record-arrival", "{session}", s, "arrive", "ZZZZZZZZ", NULL);
	CHECK(strstr(told(&o), "not on the list") != NULL);
	harness_now(h, instant_of_local((struct date){ 2026, 11, 25 }, 9, 0));
	o = tap(ROLE_TRAINER, "arrive", "Cy Webb");
	CHECK(strstr(told(&o), "day of this session is over") != NULL);
	close_product();
}

/* ---- the window ---- */

static void when_a_code_works(void)
{
	open_session();
	struct outcome o = ask("ada@oak.example.org", "T1");

	CHECK(strstr(told(&o), "not opened check-in") != NULL);
	opened();
	clock_at(8, 59);
	o = ask("ada@oak.example.org", "T1");
	CHECK_TEXT(told(&o), "Check-in begins on 24 November 2026 at 9am");
	clock_at(11, 31);
	o = ask("ada@oak.example.org", "T1");
	CHECK(strstr(told(&o), "has ended") != NULL);
	CHECK_TEXT(times_of("Ada Fern"), "booked ");
	clock_at(11, 30);
	o = ask("ada@oak.example.org", "T1");
	CHECK_TEXT(told(&o), "");
	CHECK_OK(move(ROLE_TRAINER, "end-check-in", s).err);
	o = ask("ben@oak.example.org", "T2");
	CHECK(strstr(told(&o), "not opened check-in") != NULL);
	CHECK_OK(move(ROLE_COORDINATOR, "cancel-session", s).err);
	o = ask("ben@oak.example.org", "T2");
	CHECK_TEXT(told(&o), "This session was cancelled");
	o = move(ROLE_TRAINER, "open-check-in", s);
	CHECK(strstr(told(&o), "cancelled") != NULL);
	CHECK_INT(harness_get(h, ROLE_NOBODY, "/c/ZZZZZZZZ").status, 404);
	code = session_of(s).feedback_code; /* one code is not the other */
	CHECK_INT(harness_get(h, ROLE_NOBODY, arena_printf(arena, "/c/%s", code)).status, 404);
	close_product();
}

/* ---- nobody learns who is booked ---- */

static void the_answer_is_the_same(void)
{
	open_session();
	opened();
	const char *path = arena_printf(arena, "/c/%s", code);
	struct answer form = harness_get(h, ROLE_NOBODY, path);

	CHECK_INT(form.status, 200);
	CHECK(!answer_has(&form, "Ada Fern") && !answer_has(&form, "Ben Hale"));
	struct answer known = harness_post(h, ROLE_NOBODY, path, "said", "ada@oak.example.org", "name", "", "organisation", "",
					   "ticket", "T1", NULL);
	struct answer unknown = harness_post(h, ROLE_NOBODY, path, "said", "eve@elsewhere.example.org", "name", "",
					     "organisation", "", "ticket", "T2", NULL);

	CHECK_INT(known.status, 303);
	CHECK_INT(unknown.status, 303);
	CHECK_TEXT(known.location, unknown.location);
	struct answer a = harness_get(h, ROLE_NOBODY, known.location), b = harness_get(h, ROLE_NOBODY, unknown.location);

	CHECK_INT(a.n, b.n);
	CHECK(!answer_has(&a, "Ada"));
	a = harness_post(h, ROLE_NOBODY, path, "said", "", "name", "", "organisation", "", "ticket", "T3", NULL);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "Enter your work email or your booking reference"));
	close_product();
}

/* ---- who was not on the list ---- */

static struct outcome settle(const char *entry, const char *name, const char *leave_out)
{
	return harness_operation(h, ROLE_TRAINER, "settle-check-in", "{session}", s, "entry", entry, "name", name,
				 "organisation", "125406", "leave_out", leave_out, NULL);
}

static void settled_by_the_trainer(void)
{
	struct checkin *v;

	open_session();
	opened();
	clock_at(9, 20);
	harness_operation(h, ROLE_NOBODY, "check-in", "{checkin}", code, "said", "eve@elsewhere.example.org", "name",
			  "Eve Lund", "organisation", "", "ticket", "T1", NULL);
	ask("eve@elsewhere.example.org", "T2"); /* the same person again: nothing more to settle */
	clock_at(9, 21);
	ask("fay@elsewhere.example.org", "T3");
	CHECK_INT(unsettled(&v), 2);
	const char *eve = arena_printf(arena, "%lld", (long long)v[0].id), *fay = arena_printf(arena, "%lld", (long long)v[1].id);
	struct answer a = harness_get(h, ROLE_TRAINER, path_of(s, "/check-in"));

	CHECK(answer_has(&a, "2 to settle") && answer_has(&a, "Eve Lund"));
	clock_at(10, 0);
	struct outcome o = settle(eve, "", "");

	CHECK(strstr(told(&o), "Enter the name") != NULL);
	CHECK_INT(settle(eve, "Eve Lund", "").problems.n, 0);
	CHECK_TEXT(times_of("Eve Lund"), "attended 9:20am");
	CHECK_TEXT(line_of("Eve Lund")->school, "Heathfield School");
	o = settle(eve, "Eve Lund", "");
	CHECK(strstr(told(&o), "settled already") != NULL);
	CHECK_INT(settle(fay, "", "yes").problems.n, 0);
	CHECK_INT(unsettled(&v), 0);
	size_t n;

	list_of(s, &n);
	CHECK_INT(n, 4);
	CHECK_TEXT(line_of("Eve Lund")->email, "eve@elsewhere.example.org");
	ask("eve@elsewhere.example.org", "T4"); /* on the list now */
	CHECK_INT(unsettled(&v), 0);
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(one_nonce_is_one_entry), TEST(paper_and_phone), TEST(after_it_is_completed),
					     TEST(out_and_in_again), TEST(when_a_code_works), TEST(the_answer_is_the_same),
					     TEST(settled_by_the_trainer), TEST_END };

	return test_main(argc, argv, tests);
}
