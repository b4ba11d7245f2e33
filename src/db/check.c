/*
 * The statement check: a statement against the store's schema and against its structs.
 *
 * Names are compared when it is prepared (run.c). Here: types and NULLs of columns that come straight
 * from a table; what else the engine can say of it (sqlite_check.c: the plan).
 */
#include "db/check.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "db/engine.h"

/* ---- reading the statement's text ---- */

const char *check_next_word(const char *p, char word[64])
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

/* Every row of this table may be missing: it stands on the right of LEFT JOIN. */
static bool is_left_joined(const char *sql, const char *table)
{
	char word[64];
	char before[3][64] = { "", "", "" };
	bool left = false;
	bool plain = false;

	for (const char *p = sql; (p = check_next_word(p, word)) != NULL;) {
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

	for (const char *p = sql; (p = check_next_word(p, word)) != NULL;) {
		q = p + strspn(p, " ");
		if (strcasecmp(word, column) == 0 && strncasecmp(q, "IS NOT NULL", 11) == 0) {
			return true;
		}
	}
	return false;
}

/* ---- columns ---- */

static struct err *check_column(struct arena *a, struct db *db, const struct cached *p, int i, struct buf *faults)
{
	const struct field *f = p->columns[i].field;
	const char *text = db->engine->statement_text(p->s);
	struct column_source source = { 0 };

	TRY(db->engine->column_source(a, db, p, i, &source));
	if (!source.fits) {
		buf_printf(faults, "%s: %s: column %s is %s, which its field cannot take\n", p->s->place,
			   p->s->name, f->name, source.type);
	}
	if (source.table == NULL) {
		return NULL; /* an expression: looked at when a row is read */
	}
	bool can_be_null = (source.may_be_null || is_left_joined(text, source.table)) &&
			   !is_excluded_null(text, source.column);
	if (can_be_null && (f->flags & F_NULLABLE) == 0 && f->kind != FIELD_OPT_INT) {
		buf_printf(faults, "%s: %s: column %s can be NULL and its field is not F_NULLABLE\n",
			   p->s->place, p->s->name, f->name);
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
	struct err *err = cached_new(&p, db, s, true);
	if (err != NULL) {
		buf_printf(&faults, "%s: %s\n", s->name, err->cause != NULL ? err->cause->detail : err->detail);
	}
	for (int i = 0; err == NULL && i < p->n_columns; i++) {
		err = check_column(a, db, p, i, &faults);
	}
	if (p != NULL && err == NULL) {
		err = db->engine->check_plan(a, db, p, &faults);
	}
	if (p == NULL) {
		err = NULL; /* told as a fault of the statement */
	}
	cached_free(db, &p);
	TRY(err);
	if (faults.n > 0) {
		*faults_out = faults.p;
	}
	return NULL;
}
