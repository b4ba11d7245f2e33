/* Requests from bytes: heads, forms, multipart, cookies; good ones read right, bad ones refused. */
#include "http/http.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/test.h"
#include "http/limits.h"
#include "http/multipart.h"

static struct arena *arena;

static struct err *parse(const char *raw, size_t n, struct request *out)
{
	return http_parse(arena, raw, n, out);
}
#define PARSE(raw, out) parse(raw, sizeof(raw) - 1, (out))

static void test_head(void)
{
	struct request r;

	CHECK_OK(PARSE("GET /training/caf%C3%A9%20x?q=a+b%26c&q=2&empty HTTP/1.1\r\nHost: a:80\r\nCookie: login=abc; x=\"y z\"\r\n"
		       "cookie: flash=1\r\nORIGIN: http://a:80\r\nAccept-Encoding: \t gzip \t\r\n\r\n", &r));
	CHECK_INT(r.method, HTTP_GET);
	CHECK_TEXT(r.path, "/training/café x");
	CHECK_TEXT(r.query_string, "q=a+b%26c&q=2&empty");
	CHECK_TEXT(pairs_get(&r.query, "q"), "a b&c");
	CHECK_INT(pairs_count(&r.query, "q"), 2);
	CHECK_TEXT(pairs_get(&r.query, "empty"), "");
	CHECK_TEXT(pairs_get(&r.cookies, "login"), "abc");
	CHECK_TEXT(pairs_get(&r.cookies, "x"), "y z");
	CHECK_TEXT(pairs_get(&r.cookies, "flash"), "1");
	CHECK_TEXT(r.host, "a:80");
	CHECK_TEXT(r.origin, "http://a:80");
	CHECK_TEXT(r.accept_encoding, "gzip");
	CHECK_OK(PARSE("HEAD / HTTP/1.0\r\nHost: [::1]:8080\r\n\r\n", &r));
	CHECK_INT(r.method, HTTP_HEAD);
	CHECK_OK(PARSE("BREW / HTTP/1.1\r\nHost: a\r\n\r\n", &r));
	CHECK_INT(r.method, HTTP_OTHER);
	CHECK_OK(PARSE("GET /a..b/c HTTP/1.1\r\nHost: a\r\n\r\n", &r));
	CHECK_TEXT(r.path, "/a..b/c");
}

static void test_bad_heads(void)
{
	struct request r;

	CHECK(PARSE("", &r) != NULL);
	CHECK(PARSE("GET / HTTP/1.1\r\nHost: a\r\n", &r) != NULL);
	CHECK(PARSE("GET / HTTP/1.1\nHost: a\n\n", &r) != NULL);
	CHECK(PARSE("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", &r) != NULL);
	CHECK(PARSE("GET / HTTP/2.0\r\nHost: a\r\n\r\n", &r) != NULL);
	CHECK(PARSE("GET a HTTP/1.1\r\nHost: a\r\n\r\n", &r) != NULL);
	CHECK(PARSE("GET /a\\b HTTP/1.1\r\nHost: a\r\n\r\n", &r) != NULL);
	CHECK(PARSE("GET /.. HTTP/1.1\r\nHost: a\r\n\r\n", &r) != NULL);
	CHECK(PARSE("GET / HTTP/1.1\r\nHost: \r\n\r\n", &r) != NULL);
	CHECK(PARSE("GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n", &r) != NULL);
	CHECK(PARSE("GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n", &r) != NULL);
	CHECK(PARSE("GET /?a=%00 HTTP/1.1\r\nHost: a\r\n\r\n", &r) != NULL);
	CHECK(PARSE("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc", &r) != NULL);
	struct err *e = PARSE("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", &r);
	CHECK(e != NULL && e->kind == ERR_LIMIT);
}

