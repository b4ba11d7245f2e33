/* sqlgen: growing texts, and the C that is written. */
#include <ctype.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "sqlgen.h"

const char *at_path;
int at_line;

__attribute__((noreturn, format(printf, 1, 2))) void fault(const char *format, ...)
{
	va_list list;

	fprintf(stderr, "%s:%d: ", at_path, at_line);
	va_start(list, format);
	vfprintf(stderr, format, list);
	va_end(list);
	fputc('\n', stderr);
	exit(1);
}

void *must(void *p)
{
	if (p == NULL) {
		fputs("sqlgen: out of memory\n", stderr);
		exit(1);
	}
	return p;
}

void add(struct text *t, const char *s, size_t n)
{
	if (t->n + n + 1 > t->cap) {
		t->cap = (t->n + n + 1) * 2;
		t->p = must(realloc(t->p, t->cap));
	}
	memcpy(t->p + t->n, s, n);
	t->n += n;
	t->p[t->n] = '\0';
}

__attribute__((format(printf, 2, 3))) void addf(struct text *t, const char *format, ...)
{
	char line[2000];
	va_list list;

	va_start(list, format);
	int n = vsnprintf(line, sizeof line, format, list);
	va_end(list);
	if (n < 0 || (size_t)n >= sizeof line) {
		fault("a name or reason is too long");
	}
	add(t, line, (size_t)n);
}

/* As a C string literal; trigraphs cannot form. */
static void add_literal(struct text *t, const char *s)
{
	size_t column = 0;

	add(t, "\"", 1);
	for (; *s != '\0'; s++, column++) {
		if (column >= 90 && *s == ' ') {
			add(t, "\"\n\t\t\"", 5);
			column = 0;
		}
		if (*s == '\n') {
			add(t, "\\n\"\n\t\t\"", 7);
			column = 0;
		} else if (*s == '"' || *s == '\\' || *s == '?') {
			add(t, "\\", 1);
			add(t, s, 1);
		} else {
			add(t, s, 1);
		}
	}
	add(t, "\"", 1);
}

char *copy(const char *s, size_t n)
{
	char *p = must(calloc(n + 1, 1));

	memcpy(p, s, n);
	return p;
}

char *read_file(const char *path)
{
	struct text t = { 0 };
	char block[65536];
	size_t n;
	FILE *f = fopen(path, "rb");

	at_path = path;
	at_line = 1;
	if (f == NULL) {
		fault("cannot be read");
	}
	add(&t, "", 0);
	while ((n = fread(block, 1, sizeof block, f)) > 0) {
		add(&t, block, n);
	}
	fclose(f);
	if (strlen(t.p) != t.n) {
		fault("holds a NUL byte");
	}
	return t.p;
}

static void write_file(const char *out_dir, const char *name, const struct text *t)
{
	struct text path = { 0 };
	struct text old = { 0 };
	char block[65536];
	size_t n;

	addf(&path, "%s/%s", out_dir, name);
	for (char *slash = path.p + strlen(out_dir) - 1; (slash = strchr(slash + 1, '/')) != NULL;) {
		*slash = '\0';
		mkdir(path.p, 0777); /* what fails here shows when the file is opened */
		*slash = '/';
	}
	FILE *f = fopen(path.p, "rb");
	if (f != NULL) {
		while ((n = fread(block, 1, sizeof block, f)) > 0) {
			add(&old, block, n);
		}
		fclose(f);
		if (old.n == t->n && memcmp(old.p, t->p, t->n) == 0) {
			return;
		}
	}
	f = fopen(path.p, "wb");
	if (f == NULL || fwrite(t->p, 1, t->n, f) != t->n || fclose(f) != 0) {
		at_path = path.p;
		at_line = 1;
		fault("cannot be written");
	}
	free(path.p);
	free(old.p);
}


/* src/app/training/session.sql -> app/training/session.sql */
static const char *module_of(const char *path)
{
	return strncmp(path, "src/", 4) == 0 ? path + 4 : path;
}

