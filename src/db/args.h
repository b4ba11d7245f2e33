/* Argument and row structs that many statements share. */
#ifndef DB_ARGS_H
#define DB_ARGS_H

#include "base/field.h"

struct none { /* a statement without arguments */
	int64_t unused;
};
struct id_arg {
	int64_t id;
};
struct text_arg {
	const char *text;
};
struct authority_arg {
	int64_t authority_id;
};
struct count_row {
	int64_t n;
};
struct id_row {
	int64_t id;
};
struct reference_arg { /* a thing by its public reference, within one authority */
	int64_t authority_id;
	const char *reference;
};

RECORD_DECLARE(none);
RECORD_DECLARE(id_arg);
RECORD_DECLARE(text_arg);
RECORD_DECLARE(authority_arg);
RECORD_DECLARE(count_row);
RECORD_DECLARE(id_row);
RECORD_DECLARE(reference_arg);

#endif
