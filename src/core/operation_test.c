/* operation_run by way of the harness: each step of the one door, and that it can refuse. */
#include <string.h>

#include "core/harness_inside.h"
#include "core/data.h"
#include "core/jobs.h"
#include "core/operation.h"
#include "core/ticket_test.h"
#include "trust/audit.sql.h"
#include "trust/statements.h"
#include "trust/trust.h"

static void test_a_good_one_commits_and_is_audited(void)
{
	struct harness *h = harness_open();
	struct audit_report report;
	struct outcome o =
		harness_operation(h, ROLE_COORDINATOR, "add-ticket", "title", "Chairs", NULL);

	CHECK_OK(o.err);
	CHECK_INT(o.problems.n, 0);
	CHECK_TEXT(o.location, "/tickets/new");
	CHECK_TEXT(o.reference, "Chairs");
	CHECK_INT(count_jobs(h), 1);
	CHECK_OK(audit_verify(harness_arena(h), harness_db(h), NULL, &report));
	CHECK_INT(report.entries, 1);
	harness_close(&h);
}

static void test_refusals_change_nothing(void)
{
	static const struct {
		enum role role;
		const char *title;
		enum err_kind kind;
	} cases[] = {
		{ ROLE_NOBODY, "Chairs", ERR_DENIED },	 { ROLE_AUDITOR, "Chairs", ERR_DENIED },
		{ ROLE_TRAINER, "Chairs", ERR_DENIED },	 { ROLE_COORDINATOR, "silent", ERR_BUG },
	};
	struct harness *h = harness_open();

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct outcome o = harness_operation(h, cases[i].role, "add-ticket", "title",
						     cases[i].title, NULL);

		CHECK(o.err != NULL && o.err->kind == cases[i].kind);
	}
	CHECK_INT(count_jobs(h), 0);
	harness_close(&h);
}

static void test_problems_of_fields_and_guard(void)
{
	struct harness *h = harness_open();
	struct outcome o =
		harness_operation(h, ROLE_COORDINATOR, "add-ticket", "places", "900", NULL);

	CHECK_TEXT(problem_of(&o.problems, "title"), "Enter the title");
	CHECK_TEXT(problem_of(&o.problems, "places"), "Places must be between 1 and 500");
	o = harness_operation(h, ROLE_COORDINATOR, "add-ticket", "title", "taken", NULL);
	CHECK_TEXT(problem_of(&o.problems, "title"), "That title is taken");
	o = harness_operation(h, ROLE_COORDINATOR, "add-ticket", "title", "x", "colour", "red",
			      NULL);
	CHECK_INT(o.problems.n, 1);
	o = harness_operation(h, ROLE_COORDINATOR, "no-such", NULL);
	CHECK(o.err != NULL && o.err->kind == ERR_NOT_FOUND);
	CHECK_INT(count_jobs(h), 0);
	harness_close(&h);
}

/* The web shows the form again; the keeper, asked all the same, refuses. */
static void test_the_token_of_the_form_is_needed(void)
{
	struct harness *h = harness_open();
	struct outcome o = harness_operation(h, ROLE_COORDINATOR, "add-ticket", "title", "x", NULL);
	struct ask ask = { .operation = "add-ticket", .login_token = h->tokens[ROLE_COORDINATOR] };
	struct answer a;

	CHECK_OK(o.err);
	a = harness_post(h, ROLE_COORDINATOR, "/tickets/new", "title", "y", "_csrf", "", NULL);
	CHECK_INT(a.status, 422);
	a = harness_post(
		h, ROLE_COORDINATOR, "/tickets/new", "title", "y", "_csrf",
		csrf_token(harness_arena(h), harness_world(h), harness_who(h, ROLE_AUDITOR)), NULL);
	CHECK_INT(a.status, 422);
	pairs_add(harness_arena(h), &ask.raw, "title", "y");
	for (int i = 0; i < 2; i++) {
		CHECK_OK(door_ask(harness_arena(h), h->door, &ask, &o));
		CHECK(o.err != NULL && o.err->kind == ERR_DENIED);
		ask.csrf = csrf_token(harness_arena(h), harness_world(h),
				      harness_who(h, ROLE_AUDITOR));
	}
	CHECK_INT(count_jobs(h), 1);
	harness_close(&h);
}