static void declare_record(struct text *t, const char *name)
{
	if (name != NULL) {
		addf(t, "struct %s;\nextern const struct record %s_record;\n", name, name);
	}
}

static void add_list_function(struct text *t, const struct statement *s)
{
	addf(t, "\nextern const struct statement SQL_%s;\n", s->name);
	addf(t, "MUST_CHECK static inline struct err *sql_%s(struct db *db, const struct %s *list, size_t n)\n", s->name, s->args);
	addf(t, "{\n\treturn db_list(db, &SQL_%s, list, n);\n}\n", s->name);
}

/* The typed function round the generic runner. */
static void add_function(struct text *t, const struct statement *s)
{
	const char *kind = s->cardinality + 1;
	bool many = strcmp(kind, "many") == 0;
	bool exec = strcmp(kind, "exec") == 0;

	addf(t, "\nextern const struct statement SQL_%s;\n", s->name);
	addf(t, "MUST_CHECK static inline struct err *sql_%s(", s->name);
	add(t, exec ? "struct db *db" : "struct arena *a, struct db *db", exec ? 13 : 30);
	if (s->args != NULL) {
		addf(t, ", const struct %s *args", s->args);
	}
	if (exec) {
		addf(t, ", int64_t *changed");
	} else {
		addf(t, many ? ", struct %s **rows, size_t *n" : ", struct %s *out", s->row);
	}
	addf(t, "%s)\n{\n\treturn db_%s(%sdb, &SQL_%s, %s, %s);\n}\n",
	     strcmp(kind, "maybe") == 0 ? ", bool *found" : "", kind, exec ? "" : "a, ", s->name,
	     s->args != NULL ? "args" : "NULL",
	     many   ? "rows, n"
	     : exec ? "changed"
	     : strcmp(kind, "maybe") == 0 ? "out, found"
					  : "out");
}

static void write_header(const char *out_dir, const char *module, const struct statement *s, int n)
{
	struct text t = { 0 };
	struct text name = { 0 };
	struct text guard = { 0 };

	addf(&guard, "GEN_%s_H", module);
	for (char *p = guard.p; *p != '\0'; p++) {
		*p = isalnum((unsigned char)*p) ? (char)toupper((unsigned char)*p) : '_';
	}
	addf(&t, "/* Made by tools/sqlgen of %s. */\n#ifndef %s\n#define %s\n\n", module, guard.p,
	     guard.p);
	addf(&t, "#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n\n");
	addf(&t, "#include \"base/err.h\"\n#include \"db/args.h\"\n#include \"db/db.h\"\n");
	addf(&t, "#include \"db/statement.h\"\n\nstruct arena;\n");
	for (int i = 0; i < n; i++) {
		declare_record(&t, s[i].args);
		declare_record(&t, s[i].row);
		is_list(&s[i]) ? add_list_function(&t, &s[i]) : add_function(&t, &s[i]);
	}
	addf(&t, "\n#endif\n");
	addf(&name, "%s.h", module);
	write_file(out_dir, name.p, &t);
}

static void add_plan(struct text *t, const char *member, const char *reason)
{
	if (reason != NULL) {
		addf(t, "\t%s = ", member);
		add_literal(t, reason);
		addf(t, ",\n");
	}
}

