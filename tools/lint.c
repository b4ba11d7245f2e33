/*
 * lint: the laws of the house that a compiler does not know. Run by `make lint`, part of `make check`.
 *
 *   lint ROOT UNIT...     the floors, bottom first, as in the Makefile
 *
 * Reads src/, schema/, tools/ and tests/ under ROOT. Prints "file:line: what (why)", exit status 1 when
 * anything was found. Words are found in code or in string literals, never in the other or in comments.
 * Names of libraries and functions are listed in lint_words.c; tests/lint_test.sh plants each fault.
 */
#include <ctype.h>
#include <dirent.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "lint.h"

/* What a feature may take from another: headers with a contract for it. */
static const char *const public_headers[] = { "app/directory/school.h", "app/directory/agency.h", "app/training/session.h",
					      "app/reporting/note.h", NULL };

/* Spelled in two halves, so that this file may be read too. */
static const char *const marks[] = { "TO" "DO", "FIX" "ME", "XX" "X", "HA" "CK", "TB" "D", NULL };
static const char *const phrases[] = { "not " "implemented", "not yet " "implemented", "coming " "soon", "lorem " "ipsum", NULL };

enum { FILE_MAX = 500, FUNCTION_MAX = 80 };

static int faults;
static char **units;
static int n_units;

void fault(const struct source *s, int line, const char *format, ...)
{
	va_list args;

	faults++;
	printf("%s:%d: ", s->path, line);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
}

bool among(const char *const *list, const char *word, size_t n)
{
	for (; *list != NULL; list++) {
		if (strlen(*list) == n && strncmp(*list, word, n) == 0) {
			return true;
		}
	}
	return false;
}

