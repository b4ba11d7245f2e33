#include "base/log.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LONGEST 1024

/* A process has one role from start to end: set once after it has started. */
static enum log_level highest = LOG_INFO;
static char role_name[24] = "dueregard";

void log_set(enum log_level up_to, const char *role)
{
	highest = up_to;
	snprintf(role_name, sizeof(role_name), "%s", role);
}

/* One write a line: lines of several processes do not mix. */
static void emit(enum log_level level, const char *text)
{
	char line[LONGEST + 64];
	int n = snprintf(line, sizeof(line), "<%d>%s: %s", (int)level, role_name, text);
	if (n < 0) {
		return;
	}
	size_t length = (size_t)n < sizeof(line) - 1 ? (size_t)n : sizeof(line) - 2;
	for (size_t i = 0; i < length; i++) {
		if ((unsigned char)line[i] < 0x20 || line[i] == 0x7F) {
			line[i] = ' '; /* what is quoted cannot make a second line */
		}
	}
	line[length] = '\n';
	ssize_t done = write(STDERR_FILENO, line, length + 1);
	(void)done; /* nowhere left to say that stderr is gone */
}

void log_line(enum log_level level, const char *format, ...)
{
	if (level > highest) {
		return;
	}
	char text[LONGEST];
	va_list args;
	va_start(args, format);
	int n = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (n >= 0) {
		emit(level, text);
	}
}

static const char *file_name(const char *path)
{
	const char *slash = path == NULL ? NULL : strrchr(path, '/');
	return slash == NULL ? (path == NULL ? "?" : path) : slash + 1;
}

void log_err(enum log_level level, const char *what, const struct err *err)
{
	if (level > highest) {
		return;
	}
	char text[LONGEST];
	size_t n = 0;
	text[0] = '\0';
	for (const struct err *e = err; e != NULL && n < sizeof(text) - 1; e = e->cause) {
		int more = snprintf(text + n, sizeof(text) - n, "%s%s at %s:%d%s%s",
				    e == err ? "" : "; because ", err_kind_word(e->kind),
				    file_name(e->file), e->line, e->detail[0] ? ": " : "", e->detail);
		n += more > 0 ? (size_t)more : 0;
	}
	log_line(level, "%s: %s", what, text);
}