static void add_descriptor(struct text *t, const char *module, const struct statement *s, int index)
{
	addf(t, "\nstatic const char *const parameters_of_%s[] = { ", s->name);
	for (int i = 0; i < s->n_parameters; i++) {
		addf(t, "\"%s\", ", s->parameters[i]);
	}
	addf(t, "NULL };\nconst struct statement SQL_%s = {\n", s->name);
	addf(t, "\t.name = \"%s\",\n\t.place = \"%s:%d\",\n\t.sqlite = ", s->name, module, s->line);
	add_literal(t, s->sqlite.p);
	addf(t, ",\n\t.pgsql = ");
	add_literal(t, s->pgsql.p);
	addf(t, ",\n\t.parameters = parameters_of_%s,\n\t.cardinality = ", s->name);
	for (const char *p = s->cardinality; *p != '\0'; p++) {
		char c = *p == ':' ? '_' : (char)toupper((unsigned char)*p);
		add(t, p == s->cardinality ? "DB_" : &c, p == s->cardinality ? 3 : 1);
	}
	addf(t, ",\n");
	if (s->args != NULL) {
		addf(t, "\t.args = &%s_record,\n", s->args);
	}
	if (s->row != NULL) {
		addf(t, "\t.row = &%s_record,\n", s->row);
	}
	addf(t, "\t.permission = PERM_%s,\n", s->permission);
	add_plan(t, ".sqlite_plan", s->sqlite_plan);
	add_plan(t, ".pgsql_plan", s->pgsql_plan);
	addf(t, "\t.index = %d,\n};\n", index);
}

void write_module(const char *out_dir, const char *path, const struct statement *s, int n, int first)
{
	const char *module = module_of(path);
	struct text t = { 0 };
	struct text name = { 0 };

	write_header(out_dir, module, s, n);
	addf(&t, "/* Made by tools/sqlgen of %s. */\n#include \"%s.h\"\n\n", module, module);
	addf(&t, "#include \"trust/permission.h\"\n");
	for (int i = 0; i < n; i++) {
		add_descriptor(&t, module, &s[i], first + i);
	}
	addf(&name, "%s.c", module);
	write_file(out_dir, name.p, &t);
}

void write_list(const char *out_dir, const struct statement *s, int n)
{
	struct text t = { 0 };

	addf(&t, "/* Made by tools/sqlgen: every statement of the program. */\n");
	addf(&t, "#include <stddef.h>\n\n#include \"db/statement.h\"\n");
	addf(&t, "#include \"trust/permission.h\"\n\n");
	addf(&t, "/* What db/db.h grants every handle. */\n");
	addf(&t, "_Static_assert(PERM_none == 0 && PERM_public == 1 && PERM_house == 2 && "
		 "PERM_COUNT <= 64,\n\t       \"db/db.h relies on these numbers\");\n\n");
	for (int i = 0; i < n; i++) {
		addf(&t, "extern const struct statement SQL_%s;\n", s[i].name);
	}
	addf(&t, "\nconst struct statement *const statements[] = {\n");
	for (int i = 0; i < n; i++) {
		addf(&t, "\t&SQL_%s,\n", s[i].name);
	}
	addf(&t, "\tNULL\n};\nconst int statement_count = %d;\n", n);
	write_file(out_dir, "statements.c", &t);
}

/* ---- schema ---- */

const char *macro_at(const char *p, bool pgsql, size_t *n_out)
{
	static const struct {
		const char *macro, *sqlite, *pgsql;
	} macros[] = {
		{ "{{id}}", "INTEGER PRIMARY KEY",
		  "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY" },
		{ "{{int}}", "INTEGER", "BIGINT" },
		{ "{{text}}", "TEXT", "TEXT COLLATE \"C\"" }, /* bytes in order, as SQLite has them */
		{ "{{blob}}", "BLOB", "BYTEA" },
		{ "{{date}}", "TEXT", "DATE" },	  /* SQLite: YYYY-MM-DD */
		{ "{{instant}}", "INTEGER", "BIGINT" }, /* epoch milliseconds */
		{ "{{bool}}", "INTEGER", "BIGINT" },  /* 0 or 1 */
		{ "{{real}}", "REAL", "DOUBLE PRECISION" },
		{ "{{strict}}", " STRICT", "" },
		{ "{{string_agg}}", "group_concat", "string_agg" },
		{ "{{plus_1_day}}", ", '+1 day'", " + 1" }, /* date(x{{plus_1_day}}): the day after x */
		{ "{{minus_60_days}}", ", '-60 days'", " - 60" },
		{ "{{cross_join}}", "CROSS JOIN", "JOIN" }, /* SQLite reads the left side first; a server is not told */
	};

	for (size_t i = 0; i < sizeof macros / sizeof *macros; i++) {
		*n_out = strlen(macros[i].macro);
		if (strncmp(p, macros[i].macro, *n_out) == 0) {
			return pgsql ? macros[i].pgsql : macros[i].sqlite;
		}
	}
	fault("%.*s: no such macro", (int)strcspn(p, " \n"), p);
}

