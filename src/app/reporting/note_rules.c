/* The states of a note and who sees it in which (domain reference 3.11 and 5.1). Pure. */
#include "app/reporting/note.h"

bool note_is_signed(int state)
{
	return state == NOTE_SIGNED_OFF || state == NOTE_PUBLISHED || state == NOTE_EXEMPT;
}

int note_after(int state, enum note_move move)
{
	switch (move) {
	case NOTE_MOVE_CHANGE:
		return state == NOTE_DRAFT ? NOTE_DRAFT : 0;
	case NOTE_MOVE_REVIEW:
		return state == NOTE_DRAFT ? NOTE_REVIEW : 0;
	case NOTE_MOVE_RETURN:
		return state == NOTE_REVIEW ? NOTE_DRAFT : 0;
	case NOTE_MOVE_SIGN:
		return state == NOTE_REVIEW ? NOTE_SIGNED_OFF : 0;
	case NOTE_MOVE_PUBLISH:
		return state == NOTE_SIGNED_OFF ? NOTE_PUBLISHED : 0;
	case NOTE_MOVE_EXEMPT:
		return state == NOTE_SIGNED_OFF ? NOTE_EXEMPT : 0;
	case NOTE_MOVE_CORRECT:
		return note_is_signed(state) ? state : 0;
	case NOTE_MOVE_COUNT:
		break;
	}
	return 0;
}

static const char *draft_fault(enum note_move move)
{
	switch (move) {
	case NOTE_MOVE_RETURN:
		return "This note is a draft already";
	case NOTE_MOVE_SIGN:
		return "Send the note for review before it is signed off";
	case NOTE_MOVE_CORRECT:
		return "This note is a draft. Change it as it stands";
	default:
		return "A note must be signed off before it is published or made exempt";
	}
}

static const char *review_fault(enum note_move move)
{
	switch (move) {
	case NOTE_MOVE_CHANGE:
	case NOTE_MOVE_CORRECT:
		return "This note is in review. Return it to draft before you change it";
	case NOTE_MOVE_REVIEW:
		return "This note is in review already";
	default:
		return "A note must be signed off before it is published or made exempt";
	}
}

const char *note_move_fault(int state, enum note_move move)
{
	if (note_after(state, move) != 0) {
		return NULL;
	}
	if (state == NOTE_DRAFT) {
		return draft_fault(move);
	}
	if (state == NOTE_REVIEW) {
		return review_fault(move);
	}
	if (move == NOTE_MOVE_PUBLISH || move == NOTE_MOVE_EXEMPT) {
		return state == NOTE_PUBLISHED ? "This note is published already"
					       : "This note is exempt. Make a new version of it to publish";
	}
	return "This note was signed off and stays as it is. Make a new version of it to correct it";
}

enum note_sees note_sees(enum role role)
{
	if (policy_reach(role, PERM_note_write) != REACH_NO) {
		return SEES_ALL;
	}
	return policy_reach(role, PERM_audit_detail) != REACH_NO ? SEES_SIGNED : SEES_PUBLISHED;
}

bool note_visible(enum note_sees sees, int state)
{
	return sees == SEES_ALL || state == NOTE_PUBLISHED || (sees == SEES_SIGNED && state == NOTE_SIGNED_OFF);
}
