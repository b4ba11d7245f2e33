/* Series and joint hosts, through the whole house. */
#include "app/training/session_host.h"
#include "app/training/session_series.h"
#include "app/training/training_test.h"

static struct series_line *others(const char *reference, size_t *n)
{
	struct session s = session_of(reference);
	struct series_line *v = NULL;

	CHECK_OK(session_series(arena, harness_db(h), &s, &v, n));
	return v;
}

static struct outcome repeated(const char *repeat, const char *times, const char *dates)
{
	return harness_operation(h, ROLE_COORDINATOR, "schedule-session", "course", course_ref, "starts_at-day", "24",
				 "starts_at-month", "3", "starts_at-year", "2027", "starts_at-time", "2:30pm", "venue",
				 "Town hall", "host", "125406", "places", "30", "trainer", trainer_ref,
				 "duration_minutes", "", "repeat", repeat, "times", times, "dates", dates, NULL);
}

static void made_together(void)
{
	open_product();
	struct outcome o = repeated("weekly", "3", "");
	size_t n;

	CHECK_OK(o.err);
	CHECK_TEXT(o.flash, "3 sessions scheduled");
	struct series_line *v = others(o.reference, &n);

	CHECK_INT(n, 2);
	/* 2:30pm on the clock each time, although summer time begins on 28 March 2027 */
	CHECK_TEXT(instant_local_iso(arena, v[0].starts_at), "2027-03-31T14:30");
	CHECK_TEXT(instant_utc_iso(arena, v[0].starts_at), "2027-03-31T13:30:00.000Z");
	CHECK_TEXT(instant_local_iso(arena, v[1].starts_at), "2027-04-07T14:30");
	struct session first = session_of(o.reference), last = session_of(v[1].reference);

	CHECK(!text_same(first.feedback_code, last.feedback_code));
	CHECK(!text_same(first.checkin_code, last.checkin_code) && strlen(last.checkin_code) == 8);
	CHECK(!text_same(last.checkin_code, last.feedback_code));
	CHECK_INT(last.host_urn, HEATH);
	struct answer a = harness_get(h, ROLE_COORDINATOR, path_of(o.reference, ""));

	CHECK(answer_has(&a, "Other sessions of this series"));
	CHECK(answer_has(&a, v[0].reference) && answer_has(&a, v[1].reference));
	o = repeated("", "", "1/4/2027\n9/4/2027\n23/4/2027");
	others(o.reference, &n);
	CHECK_INT(n, 3);
	o = repeated("monthly", "1", "");
	CHECK(strstr(told(&o), "from 2 to 20") != NULL);
	o = repeated("", "", "9/4/2099");
	CHECK(strstr(told(&o), "next 3 years") != NULL);
	close_product();
}

static void one_cancelled_the_others_stay(void)
{
	open_product();
	const char *first = repeated("weekly", "3", "").reference;
	size_t n;
	struct series_line *v = others(first, &n);

	CHECK_OK(move(ROLE_COORDINATOR, "cancel-session", v[0].reference).err);
	CHECK_TEXT(state_of(v[0].reference), "cancelled");
	CHECK_TEXT(state_of(first), "planned");
	CHECK_TEXT(state_of(v[1].reference), "planned");
	close_product();
}

static struct answer changed(const char *s, const char *later)
{
	char version[24];

	snprintf(version, sizeof(version), "%lld", (long long)session_of(s).version);
	return harness_post(h, ROLE_COORDINATOR, path_of(s, "/edit"), "_version", version, "starts_at-day", "1",
			    "starts_at-month", "4", "starts_at-year", "2027", "starts_at-time", "10am", "venue",
			    "Library", "host", "Community trust", "places", "20", "trainer", trainer_ref,
			    "duration_minutes", "60", "later", later, NULL);
}

/* This one moves to another day; those after it keep theirs and take over the rest; those before it and those that can
 * no longer change stay as they are. */