static void test_the_same_key_is_the_same_answer(void)
{
	struct harness *h = harness_open();
	struct answer a = harness_post(h, ROLE_COORDINATOR, "/tickets/new", "title", "One", "_key",
				       "K1", NULL);

	CHECK_INT(a.status, 303);
	a = harness_post(h, ROLE_COORDINATOR, "/tickets/new", "title", "One", "_key", "K1", NULL);
	CHECK_INT(a.status, 303);
	CHECK_TEXT(a.location, "/tickets/new");
	CHECK_INT(count_jobs(h), 1);
	/* another person's key is another key; a refused form may be sent again under its key */
	a = harness_post(h, ROLE_TRAINING_OFFICER, "/tickets/new", "title", "One", "_key", "K1",
			 NULL);
	CHECK_INT(count_jobs(h), 2);
	a = harness_post(h, ROLE_COORDINATOR, "/tickets/new", "title", "", "_key", "K2", NULL);
	CHECK_INT(a.status, 422);
	a = harness_post(h, ROLE_COORDINATOR, "/tickets/new", "title", "Two", "_key", "K2", NULL);
	CHECK_INT(a.status, 303);
	CHECK_INT(count_jobs(h), 3);
	/* gone back, changed and sent again: another thing, although the page still held its old key */
	a = harness_post(h, ROLE_COORDINATOR, "/tickets/new", "title", "Three", "_key", "K1", NULL);
	CHECK_INT(count_jobs(h), 4);
	harness_close(&h);
}

static void forget(struct harness *h, int64_t ms)
{
	bool more = true;

	CHECK_OK(db_begin(harness_db(h)));
	CHECK_OK(remembered_sweep(harness_db(h), (struct instant){ ms }, &more));
	CHECK(!more);
	CHECK_OK(db_commit(harness_db(h)));
}

/* For a day, and what came first is forgotten first. */
static void test_an_answer_is_remembered_for_a_day(void)
{
	const int64_t day = 24 * 60 * 60 * 1000;
	struct harness *h = harness_open();
	int64_t now = world_now(harness_world(h)).ms;
	const char *first = arena_strdup(harness_arena(h), remembered_key(harness_world(h), harness_arena(h)));

	CHECK_INT(harness_post(h, ROLE_COORDINATOR, "/tickets/new", "title", "One", "_key", first, NULL).status, 303);
	harness_now(h, (struct instant){ now + 60000 });
	const char *later = remembered_key(harness_world(h), harness_arena(h));
	CHECK(strcmp(first, later) < 0);
	CHECK_INT(harness_post(h, ROLE_COORDINATOR, "/tickets/new", "title", "Two", "_key", later, NULL).status, 303);
	forget(h, now + day);
	CHECK_INT(harness_post(h, ROLE_COORDINATOR, "/tickets/new", "title", "One", "_key", first, NULL).status, 303);
	CHECK_INT(count_jobs(h), 2);
	forget(h, now + day + 1);
	harness_post(h, ROLE_COORDINATOR, "/tickets/new", "title", "One", "_key", first, NULL);
	harness_post(h, ROLE_COORDINATOR, "/tickets/new", "title", "Two", "_key", later, NULL);
	CHECK_INT(count_jobs(h), 3);
	harness_close(&h);
}

static void test_what_leaves_no_trace_is_not_remembered(void)
{
	struct harness *h = harness_open();

	for (int i = 0; i < 2; i++) {
		harness_post(h, ROLE_NOBODY, "/tickets/quiet", "_key", "K1", NULL);
	}
	CHECK_INT(count_jobs(h), 2);
	harness_close(&h);
}

