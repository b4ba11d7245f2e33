/*
 * sqlgen OUTDIR [schema/NNNN_name.sql ...] [src/floor/file.sql ...]
 *
 * Makes C of SQL, at build time. From every src/ file a header of typed functions and a .c of
 * statement descriptors (src/db/statement.h), from all of them statements.c, from the schema files
 * schema.c (src/db/migration.h) with the type macros spelt for each engine. A file whose text did
 * not change is not written again, so that nothing needless is compiled.
 *
 * A header line names a statement, its text ends with a semicolon:
 *
 *	-- session_find :maybe args=reference_arg row=session perm=training_read
 *	SELECT {{part session_columns}} FROM session AS s WHERE s.reference = :reference;
 *
 * :one, :maybe and :many give rows, :exec none; a :list is an :exec that is done for every struct of a list (sqlgen_list.c).
 *
 * What several statements of a file say alike stands once, above them, as a part. It is read wherever it is used as if it
 * stood there, parameters and all, so neither engine knows of it. A part may use the parts above it.
 *
 *	-- session_columns :part
 *	s.id, s.reference, s.held_on;
 *
 * The first fault ends it with "file:line: what is wrong", exit status 1.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "sqlgen.h"

#define MAX_STATEMENTS 4000
#define MAX_PARTS 100

struct part {
	char *name;
	const char *text; /* up to its semicolon */
	int line, text_line;
	bool used;
};

static struct statement statements[MAX_STATEMENTS];
static int n_statements;
static struct part parts[MAX_PARTS]; /* of the file that is read */
static int n_parts;

static void add_both(struct statement *s, const char *p, size_t n)
{
	add(&s->sqlite, p, n);
	add(&s->pgsql, p, n);
}

static size_t take_parameter(struct statement *s, const char *p)
{
	size_t n = word_length(p);
	int i = 0;

	while (i < s->n_parameters &&
	       (strlen(s->parameters[i]) != n || strncmp(s->parameters[i], p, n) != 0)) {
		i++;
	}
	if (i == s->n_parameters) {
		if (i == MAX_PARAMETERS) {
			fault("%s: more than %d parameters", s->name, MAX_PARAMETERS);
		}
		s->parameters[s->n_parameters++] = copy(p, n);
	}
	addf(&s->sqlite, "?%d", i + 1);
	addf(&s->pgsql, is_list(s) ? "v.p%d" : "$%d", i + 1);
	return n;
}

static const char *take_quoted(struct statement *s, const char *p)
{
	int begun = at_line;
	const char *q = p + 1;

	while (*q != *p || q[1] == *p) {
		if (*q == '\0') {
			at_line = begun;
			fault("%s: this quote is not closed", s->name);
		}
		at_line += *q == '\n';
		q += *q == *p ? 2 : 1;
	}
	add_both(s, p, (size_t)(q + 1 - p));
	return q + 1;
}

/* Comments go, white space shrinks to one space. */
static const char *take_space(struct statement *s, const char *p)
{
	for (;;) {
		if (isspace((unsigned char)*p)) {
			at_line += *p == '\n';
			p++;
		} else if (p[0] == '-' && p[1] == '-') {
			if (is_header(p) && p[-1] == '\n') {
				fault("%s ends without a semicolon before this statement", s->name);
			}
			p += strcspn(p, "\n");
		} else if (p[0] == '/' && p[1] == '*') {
			const char *end = strstr(p + 2, "*/");
			if (end == NULL) {
				fault("%s: this comment is not closed", s->name);
			}
			for (; p < end + 2; p++) {
				at_line += *p == '\n';
			}
		} else {
			break;
		}
	}
	if (s->sqlite.n > 0) {
		add_both(s, " ", 1);
	}
	return p;
}

