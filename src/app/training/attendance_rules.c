/* Decisions about attendance: no store, no clock. */
#include "app/training/attendance.h"
#include "app/training/list_read.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

enum { SHORT_MAX = 200 };

/* What people write in a list. Folded, without spaces and punctuation. */
struct said {
	const char *text;
	int code;
};

static const struct said said_states[] = {
	{ "booked", ATTENDANCE_BOOKED },
	{ "registered", ATTENDANCE_BOOKED },
	{ "invited", ATTENDANCE_BOOKED },
	{ "attended", ATTENDANCE_ATTENDED },
	{ "attendedinfull", ATTENDANCE_ATTENDED },
	{ "full", ATTENDANCE_ATTENDED },
	{ "present", ATTENDANCE_ATTENDED },
	{ "yes", ATTENDANCE_ATTENDED },
	{ "y", ATTENDANCE_ATTENDED },
	{ "1", ATTENDANCE_ATTENDED },
	{ "x", ATTENDANCE_ATTENDED },
	{ "completed", ATTENDANCE_ATTENDED },
	{ "part", ATTENDANCE_PART },
	{ "partial", ATTENDANCE_PART },
	{ "inpart", ATTENDANCE_PART },
	{ "attendedinpart", ATTENDANCE_PART },
	{ "leftearly", ATTENDANCE_PART },
	{ "late", ATTENDANCE_ATTENDED },
	{ "noshow", ATTENDANCE_NO_SHOW },
	{ "no", ATTENDANCE_NO_SHOW },
	{ "n", ATTENDANCE_NO_SHOW },
	{ "0", ATTENDANCE_NO_SHOW },
	{ "absent", ATTENDANCE_NO_SHOW },
	{ "dna", ATTENDANCE_NO_SHOW },
	{ "didnotcome", ATTENDANCE_NO_SHOW },
	{ "didnotattend", ATTENDANCE_NO_SHOW },
	{ "cancelled", ATTENDANCE_CANCELLED },
	{ "canceled", ATTENDANCE_CANCELLED },
	{ "bookingcancelled", ATTENDANCE_CANCELLED },
	{ "apologies", ATTENDANCE_APOLOGIES },
	{ "apology", ATTENDANCE_APOLOGIES },
	{ "sentapologies", ATTENDANCE_APOLOGIES },
	{ "excused", ATTENDANCE_APOLOGIES },
	{ NULL, 0 },
};

static const struct said said_sectors[] = {
	{ "school", SECTOR_SCHOOL },
	{ "schools", SECTOR_SCHOOL },
	{ "schoolstaff", SECTOR_SCHOOL },
	{ "education", SECTOR_SCHOOL },
	{ "furthereducation", SECTOR_FURTHER_EDUCATION },
	{ "fe", SECTOR_FURTHER_EDUCATION },
	{ "college", SECTOR_FURTHER_EDUCATION },
	{ "earlyyears", SECTOR_EARLY_YEARS },
	{ "nursery", SECTOR_EARLY_YEARS },
	{ "childminder", SECTOR_EARLY_YEARS },
	{ "health", SECTOR_HEALTH },
	{ "nhs", SECTOR_HEALTH },
	{ "socialcare", SECTOR_SOCIAL_CARE },
	{ "council", SECTOR_COUNCIL },
	{ "localauthority", SECTOR_COUNCIL },
	{ "la", SECTOR_COUNCIL },
	{ "policejustice", SECTOR_POLICE_JUSTICE },
	{ "policeandjustice", SECTOR_POLICE_JUSTICE },
	{ "police", SECTOR_POLICE_JUSTICE },
	{ "probation", SECTOR_POLICE_JUSTICE },
	{ "prison", SECTOR_POLICE_JUSTICE },
	{ "fostercarers", SECTOR_FOSTER_CARERS },
	{ "fostercarer", SECTOR_FOSTER_CARERS },
	{ "voluntary", SECTOR_VOLUNTARY },
	{ "voluntaryandcommunity", SECTOR_VOLUNTARY },
	{ "charity", SECTOR_VOLUNTARY },
	{ "community", SECTOR_VOLUNTARY },
	{ "faith", SECTOR_FAITH },
	{ "outofschool", SECTOR_OUT_OF_SCHOOL },
	{ "outofschoolsetting", SECTOR_OUT_OF_SCHOOL },
	{ "outofschoolsettings", SECTOR_OUT_OF_SCHOOL },
	{ "tuition", SECTOR_OUT_OF_SCHOOL },
	{ "supplementaryschool", SECTOR_OUT_OF_SCHOOL },
	{ "other", SECTOR_OTHER },
	{ "notknown", SECTOR_NOT_KNOWN },
	{ "notrecorded", SECTOR_NOT_KNOWN },
	{ "unknown", SECTOR_NOT_KNOWN },
	{ NULL, 0 },
};

