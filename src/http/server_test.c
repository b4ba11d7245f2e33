/* How connections are taken: one a turn and the next after a moment, none while the server drains or is full. And how
 * they end with whoever has said the last. */
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/test.h"
#include "http/server.h"

enum { CLIENTS = 3 };

static struct http_server *server;
static int listening, clients[CLIENTS];

static struct err *handle(void *context, struct request *request, struct response *response)
{
	return NULL;
}

static size_t body_limit(void *context, enum http_method method, const char *path, const struct pairs *cookies)
{
	return 100;
}

static void open_server(size_t most)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof at;
	struct http_options options = { .handle = handle, .body_limit = body_limit, .max_connections = most };

	listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	CHECK_INT(bind(listening, (struct sockaddr *)&at, n), 0);
	CHECK_INT(listen(listening, 16), 0);
	CHECK_INT(getsockname(listening, (struct sockaddr *)&at, &n), 0);
	options.listen_fd = listening;
	CHECK_OK(http_open(&server, &options));
	for (int i = 0; i < CLIENTS; i++) {
		clients[i] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
		CHECK_INT(connect(clients[i], (struct sockaddr *)&at, n), 0);
	}
}

static void close_server(void)
{
	http_close(&server);
	for (int i = 0; i < CLIENTS; i++) {
		close(clients[i]);
	}
	close(listening);
}

static bool is_readable(void)
{
	struct pollfd p = { .fd = http_epoll_fd(server), .events = POLLIN };

	return poll(&p, 1, 0) == 1;
}

static void time_passes(void)
{
	server->aside_until_ms = 0;
	http_run(server);
}

static void one_is_taken_and_the_next_left_to_others(void)
{
	open_server(0);
	for (size_t i = 1; i <= CLIENTS; i++) {
		CHECK(is_readable());
		http_run(server);
		CHECK_INT(server->n_connections, i);
		server->aside_until_ms = monotonic_ms() + 1000;
		CHECK(http_timeout_ms(server) <= 1000);
		http_run(server);
		CHECK_INT(server->n_connections, i);
		CHECK(!is_readable()); /* and nobody spins meanwhile */
		time_passes();
	}
	http_run(server);
	CHECK_INT(server->n_connections, CLIENTS);
	close_server();
}

/* Who has nobody to answer need not stand aside. */
static void who_is_free_takes_the_next(void)
{
	open_server(0);
	http_run(server);
	CHECK_INT(server->n_connections, 1);
	server->aside_until_ms = monotonic_ms() + 1000000;
	close(clients[0]);
	clients[0] = -1;
	for (int i = 0; i < 50 && server->n_connections > 0; i++) {
		poll(NULL, 0, 5);
		http_run(server);
	}
	CHECK(server->listening);
	http_run(server);
	CHECK_INT(server->n_connections, 1);
	close_server();
}

static void who_finds_no_room_waits(void)
{
	open_server(2);
	for (int i = 0; i < 5; i++) {
		http_run(server);
		time_passes();
		CHECK(server->n_connections <= 2);
	}
	CHECK_INT(server->n_connections, 2);
	CHECK(!is_readable()); /* and nobody spins over the third */
	close(clients[0]);
	clients[0] = -1;
	for (int i = 0; i < 5 && server->listening == false; i++) {
		time_passes();
	}
	http_run(server);
	CHECK_INT(server->n_connections, 2);
	close_server();
}

static void nobody_is_taken_while_it_drains(void)
{
	open_server(0);
	http_run(server);
	http_drain(server);
	http_run(server);
	CHECK_INT(server->n_connections, 1);
	close_server();
}

/* reaped_ms: when the reaper came round; 0, long ago; INT64_MAX, it does not come now. */
static void turns(int n, int64_t reaped_ms)
{
	for (int i = 0; i < n; i++) {
		server->reaped_ms = server->looked_ms = reaped_ms;
		http_run(server);
	}
}

static bool is_answered(int fd)
{
	char answer[1024];
	ssize_t n = recv(fd, answer, sizeof answer, MSG_DONTWAIT);

	return n > 12 && strncmp(answer, "HTTP/1.1 200", 12) == 0;
}

static bool has_ended(int fd)
{
	char byte;

	return recv(fd, &byte, 1, MSG_DONTWAIT) == 0;
}

/* The end travels with the last bytes, so the server is told of both at once. What can be answered is; nothing more is
 * waited for. */
static void who_has_ended_is_not_waited_for(void)
{
	static const struct {
		const char *said;
		bool answered;
	} cases[] = {
		{ "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n", true },
		{ "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n\r\n\r\n", true },
		{ "GET / HTTP/1.1\r\nHost: a.example\r\n\r\nGET / HT", true },
		{ "GET / HTTP/1.1\r\nHo", false },
		{ "\r\n", false },
		{ "POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 9\r\n\r\nabc", false },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		open_server(0);
		turns(2, INT64_MAX); /* taken and looked at: what comes now comes as an edge */
		CHECK(send(clients[0], cases[i].said, strlen(cases[i].said), MSG_MORE) > 0);
		CHECK_INT(shutdown(clients[0], SHUT_WR), 0);
		turns(4, INT64_MAX);
		CHECK_INT(is_answered(clients[0]), cases[i].answered);
		CHECK(!has_ended(clients[0])); /* until the reaper comes round */
		turns(2, 0);
		CHECK(has_ended(clients[0]));
		close_server();
	}
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(one_is_taken_and_the_next_left_to_others),
					     TEST(who_is_free_takes_the_next), TEST(who_finds_no_room_waits),
					     TEST(nobody_is_taken_while_it_drains),
					     TEST(who_has_ended_is_not_waited_for), TEST_END };

	return test_main(argc, argv, tests);
}