/* "{{found school}}": the things of a kind that are found by the words of :match (work/search.h), a subquery of ids. */
static size_t take_found(struct statement *s, const char *p)
{
	const char *kind = p + strlen("{{found ");
	size_t n = word_length(kind);

	if (n == 0 || strncmp(kind + n, "}}", 2) != 0) {
		fault("%s: write {{found KIND}}", s->name);
	}
	/* CROSS: the words first. Its planner would otherwise ask the index about each thing of the kind in turn. */
	addf(&s->sqlite, "(SELECT f.subject_id FROM search_index CROSS JOIN search_entry AS f "
			 "WHERE f.id = search_index.rowid AND search_index MATCH '\"' || replace(");
	addf(&s->pgsql, "(SELECT f.subject_id FROM search_entry AS f WHERE f.vector @@ to_tsquery('simple', replace(");
	take_parameter(s, "match");
	addf(&s->sqlite, ", ' ', '\"* \"') || '\"*' AND f.kind = '%.*s')", (int)n, kind);
	addf(&s->pgsql, ", ' ', ':* & ') || ':*') AND f.kind = '%.*s')", (int)n, kind);
	return strlen("{{found }}") + n;
}

/* "{{has_words learner l.id}}": this one thing of a kind is found by the words of :match. Where so many are that they are walked in
 * another order, each is asked: all its words begin so, as the index has it. */
static size_t take_has_words(struct statement *s, const char *p)
{
	const char *kind = p + strlen("{{has_words ");
	size_t n = word_length(kind);
	const char *id = kind + n + 1;
	size_t m = strcspn(id, "}");

	if (n == 0 || m == 0 || kind[n] != ' ' || strncmp(id + m, "}}", 2) != 0) {
		fault("%s: write {{has_words KIND ID}}", s->name);
	}
	addf(&s->sqlite, "EXISTS (SELECT 1 FROM search_entry AS f WHERE f.kind = '%.*s' AND f.subject_id = %.*s AND NOT EXISTS ("
			 "SELECT 1 FROM json_each('[\"' || replace(", (int)n, kind, (int)m, id);
	/* of an EXISTS a server would make a list of all that are found */
	addf(&s->pgsql, "(SELECT f.id FROM search_entry AS f WHERE f.kind = '%.*s' AND f.subject_id = %.*s AND "
			"f.vector @@ to_tsquery('simple', replace(", (int)n, kind, (int)m, id);
	take_parameter(s, "match");
	addf(&s->sqlite, ", ' ', '\",\"') || '\"]') AS w WHERE instr(' ' || f.words, ' ' || w.value) = 0))");
	addf(&s->pgsql, ", ' ', ':* & ') || ':*') LIMIT 1) IS NOT NULL");
	return strlen("{{has_words }}") + n + 1 + m;
}

/* "{{ids learners}} AS j": the ids of a list, a JSON array in :learners, as j.id. */
static size_t take_ids(struct statement *s, const char *p)
{
	const char *name = p + strlen("{{ids ");
	size_t n = word_length(name);

	if (n == 0 || strncmp(name + n, "}}", 2) != 0) {
		fault("%s: write {{ids NAME}}", s->name);
	}
	addf(&s->sqlite, "(SELECT value AS id FROM json_each(");
	addf(&s->pgsql, "(SELECT unnest(CAST(translate("); /* [1,2] is read as {1,2}: a third of the time of jsonb */
	take_parameter(s, name);
	addf(&s->sqlite, "))");
	addf(&s->pgsql, ", '[]', '{}') AS BIGINT[])) AS id)");
	return strlen("{{ids }}") + n;
}

static struct part *find_part(const char *name, size_t n)
{
	for (int i = 0; i < n_parts; i++) {
		if (strlen(parts[i].name) == n && strncmp(parts[i].name, name, n) == 0) {
			return &parts[i];
		}
	}
	return NULL;
}

static const char *read_text(struct statement *s, const char *p);

