/* Start of the library and its plain hash. */
#include <sodium.h>
#include <stdlib.h>

#include "trust/trust.h"

void trust_init(void)
{
	if (sodium_init() < 0) {
		abort();
	}
}

void sha256_hex(const void *p, size_t n, char out[65])
{
	unsigned char hash[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(hash, p, n);
	sodium_bin2hex(out, 65, hash, sizeof(hash));
}
