/*
 * Every role of a running service, taken over: once it has shut itself in, exactly as the product does, its own
 * process tries what somebody who runs code in it would try. sandbox_enter() is the product's; the linker puts
 * ours around it (--wrap), so that nothing here says again how a role is started or what it keeps open.
 *
 * Three services: shut in; the same as an ordinary account, when the test is run by root; and the negative control,
 * in which nobody shuts in and much goes through. Each must answer a page afterwards. Last line "N passed, N failed".
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "core/data.h"
#include "core/sandbox.h"
#include "core/core.h"
#include "tests/owned/owned.h"

enum { NOBODY = 65534, PATIENCE_MS = 20000, STEP_MS = 10 };

static struct owned *owned;
static int passed, failed;
static const char *const role_names[ROLES] = { "parent", "keeper", "web", "slow", "jobs" };

void __real_sandbox_enter(enum sandbox kind, const struct settings *settings);
void __wrap_sandbox_enter(enum sandbox kind, const struct settings *settings);
void __real_sandbox_before_store(const struct settings *settings);
void __wrap_sandbox_before_store(const struct settings *settings);

static void pause_ms(int ms)
{
	nanosleep(&(struct timespec){ 0, (long)ms * 1000000 }, NULL);
}

static const struct attempt *attempt_at(size_t i)
{
	size_t files = 0;

	while (file_attempts[files].name != NULL) {
		files++;
	}
	const struct attempt *a = i < files ? &file_attempts[i] : &call_attempts[i - files];
	return a->name == NULL ? NULL : a;
}

/* ---- inside a role ---- */