/* "{{part session_columns}}": goes and reads it, and comes back. */
static size_t take_part(struct statement *s, const char *p)
{
	const char *name = p + strlen("{{part ");
	size_t n = word_length(name);
	int here = at_line;

	if (n == 0 || strncmp(name + n, "}}", 2) != 0) {
		fault("%s: write {{part NAME}}", s->name);
	}
	struct part *part = find_part(name, n);
	if (part == NULL) {
		fault("%s: no part %.*s stands above it in this file", s->name, (int)n, name);
	}
	part->used = true;
	at_line = part->text_line;
	read_text(s, part->text);
	at_line = here;
	return strlen("{{part }}") + n;
}

/* CAST(:day AS {{date}}): the type as the engine names it. */
static size_t take_macro(struct statement *s, const char *p)
{
	size_t n;
	if (strncmp(p, "{{found ", strlen("{{found ")) == 0) {
		return take_found(s, p);
	}
	if (strncmp(p, "{{has_words ", strlen("{{has_words ")) == 0) {
		return take_has_words(s, p);
	}
	if (strncmp(p, "{{ids ", strlen("{{ids ")) == 0) {
		return take_ids(s, p);
	}
	if (strncmp(p, "{{part ", strlen("{{part ")) == 0) {
		return take_part(s, p);
	}
	const char *text = macro_at(p, false, &n);

	add(&s->sqlite, text, strlen(text));
	text = macro_at(p, true, &n);
	add(&s->pgsql, text, strlen(text));
	return n;
}

/* Up to the semicolon. */
static const char *read_text(struct statement *s, const char *p)
{
	while (*p != ';') {
		if (*p == '\0') {
			fault("%s ends without a semicolon", s->name);
		} else if (*p == '\'' || *p == '"') {
			p = take_quoted(s, p);
		} else if (p[0] == '{' && p[1] == '{') {
			p += take_macro(s, p);
		} else if (p[0] == ':' && p[1] == ':') {
			add_both(s, p, 2);
			p += 2;
		} else if (p[0] == ':' && (isalpha((unsigned char)p[1]) || p[1] == '_')) {
			p += 1 + take_parameter(s, p + 1);
		} else if (*p == ':' || *p == '?' || *p == '$' || *p == '@' || *p == '`') {
			fault("%s: '%c' here: values stand as :name only", s->name, *p);
		} else if (isspace((unsigned char)*p) || strncmp(p, "--", 2) == 0 ||
			   strncmp(p, "/*", 2) == 0) {
			p = take_space(s, p);
		} else {
			add_both(s, p++, 1);
		}
	}
	return p;
}

/* From behind the header to behind the semicolon. */
static const char *read_body(struct statement *s, const char *p)
{
	p = read_text(s, take_space(s, p));
	if (s->sqlite.n == 0) {
		fault("%s: no statement under its header", s->name);
	}
	if (s->n_parameters > 0 && s->args == NULL) {
		fault("%s: has parameters but no args=", s->name);
	}
	if (is_list(s)) {
		make_list(s);
	}
	return p + 1;
}

static bool is_part(const char *line)
{
	const char *kind = line + 3 + word_length(line + 3) + 2;

	return word_length(kind) == 4 && strncmp(kind, "part", 4) == 0;
}

/* It is read here for its faults and its end, and then again wherever it is used. */
static const char *read_part(const char *line, size_t length)
{
	size_t n = word_length(line + 3);
	size_t head = 3 + n + strlen(" :part");
	struct part part = { .name = copy(line + 3, n), .line = at_line };
	struct statement s = { .name = part.name };
	const struct part *other = find_part(part.name, n);

	if (other != NULL) {
		fault("%s: there is a part of this name at line %d", s.name, other->line);
	} else if (strspn(line + head, " \r") != length - head) {
		fault("%s: a part has no options", s.name);
	} else if (n_parts == MAX_PARTS) {
		fault("more than %d parts", MAX_PARTS);
	}
	part.text = take_space(&s, line + length);
	part.text_line = at_line;
	const char *end = read_text(&s, part.text);
	if (s.sqlite.n == 0) {
		fault("%s: no text under its header", s.name);
	}
	parts[n_parts++] = part;
	return end + 1;
}

