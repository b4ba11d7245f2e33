/*
 * What tests/policy_test.c asks of: things of one's own, of others, and of nobody, made through operations. A new capture
 * of a route needs a line in captures[], and, where a thing has to be there, one in make_things().
 */
#ifndef TESTS_SUPPORT_POLICY_THINGS_H
#define TESTS_SUPPORT_POLICY_THINGS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/training/attendance.h"
#include "app/training/attendance.sql.h"
#include "app/training/booking.h"
#include "app/training/booking.sql.h"
#include "app/training/certificate.h"
#include "app/training/certificate.sql.h"
#include "app/training/session.sql.h"
#include "app/training/learner.sql.h"
#include "app/training/training.h"
#include "base/arena.h"
#include "base/test.h"
#include "base/text.h"
#include "core/harness.h"
#include "tests/support/review.h"

enum thing { OWN, OTHER, ABSENT, THINGS };

static struct harness *h;
static struct arena *arena; /* of the test itself: outlives a product that is made anew */

/* ---- things of one's own, of others, and of nobody ---- */

struct capture {
	const char *name, *value[THINGS];
};
static struct capture captures[] = {
	{ "date", { "2026-03-01", "2026-03-01", "1999-12-31" } },
	{ "session", { NULL, NULL, "ZZZZZ" } },
	{ "learner", { NULL, NULL, "ZZZZZ" } },
	{ "course", { NULL, NULL, "ZZZZZ" } },
	{ "need", { NULL, NULL, "ZZZZZ" } },
	{ "trainer", { NULL, NULL, "ZZZZZ" } },
	{ "chase", { NULL, NULL, "ZZZZZ" } },
	{ "provider", { NULL, NULL, "ZZZZZ" } },
	{ "urn", { "125404", "125405", "999999" } },
	{ "note", { NULL, NULL, "ZZZZZ" } },
	{ "figure", { "staff-trained", "staff-trained", "nothing-such" } },
	{ "run", { NULL, NULL, "ZZZZZ" } },
	{ "kind", { "new", "new", "nothing-such" } },
	{ "user", { NULL, NULL, "ZZZZZ" } },
	{ "entry", { "1", "1", "99999999" } },
	{ "code", { NULL, NULL, "ZZZZZZZZ" } },
	{ "booking", { NULL, NULL, "ZZZZZZZZ" } },
	{ "ticket", { NULL, NULL, "ZZZZZZZZZZZZZZZZ" } },
	{ "nth", { "1", "1", "99" } },
	{ "item", { "1", "2", "99" } },
	{ "agency", { NULL, NULL, "ZZZZZ" } },
	{ "team", { NULL, NULL, "ZZZZZ" } },
	{ "contact", { NULL, NULL, "ZZZZZ" } },
	{ "certificate", { NULL, NULL, "ZZZZZ" } },
	{ "vcode", { NULL, NULL, "ZZZZZ" } },
	{ "evidence", { NULL, NULL, "ZZZZZ" } },
	{ "review", { NULL, NULL, "ZZZZZ" } },
	{ "other", { NULL, NULL, "ZZZZZ" } },
	{ "merge", { NULL, NULL, "ZZZZZ" } },
	{ "checkin", { NULL, NULL, "ZZZZZZZZ" } },
	{ "token", { NULL, NULL, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" } },
};

static struct capture *capture_named(const char *name, size_t n)
{
	for (size_t i = 0; i < sizeof(captures) / sizeof(captures[0]); i++) {
		if (strlen(captures[i].name) == n && strncmp(captures[i].name, name, n) == 0) {
			return &captures[i];
		}
	}
	printf("no value for the capture {%.*s}: add one to captures[]\n", (int)n, name);
	exit(1);
}

static void know(const char *name, const char *own, const char *other)
{
	struct capture *c = capture_named(name, strlen(name));

	c->value[OWN] = arena_strdup(arena, own);
	c->value[OTHER] = arena_strdup(arena, other);
}

static const char *made(struct outcome o)
{
	CHECK_OK(o.err);
	CHECK_TEXT(o.problems.n > 0 ? o.problems.v[0].sentence : NULL, NULL);
	return o.reference == NULL ? "" : arena_strdup(arena, o.reference);
}

static const char *trainer_reference(const char *name)
{
	const struct authority_arg args = { harness_authority(h) };
	struct choice *rows;
	size_t n;

	CHECK_OK(sql_trainer_choices(arena, harness_db(h), &args, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (text_same(rows[i].label, name)) {
			return rows[i].value;
		}
	}
	return "";
}

static const char *make_session(const char *course, enum role trainer, const char *attendance)
{
	const char *s = made(harness_operation(
		h, ROLE_SYSTEM, "schedule-session", "course", course, "starts_at",
		"2026-11-23T14:00", "venue", "Town hall", "host", "", "places", "30", "trainer",
		trainer_reference(harness_who(h, trainer)->name), NULL));

	made(harness_operation(h, ROLE_SYSTEM, "import-attendance", "{session}", s, "rows",
			       attendance, NULL));
	made(harness_operation(h, ROLE_SYSTEM, "confirm-session", "{session}", s, NULL));
	made(harness_operation(h, ROLE_SYSTEM, "deliver-session", "{session}", s, NULL));
	return s;
}

static struct session session_of(const char *reference)
{
	const struct reference_arg key = { harness_authority(h), reference };
	struct session s = { 0 };
	bool found;

	CHECK_OK(sql_session_find(arena, harness_db(h), &key, &s, &found));
	CHECK(found);
	return s;
}

static const char *learner_of(const char *session)
{
	const struct people_args args = { .authority_id = harness_authority(h),
					  .session_id = session_of(session).id,
					  .after = "",
					  .row_limit = PEOPLE_ALL };
	struct attendance_line *rows;
	size_t n;

	CHECK_OK(sql_attendance_of_session(arena, harness_db(h), &args, &rows, &n));
	return CHECK(n == 1) ? rows[0].learner : "";
}

static const char *make_run(void)
{
	static const char csv[] =
		"URN,LA (code),LA (name),EstablishmentName,EstablishmentStatus (name)\r\n"
		"125404,936,Surrey,Oak Lane Primary School,Open\r\n"
		"125405,936,Surrey,Heathfield School,Open\r\n"
		"125406,936,Surrey,Mill Road School,Open\r\n";
	const struct bytes file = { (const unsigned char *)csv, sizeof(csv) - 1 };
	const char *run =
		made(harness_operation_file(h, ROLE_SYSTEM, "upload-school-register", file, NULL));

	CHECK_INT(harness_jobs(h), 1);
	return run;
}

/* An agency with a team; a contact of the lead's school and one of another. */
static void make_partners(void)
{
	const char *agency = made(harness_operation(h, ROLE_SYSTEM, "add-agency", "name", "Newbridge Hospitals", "sch6",
						    "hs", "sector", "health", "state", "active", NULL));
	const char *team = made(harness_operation(h, ROLE_SYSTEM, "add-team", "{agency}", agency, "name", "Nursing", NULL));
	const char *own = made(harness_operation(h, ROLE_SYSTEM, "add-contact", "name", "Dee Ash", "kind", "dsl",
						 "establishment_urn", "125404", NULL));

	know("agency", agency, agency);
	know("team", team, team);
	know("contact", own, made(harness_operation(h, ROLE_SYSTEM, "add-contact", "name", "Eve Moss", "kind", "dsl",
						    "establishment_urn", "125405", NULL)));
}

static const char *add_person(const char *name)
{
	return made(harness_operation(h, ROLE_SYSTEM, "add-person", "name", name, "standing", "volunteer", NULL));
}

/* Into each of the two people a record was joined; a third may be. */
static void join_somebody(void)
{
	const char *merges[2], *other;

	for (int i = 0; i < 2; i++) {
		merges[i] = made(harness_operation(h, ROLE_SYSTEM, "join-people", "{learner}", capture_named("learner", 7)->value[i],
						   "{other}", add_person("Joined Fern"), "stays", "first", NULL));
	}
	know("merge", merges[0], merges[1]);
	other = add_person("Other Fern");
	know("other", other, other);
}

/* The certificate of the one person on the session's list, and its code. */
static struct certificate_candidate certified(const char *session)
{
	const struct session_arg args = { harness_authority(h), session_of(session).id };
	struct certificate_candidate *rows, none = { .certificate = "", .code = "" };
	size_t n;

	made(harness_operation(h, ROLE_SYSTEM, "issue-certificates", "{session}", session, NULL));
	CHECK_OK(sql_certificate_candidates(arena, harness_db(h), &args, &rows, &n));
	return CHECK(n == 1) ? rows[0] : none;
}

/* What the person on the session's list did elsewhere. */
static const char *claimed(const char *session, const char *course)
{
	return made(harness_operation(h, ROLE_SYSTEM, "claim-evidence-of-person", "{learner}", learner_of(session), "course",
				      course, "completed_on", "2026-03-27", "kind", "certificate", NULL));
}

/* Who may book, and the booking of the one person on the list. */
static void open_booking_of(const char *session, enum booking who, const char *code, const char *ticket)
{
	struct booking_settings open = { session_of(session).id, (int)who, { 0 }, code };
	const struct reference_arg key = { harness_authority(h), learner_of(session) };
	struct learner l;
	struct booking_row row;
	bool found;

	CHECK_OK(sql_learner_find(arena, harness_db(h), &key, &l, &found));
	const struct booking_find find = { .session_id = open.id, .learner_id = l.id };

	CHECK_OK(sql_booking_of_person(arena, harness_db(h), &find, &row, &found));
	row.booking_number = 1;
	row.booking_reference = ticket;
	CHECK_OK(db_begin(harness_db(h)));
	CHECK_OK(sql_booking_open(harness_db(h), &open, NULL));
	CHECK_OK(sql_booking_update(harness_db(h), &row, NULL));
	CHECK_OK(db_commit(harness_db(h)));
}

/* The trainer's own session with somebody of the lead's school; a session of others with somebody
 * else. */
static void make_things(void)
{
	const char *run = make_run();
	const char *course, *own, *other, *token;
	struct outcome o;

	made(harness_operation(h, ROLE_SYSTEM, "apply-school-import", "{run}", run, NULL));
	harness_school(h, 125404);
	for (int i = 0; i < 2; i++) {
		made(harness_operation(h, ROLE_SYSTEM, "record-no-training", "{urn}", i == 0 ? "125404" : "125405", "said_on",
				       "2026-03-01", "said_by", "Head teacher", NULL));
	}
	course = made(harness_operation(h, ROLE_SYSTEM, "add-course", "title", "Prevent awareness",
					"provider", "council", "delivery", "face-to-face",
					"duration_minutes", "90", NULL));
	make_partners();
	own = make_session(course, ROLE_TRAINER, "Ada Fern,,125404\n");
	other = make_session(course, ROLE_TRAINING_OFFICER, "Ben Hale,,125405\n");
	know("session", own, other);
	know("learner", learner_of(own), learner_of(other));
	struct certificate_candidate mine = certified(own), others = certified(other);

	know("certificate", mine.certificate, others.certificate);
	know("vcode", mine.code, others.code);
	know("evidence", claimed(own, course), claimed(other, course));
	know("review", rated_review(h, own), rated_review(h, other));
	for (int i = 0; i < 2; i++) { /* items 1 and 2 */
		made(harness_operation(h, ROLE_SYSTEM, "add-programme-item", "{session}", i == 0 ? own : other, "starts", "2pm",
				       "minutes", "30", "title", "Welcome", NULL));
	}
	join_somebody();
	know("code", session_of(own).feedback_code, session_of(other).feedback_code);
	know("checkin", session_of(own).checkin_code, session_of(other).checkin_code);
	open_booking_of(own, BOOKING_PUBLIC, "BBBBBBBB", "TTTTTTTTTTTTTTTT");
	open_booking_of(other, BOOKING_CLOSED, "CCCCCCCC", "UUUUUUUUUUUUUUUU"); /* a lead's own may be booked by schools */
	know("booking", "BBBBBBBB", "CCCCCCCC");
	know("ticket", "TTTTTTTTTTTTTTTT", "UUUUUUUUUUUUUUUU");
	/* a trainer reads every course of the authority: there is none of others */
	know("course", course, course);
	/* the reference of a trainer of the harness is the account's */
	know("trainer", trainer_reference(harness_who(h, ROLE_TRAINER)->name),
	     trainer_reference(harness_who(h, ROLE_TRAINING_OFFICER)->name));
	o = harness_operation(h, ROLE_SYSTEM, "add-provider", "name", "Regional Prevent unit", "kind", "police", "outside", "yes",
			      NULL);
	know("provider", made(o), o.reference);
	run = make_run();
	know("run", run, run);
	o = harness_operation(h, ROLE_SYSTEM, "add-need", "course", course, "sector", "school", "newcomer_days", "90", NULL);
	know("need", made(o), o.reference);
	while (harness_jobs(h) > 0) {
	}
	o = harness_operation(h, ROLE_SYSTEM, "make-chase-list", "need", o.reference, "people", learner_of(own), "subject", "Due",
			      "letter", "Dear colleague", NULL);
	know("chase", made(o), o.reference);
	o = harness_operation(h, ROLE_SYSTEM, "add-note", "addressed_to", "Scrutiny", "dated",
			      "2026-11-24", "subject", "Prevent", "purpose", "To inform.",
			      "recommendations", "To note.", "information", "None.",
			      "background_papers", "None", "author", "Colin Hartwell", NULL);
	know("note", made(o), o.reference);
	/* published: before that it is absent for who only reads */
	made(harness_operation(h, ROLE_SYSTEM, "send-note-for-review", "{note}", o.reference, NULL));
	made(harness_operation(h, ROLE_SYSTEM, "sign-off-note", "{note}", o.reference, "checked", "true", NULL));
	made(harness_operation(h, ROLE_SYSTEM, "publish-note", "{note}", o.reference, NULL));
	o = harness_operation(h, ROLE_SYSTEM, "add-user", "name", "Una Wray", "email",
			      "una@newbridge.example", "role", "councillor", NULL);
	know("user", made(o), o.reference);
	token = pairs_get(&o.result, "path") + strlen("/welcome/");
	know("token", token, token);
}

static void open_product(void)
{
	if (h != NULL) {
		harness_close(&h);
	}
	h = harness_open();
	make_things();
}

#endif
