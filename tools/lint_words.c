/* Words: who names which library, what nobody calls, SQL and HTML outside their places. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "lint.h"

/* Who names which library: the header, the beginning of its names, the only folder. */
static const struct library {
	const char *header, *prefix, *folder;
} libraries[] = {
	{ "sqlite3.h", "sqlite3_", "db" },      { "libpq-fe.h", "PQexec", "db" },
	{ "microhttpd.h", "MHD_", "http" },     { "libdeflate.h", "libdeflate_", "http" },
	{ "sodium.h", "crypto_", "trust" },     { "sodium.h", "sodium_", "trust" },
	{ "sodium.h", "randombytes_", "trust" },{ "jansson.h", "json_load", "base" },
	{ "utf8proc.h", "utf8proc_", "base" },  { "csv.h", "csv_parse", "base" },
	{ "curl/curl.h", "curl_", "work" },     { "cmark.h", "cmark_", "ui" },
	{ "qrencode.h", "QRcode_", "ui" },      { "confuse.h", "cfg_", "core" },
	{ "seccomp.h", "seccomp_", "core" },    { "zip.h", "zip_source_", "work" },
	{ "argon2.h", "argon2id_", "trust" },
	{ NULL, NULL, NULL },
};

/* Functions that nobody calls, and why. */
static const struct banned {
	const char *name, *why;
} banned[] = {
	{ "strcpy", "no limit" },        { "strcat", "no limit" },
	{ "sprintf", "no limit" },       { "vsprintf", "no limit" },
	{ "gets", "no limit" },          { "strtok", "keeps state" },
	{ "atoi", "no errors; use text_to_int" },
	{ "atol", "no errors; use text_to_int" },
	{ "gmtime", "keeps state; use base/date.h" },
	{ "localtime", "keeps state; use base/date.h" },
	{ "ctime", "keeps state; use base/date.h" },
	{ "asctime", "keeps state; use base/date.h" },
	{ "system", "no shell" },        { "popen", "no shell" },
	{ "rand", "use world_random" },  { "srand", "use world_random" },
	{ "alloca", "no limit" },        { "setjmp", "jumps over clean-up" },
	{ "longjmp", "jumps over clean-up" },
	{ NULL, NULL },
};

static const char *const allocators[] = { "malloc", "calloc", "realloc", "free", "strdup", "strndup", "asprintf", NULL };
static const char *const arena_folders[] = { "app", "ui", "core", "record", "work", NULL };

/* Reading the world outside (law 7): clock, environment, random source. */
static const char *const worldly[] = { "time", "gettimeofday", "getenv", "secure_getenv", "getrandom", "clock_gettime", NULL };
static const char *const clock_ids[] = { "CLOCK_MONOTONIC", "CLOCK_PROCESS_CPUTIME_ID", "CLOCK_BOOTTIME", NULL };

/* As they stand in statements; db/ speaks to its engine about the connection itself and is left out. */
static const char *const sql_words[] = { "SELECT ", "INSERT INTO", "INSERT OR", "DELETE FROM", "UPDATE SET",
					 "CREATE TABLE", "CREATE INDEX", "CREATE UNIQUE", "ALTER TABLE",
					 "DROP TABLE", "PRAGMA ", "ORDER BY", "GROUP BY", "WHERE ", "LEFT JOIN", NULL };

static const char *const html_tags[] = {
	"a", "abbr", "article", "aside", "b", "body", "br", "button", "caption", "code", "dd", "details", "div",
	"dl", "dt", "em", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "head", "header", "hr",
	"html", "i", "img", "input", "label", "legend", "li", "link", "main", "meta", "nav", "ol", "option", "p",
	"pre", "script", "section", "select", "small", "span", "strong", "style", "sub", "summary", "sup", "svg",
	"table", "tbody", "td", "textarea", "tfoot", "th", "thead", "time", "title", "tr", "ul", NULL
};

void check_library_include(const struct source *s, int line, const char *header)
{
	for (const struct library *l = libraries; !s->test && l->header != NULL; l++) {
		if (strcmp(l->header, header) == 0 && strcmp(l->folder, s->folder) != 0) {
			fault(s, line, "includes <%s> (only %s/ names this library)", header, l->folder);
			return;
		}
	}
}

/* ---- words of code ---- */

/* Where the clock and the environment may be read: the world itself and where processes begin. */
static bool begins_process(const struct source *s)
{
	return strcmp(s->path, "src/base/world.c") == 0 || strcmp(s->path, "src/main.c") == 0 ||
	       strcmp(s->folder, "cli") == 0 || starts(s->path, "src/core/serve") || starts(s->path, "src/core/role");
}

