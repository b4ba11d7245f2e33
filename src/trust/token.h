/* Within trust/: the hash of a token as stored. */
#ifndef TRUST_TOKEN_H
#define TRUST_TOKEN_H

#include "base/buf.h"

enum { TOKEN_HASH = 32 };

static inline struct bytes hash_bytes(const unsigned char hash[TOKEN_HASH])
{
	return (struct bytes){ hash, TOKEN_HASH };
}

#endif
