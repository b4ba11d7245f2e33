/* Decisions about two records of one person: no store, no clock. Sources: peers 4.1, merge guards of DHIS2. */
#include <string.h>

#include "app/training/merge.h"
#include "base/arena.h"
#include "base/text.h"

static bool was_there(int state)
{
	return state == ATTENDANCE_ATTENDED || state == ATTENDANCE_PART;
}

/* One person cannot have come to one session from two schools. */
static bool contradict(const struct merge_meeting *m)
{
	return was_there(m->stays_state) && was_there(m->gone_state) && m->stays_urn != 0 && m->gone_urn != 0 &&
	       m->stays_urn != m->gone_urn;
}

const char *merge_refusal(struct arena *a, const struct learner *stays, const struct learner *gone,
			  const struct merge_counts *of_gone, const struct merge_meeting *meetings, size_t n)
{
	if (stays->id == gone->id) {
		return "This is one record. Choose another to join it with";
	}
	if (!text_empty(stays->merged_into) || !text_empty(gone->merged_into)) {
		return "One of the two was joined into another record already. Join that one";
	}
	if (of_gone->joined > 0) {
		return arena_printf(a, "Another record was joined into %s before. Let %s be the one that stays, or take that "
				       "apart first", gone->reference, gone->reference);
	}
	for (size_t i = 0; i < n; i++) {
		if (contradict(&meetings[i])) {
			return arena_printf(a, "Both are recorded as there on %s (%s), each from another school. Correct the "
					       "attendance first, or tell them apart: they are two people",
					    date_long(a, meetings[i].held_on), meetings[i].course);
		}
	}
	return NULL;
}

static bool is_off(int state)
{
	return state == ATTENDANCE_WAITING || state == ATTENDANCE_CANCELLED;
}

int merge_state(int a, int b)
{
	if (is_off(a) && is_off(b)) {
		return a == b ? a : ATTENDANCE_WAITING;
	}
	if ((a == ATTENDANCE_BOOKED && is_off(b)) || (b == ATTENDANCE_BOOKED && is_off(a))) {
		return ATTENDANCE_BOOKED;
	}
	return attendance_merge(a, b);
}

bool merge_gone_wins(const struct merge_meeting *m)
{
	return m->stays_state != m->gone_state && merge_state(m->stays_state, m->gone_state) == m->gone_state;
}

/* ---- fields ---- */

static bool same(const char *a, const char *b)
{
	return strcmp(text_empty(a) ? "" : a, text_empty(b) ? "" : b) == 0;
}

static bool has_place(const struct learner *l)
{
	return l->establishment_urn != 0 || !text_empty(l->organisation);
}

struct compared {
	bool first, second, same; /* has something; both have the same */
};

static struct compared texts(const char *a, const char *b)
{
	return (struct compared){ !text_empty(a), !text_empty(b), same(a, b) };
}

static struct compared codes(int a, int b, int none)
{
	return (struct compared){ a != none, b != none, a == b };
}

static struct compared compare(const struct learner *a, const struct learner *b, const char *field)
{
	if (strcmp(field, "name") == 0) {
		return texts(a->name, b->name);
	}
	if (strcmp(field, "email") == 0) {
		return texts(a->email, b->email);
	}
	if (strcmp(field, "job") == 0) {
		return texts(a->job, b->job);
	}
	if (strcmp(field, "standing") == 0) {
		return codes(a->standing, b->standing, 0);
	}
	if (strcmp(field, "audience") == 0) {
		return codes(a->audience, b->audience, 0);
	}
	if (strcmp(field, "sector") == 0) {
		return codes(a->sector, b->sector, SECTOR_NOT_KNOWN);
	}
	if (strcmp(field, "place") == 0) {
		return (struct compared){ has_place(a), has_place(b), a->establishment_urn == b->establishment_urn &&
									      same(a->organisation, b->organisation) };
	}
	if (strcmp(field, "body") == 0) {
		return (struct compared){ a->agency_id != 0, b->agency_id != 0,
					  a->agency_id == b->agency_id && a->team_id == b->team_id };
	}
	/* who has left under one record and not under the other: both say something */
	return (struct compared){ true, true, date_compare(a->ended_on, b->ended_on) == 0 };
}

bool merge_differs(const struct learner *first, const struct learner *second, const char *field)
{
	struct compared c = compare(first, second, field);

	return c.first && c.second && !c.same;
}

/* Whose value: the chosen one where both have something, else whoever has. */
static const struct learner *whose(const struct learner *first, const struct learner *second, const char *field, int chosen,
				   int stays)
{
	struct compared c = compare(first, second, field);

	if (c.first != c.second) {
		return c.first ? first : second;
	}
	return (chosen == 0 ? stays : chosen) == MERGE_SECOND ? second : first;
}

struct learner merge_fields(const struct learner *first, const struct learner *second, const struct merge_form *form)
{
#define WHOSE(field) whose(first, second, #field, form->field, form->stays)
	struct learner l = *(form->stays == MERGE_SECOND ? second : first);
	const struct learner *name = WHOSE(name), *place = WHOSE(place), *body = WHOSE(body);

	l.name = name->name;
	l.name_fold = name->name_fold;
	l.email = WHOSE(email)->email;
	l.job = WHOSE(job)->job;
	l.standing = WHOSE(standing)->standing;
	l.audience = WHOSE(audience)->audience;
	l.sector = WHOSE(sector)->sector;
	l.establishment_urn = place->establishment_urn;
	l.school = place->school;
	l.organisation = place->organisation;
	l.organisation_fold = place->organisation_fold;
	l.agency_id = body->agency_id;
	l.team_id = body->team_id;
	l.agency_reference = body->agency_reference;
	l.team_reference = body->team_reference;
	l.ended_on = WHOSE(ended_on)->ended_on;
	l.kept = first->kept || second->kept;
	return l;
#undef WHOSE
}
