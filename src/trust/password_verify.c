/*
 * Is it the password? Argon2id by libargon2, which takes its memory from the caller: it is kept from one password to the
 * next and made of huge pages. To have it anew each time, in pages of 4 KB, costs as much as the hash, and holds up
 * whoever else is at work (decision 3).
 */
#include <argon2.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/huge_pages.h"
#include "trust/trust.h"

enum { HASH = 32, SALT = crypto_pwhash_SALTBYTES };

/* Of nobody's password; verified when there is no account, so that the answer takes as long. */
static const char nobody[] =
	"$argon2id$v=19$m=65536,t=3,p=1$GO5tUEao/v/kZpkngHO6Bg$"
	"3Y+Kdp8E55LYR7UhCCagNeSDP0SGLiOBAmARTZG6Ero";

/* A stored hash in its parts, as libsodium writes it ("PHC string format"). */
struct stored {
	unsigned kib, passes;
	unsigned char salt[SALT], hash[HASH];
};

static struct {
	void *memory;
	size_t n;
} kept; /* the library's callbacks have no context */

void password_give_back(void)
{
	huge_pages_give_back(kept.memory, kept.n);
	kept.memory = NULL;
}

static int lend(uint8_t **memory, size_t n)
{
	if (kept.memory == NULL || kept.n != n) {
		password_give_back();
		kept.memory = huge_pages_take(n);
		kept.n = n;
	}
	*memory = kept.memory;
	return kept.memory != NULL ? ARGON2_OK : ARGON2_MEMORY_ALLOCATION_ERROR;
}

/* It has been wiped. */
static void take_back(uint8_t *memory, size_t n)
{
}

static const char *take_bytes(const char *from, unsigned char *out, size_t n)
{
	const char *end = NULL;
	size_t got = 0;
	int decoded = sodium_base642bin(out, n, from, strlen(from), NULL, &got, &end,
					sodium_base64_VARIANT_ORIGINAL_NO_PADDING);

	return decoded == 0 && got == n ? end : NULL;
}

static bool take_apart(const char *text, struct stored *out)
{
	int salt = 0;

	if (sscanf(text, "$argon2id$v=19$m=%9u,t=%9u,p=1$%n", &out->kib, &out->passes, &salt) != 2 || salt == 0) {
		return false;
	}
	const char *end = take_bytes(text + salt, out->salt, sizeof(out->salt));

	if (end == NULL || *end != '$') {
		return false;
	}
	end = take_bytes(end + 1, out->hash, sizeof(out->hash));
	return end != NULL && *end == '\0';
}

/* Not by a function that tells right from wrong alone: to that a want of memory is a wrong password, which would be told
 * to somebody who typed the right one, and counted against them. */
struct err *password_verify(const char *hash, const char *password, bool *right_out)
{
	struct stored against;
	unsigned char out[HASH];
	bool known = hash != NULL && take_apart(hash, &against);

	*right_out = false;
	if (!known && !take_apart(nobody, &against)) {
		return ERR_DETAIL(ERR_BUG, "the hash of nobody's password");
	}
	argon2_context c = {
		.out = out, .outlen = sizeof(out), .salt = against.salt, .saltlen = sizeof(against.salt),
		.pwd = (uint8_t *)(uintptr_t)password, .pwdlen = (uint32_t)strlen(password), /* read only */
		.t_cost = against.passes, .m_cost = against.kib, .lanes = 1, .threads = 1,
		.version = ARGON2_VERSION_13, .allocate_cbk = lend, .free_cbk = take_back,
	};
	int failed = argon2id_ctx(&c);
	if (failed != ARGON2_OK) {
		return ERR_DETAIL(ERR_BUSY, "a password was not verified: %s", argon2_error_message(failed));
	}
	*right_out = sodium_memcmp(out, against.hash, sizeof(out)) == 0 && known;
	return NULL;
}
