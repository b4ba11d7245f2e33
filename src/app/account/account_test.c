/* Signing in, one-time links, users, settings and the audit, as a browser meets them. */
#include "app/account/account.h"
#include "app/account/account_test.h"

#include <string.h>

#include "base/arena.h"
#include "base/test.h"
#include "base/text.h"
#include "core/harness.h"
#include "trust/trust.h"
#include "work/job.h"
#include "work/job.sql.h"
#include "work/work.h"

#define GOOD "tram lentil orbit"

const struct feature *const features[] = { &account_feature, NULL };

static struct answer sign_in(const char *email, const char *password)
{
	return harness_post(h, ROLE_NOBODY, "/sign-in", "email", email, "password", password,
			    "then", "", NULL);
}

static struct job_row job(int64_t id)
{
	struct job_row row = { 0 };
	bool found = false;

	CHECK_OK(sql_job_find(harness_arena(h), harness_db(h), &(struct id_arg){ id }, &row, &found));
	CHECK(found);
	return row;
}

/* Files of a host are not in a backup: nobody must wait for them for ever. */
static void a_restore_gives_up_what_waits_for_a_host(void)
{
	CHECK_OK(db_begin(harness_db(h)));
	CHECK_OK(job_queue(harness_arena(h), harness_db(h), harness_authority(h), "read-school-register", "R1",
			   (struct instant){ 1 }, "GONE"));
	CHECK_OK(job_queue(harness_arena(h), harness_db(h), harness_authority(h), "of-any-host", "R2", (struct instant){ 1 }, NULL));
	CHECK_OK(db_commit(harness_db(h)));
	CHECK_OK(harness_operation(h, ROLE_SYSTEM, "restore-store", "digest", "d", NULL).err);
	CHECK_INT(job(1).state, JOB_FAILED);
	CHECK(strstr(job(1).fault, "Upload them again") != NULL);
	CHECK_INT(job(2).state, JOB_WAITING);
}

/* From added to signed in, and what the doors look like on the way. */
static void a_person_comes_in(void)
{
	const char *link = add("Nell Sorrow", "Nell.Sorrow@Newbridge.example", "training-officer");
	struct answer a = harness_get(h, ROLE_NOBODY, link);

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "Nell Sorrow"));
	CHECK_INT(sign_in("nell.sorrow@newbridge.example", GOOD).status, 422); /* no password yet */
	a = harness_post(h, ROLE_NOBODY, link, "new_password", "short", NULL);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "Password must be 12 characters or more"));
	a = harness_post(h, ROLE_NOBODY, link, "new_password", "nell sorrow newbridge", NULL);
	CHECK(answer_has(&a, "Password must not be made from your name"));
	a = harness_post(h, ROLE_NOBODY, link, "new_password", GOOD, NULL);
	CHECK_INT(a.status, 303);
	const char *cookie = cookie_of(&a);

	CHECK(cookie != NULL);
	a = get_as(cookie == NULL ? "" : cookie, "/account");
	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "nell.sorrow@newbridge.example"));
	CHECK(answer_has(&a, "This one"));
	CHECK_INT(harness_get(h, ROLE_NOBODY, link).status, 404); /* once */
	CHECK_INT(
		harness_post(h, ROLE_NOBODY, link, "new_password", "another fine one", NULL).status,
		404);

	a = sign_in("NELL.sorrow@newbridge.example", GOOD);
	CHECK_INT(a.status, 303);
	CHECK_TEXT(a.location, "/");
	const char *second = cookie_of(&a);

	CHECK(second != NULL && !text_same(second, cookie));
	a = harness_post(h, ROLE_NOBODY, "/sign-in", "email", "nell.sorrow@newbridge.example",
			 "password", GOOD, "then", "/account", NULL);
	CHECK_TEXT(a.location, "/account");
	a = harness_post(h, ROLE_NOBODY, "/sign-in", "email", "nell.sorrow@newbridge.example",
			 "password", GOOD, "then", "//evil.example/", NULL);
	CHECK_TEXT(a.location, "/");
}