static int find_said(struct arena *a, const struct said *list, const char *text)
{
	const char *s = list_squeeze(a, text);

	for (; list->text != NULL; list++) {
		if (strcmp(list->text, s) == 0) {
			return list->code;
		}
	}
	return 0;
}

int attendance_state_read(struct arena *a, const char *text)
{
	static const char *const ticks[] = { "\xe2\x9c\x93", "\xe2\x9c\x94", NULL };

	for (size_t i = 0; ticks[i] != NULL; i++) {
		if (strcmp(text, ticks[i]) == 0) {
			return ATTENDANCE_ATTENDED;
		}
	}
	return find_said(a, said_states, text);
}

int sector_read(struct arena *a, const char *text)
{
	return find_said(a, said_sectors, text);
}

static int rank(int state)
{
	switch (state) {
	case ATTENDANCE_BOOKED:
		return 1;
	case ATTENDANCE_NO_SHOW:
		return 2;
	case ATTENDANCE_WAITING: /* a list gives nobody a place before those who wait */
		return 3;
	case ATTENDANCE_APOLOGIES: /* says more than that somebody was not there: a register that only ticks those
				    * who came does not make it an absence (peers 4.2, Moodle: apology is not absence) */
		return 4;
	case ATTENDANCE_CANCELLED: /* is not absence either */
		return 5;
	case ATTENDANCE_PART:
		return 6;
	case ATTENDANCE_ATTENDED:
		return 7;
	default:
		return 0;
	}
}

int attendance_merge(int now, int said)
{
	return rank(said) > rank(now) ? said : now;
}

const char *attendance_state_fault(struct arena *a, int session_state, struct date held_on,
				   struct date today, int said)
{
	if (session_state == SESSION_CLOSED) {
		return "This session is closed. Attendance can no longer be changed";
	}
	if (session_state == SESSION_CANCELLED) {
		return "This session was cancelled. Attendance can no longer be changed";
	}
	if (said != ATTENDANCE_BOOKED && said != ATTENDANCE_APOLOGIES && said != ATTENDANCE_CANCELLED &&
	    date_compare(held_on, today) > 0) {
		return arena_printf(a,
				    "This session is on %s. Until then people can only be booked, or send "
				    "apologies",
				    date_long(a, held_on));
	}
	return NULL;
}

bool same_person(const struct person_key *a, const struct person_key *b)
{
	if (!text_empty(a->email) && !text_empty(b->email)) {
		return strcmp(a->email, b->email) == 0;
	}
	return strcmp(a->name_fold, b->name_fold) == 0 && a->urn == b->urn &&
	       strcmp(a->organisation_fold, b->organisation_fold) == 0;
}

static const char *word_list(struct arena *a, const struct words *words)
{
	struct buf b;

	buf_init(&b, a, 500);
	for (const struct word *w = words->items; w->word != NULL; w++) {
		buf_printf(&b, "%s%s", b.n == 0 ? "" : w[1].word == NULL ? " or " : ", ", w->word);
	}
	return b.p;
}

/* The first field that is too long, or NULL. */
static const char *too_long(const struct attendee *p)
{
	if (text_length(p->name) > SHORT_MAX) {
		return "name";
	}
	if (text_length(p->school) > SHORT_MAX) {
		return "school or organisation";
	}
	return text_length(p->job) > SHORT_MAX ? "job" : NULL;
}

static bool has_letter(const char *s)
{
	for (; *s != '\0'; s++) {
		if (isalpha((unsigned char)*s) || (unsigned char)*s >= 0x80) {
			return true;
		}
	}
	return false;
}

void attendee_check(struct arena *a, struct attendee *p)
{
	if (p->fault != NULL) {
		return;
	}
	if (text_empty(p->name)) {
		p->fault = "Enter the name";
	} else if (!has_letter(p->name) || strchr(p->name, '@') != NULL) {
		p->fault = "The name must be a person’s name";
	} else if (too_long(p) != NULL) {
		p->fault = arena_printf(a, "The %s must be %d characters or fewer", too_long(p),
					SHORT_MAX);
	} else if (!text_empty(p->email) && !text_is_email(p->email)) {
		p->fault = "The work email must be an email address, like name@example.com";
	} else if (!text_empty(p->sector_text) && p->sector == 0) {
		p->fault = arena_printf(a, "The sector must be one of: %s",
					word_list(a, &sector_words));
	} else if (!text_empty(p->state_text) && p->state == 0) {
		p->fault = arena_printf(a, "The attendance must be one of: %s",
					word_list(a, &attendance_said_words));
	} else {
		p->fault = attendee_time_fault(p);
	}
}
