/* Default < file < environment < flag, each value judged by the field table and told with its place. */
#include "core/settings.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/pairs.h"
#include "base/text.h"
#include "core/settings_file.h"
#include "record/record.h"

#define PREFIX "DUEREGARD_"

static const struct word log_levels[] = {
	{ LOG_ERROR, "error", "Errors", NULL },   { LOG_WARN, "warning", "Warnings", NULL },
	{ LOG_NOTICE, "notice", "Notices", NULL }, { LOG_INFO, "info", "Information", NULL },
	{ LOG_DEBUG, "debug", "Everything", NULL }, { 0, NULL, NULL, NULL }
};
const struct words log_level_words = { "log-level", log_levels };

static const struct field settings_fields[] = {
	FIELD(struct settings, data, .label = "Data directory", .flags = F_REQUIRED, .max = 1000),
	FIELD(struct settings, database, .label = "Database", .max = 1000,
	      .hint = "postgresql://ACCOUNT@HOST/NAME; without it the data lies in a file of the data directory"),
	FIELD(struct settings, database_read, .label = "Database, for reading", .max = 1000,
	      .hint = "the same database for an account that may only read"),
	FIELD(struct settings, listen, .label = "Address to listen on", .flags = F_REQUIRED,
	      .hint = "127.0.0.1:8080, unix:/path or systemd"),
	FIELD(struct settings, public_address, .label = "Public address",
	      .hint = "https://prevent.example.gov.uk, as people type it"),
	FIELD(struct settings, proxy, .label = "Address of the reverse proxy",
	      .hint = "10.1.0.10, when it comes over TCP: its X-Forwarded-For is believed"),
	FIELD(struct settings, web_processes, .label = "Web processes", .flags = F_REQUIRED, .min = 0,
	      .max = 64, .hint = "0 is two for each processor"),
	FIELD(struct settings, max_connections, .label = "Connections of each web process",
	      .flags = F_REQUIRED, .min = 10, .max = 20000),
	FIELD(struct settings, idle_minutes, .label = "Minutes until an unused sign-in ends",
	      .flags = F_REQUIRED, .min = 5, .max = 480),
	FIELD(struct settings, login_hours, .label = "Hours until every sign-in ends", .flags = F_REQUIRED,
	      .min = 1, .max = 24),
	FIELD(struct settings, log_level, .label = "Log level", .flags = F_REQUIRED,
	      .words = &log_level_words),
	FIELD(struct settings, demo, .label = "Demonstration", .flags = F_REQUIRED),
	FIELD_END
};
RECORD(settings, settings_fields);

/* Where there is neither file nor environment nor flag. Sign-in times: OWASP Session Management
 * (30 minutes idle, 12 hours in all). */
static const struct pair defaults[] = {
	{ "database", "" }, { "database_read", "" }, { "listen", "127.0.0.1:8080" }, { "public_address", "" }, { "proxy", "" }, { "web_processes", "0" },
	{ "max_connections", "1000" },  { "idle_minutes", "30" }, { "login_hours", "12" },
	{ "log_level", "info" },        { "demo", "no" },
};

struct loading {
	struct arena *arena;
	const char *const *environment;
	const struct pairs *flags;
	struct setting_source *sources; /* one a field, in the table's order */
	const char **names;             /* the setting as this source spells it */
};

static const char *variable(const struct loading *l, const char *name)
{
	size_t n = strlen(name);
	for (const char *const *e = l->environment; e != NULL && *e != NULL; e++) {
		if (strncmp(*e, name, n) == 0 && (*e)[n] == '=') {
			return *e + n + 1;
		}
	}
	return NULL;
}

static const char *variable_name(struct arena *a, const char *setting)
{
	char *name = arena_printf(a, PREFIX "%s", setting);
	for (char *c = name; *c != '\0'; c++) {
		if (*c >= 'a' && *c <= 'z') {
			*c = (char)(*c - 'a' + 'A');
		}
	}
	return name;
}

/* "max-connections" for max_connections. */
static const char *flag_name(struct arena *a, const char *setting)
{
	char *name = arena_strdup(a, setting);
	for (char *c = name; *c != '\0'; c++) {
		*c = *c == '_' ? '-' : *c;
	}
	return name;
}