/* One sentence and one status for every reason not to come in. */
static void the_door_says_nothing(void)
{
	const char *link = add("Max Ferrow", "max@newbridge.example", "councillor");

	CHECK_INT(harness_post(h, ROLE_NOBODY, link, "new_password", GOOD, NULL).status, 303);
	struct answer wrong = sign_in("max@newbridge.example", "not that at all");
	struct answer unknown = sign_in("nobody@newbridge.example", "not that at all");

	CHECK_INT(wrong.status, 422);
	CHECK_INT(unknown.status, 422);
	CHECK(answer_has(&wrong,
			 "The email address or password is not right. Check both and try again"));
	CHECK(answer_has(&unknown,
			 "The email address or password is not right. Check both and try again"));
	CHECK(answer_has(&wrong, "value=\"max@newbridge.example\""));
	CHECK(!answer_has(&wrong, "not that at all"));
	CHECK(cookie_of(&wrong) == NULL);
	CHECK(answer_has(&wrong, "<title>Error: "));
}

/* Ten failures; the eleventh try is refused, right password or not, account or not; five minutes
 * later not. */
static void failures_are_limited(void)
{
	const char *link = add("Iris Tolland", "iris@newbridge.example", "auditor");
	const struct instant then = world_now(harness_world(h));

	CHECK_INT(harness_post(h, ROLE_NOBODY, link, "new_password", GOOD, NULL).status, 303);
	for (int i = 0; i < LIMIT_ACCOUNT; i++) {
		CHECK_INT(sign_in("iris@newbridge.example", "wrong wrong wrong").status, 422);
		CHECK_INT(sign_in("absent@newbridge.example", "wrong wrong wrong").status, 422);
	}
	struct answer known = sign_in("iris@newbridge.example", GOOD);
	struct answer unknown = sign_in("absent@newbridge.example", GOOD);

	CHECK_INT(known.status, 429);
	CHECK_INT(unknown.status, 429);
	CHECK(answer_has(&known, "There were too many attempts to sign in. Try again at 9:05am"));
	CHECK(answer_has(&unknown, "There were too many attempts to sign in. Try again at 9:05am"));
	CHECK(cookie_of(&known) == NULL);
	harness_now(h, (struct instant){ then.ms + LIMIT_MINUTES * 60 * 1000 });
	CHECK_INT(sign_in("iris@newbridge.example", GOOD).status, 303);
	harness_now(h, then);
}

static void addresses_are_limited(void)
{
	struct arena *a = harness_arena(h);
	struct db *db = harness_db(h);
	const struct instant now = { 1000000000 };

	CHECK_OK(db_begin(db));
	for (int i = 0; i < LIMIT_ADDRESS; i++) {
		CHECK_OK(limit_check(a, db, arena_printf(a, "a%d@x.example", i), "2001:db8:1:2::5",
				     now));
		CHECK_OK(limit_failed(a, db, arena_printf(a, "a%d@x.example", i),
				      arena_printf(a, "2001:db8:1:2::%x", i + 1), now));
	}
	struct err *err = limit_check(a, db, "b@x.example", "2001:db8:1:2:ffff::1", now);

	CHECK(err != NULL && err->kind == ERR_LIMIT);
	CHECK_OK(limit_check(a, db, "b@x.example", "2001:db8:1:3::1", now));
	CHECK_OK(limit_check(a, db, "b@x.example", NULL, now));
	CHECK_OK(limit_check(a, db, "b@x.example", "2001:db8:1:2::5",
			     (struct instant){ now.ms + LIMIT_MINUTES * 60 * 1000 }));
	db_rollback(db);
}

