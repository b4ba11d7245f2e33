/* Start of the library and its plain hash. */
#include <sodium.h>
#include <stdlib.h>

#include "db/copy.h"
#include "trust/trust.h"

void trust_init(void)
{
	if (sodium_init() < 0) {
		abort();
	}
}

void sha256(const void *p, size_t n, unsigned char out[SHA256_BYTES])
{
	crypto_hash_sha256(out, p, n);
}

void sha256_hex(const void *p, size_t n, char out[65])
{
	unsigned char hash[SHA256_BYTES];

	sha256(p, n, hash);
	sodium_bin2hex(out, 65, hash, sizeof(hash));
}

_Static_assert(crypto_hash_sha256_BYTES == SHA256_BYTES, "as the standard says");
_Static_assert(sizeof(crypto_hash_sha256_state) <= COPY_HASH_STATE, "a state has room");

static void begin(void *state)
{
	crypto_hash_sha256_init(state);
}

static void add(void *state, const void *p, size_t n)
{
	crypto_hash_sha256_update(state, p, n);
}

static void end(void *state, char hex[65])
{
	unsigned char hash[crypto_hash_sha256_BYTES];

	crypto_hash_sha256_final(state, hash);
	sodium_bin2hex(hex, 65, hash, sizeof(hash));
}

const struct copy_hash sha256_hash = { begin, add, end };
