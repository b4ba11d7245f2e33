/*
 * The statement check: a statement against the store's schema and against its structs.
 *
 * Names are compared when it is prepared (run.c). Here: types and NULLs of columns that come straight
 * from a table, and the plan: a scan of a table, a temporary b-tree or an automatic index needs a
 * written reason (`plan:`), and a reason needs one of those.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "db/engine.h"

/* ---- reading the statement's text ---- */

/* The next word (letters, digits, _) from p on, copied; NULL at the end. Quoted texts are passed over. */
static const char *next_word(const char *p, char word[64])
{
	size_t n = 0;

	while (*p != '\0' && !isalpha((unsigned char)*p) && *p != '_') {
		if (*p == '\'') {
			p = strchr(p + 1, '\'');
			if (p == NULL) {
				return NULL;
			}
		}
		p++;
	}
	while (isalnum((unsigned char)*p) || *p == '_') {
		if (n < 63) {
			word[n++] = *p;
		}
		p++;
	}
	word[n] = '\0';
	return n > 0 ? p : NULL;
}

/* Is `name` made by this statement itself (WITH name AS ...), or another name of such a one? Then
 * to walk over it is no scan of a table. */
static bool is_own_table(const char *sql, const char *name, int depth)
{
	char word[64];
	char before[64] = "";
	char before_as[64] = "";

	for (const char *p = sql; (p = next_word(p, word)) != NULL;) {
		bool follows = strcasecmp(before, "AS") == 0;
		const char *other = follows ? before_as : before;
		if (strcasecmp(word, name) == 0) {
			const char *q = p + strspn(p, " ");
			if (*q == '(' && strchr(q, ')') != NULL) {
				q = strchr(q, ')') + 1;
				q += strspn(q, " ");
			}
			if (strncasecmp(q, "AS (", 4) == 0 || strncasecmp(q, "AS MATERIALIZED", 15) == 0 ||
			    strncasecmp(q, "AS NOT MATERIALIZED", 19) == 0) {
				return true;
			}
			if (depth > 0 && *other != '\0' && strcasecmp(other, name) != 0 &&
			    strcasecmp(other, "FROM") != 0 && strcasecmp(other, "JOIN") != 0 &&
			    is_own_table(sql, other, depth - 1)) {
				return true;
			}
		}
		memcpy(before_as, before, sizeof before);
		memcpy(before, word, sizeof word);
	}
	return false;
}

/* Every row of this table may be missing: it stands on the right of LEFT JOIN. */
static bool is_left_joined(const char *sql, const char *table)
{
	char word[64];
	char before[3][64] = { "", "", "" };
	bool left = false;
	bool plain = false;

	for (const char *p = sql; (p = next_word(p, word)) != NULL;) {
		if (strcasecmp(word, table) == 0 && strcasecmp(before[0], "JOIN") == 0) {
			bool outer = strcasecmp(before[1], "OUTER") == 0;
			left = left || strcasecmp(before[outer ? 2 : 1], "LEFT") == 0;
		} else if (strcasecmp(word, table) == 0 && strcasecmp(before[0], "FROM") == 0) {
			plain = true;
		}
		memcpy(before[2], before[1], sizeof word);
		memcpy(before[1], before[0], sizeof word);
		memcpy(before[0], word, sizeof word);
	}
	return left && !plain;
}

/* The statement itself leaves out the rows that have none: "district IS NOT NULL". */
static bool is_excluded_null(const char *sql, const char *column)
{
	char word[64];
	const char *q = NULL;

	for (const char *p = sql; (p = next_word(p, word)) != NULL;) {
		q = p + strspn(p, " ");
		if (strcasecmp(word, column) == 0 && strncasecmp(q, "IS NOT NULL", 11) == 0) {
			return true;
		}
	}
	return false;
}

/* ---- columns ---- */

static bool type_fits(const char *declared, enum field_kind kind)
{
	switch (kind) {
	case FIELD_INT:
	case FIELD_BOOL:
	case FIELD_INSTANT:
	case FIELD_OPT_INT:
		return strcmp(declared, "INTEGER") == 0;
	case FIELD_TEXT:
	case FIELD_WORD:
	case FIELD_DATE:
		return strcmp(declared, "TEXT") == 0;
	case FIELD_REAL:
		return strcmp(declared, "REAL") == 0 || strcmp(declared, "INTEGER") == 0;
	case FIELD_BYTES:
		return strcmp(declared, "BLOB") == 0;
	case FIELD_TEXTS:
		break;
	}
	return false;
}

static struct err *check_column(struct db *db, const struct cached *p, int i, struct buf *faults)
{
	const char *table = sqlite3_column_table_name(p->st, i);
	const char *column = sqlite3_column_origin_name(p->st, i);
	const struct field *f = p->columns[i].field;
	const char *type = NULL;
	int not_null = 0;
	int primary = 0;