/* A clock that was set back neither keeps people signed in for longer nor keeps them out. */
static void the_clock_is_set_back(void)
{
	struct instant then = world_now(harness_world(h));
	const struct instant ahead = { then.ms + (int64_t)24 * 3600 * 1000 };
	struct arena *a = harness_arena(h);
	struct db *db = harness_db(h);

	harness_now(h, ahead);
	const char *link = add("Una Prowse", "una@newbridge.example", "councillor");
	struct answer answer = harness_post(h, ROLE_NOBODY, link, "new_password", GOOD, NULL);
	const char *cookie = cookie_of(&answer);

	CHECK_INT(get_as(cookie, "/account").status, 200);
	harness_now(h, then);
	CHECK_INT(get_as(cookie, "/account").status, 303);
	CHECK_OK(db_begin(db));
	for (int i = 0; i < LIMIT_ACCOUNT; i++) {
		CHECK_OK(limit_failed(a, db, "una@newbridge.example", NULL, ahead));
	}
	CHECK(limit_check(a, db, "una@newbridge.example", NULL, ahead) != NULL);
	CHECK_OK(limit_check(a, db, "una@newbridge.example", NULL, then));
	db_rollback(db);
}

static void forms_need_their_token(void)
{
	struct answer a = harness_post(h, ROLE_ADMINISTRATOR, "/settings/users/new", "_csrf", "",
				       "name", "Eve", "email", "eve@newbridge.example", "role",
				       "administrator", NULL);

	CHECK_INT(a.status, 422); /* shown again with a fresh one */
	const char *other =
		csrf_token(harness_arena(h), harness_world(h), harness_who(h, ROLE_AUDITOR));

	a = harness_post(h, ROLE_ADMINISTRATOR, "/settings/users/new", "_csrf", other, "name",
			 "Eve", "email", "eve@newbridge.example", "role", "administrator", NULL);
	CHECK_INT(a.status, 422);
	a = harness_get(h, ROLE_ADMINISTRATOR, "/settings/users");
	CHECK(!answer_has(&a, "Eve"));
	const char *cross =
		"POST /sign-in HTTP/1.1\r\nHost: newbridge.example\r\nSec-Fetch-Site: "
		"cross-site\r\n"
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 25\r\n\r\n"
		"email=a@b.cd&password=xyz";

	CHECK_INT(harness_raw(h, cross, strlen(cross)).status, 403);
}

static void users_are_checked(void)
{
	struct answer a = harness_post(h, ROLE_ADMINISTRATOR, "/settings/users/new", "name", "",
				       "email", "x", NULL);

	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "Enter the name"));
	CHECK(answer_has(&a,
			 "Enter an email address in the correct format, like name@example.com"));
	CHECK(answer_has(&a, "Select the role"));
	a = harness_post(h, ROLE_ADMINISTRATOR, "/settings/users/new", "name", "A", "email",
			 "Administrator@newbridge.example", "role", "trainer", NULL);
	CHECK(answer_has(&a, "There is already an account with this email address"));
	a = harness_post(h, ROLE_ADMINISTRATOR, "/settings/users/new", "name", "A", "email",
			 "a@newbridge.example", "role", "system", NULL);
	CHECK(answer_has(&a, "Select the role"));
	a = harness_post(h, ROLE_ADMINISTRATOR, "/settings/users/new", "name", "A", "email",
			 "a@newbridge.example", "role", "school-lead", NULL);
	CHECK(answer_has(&a, "Enter the URN of the school"));
	a = harness_post(h, ROLE_ADMINISTRATOR, "/settings/users/new", "name", "A", "email",
			 "a@newbridge.example", "role", "school-lead", "establishment_urn",
			 "125001", NULL);
	CHECK(answer_has(&a, "There is no school with this URN in the register"));
	a = harness_post(h, ROLE_COORDINATOR, "/settings/users/new", "name", "A", "email",
			 "a@newbridge.example", "role", "trainer", NULL);
	CHECK_INT(a.status, 403);
}

