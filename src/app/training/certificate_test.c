/*
 * Certificates through the whole house. Expected: domain reference 3.11 (CERTIFIED only from ATTENDED, EXPIRED computed from
 * refresh_months) and the threads of peers 4.2 and 1.10: iomad#1554 (certificates for people who did not attend),
 * moodle-mod_customcert#645 (what its date means), moodle-mod_attendance#300 (an apology is not absence).
 */
#include "app/training/certificate.h"
#include "app/training/certificate.sql.h"
#include "app/training/training_test.h"

static const char *list_text = "name,school,state\nAda Fern,125404,attended\nBen Hale,125404,part\nCy Webb,125404,no-show\n"
			       "Dee Ash,125404,apologies\nEli Moss,125404,booked\nFay Reed,125404,attended\n";

static struct outcome issue(enum role role, const char *session)
{
	return harness_operation(h, role, "issue-certificates", "{session}", session, NULL);
}

/* A session 23 November of a course that is refreshed after two years. */
static const char *held(void)
{
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "add-course", "title", "Prevent refreshed", "provider",
					     "council", "delivery", "face-to-face", "duration_minutes", "90",
					     "refresh_months", "24", NULL);

	CHECK_TEXT(told(&o), "");
	course_ref = arena_strdup(arena, o.reference);
	const char *s = schedule("2026-11-23T14:00", "");

	CHECK_INT(import(s, list_text).problems.n, 0);
	move(ROLE_TRAINER, "confirm-session", s);
	return s;
}

static struct certificate_candidate *people_of(const char *session, size_t *n)
{
	const struct session_arg args = { harness_authority(h), session_of(session).id };
	struct certificate_candidate *v = NULL;

	CHECK_OK(sql_certificate_candidates(arena, harness_db(h), &args, &v, n));
	return v;
}

/* Each state of attendance, before and after the session took place. */
static void only_for_attendance_in_full(void)
{
	size_t n;

	open_product();
	const char *s = held();
	struct outcome o = issue(ROLE_TRAINER, s);

	CHECK(strstr(told(&o), "Mark the session as delivered") != NULL);
	move(ROLE_TRAINER, "deliver-session", s);
	struct answer a = harness_get(h, ROLE_TRAINER, path_of(s, "/certificates"));

	CHECK_INT(a.status, 200);
	CHECK_INT(answer_count(&a, "Gets one"), 2);
	CHECK(answer_has(&a, "None: Attended in part only"));
	CHECK(answer_has(&a, "None: Did not come"));
	CHECK(answer_has(&a, "None: Sent apologies"));
	CHECK(answer_has(&a, "None: Nobody has recorded whether they came"));
	a = harness_post(h, ROLE_TRAINER, path_of(s, "/certificates"), NULL);
	CHECK_INT(a.status, 303);
	a = harness_follow(h, ROLE_TRAINER, a);
	CHECK(answer_has(&a, "2 certificates issued"));
	struct certificate_candidate *v = people_of(s, &n);

	CHECK_INT(n, 6);
	for (size_t i = 0; i < n; i++) {
		CHECK((v[i].state == ATTENDANCE_ATTENDED) == (v[i].certificate != NULL && v[i].certificate[0] != '\0'));
	}
	o = issue(ROLE_TRAINER, s); /* once each */
	CHECK(strstr(told(&o), "Nobody is without a certificate") != NULL);
	a = harness_get(h, ROLE_TRAINER, path_of(s, "/certificates/print"));
	CHECK_INT(answer_count(&a, "Certificate of training"), 2);
	CHECK_INT(answer_count(&a, "23 November 2026"), 2); /* completed, whenever it was issued */
	CHECK(answer_has(&a, "To be refreshed by 23 November 2028"));
	a = harness_get(h, ROLE_TRAINER, path_of(s, "/certificates/links"));
	CHECK_INT(answer_count(&a, "\r\n"), 3);
	CHECK_INT(answer_count(&a, "/v/"), 2);
	close_product();
}

static const char *issued_code(const char *session)
{
	size_t n;
	struct certificate_candidate *v = people_of(session, &n);

	return arena_strdup(arena, v[0].code);
}

static const char *verify(const char *code)
{
	return arena_printf(arena, "/v/%s", code);
}

