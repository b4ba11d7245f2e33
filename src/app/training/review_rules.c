#include "app/training/review_rules.h"

#include <stddef.h>

int review_after(int state, enum review_move move)
{
	switch (move) {
	case REVIEW_REQUEST:
		return state == REVIEW_OPENED ? REVIEW_REQUESTED : 0;
	case REVIEW_SEE:
		return state == REVIEW_REQUESTED ? REVIEW_SEEN : 0;
	case REVIEW_REFUSE:
		return state == REVIEW_REQUESTED ? REVIEW_REFUSED : 0;
	case REVIEW_RATE:
		return state == REVIEW_SEEN ? REVIEW_RATED : 0;
	case REVIEW_FINISH:
		return state == REVIEW_RATED ? REVIEW_ACTIONED : 0;
	case REVIEW_MOVES:
		break;
	}
	return 0;
}

static const char *too_early(enum review_move move)
{
	switch (move) {
	case REVIEW_SEE:
	case REVIEW_REFUSE:
		return "Ask for the material, or to sit in, before you record what came of it";
	case REVIEW_RATE:
		return "Record what you have seen before you rate it";
	default:
		return "Rate the training before you record what was done";
	}
}

const char *review_move_fault(int state, enum review_move move)
{
	static const int from[REVIEW_MOVES] = { 0, REVIEW_OPENED, REVIEW_REQUESTED, REVIEW_REQUESTED, REVIEW_SEEN,
						REVIEW_RATED };

	if (review_after(state, move) != 0) {
		return NULL;
	}
	if (state == REVIEW_REFUSED) {
		return "Access was refused, and that ended this review. Open a new one if the material can be seen after all";
	}
	if (state == REVIEW_ACTIONED) {
		return "This review is finished and can no longer be changed. Open a new one";
	}
	return state < from[move] ? too_early(move) : "This has already been recorded";
}

bool review_is_open(int state)
{
	return state == REVIEW_OPENED || state == REVIEW_REQUESTED || state == REVIEW_SEEN;
}

const char *reviewer_fault(int64_t reviewer_id, int64_t reviewed_id)
{
	return reviewer_id != 0 && reviewer_id == reviewed_id
		       ? "The reviewer gives this training. Select somebody else"
		       : NULL;
}