/* Closing ends the person's logins at once; the account cannot be used; it can be opened again. */
static void closing_is_at_once(void)
{
	const char *link = add("Orla Penhale", "orla@newbridge.example", "co-ordinator");
	struct answer a = harness_post(h, ROLE_NOBODY, link, "new_password", GOOD, NULL);
	const char *cookie = cookie_of(&a);
	const char *page = page_of_user("Orla Penhale");
	const char *version = version_on(page);

	CHECK_INT(get_as(cookie, "/account").status, 200);
	a = harness_post(h, ROLE_ADMINISTRATOR, arena_printf(harness_arena(h), "%s/close", page),
			 "_version", "77", NULL);
	CHECK_INT(a.status, 409);
	a = harness_post(h, ROLE_ADMINISTRATOR, arena_printf(harness_arena(h), "%s/close", page),
			 "_version", version, NULL);
	CHECK_INT(a.status, 303);
	CHECK_INT(get_as(cookie, "/account").status, 303); /* to sign in */
	CHECK_INT(sign_in("orla@newbridge.example", GOOD).status, 422);
	a = harness_get(h, ROLE_ADMINISTRATOR, page);
	CHECK(answer_has(&a, "Open the account again"));
	CHECK(!answer_has(&a, "Make a one-time link"));
	a = harness_post(h, ROLE_ADMINISTRATOR, arena_printf(harness_arena(h), "%s/link", page),
			 NULL);
	CHECK(answer_has(&a, "This account is closed. Open it again first"));
	a = harness_post(h, ROLE_ADMINISTRATOR, arena_printf(harness_arena(h), "%s/reopen", page),
			 "_version", version_on(page), NULL);
	CHECK_INT(a.status, 303);
	CHECK_INT(sign_in("orla@newbridge.example", GOOD).status,
		  422); /* the old password is gone */
	a = harness_post(h, ROLE_ADMINISTRATOR, arena_printf(harness_arena(h), "%s/link", page),
			 NULL);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "/welcome/"));
	CHECK(answer_has(&a, "Give this link to Orla Penhale"));
}

static void the_last_administrator_stays(void)
{
	const char *own = page_of_user("Ada Okafor");
	const char *edit = arena_printf(harness_arena(h), "%s/edit", own);
	struct answer a = harness_post(h, ROLE_ADMINISTRATOR, edit, "name", "Ada Okafor", "email",
				       "administrator@newbridge.example", "role", "councillor",
				       "_version", "1", NULL);

	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "This is the last administrator"));
	a = harness_post(h, ROLE_ADMINISTRATOR, arena_printf(harness_arena(h), "%s/close", own),
			 "_version", "1", NULL);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "You cannot close your own account"));
	/* one who never set a password cannot let anybody in */
	const char *link = add("Cy Lanner", "cy@newbridge.example", "administrator");

	a = harness_post(h, ROLE_ADMINISTRATOR, edit, "name", "Ada Okafor", "email",
			 "administrator@newbridge.example", "role", "councillor", "_version", "1",
			 NULL);
	CHECK_INT(a.status, 422);
	CHECK_INT(harness_post(h, ROLE_NOBODY, link, "new_password", GOOD, NULL).status, 303);
	a = harness_post(h, ROLE_ADMINISTRATOR, edit, "name", "Ada M. Okafor", "email",
			 "administrator@newbridge.example", "role", "administrator", "_version",
			 "1", NULL);
	CHECK_INT(a.status, 303);
	a = harness_post(h, ROLE_ADMINISTRATOR, edit, "name", "Ada Okafor", "email",
			 "administrator@newbridge.example", "role", "administrator", "_version",
			 "1", NULL);
	CHECK_INT(a.status, 409);
}

/* The form of somebody who signed in during the test. */
static struct answer change_password(const char *token, const char *csrf, const char *fields)
{
	struct arena *a = harness_arena(h);
	const char *body = arena_printf(a, "_csrf=%s&%s", csrf, fields);
	const char *raw = arena_printf(
		a,
		"POST /account/password HTTP/1.1\r\nHost: newbridge.example\r\n"
		"Cookie: login=%s\r\nContent-Type: application/x-www-form-urlencoded\r\n"
		"Content-Length: %zu\r\n\r\n%s",
		token, strlen(body), body);