bool starts(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

static bool ends(const char *s, const char *with)
{
	size_t n = strlen(s), m = strlen(with);
	return n >= m && strcmp(s + n - m, with) == 0;
}

bool in_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

int line_of(const char *text, const char *at)
{
	int line = 1;
	for (const char *c = text; c < at; c++) {
		line += *c == '\n' ? 1 : 0;
	}
	return line;
}

/* Copies each byte to where it belongs: code, string or comment; the others keep a blank. */
static void split(struct source *s)
{
	size_t n = strlen(s->text);
	enum { CODE, STRING, CHARACTER, LINE, BLOCK } state = CODE;

	s->code = malloc(n + 1);
	s->strings = malloc(n + 1);
	for (size_t i = 0; i <= n; i++) {
		char c = s->text[i], next = c == '\0' ? '\0' : s->text[i + 1];
		bool space = c == '\n' || c == '\0';

		s->code[i] = space ? c : ' ';
		s->strings[i] = space ? c : ' ';
		if (state == CODE && c == '/' && (next == '/' || next == '*')) {
			state = next == '/' ? LINE : BLOCK;
			i++;
			s->code[i] = s->strings[i] = ' ';
		} else if (state == CODE) {
			s->code[i] = c;
			state = c == '"' ? STRING : c == '\'' ? CHARACTER : CODE;
		} else if ((state == STRING || state == CHARACTER) && c == '\\' && next != '\0') {
			i++;
			s->code[i] = s->strings[i] = s->text[i] == '\n' ? '\n' : ' ';
		} else if ((state == STRING && c == '"') || (state == CHARACTER && c == '\'')) {
			s->code[i] = c;
			state = CODE;
		} else if (state == STRING) {
			s->strings[i] = c;
		} else if (state == LINE && c == '\n') {
			state = CODE;
		} else if (state == BLOCK && c == '*' && next == '/') {
			i++;
			s->code[i] = s->strings[i] = ' ';
			state = CODE;
		}
	}
}

/* ---- includes ---- */

static int floor_of(const char *folder)
{
	for (int i = 0; i < n_units; i++) {
		if (strcmp(units[i], folder) == 0) {
			return i;
		}
	}
	return -1;
}

static bool is_feature(const char *folder)
{
	return starts(folder, "app/");
}

static void check_house_include(const struct source *s, int line, const char *header)
{
	char folder[256];
	const char *slash = strrchr(header, '/');

	snprintf(folder, sizeof(folder), "%.*s", slash == NULL ? 0 : (int)(slash - header), header);
	int from = floor_of(s->folder), to = floor_of(folder);

	if (slash == NULL) {
		fault(s, line, "includes \"%s\" without its folder (write \"folder/%s\")", header, header);
	} else if (to < 0) {
		fault(s, line, "includes \"%s\", which lies on no floor", header);
	} else if (from >= 0 && to > from) {
		fault(s, line, "includes \"%s\": %s lies above %s (a folder may use only those before it)", header,
		      folder, s->folder);
	} else if (!s->test && is_feature(s->folder) && is_feature(folder) && to != from &&
		   !among(public_headers, header, strlen(header))) {
		fault(s, line, "includes \"%s\" of another feature (only what tools/lint.c lists as public)", header);
	}
}

static void check_includes(const struct source *s)
{
	int line = 1;

	for (const char *c = s->text; c != NULL && *c != '\0'; line++) {
		char header[200], close;
		const char *end = strchr(c, '\n');

		if (s->test && starts(c, "#include \"../../tests/support/")) {
			; /* what test programs share */
		} else if (sscanf(c, "#include \"%199[^\"\n]%c", header, &close) == 2 && close == '"') {
			check_house_include(s, line, header);
		} else if (sscanf(c, "#include <%199[^>\n]%c", header, &close) == 2 && close == '>') {
			check_library_include(s, line, header);
		}
		c = end == NULL ? NULL : end + 1;
	}
}

/* ---- lengths and marks ---- */

static void check_lengths(const struct source *s)
{
	int line = 1, opened = 0;

	for (const char *c = s->code; c != NULL && *c != '\0'; line++) {
		if (c[0] == '{') {
			opened = line;
		} else if (c[0] == '}' && opened > 0) {
			if (line - opened - 1 > FUNCTION_MAX) {
				fault(s, opened, "a function of %d lines (at most %d: a function fits a screen)",
				      line - opened - 1, FUNCTION_MAX);
			}
			opened = 0;
		}
		c = strchr(c, '\n');
		c = c == NULL ? NULL : c + 1;
	}
}

static bool same_ignoring_case(const char *a, const char *b, size_t n)
{
	for (size_t i = 0; i < n; i++) { /* ends with a, whose NUL differs */
		if (tolower((unsigned char)a[i]) != tolower((unsigned char)b[i])) {
			return false;
		}
	}
	return true;
}

static void check_marks(const struct source *s)
{
	int line = 1;

	for (const char *c = s->text; *c != '\0'; c++) {
		line += *c == '\n' ? 1 : 0;
		for (const char *const *m = marks; *m != NULL; m++) {
			size_t n = strlen(*m);
			if (strncmp(c, *m, n) == 0 && !in_word(c[n]) && (c == s->text || !in_word(c[-1]))) {
				fault(s, line, "%s (nothing is left unfinished)", *m);
			}
		}
		for (const char *const *p = phrases; *p != NULL; p++) {
			if (same_ignoring_case(c, *p, strlen(*p))) {
				fault(s, line, "\"%s\" (what is not built is not shown)", *p);
			}
		}
	}
}

static void check_file_length(const struct source *s)
{
	int lines = line_of(s->text, s->text + strlen(s->text)) - 1;

	if (lines > FILE_MAX) {
		fault(s, lines, "a file of %d lines (at most %d: one subject a file)", lines, FILE_MAX);
	}
}

/* ---- files ---- */

static char *read_text(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *text = NULL;
	size_t n = 0, cap = 0;

	if (f == NULL) {
		perror(path);
		exit(2);
	}
	do {
		cap += 65536;
		text = realloc(text, cap + 1);
		n += fread(text + n, 1, cap - n, f);
	} while (n == cap);
	fclose(f);
	text[n] = '\0';
	return text;
}

static void check_file(const char *path, const char *full)
{
	struct source s = { .path = path };
	const char *slash = strrchr(path, '/');
	bool house = starts(path, "src/"), c = ends(path, ".c") || ends(path, ".h");

	if (!c && !ends(path, ".sql") && !ends(path, ".sh")) {
		return;
	}
	if (house && slash - path > 4) {
		snprintf(s.folder, sizeof(s.folder), "%.*s", (int)(slash - path - 4), path + 4);
	}
	s.test = ends(path, "_test.c") || ends(path, "_test.h") || starts(path, "tests/") || starts(path, "src/core/harness") ||
		 starts(path, "src/db/scratch");
	s.text = read_text(full);
	check_marks(&s);
	check_file_length(&s);
	if (c) {
		split(&s);
		check_lengths(&s);
	}
	if (c && house) {
		check_includes(&s);
		check_code(&s);
		check_strings(&s);
	}
	free(s.text);
	free(s.code);
	free(s.strings);
}

static int not_hidden(const struct dirent *e)
{
	return e->d_name[0] != '.' && strcmp(e->d_name, "node_modules") != 0;
}

static void walk(const char *root, const char *folder)
{
	struct dirent **entries;
	char full[1024], path[512];

	snprintf(full, sizeof(full), "%s/%s", root, folder);
	int n = scandir(full, &entries, not_hidden, alphasort);
	for (int i = 0; i < n; i++) {
		struct stat st;
		snprintf(path, sizeof(path), "%s/%s", folder, entries[i]->d_name);
		snprintf(full, sizeof(full), "%s/%s", root, path);
		if (stat(full, &st) == 0 && S_ISDIR(st.st_mode)) {
			walk(root, path);
		} else {
			check_file(path, full);
		}
		free(entries[i]);
	}
	if (n >= 0) {
		free(entries);
	}
}

int main(int argc, char **argv)
{
	static const char *const folders[] = { "src", "schema", "tools", "tests" };

	if (argc < 3) {
		fprintf(stderr, "usage: lint ROOT UNIT...\n");
		return 2;
	}
	units = argv + 2;
	n_units = argc - 2;
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		walk(argv[1], folders[i]);
	}
	if (faults > 0) {
		printf("lint: %d found\n", faults);
	}
	return faults == 0 ? 0 : 1;
}