	if (table == NULL || column == NULL) {
		return NULL; /* an expression: looked at when a row is read */
	}
	int code = sqlite3_table_column_metadata(db->c, "main", table, column, &type, NULL, &not_null,
						 &primary, NULL);
	if (code != SQLITE_OK) {
		return strncmp(table, "sqlite_", 7) == 0 ? NULL : engine_fault(db, p->s, code);
	}
	if (!type_fits(type, f->kind)) {
		buf_printf(faults, "%s: %s: column %s is %s, which its field cannot take\n", p->s->place,
			   p->s->name, f->name, type);
	}
	bool can_be_null = ((!not_null && !primary) || is_left_joined(p->s->sqlite, table)) &&
			   !is_excluded_null(p->s->sqlite, column);
	if (can_be_null && (f->flags & F_NULLABLE) == 0 && f->kind != FIELD_OPT_INT) {
		buf_printf(faults, "%s: %s: column %s can be NULL and its field is not F_NULLABLE\n",
			   p->s->place, p->s->name, f->name);
	}
	return NULL;
}

/* ---- plan ---- */

/* A subquery that the plan itself announced: "CO-ROUTINE x", "MATERIALIZE x". */
static bool is_announced(const struct buf *earlier, const char *name)
{
	char line[96];

	snprintf(line, sizeof line, "\nCO-ROUTINE %s\n", name);
	if (strstr(earlier->p, line) != NULL) {
		return true;
	}
	snprintf(line, sizeof line, "\nMATERIALIZE %s\n", name);
	return strstr(earlier->p, line) != NULL;
}

/* What in this line of the plan needs a reason; NULL: nothing. */
static const char *costly(const struct statement *s, const char *detail, const struct buf *earlier)
{
	char name[64];

	if (strstr(detail, "TEMP B-TREE") != NULL) {
		return "sorts or groups in a temporary b-tree";
	}
	if (strstr(detail, "AUTOMATIC") != NULL) {
		return "builds an automatic index";
	}
	if (strncmp(detail, "SCAN ", 5) != 0 || detail[5] == '(' ||
	    strcmp(detail, "SCAN CONSTANT ROW") == 0 || strstr(detail, "VIRTUAL TABLE") != NULL) {
		return NULL;
	}
	if (next_word(detail + 5, name) == NULL || is_announced(earlier, name) ||
	    is_own_table(s->sqlite, name, 1)) {
		return NULL;
	}
	return "scans a table";
}

static struct err *check_plan(struct arena *a, struct db *db, const struct statement *s,
			      struct buf *faults)
{
	const char *sql = arena_printf(a, "EXPLAIN QUERY PLAN %s", s->sqlite);
	sqlite3_stmt *st = NULL;
	int code = sqlite3_prepare_v2(db->c, sql, -1, &st, NULL);
	bool any = false;
	struct buf earlier;

	buf_init(&earlier, a, 65536);
	buf_char(&earlier, '\n');
	while (code == SQLITE_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
		const char *detail = (const char *)sqlite3_column_text(st, 3);
		const char *what = costly(s, detail, &earlier);
		if (what != NULL && s->plan == NULL) {
			buf_printf(faults, "%s: %s: %s without a plan: reason (%s)\n", s->place, s->name,
				   what, detail);
		}
		buf_printf(&earlier, "%s\n", detail);
		any = any || what != NULL;
		code = SQLITE_OK;
	}
	struct err *err = code == SQLITE_DONE ? NULL : engine_fault(db, s, code);
	sqlite3_finalize(st);
	TRY(err);
	if (s->plan != NULL && !any) {
		buf_printf(faults, "%s: %s: plan: reason is stale, the plan needs none\n", s->place, s->name);
	}
	return NULL;
}

struct err *db_check_statement(struct arena *a, struct db *db, const struct statement *s,
			       const char **faults_out)
{
	struct cached *p = NULL;
	struct buf faults;

	buf_init(&faults, a, 16384);
	*faults_out = NULL;
	struct err *err = cached_new(&p, db, s, 0);
	if (err != NULL) {
		buf_printf(&faults, "%s: %s\n", s->name, err->detail);
	}
	for (int i = 0; err == NULL && i < p->n_columns; i++) {
		err = check_column(db, p, i, &faults);
	}
	if (p != NULL && err == NULL) {
		err = check_plan(a, db, s, &faults);
	}
	if (p == NULL) {
		err = NULL; /* told as a fault of the statement */
	}
	cached_free(&p);
	TRY(err);
	if (faults.n > 0) {
		*faults_out = faults.p;
	}
	return NULL;
}