static void try_all(enum sandbox kind)
{
	int nobody = 0;

	while (!__atomic_compare_exchange_n(&owned->lock, &nobody, 1, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) {
		nobody = 0;
		pause_ms(1);
	}
	if (kind == SANDBOX_KEEPER) {
		owned->keeper = getpid();
	}
	for (size_t i = 0; attempt_at(i) != NULL; i++) {
		pid_t victim = kind == SANDBOX_PARENT || kind == SANDBOX_KEEPER ? getppid() : owned->keeper;
		if (owned->result[kind][i] != NOT_TRIED) {
			continue; /* a process in place of one that the attempt ended */
		}
		owned->result[kind][i] = ENDED;
		owned->result[kind][i] = attempt_at(i)->run(owned, victim);
	}
	owned->done[kind] = 1;
	__atomic_store_n(&owned->lock, 0, __ATOMIC_SEQ_CST);
}

void __wrap_sandbox_before_store(const struct settings *settings)
{
	if (!owned->open) {
		__real_sandbox_before_store(settings);
	}
}

void __wrap_sandbox_enter(enum sandbox kind, const struct settings *settings)
{
	if (!owned->open) {
		__real_sandbox_enter(kind, settings);
	}
	try_all(kind);
}

/* ---- the service ---- */

static void ready(void *context, const char *address)
{
	snprintf(owned->address, sizeof(owned->address), "%s", address);
	owned->answers = 1;
}

static _Noreturn void serve(void)
{
	const struct settings settings = { .data = owned->data, .database = owned->database, .database_read = "",
					   .listen = "127.0.0.1:0", .public_address = "", .web_processes = 1,
					   .max_connections = 100, .idle_minutes = 30, .login_hours = 12,
					   .log_level = LOG_WARN };
	const struct world world = world_real();
	struct err *err = serve_run(&(struct serve){ .settings = &settings, .world = &world, .ready = ready });

	if (err != NULL) {
		log_err(LOG_ERROR, "serve", err);
	}
	_exit(err == NULL ? 0 : 1);
}

static void make_file(const char *folder, const char *name, const char *text)
{
	char path[PATH_LENGTH * 2];
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (fd < 0 || write(fd, text, strlen(text)) < 0) {
		perror(path);
		exit(1);
	}
	close(fd);
}

/* A schema of its own, on the server that DUEREGARD_TEST_DATABASE names. */
static void make_schema(const char *server)
{
	char command[4 * PATH_LENGTH];

	snprintf(command, sizeof(command), "psql -qX '%.250s' -c 'CREATE SCHEMA owned_%d'", server, (int)getpid());
	if (system(command) != 0) {
		exit(1);
	}
	snprintf(owned->database, sizeof(owned->database), "%.250s%coptions=-csearch_path%%3Downed_%d", server,
		 strchr(server, '?') == NULL ? '?' : '&', (int)getpid());
	make_file(owned->data, DATA_STORE, "not the store, which is on a server\n");
	make_file(owned->data, DATA_STORE "-wal", "");
}

static void make_store(const struct settings *settings)
{
	const struct world world = world_real();
	struct arena *a = arena_new(16 << 20);
	struct db *db = NULL;
	int applied;
	struct err *err = db_open(&db, data_store(a, settings, DB_WRITE), DB_WRITE);

	err = err != NULL ? err : db_migrate(a, db, world_now(&world), &applied);
	db_close(&db);
	arena_free(&a);
	if (err != NULL) {
		log_err(LOG_ERROR, "making a store", err);
		exit(1);
	}
}

static void make_places(void)
{
	struct settings settings = { .data = owned->data, .database = owned->database, .database_read = "" };
	const char *top = getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp";
	const char *server = getenv("DUEREGARD_TEST_DATABASE");

	snprintf(owned->data, sizeof(owned->data), "%.100s/dueregard-owned-XXXXXX", top);
	snprintf(owned->outside, sizeof(owned->outside), "%.100s/dueregard-outside-XXXXXX", top);
	if (mkdtemp(owned->data) == NULL || mkdtemp(owned->outside) == NULL) {
		perror(top);
		exit(1);
	}
	if (data_create(&settings) != NULL) {
		exit(1);
	}
	if (server != NULL) {
		make_schema(server);
	}
	make_store(&settings);
	char keys[PATH_LENGTH * 2], uploads[PATH_LENGTH * 2];
	snprintf(keys, sizeof(keys), "%s/" DATA_KEYS, owned->data);
	make_file(keys, "secret", "a key\n");
	snprintf(uploads, sizeof(uploads), "%s/" DATA_IMPORTS, owned->data);
	make_file(uploads, "upload.csv", "URN\n");
	make_file(owned->data, "decoy", "");
	make_file(owned->outside, "dueregard.conf", "log_level = \"info\"\n");
}

static void remove_places(void)
{
	char command[PATH_LENGTH * 3];

	snprintf(command, sizeof(command), "rm -rf '%s' '%s'", owned->data, owned->outside);
	if (system(command) != 0) {
		fprintf(stderr, "%s: failed\n", command);
	}
}

/* A listener of somebody else's: that it is there to be reached is what the attempt needs. */
static int listener(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&at, n) != 0 || listen(fd, 64) != 0 ||
	    getsockname(fd, (struct sockaddr *)&at, &n) != 0) {
		perror("a listener");
		exit(1);
	}
	owned->tcp_port = ntohs(at.sin_port);
	return fd;
}

/* ---- what came of it ---- */

static void check(bool good, const char *what, const char *role, const char *more)
{
	passed += good;
	failed += !good;
	if (!good) {
		printf("FAILED: %s: %s: %s\n", role, what, more);
	}
}

static bool refused(int result)
{
	return result == EPERM || result == EACCES || result == ENOSYS || result == EBADF || result == ENDED;
}

static const char *word(int result)
{
	return result == 0 ? "DONE" : result == NOT_TRIED ? "-" : result == ENDED ? "ended" : strerrorname_np(result);
}