static void test_form(void)
{
	struct pairs p = { 0 };
	static const char body[] = "name=J%c3%a9r%C3%B4me+Smith&a=1&&a=&=x&bad=%zz%4&plus=%2B";

	CHECK_OK(http_parse_form(arena, body, sizeof(body) - 1, &p));
	CHECK_TEXT(pairs_get(&p, "name"), "Jérôme Smith");
	CHECK_INT(pairs_count(&p, "a"), 2);
	CHECK_TEXT(pairs_get(&p, ""), "x");
	CHECK_TEXT(pairs_get(&p, "bad"), "%zz%4");
	CHECK_TEXT(pairs_get(&p, "plus"), "+");
	CHECK_INT(p.n, 6);
	struct err *e = http_parse_form(arena, "a=%00", 5, &p);
	CHECK(e != NULL && e->kind == ERR_INVALID);
}

static void test_form_limits(void)
{
	struct buf b;
	struct pairs p = { 0 };

	buf_init(&b, arena, 1 << 20);
	for (int i = 0; i < HTTP_FIELDS_MAX; i++) {
		buf_str(&b, "a=b&");
	}
	CHECK_OK(http_parse_form(arena, b.p, b.n, &p));
	buf_str(&b, "a=b");
	p = (struct pairs){ 0 };
	struct err *e = http_parse_form(arena, b.p, b.n, &p);
	CHECK(e != NULL && e->kind == ERR_LIMIT);
	char name[HTTP_NAME_MAX + 4];
	memset(name, 'n', sizeof(name));
	p = (struct pairs){ 0 };
	CHECK(http_parse_form(arena, name, sizeof(name), &p) != NULL);
}

#define PART(b, head, data) "--" b "\r\n" head "\r\n\r\n" data "\r\n"
#define TEXT_PART(b, name, data) PART(b, "Content-Disposition: form-data; name=\"" name "\"", data)

static const char multipart[] =
	"preamble\r\n" TEXT_PART("xYz", "venue", "Town hall\r\n--xY")
	PART("xYz", "content-disposition: form-data; name=\"file\"; filename=\"a; name=\\evil.csv\"\r\nContent-Type: text/csv",
	     "URN,Name\r\n100\0,\x80\r\n")
	PART("xYz", "Content-Disposition: form-data; filename=\"\"; name=\"none\"", "")
	TEXT_PART("xYz", "empty", "") "--xYz--\r\nepilogue";

static struct err *feed_in_pieces(size_t piece, size_t n, struct request *r)
{
	*r = (struct request){ .arena = arena };
	struct multipart *m = multipart_new(r, "xYz");

	for (size_t at = 0; at < n; at += piece) {
		TRY(multipart_feed(m, multipart + at, piece < n - at ? piece : n - at));
	}
	return multipart_end(m);
}

static void test_multipart(void)
{
	struct request r;

	for (size_t piece = 1; piece < 80; piece++) {
		char data[64] = "";
		CHECK_OK(feed_in_pieces(piece, sizeof(multipart) - 1, &r));
		CHECK_INT(r.form.n, 2);
		CHECK_TEXT(pairs_get(&r.form, "venue"), "Town hall\r\n--xY");
		CHECK_TEXT(pairs_get(&r.form, "empty"), "");
		CHECK_INT(r.n_uploads, 2);
		CHECK_TEXT(r.uploads[0].name, "file");
		CHECK_TEXT(r.uploads[0].filename, "a; name=\\evil.csv");
		CHECK_INT(r.uploads[0].size, 18);
		CHECK(r.uploads[0].fd >= 0 && read(r.uploads[0].fd, data, sizeof(data)) == 18);
		CHECK(memcmp(data, "URN,Name\r\n100\0,\x80\r\n", 18) == 0);
		CHECK(write(r.uploads[0].fd, "x", 1) < 0); /* sealed */
		CHECK_INT(r.uploads[1].fd, -1);
		CHECK_TEXT(r.uploads[1].name, "none");
	}
	for (size_t n = 0; n < sizeof(multipart) - 1 - strlen("\r\nepilogue"); n++) { /* cut short anywhere */
		CHECK(feed_in_pieces(7, n, &r) != NULL);
	}
}

