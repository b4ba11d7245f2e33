/* Files: outside the data directory, the store, the keys. Whatever goes through is undone. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/owned/owned.h"

static int result_of(long r)
{
	return r >= 0 ? 0 : errno;
}

static int try_open(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0600);
	int result = result_of(fd);

	if (fd >= 0) {
		close(fd);
	}
	return result;
}

static const char *in(const char *folder, const char *name)
{
	static char paths[2][PATH_LENGTH * 2];
	static int turn;

	turn = 1 - turn;
	snprintf(paths[turn], sizeof(paths[turn]), "%s/%s", folder, name);
	return paths[turn];
}

static int read_passwd(const struct owned *o, pid_t victim)
{
	return try_open("/etc/passwd", O_RDONLY);
}

static int list_root(const struct owned *o, pid_t victim)
{
	DIR *d = opendir("/");

	if (d == NULL) {
		return errno;
	}
	closedir(d);
	return 0;
}

static int read_settings(const struct owned *o, pid_t victim)
{
	return try_open(in(o->outside, "dueregard.conf"), O_RDONLY);
}

static int make_file(const struct owned *o, pid_t victim)
{
	const char *path = in(o->outside, "made");
	int result = try_open(path, O_WRONLY | O_CREAT);

	unlink(path);
	return result;
}

static int write_settings(const struct owned *o, pid_t victim)
{
	return try_open(in(o->outside, "dueregard.conf"), O_WRONLY);
}

static int write_store(const struct owned *o, pid_t victim)
{
	return try_open(in(o->data, "dueregard.db"), O_RDWR);
}

static int write_log(const struct owned *o, pid_t victim)
{
	return try_open(in(o->data, "dueregard.db-wal"), O_WRONLY);
}

static bool is_file(int fd, const char *path)
{
	struct stat of_fd, of_path;

	return fstat(fd, &of_fd) == 0 && stat(path, &of_path) == 0 && of_fd.st_ino == of_path.st_ino &&
	       of_fd.st_dev == of_path.st_dev;
}

/* Nothing, written to the store or its log through whatever descriptor of them there is: the kernel asks first
 * whether it may be written. The audit is rewritten in no other way. */
static int write_inherited(const struct owned *o, pid_t victim)
{
	int result = EBADF;

	for (int fd = 3; fd < 1024; fd++) {
		if (!is_file(fd, in(o->data, "dueregard.db")) && !is_file(fd, in(o->data, "dueregard.db-wal"))) {
			continue;
		}
		if (pwrite(fd, "", 0, 0) == 0) {
			return 0;
		}
		result = errno;
	}
	return result;
}

/* The descriptor of the store: given other rights, it could be opened anew. */
static int change_inherited(const struct owned *o, pid_t victim)
{
	int result = EBADF;

	for (int fd = 3; fd < 1024; fd++) {
		if (is_file(fd, in(o->data, "dueregard.db"))) {
			result = result_of(fchmod(fd, 0600));
		}
	}
	return result;
}

/* Not the store itself: who may, could not bring it back. */
static int unlink_file(const struct owned *o, pid_t victim)
{
	int result = result_of(unlink(in(o->data, "decoy")));

	if (result == 0) {
		(void)try_open(in(o->data, "decoy"), O_WRONLY | O_CREAT);
	}
	return result;
}

static int rename_store(const struct owned *o, pid_t victim)
{
	int result = result_of(rename(in(o->data, "dueregard.db"), in(o->data, "moved")));

	if (result == 0) {
		rename(in(o->data, "moved"), in(o->data, "dueregard.db"));
	}
	return result;
}

static int chmod_store(const struct owned *o, pid_t victim)
{
	return result_of(chmod(in(o->data, "dueregard.db"), 0600));
}

static int truncate_store(const struct owned *o, pid_t victim)
{
	struct stat st;
	const char *path = in(o->data, "dueregard.db");

	return result_of(stat(path, &st) == 0 ? truncate(path, st.st_size) : -1);
}

