#include "base/ids.h"

#include <string.h>

#include "base/arena.h"

enum { WORD = 64, WORDS = 64, PIECE = WORD * WORDS };

static const int64_t most = INT64_C(1) << 40;

/* Room for pieces up to this one: twice as much as there was, so that growing costs little. */
static void make_room(struct arena *a, struct ids *s, size_t piece)
{
	size_t n = s->n_pieces * 2 > piece + 1 ? s->n_pieces * 2 : piece + 1;
	uint64_t **pieces = ARENA_NEW(a, uint64_t *, n);

	if (s->n_pieces > 0) {
		memcpy(pieces, s->pieces, s->n_pieces * sizeof *pieces);
	}
	s->pieces = pieces;
	s->n_pieces = n;
}

void ids_add(struct arena *a, struct ids *s, int64_t id)
{
	if (id < 0 || id > most) {
		return;
	}
	size_t piece = (size_t)id / PIECE, word = (size_t)id % PIECE / WORD;
	uint64_t bit = UINT64_C(1) << ((size_t)id % WORD);

	if (piece >= s->n_pieces) {
		make_room(a, s, piece);
	}
	if (s->pieces[piece] == NULL) {
		s->pieces[piece] = ARENA_NEW(a, uint64_t, WORDS);
	}
	s->n += (s->pieces[piece][word] & bit) == 0 ? 1 : 0;
	s->pieces[piece][word] |= bit;
}

void ids_add_list(struct arena *a, struct ids *s, const char *list)
{
	for (const char *p = list; *p >= '0' && *p <= '9'; p += *p == ',' ? 1 : 0) {
		int64_t id = 0;

		for (; *p >= '0' && *p <= '9' && id <= most; p++) {
			id = id * 10 + (*p - '0');
		}
		ids_add(a, s, id);
	}
}
