/*
 * Between the program and its C library (LD_PRELOAD): what a disk and a memory can do to it.
 *
 * FAULTS_DIR names the data directory, in absolute form. Three things, each asked for by its variable:
 *
 * FAULTS_LOG: a file outside the data directory. Before a file in the directory is changed, what it held is
 * appended here; after a sync that succeeded, that is said. After a kill of every process the harness can so
 * put any of the unsynced sectors back (tests/faults/power.py reads it): a power cut.
 *
 * FAULTS_CONTROL: a struct control in a file, shared with the harness, which arms it: the nth call of some kinds
 * fails, once or from then on, or never returns.
 *
 * FAULTS_HOLD: no connection is ever shut down, as if nobody looked who keeps one without using it.
 *
 * The files are opened here before the roles shut themselves in; the log's descriptor is a high one that no role closes.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { CALL_WRITE = 1, CALL_SYNC = 2, CALL_TRUNCATE = 4, CALL_OPEN = 8, CALL_READ = 16, CALL_ALLOCATE = 32 };
enum { OPENED = 1, CREATED, WRITTEN, TRUNCATED, SYNCED, UNLINKED };
enum { FILES = 1024, LOG_FD = 900, DIRECTORY_MAX = 4096, BEFORE_MAX = 1 << 20 };

struct control { /* as tests/faults/shim.py lays it out */
	int32_t pid; /* 0: every process */
	int32_t calls, error, forever;
	int64_t nth; /* 0: only counts */
	int64_t seen, failed;
};

struct entry { /* of the log; a name and what was there before follow */
	uint32_t kind, name;
	uint64_t file, at, length, size, before;
};

static struct control *control;
static int log_fd = -1;
static bool holds;
static char directory[DIRECTORY_MAX];
static size_t directory_length;
static uint64_t file_of[FILES]; /* inode of a descriptor in the data directory, 0: elsewhere */
static bool logged[FILES];      /* and what is written to it survives a power cut only when synced */

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);

