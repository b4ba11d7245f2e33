/* The head of a request: the hygiene pass, and what the handlers see of it. */
#include "http/head.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/text.h"

static const char NOT_UNDERSTOOD[] =
	"Your browser sent a request that this service cannot accept. Go back and try again.";

const char *head_get(const struct head *head, const char *name)
{
	for (size_t i = 0; i < head->headers.n; i++) {
		if (strcasecmp(head->headers.v[i].name, name) == 0) {
			return head->headers.v[i].value;
		}
	}
	return NULL;
}

static size_t head_count(const struct head *head, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < head->headers.n; i++) {
		n += strcasecmp(head->headers.v[i].name, name) == 0;
	}
	return n;
}

/* RFC 9110 section 5.6.2: a token, so no space before the colon and no control byte. */
static bool is_token(const char *s)
{
	static const char others[] = "!#$%&'*+-.^_`|~";

	if (*s == '\0') {
		return false;
	}
	for (; *s != '\0'; s++) {
		bool alnum = (*s >= '0' && *s <= '9') || (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z');
		if (!alnum && strchr(others, *s) == NULL) {
			return false;
		}
	}
	return true;
}

static bool is_clean_value(const char *s)
{
	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;
		if ((c < 0x20 && c != '\t') || c == 0x7f) {
			return false;
		}
	}
	return true;
}

/* Letters, digits and what an IPv6 address or a port needs; nothing that could break a link. */
static bool is_host(const char *s)
{
	size_t n = strlen(s);

	return n > 0 && n <= 255 &&
	       strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:[]") == n;
}

static bool is_length(const char *s, int64_t *out)
{
	size_t n = strspn(s, "0123456789");
	int64_t v = 0;

	if (n == 0 || n > 18 || s[n] != '\0') {
		return false;
	}
	for (size_t i = 0; i < n; i++) {
		v = v * 10 + (s[i] - '0');
	}
	*out = v;
	return true;
}

static const char *framing_fault(const struct head *head, struct framing *out)
{
	const char *length = head_get(head, "Content-Length");
	const char *coding = head_get(head, "Transfer-Encoding");

	*out = (struct framing){ 0 };
	if (head_count(head, "Content-Length") > 1 || head_count(head, "Transfer-Encoding") > 1) {
		return "repeated framing header";
	}
	if (length != NULL && coding != NULL) {
		return "both Content-Length and Transfer-Encoding";
	}
	if (length != NULL && !is_length(length, &out->length)) {
		return "Content-Length is not a number";
	}
	if (coding != NULL && (strcasecmp(coding, "chunked") != 0 || strcmp(head->version, "HTTP/1.1") != 0)) {
		return "Transfer-Encoding other than chunked";
	}
	out->chunked = coding != NULL;
	out->body = out->chunked || out->length > 0;
	return NULL;
}

struct err *head_check(const struct head *head, struct framing *out)
{
	const char *fault = framing_fault(head, out);
	const char *host = head_get(head, "Host");

	for (size_t i = 0; i < head->headers.n && fault == NULL; i++) {
		if (!is_token(head->headers.v[i].name) || !is_clean_value(head->headers.v[i].value)) {
			fault = "a header is malformed";
		}
	}
	if (fault == NULL && !is_token(head->method)) {
		fault = "the method is malformed";
	}
	if (fault == NULL && strcmp(head->version, "HTTP/1.1") != 0 && strcmp(head->version, "HTTP/1.0") != 0) {
		fault = "unknown version of HTTP";
	}
	if (fault == NULL && (head_count(head, "Host") != 1 || !is_host(host))) {
		fault = "not exactly one good Host";
	}
	if (fault == NULL) {
		return NULL;
	}
	return ERR_WRAP(ERR_DETAIL(ERR_INVALID, "%s", fault), ERR_INVALID, "%s", NOT_UNDERSTOOD);
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9') {
		return c - '0';
	}
	if (c >= 'a' && c <= 'f') {
		return c - 'a' + 10;
	}
	if (c >= 'A' && c <= 'F') {
		return c - 'A' + 10;
	}
	return -1;
}

long percent_decode(char *s, size_t n, bool plus)
{
	size_t to = 0;

	for (size_t i = 0; i < n; i++) {
		char c = s[i];
		if (c == '+' && plus) {
			c = ' ';
		} else if (c == '%' && i + 2 < n && hex_digit(s[i + 1]) >= 0 && hex_digit(s[i + 2]) >= 0) {
			c = (char)(hex_digit(s[i + 1]) * 16 + hex_digit(s[i + 2]));
			i += 2;
		}
		if (c == '\0') {
			return -1;
		}
		s[to++] = c;
	}
	return (long)to;
}

/* An encoded slash or backslash would change where a segment ends after decoding: refused. */
static bool path_is_good(const char *raw, const char *path)
{
	if (path[0] != '/' || strcasestr(raw, "%2f") != NULL || strchr(path, '\\') != NULL) {
		return false;
	}
	for (const char *s = path; (s = strchr(s, '/')) != NULL;) {
		s++;
		if (strncmp(s, "..", 2) == 0 && (s[2] == '/' || s[2] == '\0')) {
			return false;
		}
	}
	return is_clean_value(path) && strchr(path, '\t') == NULL && text_is_utf8(path, strlen(path));
}

static struct err *split_target(const char *target, struct request *request)
{
	size_t n = strcspn(target, "?");
	char *raw = arena_strndup(request->arena, target, n);
	char *path = arena_strndup(request->arena, target, n);
	long length = percent_decode(path, n, false);

	request->query_string = arena_strdup(request->arena, target[n] == '?' ? target + n + 1 : "");
	if (length < 0) {
		return ERR(ERR_INVALID, "%s", NOT_UNDERSTOOD);
	}
	path[length] = '\0';
	if (!path_is_good(raw, path)) {
		return ERR(ERR_INVALID, "That is not an address of this service. Check the address.");
	}
	request->path = path;
	return http_parse_form(request->arena, request->query_string, strlen(request->query_string),
			       &request->query);
}

static enum http_method method_of(const char *s)
{
	if (strcmp(s, "GET") == 0) {
		return HTTP_GET;
	}
	if (strcmp(s, "HEAD") == 0) {
		return HTTP_HEAD;
	}
	return strcmp(s, "POST") == 0 ? HTTP_POST : HTTP_OTHER;
}

struct err *head_request(const struct head *head, struct request *request)
{
	request->method = method_of(head->method);
	request->host = head_get(head, "Host");
	request->content_type = head_get(head, "Content-Type");
	request->origin = head_get(head, "Origin");
	request->sec_fetch_site = head_get(head, "Sec-Fetch-Site");
	request->accept_encoding = head_get(head, "Accept-Encoding");
	request->if_none_match = head_get(head, "If-None-Match");
	request->user_agent = head_get(head, "User-Agent");
	for (size_t i = 0; i < head->headers.n; i++) {
		if (strcasecmp(head->headers.v[i].name, "Cookie") == 0) {
			http_parse_cookies(request->arena, head->headers.v[i].value, &request->cookies);
		}
	}
	return split_target(head->target, request);
}
