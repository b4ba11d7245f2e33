/*
 * Files of a run: DATA/imports/REF.csv and REF.links.csv, for the owner only, written by the keeper and
 * read by the job. They are not forced to disk: a crash loses the upload, not the store, and the
 * run then says that its file is gone.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/directory/directory.h"
#include "base/arena.h"
#include "base/log.h"
#include "core/data.h"

#define COPY_STEP ((size_t)256 * 1024)

static const char *file_path(struct arena *a, const struct settings *settings, const char *reference, bool links)
{
	return data_path(a, settings, arena_printf(a, DATA_IMPORTS "/%s%s.csv", reference, links ? ".links" : ""));
}

static struct err *no_room(const char *what)
{
	return ERR_WRAP(ERR_DETAIL(ERR_IO, "%s: %s", what, strerror(errno)), ERR_IO,
			"The file could not be kept. Ask whoever runs the service whether its disk is full, then "
			"upload it again.");
}

/* No more than the size that was checked: the sender may still be writing. */
static struct err *copy_out(int from, int to, int64_t size, char *space)
{
	int64_t at = 0;

	for (;;) {
		size_t most = size - at < (int64_t)COPY_STEP ? (size_t)(size - at) : COPY_STEP;
		ssize_t got = pread(from, space, most, (off_t)at);

		if (got < 0 && errno == EINTR) {
			continue;
		}
		if (got <= 0) {
			return got == 0 ? NULL : no_room("read upload");
		}
		for (ssize_t done = 0; done < got;) {
			ssize_t put = write(to, space + done, (size_t)(got - done));

			if (put < 0 && errno != EINTR) {
				return no_room("write import file");
			}
			done += put < 0 ? 0 : put;
		}
		at += got;
	}
}

struct err *import_file_keep(struct arena *a, const struct settings *settings, const char *reference, bool links,
			     const struct upload *upload)
{
	const char *path = file_path(a, settings, reference, links);
	const char *coming = arena_printf(a, "%s.new", path);
	struct err *e;
	int fd;

	fd = open(coming, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0) {
		return no_room("open import file");
	}
	e = copy_out(upload->fd, fd, upload->size, arena_alloc(a, COPY_STEP));
	if (close(fd) < 0 && e == NULL) {
		e = no_room("close import file");
	}
	if (e == NULL && rename(coming, path) < 0) { /* a job may hold the one before */
		e = no_room("rename import file");
	}
	if (e != NULL) {
		unlink(coming);
	}
	return e;
}

struct mapping {
	void *p;
	size_t n;
};

static void unmap(void *object)
{
	struct mapping *m = object;

	munmap(m->p, m->n);
}

struct err *import_file_map(struct arena *a, const struct settings *settings, const char *reference, bool links,
			    struct bytes *out)
{
	const char *path = file_path(a, settings, reference, links);
	struct mapping *m = ARENA_NEW(a, struct mapping, 1);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat st;

	*out = (struct bytes){ NULL, 0 };
	if (fd < 0) {
		return ERR(ERR_NOT_FOUND, "The uploaded file is not there any more. Upload it again.");
	}
	if (fstat(fd, &st) < 0) {
		close(fd);
		return ERR_DETAIL(ERR_IO, "fstat import file: %s", strerror(errno));
	}
	if (st.st_size == 0) {
		close(fd);
		return NULL;
	}
	m->n = (size_t)st.st_size;
	m->p = mmap(NULL, m->n, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (m->p == MAP_FAILED) {
		return ERR_DETAIL(ERR_IO, "mmap import file: %s", strerror(errno));
	}
	arena_defer(a, unmap, m);
	*out = (struct bytes){ m->p, m->n };
	return NULL;
}

void import_files_drop(struct arena *a, const struct settings *settings, const char *reference)
{
	for (int links = 0; links <= 1; links++) {
		if (unlink(file_path(a, settings, reference, links == 1)) < 0 && errno != ENOENT) {
			log_line(LOG_WARN, "import file could not be removed: %s", strerror(errno));
		}
	}
}
