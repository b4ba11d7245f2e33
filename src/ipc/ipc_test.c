/* Messages: short, long, with a descriptor; a full queue; a peer that is gone; packing and its refusals. */
#include "ipc/ipc.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/test.h"

static bool receive(struct arena *a, int fd, struct message *out)
{
	bool got = false;

	return CHECK_OK(ipc_receive(a, fd, out, &got)) && got;
}

static void test_short_message(void)
{
	struct arena *a = arena_new(1 << 20);
	int fds[2];
	struct message m;
	bool got = true;

	CHECK_OK(ipc_pair(fds));
	CHECK_OK(ipc_receive(a, fds[1], &m, &got));
	CHECK(!got);
	CHECK_OK(ipc_send(fds[0], &(struct message){ .kind = IPC_PING, .id = 42,
			   .payload = { (const unsigned char *)"hello", 5 }, .fd = -1 }));
	CHECK(receive(a, fds[1], &m));
	CHECK_INT(m.kind, IPC_PING);
	CHECK_INT(m.id, 42);
	CHECK_INT(m.payload.n, 5);
	CHECK(memcmp(m.payload.p, "hello", 5) == 0);
	CHECK_INT(m.fd, -1);
	CHECK_OK(ipc_send(fds[0], &(struct message){ .kind = IPC_PONG, .fd = -1 }));
	CHECK(receive(a, fds[1], &m));
	CHECK_INT(m.payload.n, 0);
	close(fds[0]);
	struct err *e = ipc_receive(a, fds[1], &m, &got);
	CHECK(e != NULL && e->kind == ERR_IO && !got);
	close(fds[1]);
	arena_free(&a);
}

static void test_long_message_and_descriptor(void)
{
	struct arena *a = arena_new(64u << 20);
	enum { N = 5 * 1024 * 1024 };
	unsigned char *p = arena_alloc(a, N);
	int fds[2];
	struct message m;
	char text[8] = "";

	for (size_t i = 0; i < N; i++) {
		p[i] = (unsigned char)(i * 7);
	}
	int file = memfd_create("x", MFD_CLOEXEC);
	CHECK(write(file, "upload", 6) == 6);
	CHECK_OK(ipc_pair(fds));
	CHECK_OK(ipc_send(fds[0], &(struct message){ .kind = IPC_OPERATION, .id = UINT64_MAX,
			   .payload = { p, N }, .fd = file }));
	CHECK(receive(a, fds[1], &m));
	CHECK(m.id == UINT64_MAX);
	CHECK_INT(m.payload.n, N);
	CHECK(memcmp(m.payload.p, p, N) == 0);
	CHECK(m.fd >= 0 && pread(m.fd, text, 6, 0) == 6);
	CHECK_TEXT(text, "upload");
	CHECK((fcntl(m.fd, F_GETFD) & FD_CLOEXEC) != 0);
	close(m.fd);
	close(file);
	close(fds[0]);
	close(fds[1]);
	arena_free(&a);
}

static void test_full_queue_is_busy(void)
{
	struct arena *a = arena_new(1 << 20);
	unsigned char p[16000] = { 0 };
	struct message m = { .kind = IPC_TOUCH, .payload = { p, sizeof(p) }, .fd = -1 };
	int fds[2];
	struct err *e = NULL;

	CHECK_OK(ipc_pair(fds));
	for (int i = 0; i < 10000 && e == NULL; i++) {
		e = ipc_send(fds[0], &m);
	}
	CHECK(e != NULL && e->kind == ERR_BUSY);
	CHECK(receive(a, fds[1], &m));
	close(fds[0]);
	close(fds[1]);
	arena_free(&a);
}

static void test_foreign_packets_are_refused(void)
{
	struct arena *a = arena_new(1 << 20);
	static const char rubbish[64] = "not a message at all, though it is long enough to be a header";
	int fds[2];
	struct message m;
	bool got;

	CHECK_OK(ipc_pair(fds));
	CHECK(send(fds[0], "x", 1, 0) == 1);
	CHECK(ipc_receive(a, fds[1], &m, &got) != NULL && !got);
	CHECK(send(fds[0], rubbish, sizeof(rubbish), 0) == (ssize_t)sizeof(rubbish));
	CHECK(ipc_receive(a, fds[1], &m, &got) != NULL && !got);
	close(fds[0]);
	close(fds[1]);
	arena_free(&a);
}

static void test_listen_and_connect(void)
{
	struct arena *a = arena_new(1 << 20);
	char directory[] = "/tmp/dueregard-ipc-XXXXXX";
	struct stat st;
	struct message m;
	int listening = -1, client = -1;

	CHECK(mkdtemp(directory) != NULL);
	const char *path = arena_printf(a, "%s/control", directory);
	struct err *e = ipc_connect(path, &client);
	CHECK(e != NULL && e->kind == ERR_NOT_FOUND);
	CHECK_OK(ipc_listen(path, &listening));
	CHECK(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600);
	CHECK_OK(ipc_connect(path, &client));
	int server = accept(listening, NULL, NULL);
	CHECK(server >= 0);
	CHECK_OK(ipc_send(client, &(struct message){ .kind = IPC_PING, .id = 1, .fd = -1 }));
	CHECK(receive(a, server, &m));
	close(server);
	close(client);
	close(listening);
	e = ipc_connect(path, &client);
	CHECK(e != NULL && e->kind == ERR_NOT_FOUND);
	unlink(path);
	rmdir(directory);
	arena_free(&a);
}

static void test_packing(void)
{
	struct arena *a = arena_new(1 << 20);
	struct packer p;
	struct unpacker u;
	struct pairs pairs = { 0 }, back = { 0 };

	pairs_add(a, &pairs, "venue", "Town hall");
	pairs_add(a, &pairs, "venue", "");
	pack_begin(&p, a);
	pack_int(&p, INT64_MIN);
	pack_text(&p, NULL);
	pack_text(&p, "");
	pack_bytes(&p, (struct bytes){ (const unsigned char *)"a\0b", 3 });
	pack_pairs(&p, &pairs);
	struct bytes b = pack_end(&p);
	unpack_begin(&u, a, b);
	CHECK(unpack_int(&u) == INT64_MIN);
	CHECK(unpack_text(&u) == NULL);
	CHECK_TEXT(unpack_text(&u), "");
	struct bytes got = unpack_bytes(&u);
	CHECK(got.n == 3 && memcmp(got.p, "a\0b", 3) == 0);
	unpack_pairs(&u, &back);
	CHECK_OK(unpack_end(&u));
	CHECK_INT(back.n, 2);
	CHECK_TEXT(pairs_get(&back, "venue"), "Town hall");
	for (size_t n = 0; n < b.n; n++) { /* cut anywhere: said so */
		struct pairs cut = { 0 };
		unpack_begin(&u, a, (struct bytes){ b.p, n });
		unpack_int(&u);
		unpack_text(&u);
		unpack_text(&u);
		unpack_bytes(&u);
		unpack_pairs(&u, &cut);
		CHECK(unpack_end(&u) != NULL);
	}
	unpack_begin(&u, a, b); /* bytes left over */
	unpack_int(&u);
	CHECK(unpack_end(&u) != NULL);
	arena_free(&a);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_short_message), TEST(test_long_message_and_descriptor), TEST(test_full_queue_is_busy),
		TEST(test_foreign_packets_are_refused), TEST(test_listen_and_connect), TEST(test_packing), TEST_END,
	};
	return test_main(argc, argv, tests);
}
