/* The two cookies of the service: the login, and a sentence for the next page. */
#include "core/cookie.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "core/dispatch.h"
#include "trust/trust.h"

enum { FLASH_MAX = 400 };

static bool is_secure(const struct settings *settings)
{
	return settings->public_address != NULL &&
	       text_starts(settings->public_address, "https://");
}

/* "__Host-" makes the browser insist on https, path / and no other domain. */
static const char *login_name(const struct settings *settings)
{
	return is_secure(settings) ? "__Host-login" : "login";
}

const char *dispatch_login_cookie(const struct settings *settings, const struct pairs *cookies)
{
	const char *token = pairs_get(cookies, login_name(settings));

	return login_token_formed(token) ? token : NULL;
}

void cookie_set_login(struct arena *a, const struct settings *settings, struct response *r,
		      const char *token)
{
	response_header(a, r, "Set-Cookie",
			arena_printf(a, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s",
				     login_name(settings), token,
				     is_secure(settings) ? "; Secure" : "",
				     token[0] == '\0' ? "; Max-Age=0" : ""));
}

void cookie_set_flash(struct arena *a, struct response *r, const char *sentence)
{
	struct buf b;

	if (text_empty(sentence) || strlen(sentence) > FLASH_MAX) {
		return;
	}
	buf_init(&b, a, 4 * FLASH_MAX);
	for (const char *s = sentence; *s != '\0'; s++) {
		if (isalnum((unsigned char)*s) || strchr("-._~", *s) != NULL) {
			buf_char(&b, *s);
		} else {
			buf_printf(&b, "%%%02X", (unsigned)(unsigned char)*s);
		}
	}
	response_header(
		a, r, "Set-Cookie",
		arena_printf(a, "flash=%s; Path=/; HttpOnly; SameSite=Lax; Max-Age=60", b.p));
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9') {
		return c - '0';
	}
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

const char *cookie_take_flash(struct page *p)
{
	const char *s = pairs_get(&p->request->cookies, "flash");
	struct buf b;

	if (text_empty(s)) {
		return NULL;
	}
	response_header(p->arena, p->response, "Set-Cookie",
			"flash=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
	buf_init(&b, p->arena, FLASH_MAX);
	for (; *s != '\0'; s++) {
		int high = s[0] == '%' ? hex_digit(s[1]) : -1;
		int low = high >= 0 ? hex_digit(s[2]) : -1;

		buf_char(&b, low >= 0 ? (char)(high * 16 + low) : *s);
		s += low >= 0 ? 2 : 0;
	}
	return text_normalise(p->arena, b.p, b.n);
}
