/*
 * ref_mhd STORE BODY LIST [name=value ...]: the reference program of P1.
 *
 * The least that libmicrohttpd and SQLite can do for a signed-in list page: in one read transaction the
 * product's own session check and its list statement (by their names), every row read; then the bytes
 * of BODY. No policy, no rendering, no escaping, no roles. Prints the port it listens on.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "db/statement.h"
#include "trust/trust.h"

struct reference {
	sqlite3 *c;
	sqlite3_stmt *begin, *commit, *login, *list;
	struct MHD_Response *body;
	struct MHD_Response *denied;
};

__attribute__((noreturn)) static void die(const char *what)
{
	fprintf(stderr, "ref_mhd: %s\n", what);
	exit(1);
}

static const struct statement *named(const char *name)
{
	for (int i = 0; statements[i] != NULL; i++) {
		if (strcmp(statements[i]->name, name) == 0) {
			return statements[i];
		}
	}
	die(name);
}

static sqlite3_stmt *prepared(struct reference *r, const char *sql)
{
	sqlite3_stmt *st = NULL;

	if (sqlite3_prepare_v3(r->c, sql, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL) != SQLITE_OK) {
		die(sqlite3_errmsg(r->c));
	}
	return st;
}

/* The list's parameters: a number, or a text; what is not named stays NULL. */
static void bind_list(sqlite3_stmt *st, const struct statement *s, char **pairs)
{
	for (; *pairs != NULL; pairs++) {
		char *value = strchr(*pairs, '=');
		if (value == NULL) {
			die("write name=value");
		}
		*value++ = '\0';
		for (int i = 0; s->parameters[i] != NULL; i++) {
			if (strcmp(s->parameters[i], *pairs) != 0) {
				continue;
			}
			int64_t n = 0;
			if (text_to_int(value, INT64_MIN, INT64_MAX, &n)) {
				sqlite3_bind_int64(st, i + 1, n);
			} else {
				sqlite3_bind_text(st, i + 1, value, -1, SQLITE_TRANSIENT);
			}
		}
	}
}

static void step_once(sqlite3_stmt *st)
{
	sqlite3_step(st);
	sqlite3_reset(st);
}

/* Touches every value, as a program that shows them must. */
static size_t read_all(sqlite3_stmt *st)
{
	size_t n = 0;

	while (sqlite3_step(st) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(st); i++) {
			const unsigned char *s = sqlite3_column_text(st, i);
			n += s != NULL ? strlen((const char *)s) + 1 : 1;
		}
	}
	sqlite3_reset(st);
	return n;
}

static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *url,
			      const char *method, const char *version, const char *upload, size_t *upload_n,
			      void **state)
{
	struct reference *r = context;
	const char *token = MHD_lookup_connection_value(connection, MHD_COOKIE_KIND, "login");
	unsigned char hash[32];
	size_t seen = 0;

	if (*state == NULL) {
		*state = r;
		return MHD_YES;
	}
	if (token == NULL) {
		token = MHD_lookup_connection_value(connection, MHD_COOKIE_KIND, "__Host-login");
	}
	if (login_token_hash(token, hash)) {
		step_once(r->begin);
		sqlite3_bind_blob(r->login, 1, hash, sizeof hash, SQLITE_STATIC);
		seen = read_all(r->login);
		if (seen > 0) {
			seen = read_all(r->list);
		}
		step_once(r->commit);
	}
	return MHD_queue_response(connection, seen > 0 ? MHD_HTTP_OK : MHD_HTTP_FORBIDDEN,
				  seen > 0 ? r->body : r->denied);
}

static struct MHD_Response *response_of(const char *path)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &st) != 0) {
		die("the body cannot be read");
	}
	char *p = malloc((size_t)st.st_size + 1);
	if (p == NULL || read(fd, p, (size_t)st.st_size) != st.st_size) {
		die("the body cannot be read");
	}
	close(fd);
	struct MHD_Response *m =
		MHD_create_response_from_buffer((size_t)st.st_size, p, MHD_RESPMEM_PERSISTENT);
	MHD_add_response_header(m, "Content-Type", "text/html; charset=utf-8");
	return m;
}

int main(int argc, char **argv)
{
	struct reference r = { 0 };
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	char nothing[] = "";

	if (argc < 4) {
		die("usage: ref_mhd STORE BODY LIST [name=value ...]");
	}
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	if (sqlite3_open_v2(argv[1], &r.c, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) {
		die("the store cannot be opened");
	}
	sqlite3_exec(r.c, "PRAGMA query_only=1; PRAGMA mmap_size=268435456; PRAGMA temp_store=2", NULL, NULL,
		     NULL);
	sqlite3_db_config(r.c, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	r.begin = prepared(&r, "BEGIN");
	r.commit = prepared(&r, "COMMIT");
	r.login = prepared(&r, named("login_by_token")->sqlite);
	r.list = prepared(&r, named(argv[3])->sqlite);
	bind_list(r.list, named(argv[3]), argv + 4);
	r.body = response_of(argv[2]);
	r.denied = MHD_create_response_from_buffer(0, nothing, MHD_RESPMEM_PERSISTENT);
	struct MHD_Daemon *daemon = MHD_start_daemon(
		MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG, 0, NULL, NULL, answer, &r,
		MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&at, MHD_OPTION_END);
	if (daemon == NULL) {
		die("cannot listen");
	}
	printf("%u\n", (unsigned)MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
	fflush(stdout);
	sigset_t stop;
	int signal_number;
	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	sigprocmask(SIG_BLOCK, &stop, NULL);
	sigwait(&stop, &signal_number);
	return 0;
}