/* A person's own data home; the service's unit file sets DUEREGARD_DATA. */
static const char *default_directory(const struct loading *l)
{
	const char *home = variable(l, "XDG_DATA_HOME");
	if (home != NULL && home[0] == '/') {
		return arena_printf(l->arena, "%s/dueregard", home);
	}
	home = variable(l, "HOME");
	if (!text_empty(home)) {
		return arena_printf(l->arena, "%s/.local/share/dueregard", home);
	}
	return NULL;
}

static void put(struct loading *l, size_t i, const char *value, const char *from, const char *name)
{
	l->sources[i].value = value;
	l->sources[i].from = from;
	l->names[i] = name;
}

static void take_defaults(struct loading *l)
{
	for (size_t i = 0; i < record_count(&settings_record); i++) {
		l->sources[i].name = settings_fields[i].name;
		put(l, i, "", "default", settings_fields[i].name);
		for (size_t d = 0; d < sizeof(defaults) / sizeof(defaults[0]); d++) {
			if (text_same(defaults[d].name, settings_fields[i].name)) {
				l->sources[i].value = defaults[d].value;
			}
		}
	}
	const char *data = default_directory(l);
	l->sources[0].value = data == NULL ? "" : data;
}

static struct err *take_file(struct loading *l, const char *file, bool optional)
{
	struct setting_line *lines;
	TRY(settings_file_read(l->arena, file, optional, &settings_record, &lines));
	for (size_t i = 0; i < record_count(&settings_record); i++) {
		if (lines[i].value != NULL) {
			put(l, i, lines[i].value, arena_printf(l->arena, "file %s line %d", file, lines[i].line),
			    settings_fields[i].name);
		}
	}
	/* A file found in the data directory cannot say that the directory is another. */
	if (optional && lines[0].value != NULL) {
		return ERR(ERR_USAGE,
			   "%s line %d: this file lies in the data directory, so \"data\" cannot be set in "
			   "it. Take the line out.",
			   file, lines[0].line);
	}
	return NULL;
}

static void take_environment(struct loading *l)
{
	for (size_t i = 0; i < record_count(&settings_record); i++) {
		const char *name = variable_name(l->arena, settings_fields[i].name);
		const char *value = variable(l, name);
		if (value != NULL) {
			put(l, i, value, "environment", name);
		}
	}
}

static void take_flags(struct loading *l)
{
	for (size_t i = 0; l->flags != NULL && i < record_count(&settings_record); i++) {
		const char *value = pairs_get(l->flags, settings_fields[i].name);
		if (value != NULL) {
			put(l, i, value, "flag",
			    arena_printf(l->arena, "--%s", flag_name(l->arena, settings_fields[i].name)));
		}
	}
}

static struct err *refuse_unknown_names(struct loading *l)
{
	for (const char *const *e = l->environment; e != NULL && *e != NULL; e++) {
		bool known = !text_starts(*e, PREFIX);
		for (size_t i = 0; !known && i < record_count(&settings_record); i++) {
			const char *name = variable_name(l->arena, settings_fields[i].name);
			size_t n = strlen(name);
			known = strncmp(*e, name, n) == 0 && (*e)[n] == '=';
		}
		if (!known) {
			return ERR(ERR_USAGE,
				   "Environment: there is no setting %.*s. Unset it or mend the name; "
				   "\"dueregard config explain\" shows all settings.",
				   (int)strcspn(*e, "="), *e);
		}
	}
	for (size_t i = 0; l->flags != NULL && i < l->flags->n; i++) {
		if (record_field(&settings_record, l->flags->v[i].name) == NULL) {
			return ERR(ERR_USAGE, "There is no setting %s.", l->flags->v[i].name);
		}
	}
	return NULL;
}

/* "file x line 3, idle_minutes" */
static const char *place(const struct loading *l, size_t i)
{
	const char *from = l->sources[i].from;
	from = text_starts(from, "file ") ? from + strlen("file ") : from;
	return arena_printf(l->arena, "%s, %s", from, l->names[i]);
}

static struct err *wrong(const struct loading *l, const char *name, const char *sentence)
{
	for (size_t i = 0; i < record_count(&settings_record); i++) {
		if (text_same(l->sources[i].name, name)) {
			return ERR(ERR_USAGE, "%s: %s.", place(l, i), sentence);
		}
	}
	return ERR(ERR_USAGE, "%s.", sentence);
}

/* HOST:PORT, [IPv6]:PORT (port 0: any free one); whether the host exists is seen when it is bound. */
static bool is_host_and_port(const char *s)
{
	const char *colon = strrchr(s, ':');
	int64_t port;
	if (colon == NULL || colon == s || !text_to_int(colon + 1, 0, 65535, &port) ||
	    strchr(colon, ',') != NULL) {
		return false;
	}
	bool bracketed = s[0] == '[' && colon[-1] == ']';
	return bracketed || memchr(s, ':', (size_t)(colon - s)) == NULL;
}