static void test_relation_hides_or_lets_in(void)
{
	struct harness *h = harness_open();
	const char *name = harness_who(h, ROLE_TRAINER)->name;
	struct outcome o;

	harness_operation(h, ROLE_COORDINATOR, "add-ticket", "title", "Not theirs", NULL);
	harness_operation(h, ROLE_COORDINATOR, "add-ticket", "title", name, NULL);
	o = harness_operation(h, ROLE_TRAINER, "close-ticket", "{ticket}", "1", "_version", "1",
			      NULL);
	CHECK(o.err != NULL && o.err->kind == ERR_NOT_FOUND);
	o = harness_operation(h, ROLE_TRAINER, "close-ticket", "{ticket}", "99", "_version", "1",
			      NULL);
	CHECK(o.err != NULL && o.err->kind == ERR_NOT_FOUND);
	o = harness_operation(h, ROLE_AUDITOR, "close-ticket", "{ticket}", "2", "_version", "1",
			      NULL);
	CHECK(o.err != NULL && o.err->kind == ERR_DENIED);
	o = harness_operation(h, ROLE_TRAINER, "close-ticket", "{ticket}", "2", "_version", "7",
			      NULL);
	CHECK(o.err != NULL && o.err->kind == ERR_CONFLICT);
	o = harness_operation(h, ROLE_TRAINER, "close-ticket", "{ticket}", "2", NULL);
	CHECK(o.err != NULL && o.err->kind == ERR_INVALID);
	o = harness_operation(h, ROLE_TRAINER, "close-ticket", "{ticket}", "2", "_version", "1",
			      NULL);
	CHECK_OK(o.err);
	o = harness_operation(h, ROLE_SYSTEM, "close-ticket", "{ticket}", "1", NULL);
	CHECK_OK(o.err);
	CHECK_INT(count_jobs(h), 0);
	harness_close(&h);
}

static void test_a_refusal_may_be_kept(void)
{
	struct harness *h = harness_open();
	struct outcome o = harness_operation(h, ROLE_NOBODY, "refuse-ticket", "row-1", "x", NULL);

	CHECK_OK(o.err);
	CHECK_TEXT(problem_of(&o.problems, NULL), "Not today");
	CHECK_INT(count_jobs(h), 1);
	harness_close(&h);
}

static void test_the_slow_half_comes_between(void)
{
	struct harness *h = harness_open();
	struct outcome o = harness_operation(h, ROLE_COORDINATOR, "hash-ticket", NULL);

	CHECK_OK(o.err);
	CHECK_TEXT(o.reference, "hashed");
	harness_close(&h);
}

static void test_a_file_rides_along(void)
{
	struct harness *h = harness_open();
	const struct bytes file = { (const unsigned char *)"a,b\n1,2\n", 8 };
	struct outcome o = harness_operation_file(h, ROLE_COORDINATOR, "file-ticket", file, NULL);

	CHECK_OK(o.err);
	CHECK_TEXT(o.reference, "a,b\n1,2\n");
	o = harness_operation_file(h, ROLE_COORDINATOR, "add-ticket", file, "title", "x", NULL);
	CHECK_INT(o.problems.n, 1); /* takes no file */
	harness_close(&h);
}

static void test_a_web_process_cannot_be_the_system(void)
{
	struct ask ask = { .operation = "add-ticket", .actor = "cli:root", .authority_id = 1 };

	ask_distrust(&ask);
	CHECK(ask.actor == NULL);
	CHECK_INT(ask.authority_id, 0);
}

static void test_jobs_run_and_say_how_it_ended(void)
{
	struct harness *h = harness_open();
	struct arena *a = harness_arena(h);
	struct db *db = harness_db(h);
	struct instant now = world_now(harness_world(h));
	struct job_row row;
	bool found;

	CHECK_OK(job_queue(a, db, harness_authority(h), "ticket", "good", now, NULL));
	CHECK_OK(job_queue(a, db, harness_authority(h), "ticket", "bad", now, NULL));
	CHECK_OK(job_queue(a, db, harness_authority(h), "ticket", "busy", now, NULL));
	CHECK_OK(job_queue(a, db, harness_authority(h), "nothing", "x", now, NULL));
	CHECK_INT(harness_jobs(h), 4);
	CHECK_OK(sql_job_find(a, db, &(struct id_arg){ 1 }, &row, &found));
	CHECK_INT(row.state, JOB_DONE);
	CHECK_OK(sql_job_find(a, db, &(struct id_arg){ 2 }, &row, &found));
	CHECK_INT(row.state, JOB_FAILED);
	CHECK_TEXT(row.fault, "The file is not a register");
	CHECK_OK(sql_job_find(a, db, &(struct id_arg){ 3 }, &row, &found));
	CHECK_INT(row.state, JOB_WAITING);
	CHECK(row.due_at.ms > now.ms);
	CHECK_OK(sql_job_find(a, db, &(struct id_arg){ 4 }, &row, &found));
	CHECK_INT(row.state, JOB_FAILED);
	CHECK_INT(harness_jobs(h), 1); /* the ticket that the good job added */
	for (int i = 0; i < 4; i++) {
		harness_now(h, (struct instant){ world_now(harness_world(h)).ms + 24 * 3600000 });
		harness_jobs(h);
	}
	CHECK_OK(sql_job_find(a, db, &(struct id_arg){ 3 }, &row, &found));
	CHECK_INT(row.state, JOB_FAILED); /* five tries */
	harness_close(&h);
}