static int link_store(const struct owned *o, pid_t victim)
{
	int result = result_of(link(in(o->data, "dueregard.db"), in(o->data, "linked")));

	unlink(in(o->data, "linked"));
	return result;
}

static int symlink_in_data(const struct owned *o, pid_t victim)
{
	int result = result_of(symlink("/etc/passwd", in(o->data, "symlink")));

	unlink(in(o->data, "symlink"));
	return result;
}

static int make_fifo(const struct owned *o, pid_t victim)
{
	int result = result_of(mkfifo(in(o->data, "fifo"), 0600));

	unlink(in(o->data, "fifo"));
	return result;
}

static int read_key(const struct owned *o, pid_t victim)
{
	return try_open(in(o->data, "keys/secret"), O_RDONLY);
}

static int read_upload(const struct owned *o, pid_t victim)
{
	return try_open(in(o->data, "imports/upload.csv"), O_RDONLY);
}

static int write_upload(const struct owned *o, pid_t victim)
{
	return try_open(in(o->data, "imports/upload.csv"), O_WRONLY);
}

static int change_folder(const struct owned *o, pid_t victim)
{
	return result_of(chdir("/"));
}

static int by_handle(const struct owned *o, pid_t victim)
{
	union {
		struct file_handle head;
		char space[sizeof(struct file_handle) + 128];
	} h = { .head.handle_bytes = 128 };
	int mount_id;
	int folder = open(o->outside, O_RDONLY | O_DIRECTORY);

	if (name_to_handle_at(AT_FDCWD, in(o->outside, "dueregard.conf"), &h.head, &mount_id, 0) != 0) {
		return errno;
	}
	int fd = open_by_handle_at(folder, &h.head, O_RDONLY);
	int result = result_of(fd);
	close(fd);
	close(folder);
	return result;
}

const struct attempt file_attempts[] = {
	{ "read /etc/passwd", read_passwd, PARENT, 0, true, 0 },
	{ "list /", list_root, PARENT, 0, true, 0 },
	{ "read the settings file elsewhere", read_settings, PARENT, PARENT, true, 0 },
	{ "write the settings file elsewhere", write_settings, 0, 0, true, 0 },
	{ "make a file elsewhere", make_file, 0, 0, true, 0 },
	{ "open a file by its handle", by_handle, 0, 0, false, 0 },
	{ "change the folder", change_folder, PARENT, 0, true, 0 },
	{ "open the store for writing", write_store, PARENT | KEEPER, PARENT | KEEPER, true, 0 },
	{ "open the log for writing", write_log, PARENT | KEEPER, KEEPER, false, 0 }, /* the parent comes first */
	{ "write through an inherited descriptor", write_inherited, KEEPER, KEEPER, false, 0 },
	{ "chmod an inherited descriptor", change_inherited, KEEPER, 0, false, 0 },
	{ "unlink in the data directory", unlink_file, PARENT | KEEPER, 0, true, 0 },
	{ "rename the store", rename_store, PARENT | KEEPER, 0, true, 0 },
	{ "chmod the store", chmod_store, PARENT, 0, true, 0 },
	{ "truncate the store", truncate_store, PARENT, 0, true, 0 },
	{ "link the store", link_store, PARENT, 0, true, 0 },
	{ "make a symbolic link", symlink_in_data, 0, 0, true, 0 },
	{ "make a fifo", make_fifo, 0, 0, true, 0 },
	{ "read a key", read_key, PARENT | KEEPER, KEEPER, true, 0 },
	{ "read an upload", read_upload, PARENT | KEEPER | JOBS, KEEPER | JOBS, true, 0 },
	{ "write an upload", write_upload, PARENT | KEEPER, KEEPER, true, 0 },
	{ NULL, NULL, 0, 0, false, 0 },
};
