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

const char *data_path(struct arena *a, const struct settings *settings, const char *name)
{
	return arena_printf(a, "%s/%s", settings->data, name);
}

/* The directories above it too, as the user's data home may not be there yet. */
struct err *data_create(const struct settings *settings)
{
	char path[4096];
	size_t n = strlen(settings->data);

	if (n == 0 || n >= sizeof(path)) {
		return ERR(ERR_USAGE, "The path of the data directory is empty or too long");
	}
	memcpy(path, settings->data, n + 1);
	for (size_t i = 1; i <= n; i++) {
		if (path[i] != '/' && path[i] != '\0') {
			continue;
		}
		path[i] = '\0';
		if (mkdir(path, 0700) != 0 && errno != EEXIST) {
			return ERR(ERR_USAGE, "The data directory %s cannot be made: %s", path,
				   strerror(errno));
		}
		path[i] = settings->data[i];
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
			ERR_USAGE,
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