static void expand(struct text *t, const char *sql, bool pgsql)
{
	at_line = 1;
	while (*sql != '\0') {
		size_t n = 1;
		if (strncmp(sql, "{{", 2) == 0) {
			const char *text = macro_at(sql, pgsql, &n);
			add(t, text, strlen(text));
		} else {
			at_line += *sql == '\n';
			add(t, sql, 1);
		}
		sql += n;
	}
}

/* FNV-1a, 64 bits: notices an edit; nobody has to be kept from forging one. */
static uint64_t checksum(const char *s)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (; *s != '\0'; s++) {
		h = (h ^ (unsigned char)*s) * UINT64_C(0x100000001b3);
	}
	return h;
}

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

static void check_number(const char *file, int number)
{
	char want[16];

	snprintf(want, sizeof want, "%04d_", number);
	if (strncmp(file, want, 5) != 0) {
		fault("schema files are numbered without a gap; here %s is expected", want);
	}
}

/* A schema that must differ is a pair of files, NNNN_name.pgsql.sql and NNNN_name.sqlite.sql, in this order. */
static bool is_pair(const char *path, const char *next)
{
	size_t stem = strcspn(path, ".");

	if (!ends_with(path, ".pgsql.sql") && !ends_with(path, ".sqlite.sql")) {
		return false;
	}
	at_path = path;
	at_line = 1;
	if (next == NULL || !ends_with(path, ".pgsql.sql") || !ends_with(next, ".sqlite.sql") ||
	    strcspn(next, ".") != stem || strncmp(path, next, stem) != 0) {
		fault("its other half is missing (NNNN_name.pgsql.sql and NNNN_name.sqlite.sql)");
	}
	return true;
}

static void add_migration(struct text *t, const char *pgsql_path, const char *sqlite_path, int number)
{
	const char *slash = strrchr(pgsql_path, '/');
	const char *file = slash != NULL ? slash + 1 : pgsql_path;
	struct text sqlite = { 0 };
	struct text pgsql = { 0 };
	struct text both = { 0 };

	const char *sql = read_file(pgsql_path);
	check_number(file, number);
	expand(&pgsql, sql, true);
	add(&both, sql, strlen(sql));
	if (sqlite_path != pgsql_path) {
		sql = read_file(sqlite_path);
		add(&both, sql, strlen(sql));
	}
	expand(&sqlite, sql, false);
	addf(t, "\t{ .number = %d,\n\t  .name = \"%.*s\",\n\t  .checksum = \"%016llx\",\n", number,
	     (int)strcspn(file, "."), file, (unsigned long long)checksum(both.p));
	addf(t, "\t  .sqlite = ");
	add_literal(t, sqlite.n > 0 ? sqlite.p : "");
	addf(t, ",\n\t  .pgsql = ");
	add_literal(t, pgsql.n > 0 ? pgsql.p : "");
	addf(t, " },\n");
}

void write_schema(const char *out_dir, char **paths, int n)
{
	struct text t = { 0 };

	addf(&t, "/* Made by tools/sqlgen of schema/. */\n#include \"db/migration.h\"\n\n");
	addf(&t, "const struct migration migrations[] = {\n");
	for (int i = 0, number = 1; i < n; i++, number++) {
		bool pair = is_pair(paths[i], i + 1 < n ? paths[i + 1] : NULL);
		add_migration(&t, paths[i], paths[pair ? i + 1 : i], number);
		i += pair ? 1 : 0;
	}
	addf(&t, "\t{ .number = 0 }\n};\n");
	write_file(out_dir, "schema.c", &t);
}