	return harness_raw(h, raw, strlen(raw));
}

static void passwords_are_changed(void)
{
	const char *link = add("Bea Quillon", "bea@newbridge.example", "trainer");
	struct answer a = harness_post(h, ROLE_NOBODY, link, "new_password", GOOD, NULL);
	const char *first = cookie_of(&a);

	a = sign_in("bea@newbridge.example", GOOD);
	const char *second = cookie_of(&a);

	a = get_as(second, "/account/password");
	const char *csrf = answer_between(h, &a, "name=\"_csrf\" value=\"", "\"");

	a = change_password(second, csrf, "password=not+this+one&new_password=heron+quartz+mop");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "Current password is not right"));
	a = change_password(second, csrf,
			    "password=tram+lentil+orbit&new_password=heron+quartz+mop");
	CHECK_INT(a.status, 303);
	CHECK_INT(get_as(second, "/account").status, 200);
	CHECK_INT(get_as(first, "/account").status, 303); /* signed out everywhere else */
	CHECK_INT(sign_in("bea@newbridge.example", GOOD).status, 422);
	CHECK_INT(sign_in("bea@newbridge.example", "heron quartz mop").status, 303);
}

static void logins_end(void)
{
	const struct instant then = world_now(harness_world(h));
	const char *link = add("Ned Harrowby", "ned@newbridge.example", "trainer");
	struct answer a = harness_post(h, ROLE_NOBODY, link, "new_password", GOOD, NULL);
	const char *cookie = cookie_of(&a);

	harness_now(h, (struct instant){ then.ms + 30 * 60 * 1000 });
	CHECK_INT(get_as(cookie, "/account").status, 200);
	harness_now(h, (struct instant){ then.ms + 30 * 60 * 1000 + 1 });
	CHECK_INT(get_as(cookie, "/account").status, 303);
	harness_now(h, then);
	a = harness_post(h, ROLE_TRAINER, "/sign-out", NULL);
	CHECK_INT(a.status, 303);
	CHECK_TEXT(a.location, "/sign-in");
	CHECK_TEXT(cookie_of(&a), "");
	CHECK_INT(harness_get(h, ROLE_TRAINER, "/account").status, 303);
	harness_now(h, then);
	a = harness_post(h, ROLE_TRAINER, "/account/end-other-logins", NULL);
	CHECK_INT(a.status, 303);
	a = harness_get(h, ROLE_TRAINER, "/account");
	CHECK_INT(answer_count(&a, "This one"), 1);
	CHECK_INT(answer_count(&a, "Another"), 0);
}

static void authority_details(void)
{
	struct answer a = harness_get(h, ROLE_ADMINISTRATOR, "/settings/authority");
	const char *version = answer_between(h, &a, "name=\"_version\" value=\"", "\"");

	CHECK(answer_has(&a, "Newbridge Borough Council"));
	a = harness_post(h, ROLE_ADMINISTRATOR, "/settings/authority", "_version", version, "name",
			 "Newbridge", "code", "936", "accent", "#777777",
			 NULL); /* 4.48 to 1: the well-known grey that just fails */
	CHECK_INT(a.status, 422);
	CHECK(answer_has(
		&a, "Accent colour is too light: white text on it has a contrast of 4.4 to 1"));
	a = harness_post(h, ROLE_ADMINISTRATOR, "/settings/authority", "_version", version, "name",
			 "Newbridge", "code", "9x6", "accent", "blue", NULL);
	CHECK(answer_has(&a, "LA code must be 3 numbers, like 936"));
	CHECK(answer_has(&a, "Accent colour must be # and 6 letters or numbers"));
	a = harness_post(h, ROLE_ADMINISTRATOR, "/settings/authority", "_version", version, "name",
			 "Newbridge City Council", "code", "936", "accent", "#767676", NULL);
	CHECK_INT(a.status, 303);
	a = harness_get(h, ROLE_NOBODY, "/style/accent.css");
	CHECK(answer_has(&a, "#767676"));
	a = harness_get(h, ROLE_NOBODY, "/sign-in");
	CHECK(answer_has(&a, "Newbridge City Council"));
}

