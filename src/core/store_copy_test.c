/* Copies judged, and files that are whole or not there: each fault once. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/test.h"
#include "core/store_copy.h"
#include "core/store_file.h"
#include "db/engine.h"
#include "db/scratch.h"

static struct arena *a;
static char folder[64];
static const char *place, *path;
static struct db *from, *to;
static struct store_copy copy;
static const struct instant now = { 1000 };

static void set_up(void)
{
	int applied = 0;

	a = arena_new(64 << 20);
	trust_init();
	snprintf(folder, sizeof(folder), "/tmp/dueregard-copy-XXXXXX");
	CHECK(mkdtemp(folder) != NULL);
	place = scratch_new(a, arena_printf(a, "%s/store", folder));
	path = arena_printf(a, "%s/copy", folder);
	copy = (struct store_copy){ .copying.arena = a };
	CHECK_OK(db_open(&from, place, DB_WRITE));
	CHECK_OK(db_migrate(a, from, now, &applied));
	CHECK_OK(from->engine->script(from, "INSERT INTO authority (id, name, code) VALUES (7, 'Newbridge', '936')"));
	CHECK_OK(db_begin(from));
	for (int i = 0; i < 3; i++) {
		CHECK_OK(audit_append(a, from, &(struct audit_event){ 7, "cli:test", "do", "thing:1", NULL, now }, 1));
	}
	CHECK_OK(db_commit(from));
}

static void tear_down(void)
{
	static const char *const names[] = { "store", "store-wal", "store-shm", "copy", "copy-wal", "copy-shm", "copy.part" };

	db_close(&from);
	db_close(&to);
	scratch_drop(place);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		unlink(arena_printf(a, "%s/%s", folder, names[i]));
	}
	CHECK(rmdir(folder) == 0); /* nothing else is left */
	arena_free(&a);
}

/* A copy in a file, open for writing. */
static void make_copy(void)
{
	CHECK_OK(copy_open_file(&to, path));
	CHECK_OK(db_begin(from));
	CHECK_OK(db_begin_schema(to));
	CHECK_OK(store_copy_fill(&copy, from, to, now));
	CHECK_OK(db_commit(to));
	db_rollback(from);
}

static bool says(const struct err *err, const char *part)
{
	return err != NULL && strstr(err->sentence, part) != NULL;
}

static void a_copy_is_what_was_copied(void)
{
	set_up();
	make_copy();
	CHECK_INT(copy.rows, 4);
	CHECK_INT((int64_t)strlen(copy.digest), 64);
	CHECK_OK(db_begin(to));
	CHECK_OK(store_copy_compare(&copy, to));
	CHECK_OK(store_copy_check(&copy, to));
	CHECK_INT(copy.audit.entries, 3);
	db_rollback(to);
	CHECK_OK(to->engine->script(to, "UPDATE authority SET accent = '#1d3f5f'"));
	CHECK(says(store_copy_compare(&copy, to), "the table authority differs"));
	CHECK_OK(store_copy_check(&copy, to));
	CHECK_OK(to->engine->script(to, "UPDATE authority SET accent = '#1d3f5e'"));
	CHECK_OK(store_copy_compare(&copy, to));
	CHECK_OK(to->engine->script(to, "DELETE FROM audit_entry WHERE sequence = 3"));
	CHECK(says(store_copy_compare(&copy, to), "the table audit_entry differs"));
	CHECK_OK(store_copy_check(&copy, to)); /* the chain alone cannot see that its end is gone */
	CHECK_OK(to->engine->script(to, "DELETE FROM audit_entry WHERE sequence = 1"));
	CHECK(says(store_copy_check(&copy, to), "The audit is not whole"));
	tear_down();
}

static void a_damaged_copy_is_seen(void)
{
	set_up();
	make_copy();
	CHECK_OK(to->engine->script(to, "PRAGMA foreign_keys = 0; DELETE FROM audit_entry; INSERT INTO course (authority_id, "
					"reference, title, title_fold, provider, delivery, duration_minutes) VALUES (99, 'R', "
					"'t', 't', 'council', 'online', 60)"));
	CHECK(says(store_copy_check(&copy, to), "damaged"));
	tear_down();
}

static void nothing_is_copied_from_nothing(void)
{
	struct db *empty = NULL;

	set_up();
	CHECK_OK(copy_open_file(&empty, path));
	CHECK(says(store_copy_fill(&copy, empty, from, now), "no dueregard store"));
	db_close(&empty);
	tear_down();
}

static bool stands(const char *name)
{
	struct stat st;

	return lstat(name, &st) == 0;
}

static void write_file(const char *name, const char *text)
{
	FILE *f = fopen(name, "w");

	CHECK(f != NULL && fputs(text, f) >= 0 && fclose(f) == 0);
}

static void a_file_is_whole_or_not_there(void)
{
	struct store_file f, other;
	struct stat st;

	set_up();
	write_file(arena_printf(a, "%s.part", path), "left by a killed run");
	CHECK_OK(store_file_begin(a, path, &f));
	CHECK(fstat(f.fd, &st) == 0 && st.st_size == 0 && (st.st_mode & 0777) == 0600);
	CHECK(says(store_file_begin(a, path, &other), "Another dueregard is writing"));
	store_file_drop(&f);
	CHECK(!stands(path) && !stands(f.part));
	CHECK_OK(store_file_begin(a, path, &f));
	CHECK(!stands(path));
	CHECK_OK(store_file_place(a, &f));
	store_file_drop(&f);
	CHECK(stands(path) && !stands(f.part));
	CHECK(says(store_file_begin(a, path, &f), "already"));
	tear_down();
}

static void what_stands_there_is_not_written_over(void)
{
	struct store_file f;

	set_up();
	const char *wal = arena_printf(a, "%s-wal", path);
	write_file(wal, "x");
	CHECK(says(store_file_begin(a, path, &f), "left by a store that is gone"));
	unlink(wal);
	CHECK_OK(store_file_begin(a, path, &f));
	write_file(path, "somebody was faster");
	CHECK(says(store_file_place(a, &f), "could not be put in its place"));
	store_file_drop(&f);
	CHECK(stands(path) && !stands(f.part));
	unlink(path);
	CHECK(symlink("/nowhere", path) == 0);
	CHECK(says(store_file_begin(a, path, &f), "already"));
	CHECK(says(store_file_begin(a, arena_printf(a, "%s/absent/copy", folder), &f), "cannot be made"));
	tear_down();
}

static const struct test tests[] = { TEST(a_copy_is_what_was_copied), TEST(a_damaged_copy_is_seen),
				     TEST(nothing_is_copied_from_nothing), TEST(a_file_is_whole_or_not_there),
				     TEST(what_stands_there_is_not_written_over), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