/* Of several hosts one does it; one that is gone loses it after ten minutes. */
static void test_a_job_is_done_by_one_host(void)
{
	struct harness *h = harness_open();
	struct arena *a = harness_arena(h);
	struct db *db = harness_db(h);
	struct instant now = world_now(harness_world(h));
	struct instant due;

	CHECK_OK(job_queue(a, db, harness_authority(h), "ticket", "bad", now, NULL));
	CHECK_OK(job_queue(a, db, harness_authority(h), "ticket", "bad", now, "ELSEWHERE"));
	CHECK_OK(harness_operation(h, ROLE_SYSTEM, "take-job", "id", "1", "host", "ELSEWHERE", NULL).err);
	CHECK_INT(harness_jobs(h), 0); /* one is taken, the other's files are not here */
	CHECK_OK(jobs_next_due(a, db, data_host(a, harness_settings(h)), &due));
	CHECK_INT(due.ms, now.ms + 10 * 60000);
	CHECK_OK(harness_operation(h, ROLE_SYSTEM, "take-job", "id", "1", "host", "ELSEWHERE", NULL).err); /* its own */
	struct err *e = harness_operation(h, ROLE_SYSTEM, "take-job", "id", "1", "host", "HERE", NULL).err;
	CHECK(e != NULL && e->kind == ERR_CONFLICT);
	harness_now(h, (struct instant){ now.ms + 10 * 60000 + 1 });
	CHECK_INT(harness_jobs(h), 1);
	e = harness_operation(h, ROLE_SYSTEM, "finish-job", "id", "1", "host", "ELSEWHERE", NULL).err;
	CHECK(e != NULL && e->kind == ERR_CONFLICT); /* it comes back too late */
	harness_close(&h);
}

static void test_entries_stand_in_the_order_of_what_was_done(void)
{
	struct harness *h = harness_open();
	static const char *const want[] = { "ticket:before", "ticket:Chairs", "ticket:after", "ticket:before", "ticket:refused" };
	static const char *const action[] = { "round-ticket", "add-ticket", "round-ticket", "round-ticket", "round-ticket" };
	struct audit_row *rows;
	size_t n;

	CHECK_OK(harness_operation(h, ROLE_COORDINATOR, "round-ticket", "title", "Chairs", NULL).err);
	CHECK_OK(harness_operation(h, ROLE_COORDINATOR, "round-ticket", "title", "taken", NULL).err);
	CHECK_OK(sql_audit_all(harness_arena(h), harness_db(h), &rows, &n));
	CHECK_INT(n, 5);
	for (size_t i = 0; i < n && i < 5; i++) {
		CHECK_TEXT(rows[i].subject, want[i]);
		CHECK_TEXT(rows[i].action, action[i]);
	}
	harness_close(&h);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_a_good_one_commits_and_is_audited),
		TEST(test_refusals_change_nothing),
		TEST(test_entries_stand_in_the_order_of_what_was_done),
		TEST(test_problems_of_fields_and_guard),
		TEST(test_the_token_of_the_form_is_needed),
		TEST(test_the_same_key_is_the_same_answer),
		TEST(test_an_answer_is_remembered_for_a_day),
		TEST(test_what_leaves_no_trace_is_not_remembered),
		TEST(test_relation_hides_or_lets_in),
		TEST(test_a_refusal_may_be_kept),
		TEST(test_the_slow_half_comes_between),
		TEST(test_a_file_rides_along),
		TEST(test_a_web_process_cannot_be_the_system),
		TEST(test_jobs_run_and_say_how_it_ended),
		TEST(test_a_job_is_done_by_one_host),
		TEST_END,
	};

	return test_main(argc, argv, tests);
}