static void check_call(const struct source *s, int line, const char *name, size_t n, const char *after)
{
	char word[64];

	snprintf(word, sizeof(word), "%.*s", (int)n, name);
	for (const struct banned *b = banned; b->name != NULL; b++) {
		if (strcmp(b->name, word) == 0) {
			fault(s, line, "calls %s (%s)", word, b->why);
		}
	}
	if (!s->test && among(allocators, word, strlen(word))) {
		size_t top = strcspn(s->folder, "/");
		if (among(arena_folders, s->folder, top)) {
			fault(s, line, "calls %s (memory here comes from an arena)", word);
		}
	}
	if (among(worldly, word, strlen(word)) && !begins_process(s) && !s->test) {
		size_t id = strspn(after, "( ");
		bool interval = strcmp(word, "clock_gettime") == 0 &&
				among(clock_ids, after + id, strcspn(after + id, ",) "));
		if (!interval) {
			fault(s, line, "calls %s (clock, environment and random source are passed in: base/world.h)",
			      word);
		}
	}
}

static void check_word(const struct source *s, int line, const char *name, size_t n)
{
	size_t top = strcspn(s->folder, "/");

	if (n == 4 && strncmp(name, "goto", 4) == 0 && among(arena_folders, s->folder, top)) {
		fault(s, line, "goto (only files that free by hand need it)");
	}
	for (const struct library *l = libraries; !s->test && l->header != NULL; l++) {
		if (strncmp(name, l->prefix, strlen(l->prefix)) == 0 && strcmp(l->folder, s->folder) != 0) {
			fault(s, line, "names %.*s (only %s/ names this library)", (int)n, name, l->folder);
		}
	}
}

void check_code(const struct source *s)
{
	int line = 1;

	for (const char *c = s->code; *c != '\0'; c++) {
		line += *c == '\n' ? 1 : 0;
		if (!in_word(*c) || (c > s->code && in_word(c[-1]))) {
			continue;
		}
		size_t n = 0;
		while (in_word(c[n])) {
			n++;
		}
		const char *after = c + n + strspn(c + n, " ");
		bool member = c > s->code && (c[-1] == '.' || (c[-1] == '>' && c > s->code + 1 && c[-2] == '-'));
		check_word(s, line, c, n);
		if (*after == '(' && !member) {
			check_call(s, line, c, n, after);
		}
	}
}

/* ---- words of strings ---- */

static bool has_tag(const char *string, size_t n, size_t *at)
{
	for (size_t i = 0; i + 1 < n; i++) {
		if (string[i] != '<') {
			continue;
		}
		size_t from = i + 1 + (string[i + 1] == '/' ? 1 : 0), k = from;
		while (k < n && isalnum((unsigned char)string[k])) {
			k++;
		}
		bool closed = k == n || strchr(" >/", string[k]) != NULL;
		if (k > from && closed && among(html_tags, string + from, k - from)) {
			*at = i;
			return true;
		}
	}
	return false;
}

static const char *sql_word(const char *string, size_t n)
{
	for (const char *const *w = sql_words; *w != NULL; w++) {
		size_t m = strlen(*w);
		for (size_t i = 0; i + m <= n; i++) {
			if (strncmp(string + i, *w, m) == 0 && (i == 0 || !in_word(string[i - 1]))) {
				return *w;
			}
		}
	}
	return NULL;
}

/* Where the parenthesis that stands before `at` belongs to: true when it is LIT(...). */
static bool within_lit(const struct source *s, size_t at)
{
	int depth = 0;

	for (size_t i = at; i > 0; i--) {
		char c = s->code[i - 1];
		depth += c == ')' ? 1 : c == '(' ? -1 : 0;
		if (depth < 0) {
			return i >= 4 && strncmp(s->code + i - 4, "LIT", 3) == 0;
		}
		if (c == ';' || c == '{' || c == '}') {
			return false;
		}
	}
	return false;
}

void check_strings(const struct source *s)
{
	size_t end = strlen(s->code);
	bool html = strcmp(s->folder, "html") == 0 || strcmp(s->folder, "ui") == 0 || s->test;
	bool sql = strcmp(s->folder, "db") == 0 || s->test;

	for (size_t i = 0; i < end; i++) {
		if (s->code[i] != '"') {
			continue;
		}
		size_t from = ++i, at;
		while (i < end && s->code[i] != '"') {
			i++;
		}
		const char *word = sql ? NULL : sql_word(s->strings + from, i - from);
		if (word != NULL) {
			fault(s, line_of(s->text, s->text + from), "\"%s\" in a string (SQL stands in .sql files)", word);
		}
		if (!html && has_tag(s->strings + from, i - from, &at) && !within_lit(s, from - 1)) {
			fault(s, line_of(s->text, s->text + from + at),
			      "HTML in a string (it goes through LIT and the sink)");
		}
	}
}
