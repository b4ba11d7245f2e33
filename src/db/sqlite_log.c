/*
 * The log of the one who writes: a group's pages go to it in one piece.
 *
 * SQLite writes every page to its log with two calls, fifty pages and more for a group, and nobody may read them
 * before the commit has been synced (synchronous=FULL; readers learn of them from the index beside the log, which is
 * written after that). So what follows on is gathered here and written when something else is asked of the file: a
 * sync, a read, its size, its end. An error of that write is the sync's, and so the commit's.
 *
 * The file is SQLite's own, with some of its methods replaced and what waits behind it.
 */
#include <stdlib.h>
#include <string.h>

#include "db/sqlite.h"

enum { WAITING_MAX = 124 * 1024 }; /* SQLite writes less than 128 KB at once (os_unix.c, seekAndWriteFd) */

struct waiting {
	sqlite3_int64 at; /* where it belongs */
	int n;
	char *p; /* WAITING_MAX bytes */
};

static sqlite3_vfs *base; /* the system's */
static sqlite3_vfs ours;
static const sqlite3_io_methods *plain; /* of the system's files */
static sqlite3_io_methods gathering;

static struct waiting *waiting_of(sqlite3_file *f)
{
	return (struct waiting *)(void *)((char *)f + base->szOsFile);
}

/* What could not be written is gone: the transaction is undone, and its next one begins at the same place. */
static int write_out(sqlite3_file *f)
{
	struct waiting *w = waiting_of(f);
	int n = w->n;

	w->n = 0;
	return n > 0 ? plain->xWrite(f, w->p, n, w->at) : SQLITE_OK;
}

static int gather(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
	struct waiting *w = waiting_of(f);

	if (w->n > 0 && (at != w->at + w->n || w->n + n > WAITING_MAX)) {
		int code = write_out(f);
		if (code != SQLITE_OK) {
			return code;
		}
	}
	if (n > WAITING_MAX) {
		return plain->xWrite(f, p, n, at);
	}
	w->at = w->n > 0 ? w->at : at;
	memcpy(w->p + w->n, p, (size_t)n);
	w->n += n;
	return SQLITE_OK;
}

static int sync_all(sqlite3_file *f, int flags)
{
	int code = write_out(f);

	return code == SQLITE_OK ? plain->xSync(f, flags) : code;
}

static int read_back(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
	int code = write_out(f);

	return code == SQLITE_OK ? plain->xRead(f, p, n, at) : code;
}

static int cut(sqlite3_file *f, sqlite3_int64 size)
{
	int code = write_out(f);

	return code == SQLITE_OK ? plain->xTruncate(f, size) : code;
}

static int size_of(sqlite3_file *f, sqlite3_int64 *size_out)
{
	int code = write_out(f);

	return code == SQLITE_OK ? plain->xFileSize(f, size_out) : code;
}

static int close_file(sqlite3_file *f)
{
	int code = write_out(f);

	free(waiting_of(f)->p);
	int closed = plain->xClose(f);
	return code == SQLITE_OK ? closed : code;
}

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *flags_out)
{
	int code = base->xOpen(base, name, f, flags, flags_out);

	if (code != SQLITE_OK || (flags & SQLITE_OPEN_WAL) == 0) {
		return code;
	}
	*waiting_of(f) = (struct waiting){ .p = malloc(WAITING_MAX) };
	if (waiting_of(f)->p == NULL) {
		f->pMethods->xClose(f);
		f->pMethods = NULL;
		return SQLITE_NOMEM;
	}
	plain = f->pMethods;
	gathering = *plain;
	gathering.xWrite = gather;
	gathering.xSync = sync_all;
	gathering.xRead = read_back;
	gathering.xTruncate = cut;
	gathering.xFileSize = size_of;
	gathering.xClose = close_file;
	f->pMethods = &gathering;
	return SQLITE_OK;
}

const char *sqlite_log_gathered(void)
{
	if (base == NULL) {
		base = sqlite3_vfs_find(NULL);
		ours = *base;
		ours.zName = "gathering";
		ours.szOsFile += (int)sizeof(struct waiting);
		ours.xOpen = open_file;
		sqlite3_vfs_register(&ours, 0);
	}
	return ours.zName;
}
