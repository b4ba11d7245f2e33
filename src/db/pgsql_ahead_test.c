/*
 * PostgreSQL: what is said ahead, and transactions whose end goes with the next beginning. DUEREGARD_TEST_DATABASE names a
 * server; a file has no journeys to count.
 */
#include <poll.h>

#include "db/line_test.h"

static const struct statement same_text = STATEMENT(4, "SELECT COUNT(*) AS n FROM t WHERE x = $1", DB_ONE, .parameters = text_names,
						    .args = &text_arg_record, .row = &count_row_record);
static const struct statement divided = STATEMENT(5, "SELECT 1 / $1 AS n", DB_ONE, .parameters = pid_names,
						  .args = &count_row_record, .row = &count_row_record);
static const struct statement in_transaction =
	STATEMENT(6, "SELECT COUNT(*) AS n FROM pg_stat_activity WHERE pid = $1 AND state LIKE 'idle in transaction%'", DB_ONE,
		  .parameters = pid_names, .args = &count_row_record, .row = &count_row_record);

static int64_t having(struct db *by, const char *text)
{
	struct count_row n = { -1 };

	CHECK_OK(db_one(a, by, &same_text, &(struct text_arg){ text }, &n));
	return n.n;
}

static void say(struct db *by, const char *text)
{
	CHECK_OK(db_ahead(a, by, &same_text, &(struct text_arg){ text }));
}

static struct db *open_reader(void)
{
	struct db *reader = NULL;

	set_up();
	CHECK_OK(add(db, "x"));
	CHECK_OK(add(db, "y"));
	CHECK_OK(add(db, "y"));
	CHECK_OK(db_open(&reader, store_place, DB_READ));
	CHECK_INT(having(reader, "x"), 1); /* prepared from here on */
	CHECK_INT(number(reader, &count_rows), 3);
	return reader;
}

static void close_reader(struct db *reader)
{
	db_close(&reader);
	tear_down();
}

static void what_is_said_ahead_takes_one_journey(void)
{
	struct db *reader = open_reader();
	int64_t before = db_journeys(reader), run = db_statements_run(reader);

	CHECK_OK(db_begin(reader));
	say(reader, "x");
	say(reader, "y");
	say(reader, "y"); /* twice, and answered once */
	CHECK_OK(db_ahead(a, reader, &count_rows, NULL));
	CHECK_INT(db_journeys(reader) - before, 0);
	CHECK_INT(having(reader, "y"), 2); /* in any order */
	CHECK_INT(having(reader, "x"), 1);
	CHECK_INT(number(reader, &count_rows), 3);
	CHECK_INT(db_journeys(reader) - before, 1);
	CHECK_INT(db_statements_run(reader) - run, 3);
	/* an answer is taken once, and nobody else's: these were not said */
	CHECK_INT(having(reader, "z"), 0);
	CHECK_INT(having(reader, "x"), 1);
	CHECK_INT(db_journeys(reader) - before, 3);
	/* and more is said later in the same transaction */
	say(reader, "y");
	say(reader, "z");
	CHECK_INT(having(reader, "z"), 0);
	CHECK_INT(having(reader, "y"), 2);
	CHECK_INT(db_journeys(reader) - before, 4);
	db_rollback(reader);
	close_reader(reader);
}

/* Many filters at once: what is more than is remembered is asked when it is asked. */
static void more_is_said_than_is_remembered(void)
{
	struct db *reader = open_reader();
	int64_t before = db_journeys(reader);

	CHECK_OK(db_begin(reader));
	for (int i = 0; i < AHEAD_MAX + 2; i++) {
		say(reader, arena_printf(a, "%d", i));
	}
	for (int i = 0; i < AHEAD_MAX + 2; i++) {
		CHECK_INT(having(reader, arena_printf(a, "%d", i)), 0);
	}
	CHECK_INT(db_journeys(reader) - before, 3);
	db_rollback(reader);
	close_reader(reader);
}

/* Early or late it is the same moment; and the next transaction hears nothing of it. */
static void an_answer_is_of_its_own_transaction(void)
{
	struct db *reader = open_reader();

	CHECK_OK(db_begin(reader));
	say(reader, "x");
	say(reader, "y");
	CHECK_INT(having(reader, "x"), 1);
	CHECK_OK(add(db, "y"));
	CHECK_INT(having(reader, "y"), 2);
	say(reader, "x");
	say(reader, "y");
	CHECK_INT(having(reader, "x"), 1); /* and nobody asks for the other */
	db_rollback(reader);
	CHECK_OK(db_begin(reader));
	CHECK_INT(having(reader, "y"), 3);
	db_rollback(reader);
	/* outside a transaction there is no moment to speak of, and a writer's changes with its own words */
	int64_t before = db_journeys(reader);
	say(reader, "y");
	CHECK_OK(add(db, "y"));
	CHECK_INT(having(reader, "y"), 4);
	CHECK_INT(db_journeys(reader) - before, 1);
	CHECK_OK(db_begin(db));
	say(db, "x");
	say(db, "y");
	CHECK_INT(having(db, "x"), 1);
	CHECK_OK(add(db, "y"));
	CHECK_INT(having(db, "y"), 5);
	CHECK_OK(db_commit(db));
	close_reader(reader);
}