static void test_multipart_request(void)
{
	struct request r;

	CHECK_OK(PARSE("POST /x HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=\"b c\"\r\n"
		       "Transfer-Encoding: chunked\r\n\r\n"
		       "34\r\n--b c\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n"
		       "b\r\n\r\n--b c--\r\n\r\n0\r\nTrailer: x\r\n\r\n", &r));
	CHECK_TEXT(pairs_get(&r.form, "x"), "1");
	CHECK_OK(PARSE("POST /x HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=\"b c\"\r\nContent-Length: 67\r\n\r\n"
		       "--b c\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nvalue\r\n--b c--\r\n", &r));
	CHECK_TEXT(pairs_get(&r.form, "x"), "value");
	CHECK(PARSE("POST /x HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 29\r\n\r\n"
		    "--b\r\nContent-Type: a\r\n\r\n\r\n--b", &r) != NULL);
	CHECK(multipart_boundary(arena, "multipart/form-data; boundary=") == NULL);
	CHECK(multipart_boundary(arena, "multipart/form-data") == NULL);
	CHECK_TEXT(multipart_boundary(arena, "multipart/form-data; boundary=----WebKit7MA; charset=x"), "----WebKit7MA");
}

static void test_chunked_and_raw(void)
{
	struct request r;

	CHECK_OK(PARSE("POST /x HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
		       "A;x=y\r\n0123456789\r\n1\r\nx\r\n0\r\nT: x\r\n\r\n", &r));
	CHECK_INT(r.body_n, 11);
	CHECK(memcmp(r.body, "0123456789x", 11) == 0);
	CHECK(PARSE("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFF\r\nx\r\n0\r\n\r\n", &r) != NULL);
	CHECK(PARSE("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\nx\r\n0\r\n\r\n", &r) != NULL);
	CHECK(PARSE("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nxyz\r\n0\r\n\r\n", &r) != NULL);
}

static void test_cookies(void)
{
	struct pairs p = { 0 };

	http_parse_cookies(arena, "a=1;b=2 ; c ; =x;;d=\"\"; a=3;e=f=g", &p);
	CHECK_INT(p.n, 5);
	CHECK_TEXT(pairs_get(&p, "a"), "1");
	CHECK_TEXT(pairs_get(&p, "b"), "2");
	CHECK_TEXT(pairs_get(&p, "d"), "");
	CHECK_TEXT(pairs_get(&p, "e"), "f=g");
}

static void test_response_helpers(void)
{
	struct response r = { 0 };

	response_redirect(arena, &r, "/x");
	response_attachment(arena, &r, "schools.csv");
	CHECK_INT(r.status, 303);
	CHECK_TEXT(pairs_get(&r.headers, "Location"), "/x");
	CHECK_TEXT(pairs_get(&r.headers, "Content-Disposition"), "attachment; filename=\"schools.csv\"");
	CHECK_TEXT(pairs_get(&r.headers, "X-Content-Type-Options"), "nosniff");
	CHECK(http_accepts("gzip", "gzip") && http_accepts("br;q=1.0, GZIP;q=0.1", "gzip"));
	CHECK(!http_accepts("gzip;q=0", "gzip") && !http_accepts("gzip;q=0.000, br", "gzip"));
	CHECK(!http_accepts("xgzip, gzipx", "gzip") && !http_accepts(NULL, "gzip") && !http_accepts("", "gzip"));
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_head), TEST(test_bad_heads), TEST(test_form), TEST(test_form_limits), TEST(test_multipart),
		TEST(test_multipart_request), TEST(test_chunked_and_raw), TEST(test_cookies), TEST(test_response_helpers), TEST_END,
	};

	arena = arena_new(256u << 20);
	int status = test_main(argc, argv, tests);
	arena_free(&arena);
	return status;
}
