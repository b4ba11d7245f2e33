/* The settings file: NAME = VALUE lines, # comments, "quoted values" (libconfuse). */
#ifndef CORE_SETTINGS_FILE_H
#define CORE_SETTINGS_FILE_H

#include "base/err.h"
#include "base/field.h"

struct arena;

struct setting_line {
	const char *value; /* NULL: the file does not have it */
	int line;
};

/* One line for each field of the record, in its order, on the arena; values are not judged here.
 * An absent file has none, when `optional`. An unknown name, one given twice, a line that cannot be
 * read: ERR_USAGE naming file and line. */
struct err *settings_file_read(struct arena *a, const char *path, bool optional,
			       const struct record *record, struct setting_line **out) MUST_CHECK;

#endif
