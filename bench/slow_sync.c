/*
 * Between a program and its C library (LD_PRELOAD): a disk whose sync takes a millisecond longer, as one does that has written
 * what it was given. Disks of virtual machines often answer at once; what syncing once for many saves does not show on them.
 */
#include <errno.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static int slowly(long call, int fd)
{
	int r = (int)syscall(call, fd), saved = errno;

	nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
	errno = saved;
	return r;
}

int fsync(int fd)
{
	return slowly(SYS_fsync, fd);
}

int fdatasync(int fd)
{
	return slowly(SYS_fdatasync, fd);
}