static void a_fault_of_what_is_said_is_told_when_it_is_asked(void)
{
	struct db *reader = open_reader();
	struct count_row n = { -1 };

	CHECK_OK(db_begin(reader));
	say(reader, "x");
	CHECK_OK(db_ahead(a, reader, &divided, &(struct count_row){ 0 }));
	CHECK(db_one(a, reader, &same_text, &(struct text_arg){ "x" }, &n) != NULL);
	db_rollback(reader);
	CHECK(!db_again(reader, 0));
	CHECK_OK(db_begin(reader));
	CHECK_OK(db_ahead(a, reader, &divided, &(struct count_row){ 1 }));
	CHECK_INT(having(reader, "y"), 2);
	CHECK_OK(db_one(a, reader, &divided, &(struct count_row){ 1 }, &n));
	CHECK_INT(n.n, 1);
	db_rollback(reader);
	struct statement forbidden = count_rows; /* saying takes the permission that asking does */
	forbidden.permission = 40;
	struct err *e = db_ahead(a, reader, &forbidden, NULL);
	CHECK(e != NULL && e->kind == ERR_BUG);
	close_reader(reader);
}

static void a_cut_line_takes_its_answers_with_it(void)
{
	struct db *reader = open_reader();
	struct count_row n;

	CHECK_OK(db_begin(reader));
	cut(number(reader, &own_pid));
	say(reader, "x");
	struct err *e = db_one(a, reader, &same_text, &(struct text_arg){ "x" }, &n);
	CHECK(is_busy(e));
	db_rollback(reader);
	CHECK(db_again(reader, 0));
	CHECK_OK(db_begin(reader));
	say(reader, "y");
	CHECK_INT(having(reader, "y"), 2);
	db_rollback(reader);
	close_reader(reader);
}

/* ---- one transaction after another ---- */

static int64_t holds_a_snapshot(int64_t pid)
{
	struct count_row n = { -1 };

	CHECK_OK(db_one(a, other, &in_transaction, &(struct count_row){ pid }, &n));
	return n.n;
}

static void the_end_goes_with_the_next_beginning(void)
{
	struct db *reader = open_reader();
	int64_t pid = number(reader, &own_pid);
	struct count_row n;

	db_chain(reader);
	CHECK(db_is_resting(reader));
	CHECK_OK(db_begin(reader));
	CHECK_INT(having(reader, "x"), 1);
	int64_t before = db_journeys(reader);
	db_rollback(reader);
	CHECK(!db_is_resting(reader));
	CHECK_INT(holds_a_snapshot(pid), 1);
	CHECK_OK(add(db, "x"));
	CHECK_OK(db_begin(reader));
	CHECK_INT(having(reader, "x"), 2); /* of this moment, not the one before */
	CHECK_INT(db_journeys(reader) - before, 1);
	db_rollback(reader);
	db_rest(reader);
	db_rest(reader);
	CHECK(db_is_resting(reader));
	for (int i = 0; i < 100 && holds_a_snapshot(pid) != 0; i++) {
		poll(NULL, 0, 20);
	}
	CHECK_INT(holds_a_snapshot(pid), 0);
	/* outside a transaction, after one: by itself */
	CHECK_OK(db_begin(reader));
	CHECK_INT(having(reader, "x"), 2);
	db_rollback(reader);
	CHECK_OK(add(db, "x"));
	CHECK_INT(having(reader, "x"), 3);
	CHECK_INT(holds_a_snapshot(pid), 0);
	/* after a fault the server is told at once */
	CHECK_OK(db_begin(reader));
	CHECK(db_one(a, reader, &divided, &(struct count_row){ 0 }, &n) != NULL);
	db_rollback(reader);
	CHECK(db_is_resting(reader));
	CHECK_INT(having(reader, "x"), 3);
	close_reader(reader);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(what_is_said_ahead_takes_one_journey),
					     TEST(more_is_said_than_is_remembered),
					     TEST(an_answer_is_of_its_own_transaction),
					     TEST(a_fault_of_what_is_said_is_told_when_it_is_asked),
					     TEST(a_cut_line_takes_its_answers_with_it),
					     TEST(the_end_goes_with_the_next_beginning),
					     TEST_END };

	return test_main(argc, argv, tests);
}
