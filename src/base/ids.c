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

/* The words of a piece, made when there are none. */
static uint64_t *words_of(struct arena *a, struct ids *s, size_t piece)
{
	if (piece >= s->n_pieces) {
		make_room(a, s, piece);
	}
	if (s->pieces[piece] == NULL) {
		s->pieces[piece] = ARENA_NEW(a, uint64_t, WORDS);
	}
	return s->pieces[piece];
}

void ids_add(struct arena *a, struct ids *s, int64_t id)
{
	if (id < 0 || id > most) {
		return;
	}
	uint64_t *word = &words_of(a, s, (size_t)id / PIECE)[(size_t)id % PIECE / WORD];
	uint64_t bit = UINT64_C(1) << ((size_t)id % WORD);

	s->n += (*word & bit) == 0 ? 1 : 0;
	*word |= bit;
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

void ids_add_all(struct arena *a, struct ids *s, const struct ids *of)
{
	for (size_t piece = 0; piece < of->n_pieces; piece++) {
		if (of->pieces[piece] == NULL) {
			continue;
		}
		uint64_t *words = words_of(a, s, piece);

		for (size_t i = 0; i < WORDS; i++) {
			s->n += __builtin_popcountll(of->pieces[piece][i] & ~words[i]);
			words[i] |= of->pieces[piece][i];
		}
	}
}
