/* What people completed follows attendance and the states of sessions (domain reference 3.11: only full attendance at a
 * session that took place). */
#include "app/training/completion.h"
#include "app/training/completion.sql.h"
#include "app/training/training_test.h"

/* The person at this place of a session's list. */
static struct learner person_of(const char *session, size_t i)
{
	size_t n;
	const struct attendance_line *people = list_of(session, &n);
	struct learner l = { 0 };
	bool found;

	CHECK(n > i);
	const struct reference_arg key = { harness_authority(h), people[i].learner };

	CHECK_OK(sql_learner_find(arena, harness_db(h), &key, &l, &found));
	return l;
}

/* When the first person on a session's list last completed its course; not set: never. */
static struct date completed(const char *session)
{
	const struct attendance_arg args = { session_of(session).id, person_of(session, 0).id };
	struct completion row = { 0 };
	bool found;

	CHECK_OK(sql_completion_of(arena, harness_db(h), &args, &row, &found));
	return row.completed_on;
}

static int64_t wrong(void)
{
	int64_t n;
	const char *first;

	CHECK_OK(training_check(arena, harness_db(h), &n, &first));
	return n;
}

static const char *held(const char *starts_at, const char *list)
{
	const char *s = schedule(starts_at, "");

	CHECK_INT(import(s, list).problems.n, 0);
	move(ROLE_TRAINER, "confirm-session", s);
	return s;
}

static void the_latest_full_attendance_counts(void)
{
	open_product();
	const char *first = held("2026-10-05T14:00", "Ada Fern,ada@oak.example.org,125404\n");

	CHECK(!date_is_set(completed(first))); /* confirmed, not delivered: nobody was trained yet */
	move(ROLE_TRAINER, "deliver-session", first);
	CHECK_INT(date_compare(completed(first), (struct date){ 2026, 10, 5 }), 0);
	const char *second = held("2026-11-20T14:00", "Ada Fern,ada@oak.example.org,125404\n");

	move(ROLE_TRAINER, "deliver-session", second);
	CHECK_INT(date_compare(completed(first), (struct date){ 2026, 11, 20 }), 0);
	CHECK_INT(wrong(), 0);
	move(ROLE_COORDINATOR, "cancel-session", second); /* it turns out that it did not take place */
	CHECK_INT(date_compare(completed(first), (struct date){ 2026, 10, 5 }), 0);
	CHECK_INT(wrong(), 0);
	move(ROLE_COORDINATOR, "cancel-session", first); /* nor did this one, the last that there was */
	CHECK(!date_is_set(completed(first)));
	CHECK_INT(wrong(), 0);
	close_product();
}

/* What is said of the first person on the list is corrected. */
static void correct(const char *session, const char *was, const char *is)
{
	const char *who = person_of(session, 0).reference;
	struct outcome o = harness_operation(h, ROLE_TRAINER, "record-attendance", "{session}", session,
					     arena_printf(arena, "was-%s", who), was, arena_printf(arena, "state-%s", who), is, NULL);

	CHECK_INT(o.problems.n, 0);
}

static void what_is_corrected_is_worked_out_anew(void)
{
	open_product();
	const char *first = held("2026-10-05T14:00", "Ada Fern,ada@oak.example.org,125404\n");
	const char *second = held("2026-11-20T14:00", "Ada Fern,ada@oak.example.org,125404\n");

	move(ROLE_TRAINER, "deliver-session", first);
	move(ROLE_TRAINER, "deliver-session", second);
	correct(second, "attended", "no-show");
	CHECK_INT(date_compare(completed(first), (struct date){ 2026, 10, 5 }), 0);
	CHECK_INT(wrong(), 0);
	correct(first, "attended", "part");
	CHECK(!date_is_set(completed(first)));
	CHECK_INT(wrong(), 0);
	correct(second, "no-show", "attended");
	CHECK_INT(date_compare(completed(first), (struct date){ 2026, 11, 20 }), 0);
	correct(first, "part", "attended"); /* an earlier one does not undo a later one */
	CHECK_INT(date_compare(completed(first), (struct date){ 2026, 11, 20 }), 0);
	CHECK_INT(wrong(), 0);
	close_product();
}

static void part_of_a_session_completes_nothing(void)
{
	open_product();
	const char *s = held("2026-11-20T14:00", "name,school,state\nAda Fern,125404,part\n");

	move(ROLE_TRAINER, "deliver-session", s);
	CHECK(!date_is_set(completed(s)));
	CHECK_INT(wrong(), 0);
	close_product();
}

static void the_check_finds_what_does_not_fit(void)
{
	open_product();
	const char *s = delivered();

	CHECK_INT(wrong(), 0);
	for (size_t i = 0; i < 3; i++) {
		const struct learner_arg args = { harness_authority(h), person_of(s, i).id };

		CHECK_OK(sql_completion_clear_learner(harness_db(h), &args, NULL));
	}
	CHECK_INT(wrong(), 3);
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(the_latest_full_attendance_counts),
					     TEST(what_is_corrected_is_worked_out_anew),
					     TEST(part_of_a_session_completes_nothing),
					     TEST(the_check_finds_what_does_not_fit), TEST_END };

	return test_main(argc, argv, tests);
}