static bool is_web_address(const char *s)
{
	const char *host = text_starts(s, "https://") ? s + 8 : text_starts(s, "http://") ? s + 7 : NULL;
	return host != NULL && host[0] != '\0' && strpbrk(host, "/?# ") == NULL;
}

static bool is_ip_address(const char *s)
{
	struct in6_addr address;

	return inet_pton(AF_INET, s, &address) == 1 || inet_pton(AF_INET6, s, &address) == 1;
}

static bool is_database(const char *s)
{
	return text_empty(s) || text_starts(s, "postgresql://") || text_starts(s, "postgres://");
}

/* It would stand in the list of processes, in copies of the file and in "config explain". */
static bool has_password(const char *s)
{
	const char *host = strrchr(s, '@');
	const char *account = strstr(s, "//");

	return strstr(s, "password=") != NULL ||
	       (host != NULL && account != NULL && memchr(account + 2, ':', (size_t)(host - account - 2)) != NULL);
}

static struct err *check_database(const struct loading *l, const char *name, const char *s)
{
	if (!is_database(s)) {
		return wrong(l, name, "write postgresql://ACCOUNT@HOST/NAME, or leave it out to keep the data in a file");
	}
	if (has_password(s)) {
		return wrong(l, name, "keep the password out of the address: put it into a passfile that only the account "
				      "of the service can read, and name that with ?passfile=/path");
	}
	return NULL;
}

static struct err *check_texts(const struct loading *l, const struct settings *s)
{
	if (!text_empty(s->proxy) && !is_ip_address(s->proxy)) {
		return wrong(l, "proxy", "write the IP address that the proxy comes from, like 10.1.0.10");
	}
	TRY(check_database(l, "database", s->database));
	TRY(check_database(l, "database_read", s->database_read));
	if (!text_same(s->listen, "systemd") && !text_starts(s->listen, "unix:/") &&
	    !is_host_and_port(s->listen)) {
		return wrong(l, "listen",
			     "write HOST:PORT (127.0.0.1:8080), unix:/path/of/socket, or systemd");
	}
	if (s->public_address[0] != '\0' && !is_web_address(s->public_address)) {
		return wrong(l, "public_address",
			     "write https:// and the name of the host, with nothing after it "
			     "(https://prevent.example.gov.uk)");
	}
	return NULL;
}

static struct err *decode(struct loading *l, struct settings *out)
{
	struct pairs raw = { 0 };
	struct problems problems = { 0 };
	for (size_t i = 0; i < record_count(&settings_record); i++) {
		pairs_add(l->arena, &raw, l->sources[i].name, l->sources[i].value);
	}
	struct settings s;
	record_decode(l->arena, &settings_record, &raw, RECORD_FILE, &s, &problems);
	if (problems.n > 0) {
		return wrong(l, problems.v[0].field, problems.v[0].sentence);
	}
	TRY(check_texts(l, &s));
	*out = s;
	return NULL;
}

/* The directory has to be known before its own file can be read: flag, environment, default. */
static const char *directory(const struct loading *l)
{
	const char *flag = l->flags == NULL ? NULL : pairs_get(l->flags, "data");
	const char *set = flag != NULL ? flag : variable(l, PREFIX "DATA");
	return set != NULL ? set : l->sources[0].value;
}

struct err *settings_load(struct arena *a, const char *file, const char *const *environment,
			  const struct pairs *flags, struct settings *out,
			  struct setting_source **sources_out)
{
	size_t n = record_count(&settings_record);
	struct loading l = { .arena = a, .environment = environment, .flags = flags,
			     .sources = ARENA_NEW(a, struct setting_source, n + 1),
			     .names = ARENA_NEW(a, const char *, n + 1) };
	TRY(refuse_unknown_names(&l));
	take_defaults(&l);
	if (file != NULL) {
		TRY(take_file(&l, file, false));
	} else if (!text_empty(directory(&l))) {
		TRY(take_file(&l, arena_printf(a, "%s/dueregard.conf", directory(&l)), true));
	}
	take_environment(&l);
	take_flags(&l);
	TRY(decode(&l, out));
	if (sources_out != NULL) {
		*sources_out = l.sources;
	}
	return NULL;
}