static void check_parts(void)
{
	for (int i = 0; i < n_parts; i++) {
		if (!parts[i].used) {
			at_line = parts[i].line;
			fault("%s: this part is not used", parts[i].name);
		}
	}
}

static bool same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* The second half of a fork: its text takes the parameter numbers of the first. */
static void join_fork(struct statement *s, struct statement *half)
{
	if (!same(s->cardinality, half->cardinality) || !same(s->args, half->args) ||
	    !same(s->row, half->row) || !same(s->permission, half->permission)) {
		fault("%s: the headers of its two halves differ", s->name);
	}
	if (s->n_parameters != half->n_parameters) {
		fault("%s: its two halves have different parameters", s->name);
	}
	for (int i = 0; i < s->n_parameters; i++) {
		if (!same(s->parameters[i], half->parameters[i])) {
			fault("%s: its two halves must use parameters in the same order (%s, %s)",
			      s->name, s->parameters[i], half->parameters[i]);
		}
	}
	if (s->engine == SQLITE) {
		s->pgsql = half->pgsql;
		s->pgsql_plan = half->pgsql_plan;
	} else {
		s->sqlite = half->sqlite;
		s->sqlite_plan = half->sqlite_plan;
	}
	s->engine = BOTH;
}

static void check_name(const struct statement *s)
{
	for (int i = 0; i < n_statements; i++) {
		if (strcmp(statements[i].name, s->name) == 0) {
			fault("%s: there is a statement of this name at %s:%d", s->name,
			      statements[i].path, statements[i].line);
		}
	}
}

static void check_whole(const struct statement *s)
{
	if (s->engine != BOTH) {
		at_path = s->path;
		at_line = s->line;
		fault("%s: only the %s half is here; the other follows directly after it", s->name,
		      s->engine == SQLITE ? "[sqlite]" : "[pgsql]");
	}
}

static void read_statements(const char *path)
{
	const char *p = read_file(path);
	struct statement *last = NULL;

	n_parts = 0;
	while (*p != '\0') {
		size_t n = strcspn(p, "\n");
		if (!is_header(p)) {
			if (strncmp(p, "--", 2) != 0 && strspn(p, " \t\r") != n) {
				fault("text outside a statement (a statement has a header line)");
			}
			p += n + (p[n] == '\n');
			at_line++;
			continue;
		}
		if (is_part(p)) {
			p = read_part(p, n);
			p += strspn(p, " \t\r");
			continue;
		}
		struct statement s = { .path = path, .line = at_line };
		read_header(&s, p, n);
		p = read_body(&s, p + n);
		p += strspn(p, " \t\r");
		if (last != NULL && last->engine != BOTH && same(last->name, s.name) &&
		    s.engine != BOTH && s.engine != last->engine) {
			join_fork(last, &s);
			continue;
		}
		if (last != NULL) {
			check_whole(last);
		}
		int next_line = at_line;
		at_path = path;
		at_line = s.line;
		check_name(&s);
		at_line = next_line;
		if (n_statements == MAX_STATEMENTS) {
			fault("more than %d statements", MAX_STATEMENTS);
		}
		last = &statements[n_statements++];
		*last = s;
	}
	if (last != NULL) {
		check_whole(last);
	}
	check_parts();
}

int main(int argc, char **argv)
{
	int first_source = 2;

	if (argc < 2) {
		fputs("usage: sqlgen OUTDIR [schema/NNNN_name.sql ...] [src/floor/file.sql ...]\n", stderr);
		return 2;
	}
	while (first_source < argc && strncmp(argv[first_source], "schema/", 7) == 0) {
		first_source++;
	}
	write_schema(argv[1], argv + 2, first_source - 2);
	for (int i = first_source; i < argc; i++) {
		int first = n_statements;
		read_statements(argv[i]);
		write_module(argv[1], argv[i], statements + first, n_statements - first, first);
	}
	write_list(argv[1], statements, n_statements);
	return 0;
}
