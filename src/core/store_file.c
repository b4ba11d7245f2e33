/* A file that is whole or not there. */
#include "core/store_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

/* SQLite's companions of a file: with a new file beside them, what they hold would be put into it. */
static const char *const companions[] = { "-wal", "-shm", "-journal" };

static struct err *expect_free(struct arena *a, const char *path)
{
	struct stat st;

	if (lstat(path, &st) == 0) {
		return ERR(ERR_CONFLICT, "There is a file %s already, and it is left as it is. Choose another place", path);
	}
	for (size_t i = 0; i < sizeof(companions) / sizeof(companions[0]); i++) {
		const char *beside = arena_printf(a, "%s%s", path, companions[i]);
		if (lstat(beside, &st) == 0) {
			return ERR(ERR_CONFLICT, "There is a file %s, left by a store that is gone. Move it away, or choose "
						 "another place", beside);
		}
	}
	return NULL;
}

static void remove_companions(const char *part)
{
	char path[4200];

	for (size_t i = 0; i < sizeof(companions) / sizeof(companions[0]); i++) {
		snprintf(path, sizeof(path), "%s%s", part, companions[i]);
		unlink(path);
	}
}

struct err *store_file_begin(struct arena *a, const char *path, struct store_file *out)
{
	*out = (struct store_file){ .path = path, .part = arena_printf(a, "%s.part", path), .fd = -1 };
	TRY(expect_free(a, path));
	int fd = open(out->part, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0) {
		return ERR(ERR_IO, "%s cannot be made: %s. Choose a folder that this account may write", out->part,
			   strerror(errno));
	}
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		close(fd);
		return ERR(ERR_BUSY, "Another dueregard is writing %s. Wait for it to finish", out->part);
	}
	out->fd = fd;
	remove_companions(out->part);
	if (fchmod(fd, 0600) != 0 || ftruncate(fd, 0) != 0) {
		struct err *err = ERR(ERR_IO, "%s cannot be written: %s. Remove it, then try again", out->part,
				      strerror(errno));
		store_file_drop(out);
		return err;
	}
	return NULL;
}

static struct err *sync_folder(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *folder = slash == NULL ? "." : arena_strndup(a, path, slash == path ? 1 : (size_t)(slash - path));
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int failed = fd < 0 || fsync(fd) != 0 ? errno : 0;

	if (fd >= 0) {
		close(fd);
	}
	return failed == 0 ? NULL : ERR(ERR_IO, "The folder %s could not be brought to the disk: %s", folder,
					strerror(failed));
}

/* Some file systems know no renaming that refuses; there, what stands is looked for once more. */
static int rename_to_free(const char *from, const char *to)
{
	struct stat st;

	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) {
		return 0;
	}
	if (errno != EINVAL && errno != ENOSYS) {
		return -1;
	}
	if (lstat(to, &st) == 0) {
		errno = EEXIST;
		return -1;
	}
	return rename(from, to);
}

struct err *store_file_place(struct arena *a, struct store_file *f)
{
	if (fsync(f->fd) != 0 || rename_to_free(f->part, f->path) != 0) {
		return ERR(ERR_IO, "%s could not be put in its place: %s", f->path, strerror(errno));
	}
	close(f->fd);
	f->fd = -1;
	return sync_folder(a, f->path);
}

void store_file_drop(struct store_file *f)
{
	if (f->fd >= 0) {
		unlink(f->part);
		remove_companions(f->part);
		close(f->fd);
		f->fd = -1;
	}
}