static void checked_without_an_account(void)
{
	open_product();
	const char *s = held();

	move(ROLE_TRAINER, "deliver-session", s);
	issue(ROLE_TRAINER, s);
	const char *code = issued_code(s);
	struct answer a = harness_get(h, ROLE_NOBODY, verify(code));

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "This certificate is valid"));
	CHECK(answer_has(&a, "Prevent refreshed"));
	CHECK(!answer_has(&a, "Ada") && !answer_has(&a, "Fern")); /* it names nobody */
	CHECK(pairs_get(&a.headers, "Set-Cookie") == NULL);
	/* a code that is none and one that nobody has look the same */
	const char *nobody = certificate_code(arena, "23456789CDFGHJ");
	struct answer none = harness_get(h, ROLE_NOBODY, verify("ABC")), absent = harness_get(h, ROLE_NOBODY, verify(nobody));

	CHECK_INT(none.status, 404);
	CHECK_INT(absent.status, 404);
	a = harness_post(h, ROLE_NOBODY, verify(code), "name", "Ben Hale", NULL);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "No: this is not the name"));
	a = harness_post(h, ROLE_NOBODY, verify(code), "name", " ada  FERN", NULL);
	CHECK(answer_has(&a, "Yes: this is the name"));
	a = harness_post(h, ROLE_NOBODY, verify(code), "name", "", NULL);
	CHECK_INT(a.status, 422);
	for (int i = 0; i < 12; i++) {
		a = harness_post(h, ROLE_NOBODY, verify(code), "name", "Somebody Else", NULL);
	}
	CHECK(!answer_has(&a, "No: this is not the name")); /* names are not to be guessed */
	CHECK(answer_has(&a, "too many attempts"));
	CHECK_INT(harness_get(h, ROLE_NOBODY, verify(code)).status, 200);
	harness_now(h, instant_of_local((struct date){ 2028, 11, 24 }, 9, 0));
	a = harness_get(h, ROLE_NOBODY, verify(code));
	CHECK(answer_has(&a, "This certificate has expired"));
	close_product();
}

/* A correction of the attendance ends it at once, and what is corrected back lives again. */
static void follows_the_attendance(void)
{
	size_t n;

	open_product();
	const char *s = held();

	move(ROLE_TRAINER, "deliver-session", s);
	issue(ROLE_TRAINER, s);
	const char *code = issued_code(s), *person = people_of(s, &n)[0].learner;
	struct outcome o = harness_operation(h, ROLE_TRAINER, "record-attendance", "{session}", s,
					     arena_printf(arena, "state-%s", person), "part",
					     arena_printf(arena, "was-%s", person), "attended", NULL);

	CHECK_TEXT(told(&o), "");
	struct answer a = harness_get(h, ROLE_NOBODY, verify(code));

	CHECK(answer_has(&a, "This certificate has been withdrawn"));
	a = harness_get(h, ROLE_TRAINER, path_of(s, "/certificates/print"));
	CHECK_INT(answer_count(&a, "Certificate of training"), 1);
	o = harness_operation(h, ROLE_TRAINER, "record-attendance", "{session}", s, arena_printf(arena, "state-%s", person),
			      "attended", arena_printf(arena, "was-%s", person), "part", NULL);
	a = harness_get(h, ROLE_NOBODY, verify(code));
	CHECK(answer_has(&a, "This certificate is valid"));
	move(ROLE_COORDINATOR, "cancel-session", s); /* it turns out that it did not take place */
	a = harness_get(h, ROLE_NOBODY, verify(code));
	CHECK(answer_has(&a, "This certificate has been withdrawn"));
	close_product();
}

static void withdrawn_by_hand(void)
{
	size_t n;

	open_product();
	const char *s = held();

	move(ROLE_TRAINER, "deliver-session", s);
	issue(ROLE_TRAINER, s);
	const char *k = people_of(s, &n)[0].certificate, *code = issued_code(s);
	const char *page = arena_printf(arena, "/training/certificates/%s", k);
	struct answer a = harness_get(h, ROLE_TRAINER, page);

	CHECK_INT(a.status, 200);
	CHECK(!answer_has(&a, "Withdraw it"));
	harness_school(h, OAK);
	CHECK_INT(harness_get(h, ROLE_SCHOOL_LEAD, page).status, 200);
	harness_school(h, HEATH);
	CHECK_INT(harness_get(h, ROLE_SCHOOL_LEAD, page).status, 404);
	CHECK_INT(harness_get(h, ROLE_COUNCILLOR, page).status, 403);
	a = harness_post(h, ROLE_TRAINER, arena_printf(arena, "%s/withdraw", page), "_version", "1", "reason", "Wrong", NULL);
	CHECK_INT(a.status, 403);
	a = harness_post(h, ROLE_COORDINATOR, arena_printf(arena, "%s/withdraw", page), "_version", "1", "reason",
			 "Issued to the wrong person", NULL);
	CHECK_INT(a.status, 303);
	a = harness_get(h, ROLE_NOBODY, verify(code));
	CHECK(answer_has(&a, "has been withdrawn"));
	CHECK(!answer_has(&a, "wrong person"));
	struct outcome o = issue(ROLE_TRAINER, s); /* a new one, with another code */

	CHECK_TEXT(told(&o), "");
	CHECK(!text_same(issued_code(s), code));
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(only_for_attendance_in_full), TEST(checked_without_an_account),
					     TEST(follows_the_attendance), TEST(withdrawn_by_hand), TEST_END };

	return test_main(argc, argv, tests);
}