__attribute__((constructor)) static void begin(void)
{
	const char *log = getenv("FAULTS_LOG"), *shared = getenv("FAULTS_CONTROL"), *dir = getenv("FAULTS_DIR");

	if (dir == NULL || strlen(dir) >= sizeof(directory)) {
		return;
	}
	strcpy(directory, dir);
	directory_length = strlen(dir);
	holds = getenv("FAULTS_HOLD") != NULL;
	if (log != NULL) {
		int fd = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
		log_fd = fcntl(fd, F_DUPFD_CLOEXEC, LOG_FD);
		syscall(SYS_close, fd);
	}
	if (shared != NULL) {
		int fd = (int)syscall(SYS_openat, AT_FDCWD, shared, O_RDWR | O_CLOEXEC, 0);
		void *p = mmap(NULL, sizeof(*control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
		control = p == MAP_FAILED ? NULL : p;
		syscall(SYS_close, fd);
	}
	if ((log != NULL && log_fd < 0) || (shared != NULL && control == NULL)) {
		abort();
	}
}

/* ---- faults ---- */

static bool fails(int call)
{
	if (control == NULL || (control->calls & call) == 0 || (control->pid != 0 && control->pid != getpid())) {
		return false;
	}
	int64_t n = __atomic_add_fetch(&control->seen, 1, __ATOMIC_SEQ_CST);

	if (control->nth == 0 || n < control->nth || (n > control->nth && control->forever == 0)) {
		return false;
	}
	__atomic_add_fetch(&control->failed, 1, __ATOMIC_SEQ_CST);
	while (control->error == 0) { /* held here, until the harness kills it */
		pause();
	}
	errno = control->error;
	return true;
}

void *malloc(size_t n)
{
	return fails(CALL_ALLOCATE) ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
	return fails(CALL_ALLOCATE) ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
	return fails(CALL_ALLOCATE) ? NULL : __libc_realloc(p, n);
}

/* ---- the log ---- */

static void note(struct entry e, const char *name, const void *before)
{
	int saved = errno;

	e.name = name == NULL ? 0 : (uint32_t)strlen(name);
	const struct iovec parts[3] = { { &e, sizeof(e) }, { (void *)(uintptr_t)name, e.name },
					{ (void *)(uintptr_t)before, e.before } };
	ssize_t whole = (ssize_t)(sizeof(e) + e.name + e.before);

	if (syscall(SYS_writev, log_fd, parts, 3) != whole) {
		abort();
	}
	errno = saved;
}

static bool is_ours(int fd)
{
	return fd >= 0 && fd < FILES && file_of[fd] != 0;
}

static bool is_logged(int fd)
{
	return log_fd >= 0 && is_ours(fd) && logged[fd];
}

static uint64_t size_of(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 ? (uint64_t)st.st_size : 0;
}

/* What [at, at + n) holds now, piece by piece, as entries of this kind; at least one entry is made. */
static void note_before(int fd, uint32_t kind, uint64_t at, uint64_t n)
{
	static unsigned char before[BEFORE_MAX];
	uint64_t size = size_of(fd), done = 0;

	do {
		uint64_t length = n - done < BEFORE_MAX ? n - done : BEFORE_MAX;
		long got = at + done < size ? syscall(SYS_pread64, fd, before, length, at + done) : 0;
		note((struct entry){ .kind = kind, .file = file_of[fd], .at = at + done, .length = length, .size = size,
				     .before = got > 0 ? (uint64_t)got : 0 }, NULL, before);
		done += length;
	} while (done < n);
}

static bool is_beneath(const char *path)
{
	return directory_length > 0 && strncmp(path, directory, directory_length) == 0 &&
	       (path[directory_length] == '/' || path[directory_length] == '\0');
}

static bool ends_in(const char *path, const char *end)
{
	size_t n = strlen(path), m = strlen(end);

	return n >= m && strcmp(path + n - m, end) == 0;
}

/* ---- calls ---- */

static int open_file(const char *path, int flags, mode_t mode)
{
	bool ours = is_beneath(path), made = false;
	struct stat st;

	if (ours && fails(CALL_OPEN)) {
		return -1;
	}
	if (ours && (flags & O_CREAT) != 0) {
		made = stat(path, &st) != 0;
	}
	int fd = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
	if (fd < 0 || fd >= FILES || !ours || fstat(fd, &st) != 0) {
		return fd;
	}
	file_of[fd] = st.st_ino;
	logged[fd] = !ends_in(path, "-shm") && !ends_in(path, "/lock"); /* the index is built anew, a lock holds nothing */
	if (is_logged(fd)) {
		note((struct entry){ .kind = made ? CREATED : OPENED, .file = st.st_ino, .size = (uint64_t)st.st_size }, path, NULL);
	}
	return fd;
}

static mode_t mode_of(int flags, va_list args)
{
	return (flags & (O_CREAT | __O_TMPFILE)) != 0 ? (mode_t)va_arg(args, int) : 0;
}

int open(const char *path, int flags, ...)
{
	va_list args;

	va_start(args, flags);
	mode_t mode = mode_of(flags, args);
	va_end(args);
	return open_file(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
	va_list args;

	va_start(args, flags);
	mode_t mode = mode_of(flags, args);
	va_end(args);
	return open_file(path, flags, mode);
}

int close(int fd)
{
	if (fd >= 0 && fd < FILES) {
		file_of[fd] = 0;
	}
	return (int)syscall(SYS_close, fd);
}

ssize_t pwrite64(int fd, const void *p, size_t n, off_t at)
{
	if (is_ours(fd) && fails(CALL_WRITE)) {
		return -1;
	}
	if (is_logged(fd)) {
		note_before(fd, WRITTEN, (uint64_t)at, n);
	}
	return syscall(SYS_pwrite64, fd, p, n, at);
}

ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
	return pwrite64(fd, p, n, at);
}

ssize_t write(int fd, const void *p, size_t n)
{
	if (is_ours(fd) && fails(CALL_WRITE)) {
		return -1;
	}
	if (is_logged(fd)) {
		note_before(fd, WRITTEN, (uint64_t)syscall(SYS_lseek, fd, 0, SEEK_CUR), n);
	}
	return syscall(SYS_write, fd, p, n);
}

ssize_t pread64(int fd, void *p, size_t n, off_t at)
{
	return is_ours(fd) && fails(CALL_READ) ? -1 : syscall(SYS_pread64, fd, p, n, at);
}

static int sync_file(int fd, long call)
{
	if (is_ours(fd) && fails(CALL_SYNC)) {
		return -1;
	}
	int done = (int)syscall(call, fd);
	if (done == 0 && is_logged(fd)) {
		note((struct entry){ .kind = SYNCED, .file = file_of[fd] }, NULL, NULL);
	}
	return done;
}

int fsync(int fd)
{
	return sync_file(fd, SYS_fsync);
}

int fdatasync(int fd)
{
	return sync_file(fd, SYS_fdatasync);
}

int ftruncate64(int fd, off_t size)
{
	if (is_ours(fd) && fails(CALL_TRUNCATE)) {
		return -1;
	}
	if (is_logged(fd)) {
		uint64_t now = size_of(fd);
		note_before(fd, TRUNCATED, (uint64_t)size, now > (uint64_t)size ? now - (uint64_t)size : 0);
	}
	return (int)syscall(SYS_ftruncate, fd, size);
}

int ftruncate(int fd, off_t size)
{
	return ftruncate64(fd, size);
}

/* What it held is kept whole: a name that is gone may be there again after the cut. */
int unlink(const char *path)
{
	static unsigned char before[BEFORE_MAX];

	if (log_fd >= 0 && is_beneath(path)) {
		int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
		long got = fd < 0 ? -1 : syscall(SYS_pread64, fd, before, sizeof(before), 0);
		if (got >= 0) {
			note((struct entry){ .kind = UNLINKED, .size = size_of(fd), .before = (uint64_t)got }, path, before);
		}
		if (fd >= 0) {
			syscall(SYS_close, fd);
		}
	}
	return (int)syscall(SYS_unlink, path);
}

int shutdown(int fd, int how)
{
	return holds ? 0 : (int)syscall(SYS_shutdown, fd, how);
}
