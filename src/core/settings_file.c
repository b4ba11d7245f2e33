/* libconfuse reads; what it finds wrong becomes a sentence with file and line. */
#include "core/settings_file.h"

#include <confuse.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"

#define LARGEST ((size_t)64 * 1024)

/* libconfuse hands no context to its callbacks: this is the file being read, one at a time, at the
 * start of a command. */
static struct {
	struct arena *arena;
	const char *path;
	const struct record *record;
	struct setting_line *lines;
	struct err *err;
} reading;

static size_t number_of(const char *name)
{
	const struct field *f = record_field(reading.record, name);
	return (size_t)(f - reading.record->fields);
}

static void complain(cfg_t *cfg, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
static void complain(cfg_t *cfg, const char *format, va_list args)
{
	const char *what = arena_vprintf(reading.arena, format, args);
	if (reading.err != NULL) {
		return;
	}
	if (text_starts(what, "no such option")) {
		const char *name = strchr(what, '\'');
		reading.err = ERR(ERR_USAGE,
				  "%s line %d: there is no setting %s. Take the line out or mend the name; "
				  "\"dueregard config explain\" shows all settings.",
				  reading.path, cfg->line, name == NULL ? "of that name" : name);
	} else {
		reading.err = ERR(ERR_USAGE, "%s line %d cannot be read (%s). Write name = \"value\".",
				  reading.path, cfg->line, what);
	}
}

static int note(cfg_t *cfg, cfg_opt_t *opt)
{
	struct setting_line *line = &reading.lines[number_of(opt->name)];
	if (line->value != NULL) {
		reading.err = ERR(ERR_USAGE, "%s line %d: %s stands already on line %d. Keep one of the two.",
				  reading.path, cfg->line, opt->name, line->line);
		return -1;
	}
	*line = (struct setting_line){ arena_strdup(reading.arena, cfg_opt_getstr(opt)), cfg->line };
	return 0;
}

/* libconfuse 3.3 counts a line with a "#" or "//" comment three times: the comments are blanked before it
 * reads, so that the line in a sentence is the one in the file. */
static void blank_comments(char *s)
{
	char quote = 0;
	for (char *c = s; *c != '\0'; c++) {
		if (quote != 0) {
			if (*c == '\\' && c[1] != '\0') {
				c++;
			} else if (*c == quote) {
				quote = 0;
			}
		} else if (*c == '"' || *c == '\'') {
			quote = *c;
		} else if (*c == '#' || (*c == '/' && c[1] == '/' && (c == s || strchr(" \t\n", c[-1]) != NULL))) {
			size_t n = strcspn(c, "\n");
			memset(c, ' ', n);
			c += n - 1;
		}
	}
}

static struct err *read_whole(struct arena *a, const char *path, char **out)
{
	char *text = ARENA_NEW(a, char, LARGEST + 1);
	FILE *f = fopen(path, "re");
	if (f == NULL) {
		return ERR(ERR_USAGE, "The settings file %s cannot be read (%s).", path, strerror(errno));
	}
	size_t n = fread(text, 1, LARGEST + 1, f);
	bool bad = ferror(f) != 0;
	fclose(f);
	if (bad || n > LARGEST || strlen(text) != n) {
		return ERR(ERR_USAGE, "%s is not a settings file: it is too large or holds bytes that are not text.",
			   path);
	}
	*out = text;
	return NULL;
}

static struct err *parse(struct arena *a, char *text, const struct record *record)
{
	size_t n = record_count(record);
	cfg_opt_t *options = ARENA_NEW(a, cfg_opt_t, n + 1);
	for (size_t i = 0; i < n; i++) {
		/* Every value is text here: one reader of values serves file, environment and flags. */
		options[i] = (cfg_opt_t)CFG_STR(record->fields[i].name, NULL, CFGF_NONE);
	}
	options[n] = (cfg_opt_t)CFG_END();
	cfg_t *cfg = cfg_init(options, CFGF_NONE);
	if (cfg == NULL) {
		return ERR_DETAIL(ERR_IO, "cfg_init failed");
	}
	cfg_set_error_function(cfg, complain);
	for (size_t i = 0; i < n; i++) {
		cfg_set_validate_func(cfg, record->fields[i].name, note);
	}
	blank_comments(text);
	int result = cfg_parse_buf(cfg, text);
	cfg_free(cfg);
	if (reading.err != NULL) {
		return reading.err;
	}
	if (result == CFG_SUCCESS) {
		return NULL;
	}
	return ERR(ERR_USAGE, "%s cannot be read. Write one name = \"value\" a line.", reading.path);
}

struct err *settings_file_read(struct arena *a, const char *path, bool optional,
			       const struct record *record, struct setting_line **out)
{
	struct setting_line *lines = ARENA_NEW(a, struct setting_line, record_count(record) + 1);
	char *text = NULL;
	if (optional && access(path, F_OK) != 0 && errno == ENOENT) {
		*out = lines;
		return NULL;
	}
	TRY(read_whole(a, path, &text));
	reading.arena = a;
	reading.path = path;
	reading.record = record;
	reading.lines = lines;
	reading.err = NULL;
	TRY(parse(a, text, record));
	*out = lines;
	return NULL;
}
