/* The data directory. */
#include "core/data.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/world.h"
#include "core/house.h"

/* As world_reference() writes it. */
#define REFERENCE_LETTERS "23456789CDFGHJKMNPQRTVWXY"
enum { HOST_LENGTH = 10 };

const char *data_path(struct arena *a, const struct settings *settings, const char *name)
{
	return arena_printf(a, "%s/%s", settings->data, name);
}

const char *data_store(struct arena *a, const struct settings *settings, enum db_mode mode)
{
	if (text_empty(settings->database)) {
		return data_path(a, settings, DATA_STORE);
	}
	return mode == DB_READ && !text_empty(settings->database_read) ? settings->database_read : settings->database;
}

struct err *data_expect_store(struct arena *a, const struct settings *settings)
{
	const char *path = data_path(a, settings, DATA_STORE);
	struct stat st;

	if (!text_empty(settings->database)) {
		return NULL;
	}
	if (stat(path, &st) != 0) {
		return ERR(ERR_NOT_FOUND, "There is no store in %s. Make one with: dueregard init --data %s",
			   settings->data, settings->data);
	}
	/* A store is never empty: filled with a new schema, it would look as if nobody had an account. */
	if (S_ISREG(st.st_mode) && st.st_size == 0) {
		return ERR(ERR_IO, "The store %s is empty: what it held is gone. Restore the newest backup. To begin anew, "
				   "remove the file and run dueregard init", path);
	}
	return NULL;
}

struct err *data_store_made(struct arena *a, const struct settings *settings, bool *made_out)
{
	struct authority found = { 0 };
	struct stat st;
	struct db *db = NULL;

	*made_out = stat(data_path(a, settings, DATA_STORE), &st) == 0;
	if (text_empty(settings->database)) {
		return NULL;
	}
	*made_out = false;
	TRY(db_open(&db, settings->database, DB_READ));
	struct err *err = db_schema_made(a, db, made_out);
	if (err == NULL && *made_out) {
		err = authority_find(a, db, 0, &found);
	}
	db_close(&db);
	*made_out = *made_out && found.id != 0;
	return err;
}

const char *data_host(struct arena *a, const struct settings *settings)
{
	char name[HOST_LENGTH + 1] = "";
	int fd = open(data_path(a, settings, DATA_HOST), O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, name, HOST_LENGTH);

	if (fd >= 0) {
		close(fd);
	}
	return n == HOST_LENGTH && strspn(name, REFERENCE_LETTERS) == HOST_LENGTH ? arena_strdup(a, name) : "local";
}

struct err *data_make_host(struct arena *a, const struct settings *settings, const struct world *world)
{
	const char *path = data_path(a, settings, DATA_HOST);
	const char *name = world_reference(world, a, HOST_LENGTH);
	const char *coming = arena_printf(a, "%s.new", path);

	if (!text_same(data_host(a, settings), "local")) {
		return NULL;
	}
	int fd = open(coming, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool good = fd >= 0 && write(fd, name, HOST_LENGTH) == HOST_LENGTH && fsync(fd) == 0;
	if (fd >= 0) {
		close(fd);
	}
	if (!good || rename(coming, path) != 0) {
		return ERR(ERR_IO, "The data directory %s cannot be written: %s. Run the program as the account that it "
				   "belongs to", settings->data, strerror(errno));
	}
	return NULL;
}

/* Those above it too, as the user's data home may not be there yet. */
static struct err *create_folder(const char *whole)
{
	char path[4096];
	size_t n = strlen(whole);

	if (n == 0 || n >= sizeof(path)) {
		return ERR(ERR_USAGE, "The path of the data directory is empty or too long");
	}
	memcpy(path, whole, n + 1);
	for (size_t i = 1; i <= n; i++) {
		if (path[i] != '/' && path[i] != '\0') {
			continue;
		}
		path[i] = '\0';
		if (mkdir(path, 0700) != 0 && errno != EEXIST) {
			return ERR(ERR_USAGE, "The data directory %s cannot be made: %s", path,
				   strerror(errno));
		}
		path[i] = whole[i];
	}
	return NULL;
}

struct err *data_create(const struct settings *settings)
{
	static const char *const folders[] = { DATA_KEYS, DATA_IMPORTS };
	char path[4096];

	TRY(create_folder(settings->data));
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		int n = snprintf(path, sizeof(path), "%s/%s", settings->data, folders[i]);
		if (n < 0 || (size_t)n >= sizeof(path)) {
			return ERR(ERR_USAGE, "The path of the data directory is empty or too long");
		}
		TRY(create_folder(path));
	}
	return NULL;
}

struct err *data_lock(const struct settings *settings, int *fd_out)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/%s", settings->data, DATA_LOCK);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0 && errno != ENOENT && errno != ENOTDIR) {
		return ERR(ERR_IO, "The data directory %s cannot be written: %s. Run the program as the account that it "
				   "belongs to", settings->data, strerror(errno));
	}
	if (fd < 0) {
		return ERR(
			ERR_NOT_FOUND,
			"There is no data directory at %s. Make one with: dueregard init --data %s",
			settings->data, settings->data);
	}
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		close(fd);
		return ERR(ERR_BUSY,
			   "Another dueregard is using %s. Wait for it to finish, then try again",
			   settings->data);
	}
	*fd_out = fd;
	return NULL;
}