static void this_and_the_later_ones(void)
{
	open_product();
	const char *first = repeated("weekly", "4", "").reference;
	size_t n;
	struct series_line *v = others(first, &n);
	struct answer a = harness_get(h, ROLE_COORDINATOR, path_of(first, "/edit"));

	CHECK(answer_has(&a, "Change the later sessions"));
	CHECK_OK(move(ROLE_COORDINATOR, "cancel-session", v[2].reference).err);
	CHECK_INT(changed(v[0].reference, "yes").status, 303);
	CHECK_TEXT(session_of(first).venue, "Town hall");
	CHECK_TEXT(instant_local_iso(arena, session_of(v[0].reference).starts_at), "2027-04-01T10:00");
	struct session last = session_of(v[1].reference);

	CHECK_TEXT(instant_local_iso(arena, last.starts_at), "2027-04-07T10:00");
	CHECK_TEXT(last.venue, "Library");
	CHECK_TEXT(last.host, "Community trust");
	CHECK_INT(last.duration_minutes, 60);
	CHECK_INT(last.places, 20);
	CHECK_TEXT(session_of(v[2].reference).venue, "Town hall");
	CHECK_INT(changed(first, "").status, 303);
	CHECK_INT(session_of(v[1].reference).version, last.version);
	close_product();
}

/* ---- joint hosts ---- */

static struct outcome host(const char *s, const char *name)
{
	return harness_operation(h, ROLE_COORDINATOR, "add-session-host", "{session}", s, "host", name, NULL);
}

static void several_hold_it_together(void)
{
	open_product();
	const char *s = schedule("2026-11-23T14:00", "125406");
	struct outcome o = host(s, "125404");
	int64_t rows, wrong;
	const char *which;

	CHECK_OK(o.err);
	CHECK_INT(o.problems.n, 0);
	CHECK_INT(host(s, "Inter-faith forum").problems.n, 0);
	o = host(s, "125406");
	CHECK(strstr(told(&o), "host already") != NULL);
	o = host(s, "Inter-faith forum");
	CHECK(strstr(told(&o), "host already") != NULL);
	struct answer a = harness_get(h, ROLE_COORDINATOR, path_of(s, ""));

	CHECK(answer_has(&a, "Heathfield School (125406); Oak Lane Primary School (125404); Inter-faith forum"));
	a = harness_get(h, ROLE_COORDINATOR, "/training/sessions?find=inter-faith");
	CHECK(answer_has(&a, s));
	CHECK_INT(import(s, "Ada Fern,,125404\nBen Hale,,125404").problems.n, 0);
	move(ROLE_TRAINER, "confirm-session", s);
	move(ROLE_TRAINER, "deliver-session", s);
	/* each hosting school once: one with two people, one without */
	CHECK_INT(served(s, OAK, &rows), 2);
	CHECK_INT(rows, 1);
	CHECK_INT(served(s, HEATH, &rows), 0);
	CHECK_INT(rows, 1);
	CHECK_OK(training_check(arena, harness_db(h), &wrong, &which));
	CHECK_INT(wrong, 0);
	/* the first host taken off: the next becomes the first, and the school is no longer served */
	o = harness_operation(h, ROLE_COORDINATOR, "remove-session-host", "{session}", s, "{nth}", "1", NULL);
	CHECK_OK(o.err);
	CHECK_INT(session_of(s).host_urn, OAK);
	CHECK_INT(served(s, HEATH, &rows), -1);
	o = harness_operation(h, ROLE_COORDINATOR, "remove-session-host", "{session}", s, "{nth}", "9", NULL);
	CHECK(strstr(told(&o), "no host") != NULL);
	CHECK(harness_operation(h, ROLE_TRAINER, "add-session-host", "{session}", s, "host", "X", NULL).err != NULL);
	CHECK_OK(training_check(arena, harness_db(h), &wrong, &which));
	CHECK_INT(wrong, 0);
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(made_together), TEST(one_cancelled_the_others_stay),
					     TEST(this_and_the_later_ones), TEST(several_hold_it_together), TEST_END };

	return test_main(argc, argv, tests);
}
