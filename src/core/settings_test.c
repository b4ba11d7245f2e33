#include "core/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/pairs.h"
#include "base/test.h"
#include "core/feature.h"

const struct feature *const features[] = { NULL };

static struct arena *a;
static char directory[] = "/tmp/dueregard-settings-XXXXXX";

static const char *file_of(const char *text)
{
	const char *path = arena_printf(a, "%s/dueregard.conf", directory);
	FILE *f = fopen(path, "w");
	if (f != NULL) {
		fputs(text, f);
		fclose(f);
	}
	return path;
}

static const char *const nothing[] = { "HOME=/home/jo", NULL };

static struct settings load(const char *file, const char *const *environment, const struct pairs *flags)
{
	struct settings s = { 0 };
	CHECK_OK(settings_load(a, file, environment, flags, &s, NULL));
	return s;
}

static const char *refusal(const char *file, const char *const *environment, const struct pairs *flags)
{
	struct settings s;
	struct err *e = settings_load(a, file, environment, flags, &s, NULL);
	if (!CHECK(e != NULL)) {
		return "";
	}
	CHECK_INT(e->kind, ERR_USAGE);
	return arena_strdup(a, e->sentence);
}

static void defaults_hold(void)
{
	struct settings s = load(NULL, nothing, NULL);
	CHECK_TEXT(s.data, "/home/jo/.local/share/dueregard");
	CHECK_TEXT(s.listen, "127.0.0.1:8080");
	CHECK_TEXT(s.public_address, "");
	CHECK_INT(s.web_processes, 0);
	CHECK_INT(s.idle_minutes, 30);
	CHECK_INT(s.login_hours, 12);
	CHECK_INT(s.log_level, LOG_INFO);
	CHECK(!s.demo);
	static const char *const xdg[] = { "HOME=/home/jo", "XDG_DATA_HOME=/data", NULL };
	CHECK_TEXT(load(NULL, xdg, NULL).data, "/data/dueregard");
	static const char *const homeless[] = { NULL };
	CHECK(strstr(refusal(NULL, homeless, NULL), "data: Enter") != NULL);
}

static void flags_beat_environment_beats_file(void)
{
	const char *path = file_of("# settings # it's \"x\n// more\nidle_minutes = 20\nlogin_hours=8 # x\nlisten = \"0.0.0.0:80\"\n"
				   "demo = yes\nlog_level = debug\n");
	static const char *const environment[] = { "HOME=/home/jo", "DUEREGARD_IDLE_MINUTES=25",
						   "DUEREGARD_LISTEN=[::1]:8080", NULL };
	struct pairs flags = { 0 };
	pairs_add(a, &flags, "listen", "unix:/run/dueregard");
	pairs_add(a, &flags, "data", directory);
	struct settings s;
	struct setting_source *sources;
	CHECK_OK(settings_load(a, NULL, environment, &flags, &s, &sources));
	CHECK_TEXT(s.data, directory);
	CHECK_TEXT(s.listen, "unix:/run/dueregard");
	CHECK_INT(s.idle_minutes, 25);
	CHECK_INT(s.login_hours, 8);
	CHECK(s.demo);
	CHECK_INT(s.log_level, LOG_DEBUG);
	CHECK_TEXT(sources[0].name, "data");
	CHECK_TEXT(sources[0].from, "flag");
	CHECK_TEXT(sources[5].from, "default");
	CHECK_TEXT(sources[8].from, "environment");
	CHECK_TEXT(sources[9].name, "login_hours");
	CHECK_TEXT(sources[9].from, arena_printf(a, "file %s line 4", path));
	CHECK(sources[12].name == NULL);
}

static void a_proxy_is_an_address(void)
{
	static const char *const good[] = { "HOME=/home/jo", "DUEREGARD_PROXY=10.1.0.10", NULL };
	static const char *const name[] = { "HOME=/home/jo", "DUEREGARD_PROXY=edge.example", NULL };

	CHECK_TEXT(load(NULL, good, NULL).proxy, "10.1.0.10");
	CHECK(strstr(refusal(NULL, name, NULL), "IP address") != NULL);
}

