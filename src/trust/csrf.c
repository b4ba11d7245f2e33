/*
 * CSRF: a secret of each login, shown in forms only under a fresh mask, so that compressed pages do
 * not give it away by their length (BREACH).
 */
#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "trust/trust.h"

enum { SECRET = 32, TEXT = 87 }; /* 64 bytes in base64 without padding, and the NUL */

const char *csrf_token(struct arena *a, const struct world *w, const struct who *who)
{
	unsigned char both[2 * SECRET];
	char *out = arena_alloc(a, TEXT);

	if (who->login_id == 0) {
		return "";
	}
	world_random(w, both, SECRET);
	for (int i = 0; i < SECRET; i++) {
		both[SECRET + i] = both[i] ^ who->csrf[i];
	}
	sodium_bin2base64(out, TEXT, both, sizeof(both), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return out;
}

bool csrf_good(const struct who *who, const char *token)
{
	unsigned char both[2 * SECRET];
	size_t n = 0;

	if (who->login_id == 0 || token == NULL || strlen(token) != TEXT - 1 ||
	    sodium_base642bin(both, sizeof(both), token, TEXT - 1, NULL, &n, NULL,
			      sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
	    n != sizeof(both)) {
		return false;
	}
	for (int i = 0; i < SECRET; i++) {
		both[SECRET + i] ^= both[i];
	}
	return sodium_memcmp(both + SECRET, who->csrf, SECRET) == 0;
}
