/* sqlgen: what its files share. sqlgen.c reads, sqlgen_head.c the header lines,
 * sqlgen_list.c lists, sqlgen_out.c holds texts and writes. */
#ifndef TOOLS_SQLGEN_H
#define TOOLS_SQLGEN_H

#include <stdbool.h>
#include <stddef.h>

#define MAX_PARAMETERS 200

struct text { /* a growing string */
	char *p;
	size_t n, cap;
};

enum engine { BOTH, SQLITE, PGSQL };

struct statement {
	char *name, *args, *row, *permission, *sqlite_plan, *pgsql_plan;
	const char *cardinality; /* ":one" ... */
	enum engine engine;
	const char *path;
	int line;
	char *parameters[MAX_PARAMETERS];
	int n_parameters;
	struct text sqlite, pgsql;
};

/* Place of the fault, when there is one. */
extern const char *at_path;
extern int at_line;

__attribute__((noreturn, format(printf, 1, 2))) void fault(const char *format, ...);
void *must(void *p);
void add(struct text *t, const char *s, size_t n);
__attribute__((format(printf, 2, 3))) void addf(struct text *t, const char *format, ...);
char *copy(const char *s, size_t n);
char *read_file(const char *path);

size_t word_length(const char *s);
/* "-- name :something" begins a statement or a part; any other comment does not. */
bool is_header(const char *line);
bool is_list(const struct statement *s);
/* length: of the line */
void read_header(struct statement *s, const char *line, size_t length);

/* The server's text of a :list (sqlgen_list.c). */
void make_list(struct statement *s);

/* The type macro that stands at p, as the engine spells it; *n_out its length. */
const char *macro_at(const char *p, bool pgsql, size_t *n_out);

/* app/training/session.sql.h and .c of the statements of one file, which stand together. */
void write_module(const char *out_dir, const char *path, const struct statement *s, int n, int first);
void write_list(const char *out_dir, const struct statement *s, int n);
void write_schema(const char *out_dir, char **paths, int n);

#endif