static void print_table(const char *title)
{
	printf("\n%-38s", title);
	for (int role = 0; role < ROLES; role++) {
		printf(" %-9s", role_names[role]);
	}
	printf("\n");
	for (size_t i = 0; attempt_at(i) != NULL; i++) {
		const struct attempt *a = attempt_at(i);
		printf("%-38s", a->name);
		for (int role = 0; role < ROLES; role++) {
			char cell[40];
			snprintf(cell, sizeof(cell), "%s%s", word(owned->result[role][i]),
				 owned->result[role][i] == 0 && (a->may & (1u << role)) != 0 ? " (may)" : "");
			printf(" %-10s", cell);
		}
		printf("\n");
	}
}

static void judge_shut_in(void)
{
	for (size_t i = 0; attempt_at(i) != NULL; i++) {
		for (int role = 0; role < ROLES; role++) {
			const struct attempt *a = attempt_at(i);
			int result = owned->result[role][i];
			unsigned whose = owned->database[0] != '\0' ? a->may | a->server : a->may;
			bool may = (whose & (1u << role)) != 0, must = (a->must & (1u << role)) != 0;
			must = must && !(owned->database[0] != '\0' && result == EBADF); /* a file's descriptor: there is none */
			check(must ? result == 0 : may ? result != NOT_TRIED : refused(result), a->name, role_names[role],
			      must && result != 0 ? "its own work is refused" : word(result));
		}
	}
}

/* Without walls the same attempts go through: else they would prove nothing. */
static void judge_control(void)
{
	for (size_t i = 0; attempt_at(i) != NULL; i++) {
		for (int role = 0; role < ROLES && attempt_at(i)->anybody; role++) {
			check(owned->result[role][i] == 0, attempt_at(i)->name, role_names[role], "fails without walls too");
		}
	}
}

static bool all_done(void)
{
	int n = owned->answers;

	for (int role = 0; role < ROLES; role++) {
		n += owned->done[role];
	}
	return n == ROLES + 1;
}

static bool answers_a_page(void)
{
	static const char ask[] = "GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
	const char *colon = strrchr(owned->address, ':');
	char answer[16] = "";
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
				  .sin_port = htons((uint16_t)(colon == NULL ? 0 : strtol(colon + 1, NULL, 10))) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	bool good = connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0 && write(fd, ask, sizeof(ask) - 1) > 0 &&
		    read(fd, answer, sizeof(answer) - 1) > 0 && strncmp(answer, "HTTP/1.1 200", 12) == 0;

	close(fd);
	return good;
}

static void run(const char *title, bool open_to_all, bool as_nobody)
{
	int waited = 0;

	memset(owned, 0, sizeof(*owned));
	for (int role = 0; role < ROLES; role++) {
		for (size_t i = 0; attempt_at(i) != NULL; i++) {
			owned->result[role][i] = NOT_TRIED;
		}
	}
	owned->open = open_to_all;
	int fd = listener();
	pid_t pid = fork();
	if (pid == 0) {
		close(fd);
		if (as_nobody && (setgid(NOBODY) != 0 || setuid(NOBODY) != 0)) {
			_exit(1);
		}
		make_places();
		serve();
	}
	while (!all_done() && waited < PATIENCE_MS && waitpid(pid, NULL, WNOHANG) == 0) {
		pause_ms(STEP_MS);
		waited += STEP_MS;
	}
	check(all_done(), "every role tried everything", title, "not all came to the end");
	check(answers_a_page(), "the service answers afterwards", title, "it does not");
	kill(pid, SIGTERM);
	waitpid(pid, NULL, 0);
	print_table(title);
	remove_places();
	close(fd);
}

int main(void)
{
	owned = mmap(NULL, sizeof(*owned), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (owned == MAP_FAILED) {
		perror("shared memory");
		return 1;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	run("shut in", false, false);
	judge_shut_in();
	if (geteuid() == 0) {
		run("shut in, as an ordinary account", false, true);
		judge_shut_in();
	}
	run("negative control: nobody shuts in", true, false);
	judge_control();
	printf("%d passed, %d failed\n", passed, failed);
	return failed == 0 ? 0 : 1;
}