static void the_audit_is_read(void)
{
	struct answer a = harness_get(h, ROLE_AUDITOR, "/settings/audit");
	struct audit_report report;

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "Add a user"));
	CHECK(answer_has(&a, "sign-in-failed"));
	CHECK(!answer_has(&a, GOOD));
	CHECK_INT(harness_get(h, ROLE_COORDINATOR, "/settings/audit").status, 403);
	CHECK_INT(harness_get(h, ROLE_ADMINISTRATOR, "/settings/audit").status, 200);
	CHECK_OK(audit_verify(harness_arena(h), harness_db(h), NULL, &report));
	CHECK_TEXT(report.fault, NULL);
	CHECK(report.entries > 20);

	a = harness_get(h, ROLE_AUDITOR, "/settings/audit/1");
	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "training-officer")); /* what the first entry says has changed */
	a = harness_get(h, ROLE_ADMINISTRATOR, "/settings/audit/1");
	CHECK_INT(a.status, 200);
	CHECK(!answer_has(&a, "training-officer"));
	CHECK_INT(harness_get(h, ROLE_AUDITOR, "/settings/audit/999999").status, 404);
	CHECK_INT(harness_get(h, ROLE_AUDITOR, "/settings/audit/x").status, 404);

	const struct who *ada = harness_who(h, ROLE_ADMINISTRATOR);

	a = harness_get(h, ROLE_AUDITOR,
			arena_printf(harness_arena(h), "/settings/audit?actor=%s", ada->actor));
	CHECK(answer_has(&a, "Add a user") && !answer_has(&a, "sign-in-failed"));
	const char *reference = page_of_user("Orla Penhale") + strlen("/settings/users/");

	a = harness_get(
		h, ROLE_AUDITOR,
		arena_printf(harness_arena(h), "/settings/audit.csv?subject=user:%s", reference));
	CHECK_INT(answer_count(&a, "close-user"), 1);
	CHECK_INT(answer_count(&a, "reopen-user"), 1);
	CHECK_INT(answer_count(&a, "add-user"), 1);
}

static void public_pages(void)
{
	struct answer a = harness_get(h, ROLE_NOBODY, "/accessibility");

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "partially compliant"));
	a = harness_get(h, ROLE_NOBODY, "/privacy");
	CHECK(answer_has(&a, "section 26"));
	a = harness_get(h, ROLE_NOBODY, "/cookies");
	CHECK(answer_has(&a, "__Host-login"));
	a = harness_get(h, ROLE_NOBODY, "/settings/users?role=trainer");
	CHECK_INT(a.status, 303);
	CHECK_TEXT(a.location, "/sign-in?then=%2Fsettings%2Fusers%3Frole%3Dtrainer");
	CHECK_INT(harness_get(h, ROLE_NOBODY, "/set-up/AAAA").status, 404);
	CHECK_INT(harness_get(h, ROLE_NOBODY, "/welcome/AAAA").status, 404);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(a_person_comes_in),
		TEST(the_door_says_nothing),
		TEST(failures_are_limited),
		TEST(addresses_are_limited),
		TEST(the_clock_is_set_back),
		TEST(forms_need_their_token),
		TEST(users_are_checked),
		TEST(closing_is_at_once),
		TEST(passwords_are_changed),
		TEST(logins_end),
		TEST(the_last_administrator_stays),
		TEST(authority_details),
		TEST(the_audit_is_read),
		TEST(public_pages),
		TEST(a_restore_gives_up_what_waits_for_a_host), /* and signs everybody out: the last */
		TEST_END,
	};
	h = harness_open();
	int status = test_main(argc, argv, tests);

	harness_close(&h);
	return status;
}
