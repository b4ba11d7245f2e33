/*
 * sqlgen: :list statements, which are done for every struct of a list. SQLite does the text once for each. A server
 * is sent columns of values and does all rows at once, so its text takes them from a table v, parameter n in column pn:
 *
 *	INSERT INTO t (a, b) VALUES (v.p1, v.p2)  ->  INSERT INTO t (a, b) SELECT v.p1, v.p2 FROM unnest($1, $2) AS v (p1, p2)
 *	UPDATE t SET a = v.p1 WHERE id = v.p2     ->  UPDATE t SET a = v.p1 FROM unnest($1, $2) AS v (p1, p2) WHERE id = v.p2
 */
#include <string.h>

#include "sqlgen.h"

/* Where a word stands outside brackets and quotes; NULL: nowhere. */
static const char *find_outside(const char *p, const char *word)
{
	int depth = 0;

	for (; *p != '\0'; p++) {
		if (*p == '\'' || *p == '"') {
			p = strchr(p + 1, *p); /* closed: it was read; a doubled quote is two in a row */
		} else if (*p == '(') {
			depth++;
		} else if (*p == ')') {
			depth--;
		}
		if (depth == 0 && strncmp(p, word, strlen(word)) == 0) {
			return p;
		}
	}
	return NULL;
}

static const char *closing(const char *open)
{
	return find_outside(open, ")"); /* it is outside again when it closes */
}

static void add_table(struct text *t, int n)
{
	addf(t, " FROM unnest(");
	for (int i = 1; i <= n; i++) {
		addf(t, i == 1 ? "$%d" : ", $%d", i);
	}
	addf(t, ") AS v (");
	for (int i = 1; i <= n; i++) {
		addf(t, i == 1 ? "p%d" : ", p%d", i);
	}
	addf(t, ")");
}

void make_list(struct statement *s)
{
	const char *text = s->pgsql.p;
	bool insert = strncmp(text, "INSERT INTO ", strlen("INSERT INTO ")) == 0;
	const char *values = find_outside(text, " VALUES ("), *where = find_outside(text, " WHERE ");
	struct text t = { 0 };

	if (s->n_parameters == 0) {
		fault("%s: a :list needs parameters", s->name);
	}
	if (insert && values != NULL) {
		const char *open = strchr(values, '('), *end = closing(open);
		add(&t, text, (size_t)(values - text));
		add(&t, " SELECT ", strlen(" SELECT "));
		add(&t, open + 1, (size_t)(end - open - 1));
		add_table(&t, s->n_parameters);
		add(&t, end + 1, strlen(end + 1));
	} else if (strncmp(text, "UPDATE ", strlen("UPDATE ")) == 0 && where != NULL && find_outside(text, " FROM ") == NULL) {
		add(&t, text, (size_t)(where - text));
		add_table(&t, s->n_parameters);
		add(&t, where, strlen(where));
	} else {
		fault("%s: a :list is INSERT INTO ... VALUES (...) or UPDATE ... SET ... WHERE ... without FROM", s->name);
	}
	s->pgsql = t;
}
