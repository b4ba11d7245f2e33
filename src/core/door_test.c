/* The door on a data directory without a service: this process is the keeper, alone. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/data.h"
#include "core/ticket_test.h"
#include "db/scratch.h"

static struct settings settings_in(struct harness *h, const char *name)
{
	struct settings settings = *harness_settings(h);

	settings.data = arena_printf(harness_arena(h), "%s/%s", harness_settings(h)->data, name);
	return settings;
}

/* A data directory with a store of its own. */
static const char *new_store(struct harness *h, struct settings *settings)
{
	const char *place = scratch_new(harness_arena(h), data_path(harness_arena(h), settings, DATA_STORE));

	settings->database = db_is_server(place) ? place : "";
	CHECK_OK(data_create(settings));
	return place;
}

static void test_no_directory(void)
{
	struct harness *h = harness_open();
	const struct settings settings = settings_in(h, "absent");
	struct door *door = NULL;
	struct err *err = door_open(&door, &settings, harness_world(h));

	CHECK(err != NULL && err->kind == ERR_NOT_FOUND);
	CHECK(err != NULL && strstr(err->sentence, "dueregard init --data") != NULL);
	harness_close(&h);
}

static void test_alone_it_keeps_and_runs_the_jobs(void)
{
	struct harness *h = harness_open();
	struct settings settings = settings_in(h, "new/deep");
	struct ask ask = { .operation = "add-ticket", .actor = "cli:test", .source = RECORD_FILE };
	struct outcome out;
	struct door *door;
	struct stat st;
	int second;

	const char *place = new_store(h, &settings);
	CHECK_OK(data_create(&settings));
	CHECK(stat(settings.data, &st) == 0 && (st.st_mode & 0777) == 0700);
	CHECK_OK(door_open(&door, &settings, harness_world(h)));
	struct err *err = data_lock(&settings, &second);

	CHECK(err != NULL && err->kind == ERR_BUSY);
	pairs_add(harness_arena(h), &ask.raw, "title", "good");
	CHECK_OK(door_ask(harness_arena(h), door, &ask, &out));
	CHECK_OK(out.err);
	door_close(&door);
	CHECK(door == NULL);

	struct db *db;
	struct job_row row;
	bool found;

	CHECK_OK(db_open(&db, place, DB_READ));
	CHECK_OK(sql_job_find(harness_arena(h), db, &(struct id_arg){ 1 }, &row, &found));
	CHECK_INT(row.state, JOB_DONE); /* and the ticket that it added was run too */
	CHECK_OK(sql_job_find(harness_arena(h), db, &(struct id_arg){ 2 }, &row, &found));
	CHECK(found && row.state == JOB_DONE);
	db_close(&db);
	scratch_drop(place);
	CHECK_OK(data_lock(&settings, &second));
	close(second);
	CHECK_INT(count_jobs(h), 0);
	harness_close(&h);
}

static int64_t asked(struct harness *h, struct door *door, const char *title, struct outcome *out)
{
	struct ask ask = { .operation = "add-ticket", .actor = "cli:test", .source = RECORD_FILE };

	pairs_add(harness_arena(h), &ask.raw, "title", title);
	CHECK_OK(door_ask(harness_arena(h), door, &ask, out));
	return out->err == NULL ? 0 : out->err->kind;
}

/* What is refused after it has written leaves nothing, and the next is not the worse for it. */
static void test_alone_what_is_refused_leaves_nothing(void)
{
	struct harness *h = harness_open();
	struct settings settings = settings_in(h, "alone");
	struct outcome out;
	struct door *door;
	struct db *db;
	struct job_row row;
	bool found;

	const char *place = new_store(h, &settings);
	CHECK_OK(door_open(&door, &settings, harness_world(h)));
	CHECK_INT(asked(h, door, "unread", &out), ERR_IO);
	CHECK_INT(asked(h, door, "silent", &out), ERR_BUG);
	CHECK_INT(asked(h, door, "taken", &out), 0);
	CHECK_INT(out.problems.n, 1);
	CHECK_OK(db_open(&db, place, DB_READ));
	CHECK_OK(sql_job_find(harness_arena(h), db, &(struct id_arg){ 1 }, &row, &found));
	CHECK(!found);
	CHECK_INT(asked(h, door, "good", &out), 0);
	CHECK_TEXT(out.reference, "good");
	CHECK_OK(sql_job_find(harness_arena(h), db, &(struct id_arg){ 1 }, &row, &found));
	CHECK(found || db_is_server(place)); /* a server's numbers are not given twice */
	CHECK(!found || text_same(row.subject, "good"));
	door_close(&door);
	db_close(&db);
	scratch_drop(place);
	harness_close(&h);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(test_no_directory),
					     TEST(test_alone_it_keeps_and_runs_the_jobs),
					     TEST(test_alone_what_is_refused_leaves_nothing),
					     TEST_END };

	return test_main(argc, argv, tests);
}
