/* sqlgen: the header lines of statements. */
#include <ctype.h>
#include <string.h>

#include "sqlgen.h"

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

size_t word_length(const char *s)
{
	size_t n = 0;

	while (is_word(s[n])) {
		n++;
	}
	return n;
}

bool is_header(const char *line)
{
	if (strncmp(line, "-- ", 3) != 0) {
		return false;
	}
	size_t n = word_length(line + 3);
	return n > 0 && strncmp(line + 3 + n, " :", 2) == 0 && is_word(line[3 + n + 2]);
}

bool is_list(const struct statement *s)
{
	return s->cardinality != NULL && strcmp(s->cardinality, ":list") == 0;
}

static void take_plan(struct statement *s, char *plan)
{
	static const struct {
		const char *tag;
		enum engine engine;
	} tags[] = { { "[sqlite]", SQLITE }, { "[pgsql]", PGSQL } };
	char *end = plan + strlen(plan);

	while (end > plan && end[-1] == ' ') {
		*--end = '\0';
	}
	for (size_t i = 0; i < 2; i++) {
		size_t n = strlen(tags[i].tag);
		if ((size_t)(end - plan) >= n && strcmp(end - n, tags[i].tag) == 0) {
			s->engine = tags[i].engine;
			for (end -= n; end > plan && end[-1] == ' ';) {
				end--;
			}
			*end = '\0';
		}
	}
	if (*plan == '\0') {
		fault("plan: without a reason");
	}
	s->sqlite_plan = s->pgsql_plan = plan;
}

static void take_option(struct statement *s, const char *word, size_t n)
{
	static const struct {
		const char *key;
		size_t offset;
	} keys[] = { { "args=", offsetof(struct statement, args) },
		     { "row=", offsetof(struct statement, row) },
		     { "perm=", offsetof(struct statement, permission) } };

	for (size_t i = 0; i < 3; i++) {
		size_t k = strlen(keys[i].key);
		char **slot = (char **)(void *)((char *)s + keys[i].offset);
		if (strncmp(word, keys[i].key, k) == 0) {
			if (*slot != NULL || n == k || word_length(word + k) != n - k) {
				fault("%.*s: write %sNAME once", (int)n, word, keys[i].key);
			}
			*slot = copy(word + k, n - k);
			return;
		}
	}
	if (n == 8 && strncmp(word, "[sqlite]", n) == 0) {
		s->engine = SQLITE;
	} else if (n == 7 && strncmp(word, "[pgsql]", n) == 0) {
		s->engine = PGSQL;
	} else {
		fault("%.*s: not an option (args= row= perm= plan: [sqlite] [pgsql])", (int)n, word);
	}
}

void read_header(struct statement *s, const char *line, size_t length)
{
	static const char *const cardinalities[] = { ":one", ":maybe", ":many", ":exec", ":list" };
	const char *end = line + length;
	const char *p = line + 3;
	size_t n = word_length(p);

	s->name = copy(p, n);
	p += n + 1;
	n = strcspn(p, " \r\n");
	for (size_t i = 0; i < 5; i++) {
		if (strlen(cardinalities[i]) == n && strncmp(p, cardinalities[i], n) == 0) {
			s->cardinality = cardinalities[i];
		}
	}
	if (s->cardinality == NULL) {
		fault("%s: %.*s is not one of :one :maybe :many :exec :list", s->name, (int)n, p);
	}
	for (p += n; p < end; p += n) {
		p += strspn(p, " \r");
		n = strcspn(p, " \r\n");
		if (p >= end || n == 0) {
			break;
		}
		if (n == 5 && strncmp(p, "plan:", 5) == 0) {
			p += 5 + strspn(p + 5, " ");
			take_plan(s, p < end ? copy(p, (size_t)(end - p)) : copy("", 0));
			break;
		}
		take_option(s, p, n);
	}
	bool exec = strcmp(s->cardinality, ":exec") == 0 || is_list(s);
	if (s->permission == NULL) {
		fault("%s: perm= is missing", s->name);
	}
	if (exec != (s->row == NULL)) {
		fault("%s: %s %s row=", s->name, s->cardinality, exec ? "has no" : "needs a");
	}
}