static void a_database_is_an_address_without_a_password(void)
{
	static const char *const good[] = { "HOME=/home/jo", "DUEREGARD_DATABASE=postgresql://keeper@10.1.0.5,10.1.0.6/prevent",
					    NULL };
	static const char *const word[] = { "HOME=/home/jo", "DUEREGARD_DATABASE=prevent", NULL };
	static const char *const secret[] = { "HOME=/home/jo", "DUEREGARD_DATABASE=postgresql://keeper:se@cret@h/prevent",
					      NULL };
	static const char *const other[] = { "HOME=/home/jo", "DUEREGARD_DATABASE=postgresql://k@h/p?password=x", NULL };

	CHECK_TEXT(load(NULL, good, NULL).database, "postgresql://keeper@10.1.0.5,10.1.0.6/prevent");
	CHECK(strstr(refusal(NULL, word, NULL), "postgresql://ACCOUNT@HOST/NAME") != NULL);
	CHECK(strstr(refusal(NULL, secret, NULL), "passfile") != NULL);
	CHECK(strstr(refusal(NULL, other, NULL), "passfile") != NULL);
}

static void faults_name_their_place(void)
{
	const char *path = file_of("idle_minutes = 20\n\nidel_minutes = 30\n");
	CHECK_TEXT(refusal(path, nothing, NULL),
		   arena_printf(a,
				"%s line 3: there is no setting 'idel_minutes'. Take the line out or mend the "
				"name; \"dueregard config explain\" shows all settings.",
				path));
	file_of("\nidle_minutes = often\n");
	CHECK_TEXT(refusal(path, nothing, NULL),
		   arena_printf(a, "%s line 2, idle_minutes: Minutes until an unused sign-in ends must be a number.",
				path));
	file_of("idle_minutes = 2\n");
	CHECK(strstr(refusal(path, nothing, NULL), "line 1, idle_minutes") != NULL);
	file_of("demo = maybe\n");
	CHECK(strstr(refusal(path, nothing, NULL), "line 1, demo: Demonstration must be yes or no.") != NULL);
	file_of("idle_minutes = 20\nidle_minutes = 30\n");
	CHECK(strstr(refusal(path, nothing, NULL), "line 2: idle_minutes stands already on line 1") != NULL);
	file_of("idle_minutes 20\n");
	CHECK(strstr(refusal(path, nothing, NULL), "line 1 cannot be read") != NULL);
	file_of("log_level = loud\n");
	CHECK(strstr(refusal(path, nothing, NULL), "error, warning, notice, info, debug") != NULL);
	CHECK(strstr(refusal("/nowhere/x.conf", nothing, NULL), "/nowhere/x.conf cannot be read") != NULL);
	file_of("data = /elsewhere\n");
	struct pairs flags = { 0 };
	pairs_add(a, &flags, "data", directory);
	CHECK(strstr(refusal(NULL, nothing, &flags), "line 1: this file lies in the data directory") != NULL);
	CHECK_TEXT(load(path, nothing, NULL).data, "/elsewhere");
}

static void environment_and_flags_are_checked_too(void)
{
	static const char *const unknown[] = { "HOME=/h", "DUEREGARD_LISTENS=x", NULL };
	CHECK(strstr(refusal(NULL, unknown, NULL), "no setting DUEREGARD_LISTENS.") != NULL);
	static const char *const bad[] = { "HOME=/h", "DUEREGARD_WEB_PROCESSES=65", NULL };
	CHECK(strstr(refusal(NULL, bad, NULL), "environment, DUEREGARD_WEB_PROCESSES: ") != NULL);
	static const char *const listens[] = { "8080", ":8080", "127.0.0.1", "::1:8080", "localhost:99999", "unix:x", "a:1,2" };
	for (size_t i = 0; i < sizeof(listens) / sizeof(listens[0]); i++) {
		struct pairs flags = { 0 };
		pairs_add(a, &flags, "listen", listens[i]);
		CHECK(strstr(refusal(NULL, nothing, &flags), "flag, --listen: write HOST:PORT") != NULL);
	}
	static const char *const addresses[] = { "prevent.example.gov.uk", "https://", "https://x/y", "ftp://x" };
	for (size_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++) {
		struct pairs flags = { 0 };
		pairs_add(a, &flags, "public_address", addresses[i]);
		CHECK(strstr(refusal(NULL, nothing, &flags), "--public-address: write https://") != NULL);
	}
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(defaults_hold), TEST(flags_beat_environment_beats_file), TEST(a_proxy_is_an_address), TEST(a_database_is_an_address_without_a_password),
					     TEST(faults_name_their_place),
					     TEST(environment_and_flags_are_checked_too), TEST_END };
	a = arena_new(8 << 20);
	if (mkdtemp(directory) == NULL) {
		return 1;
	}
	int status = test_main(argc, argv, tests);
	unlink(file_of(""));
	rmdir(directory);
	arena_free(&a);
	return status;
}
