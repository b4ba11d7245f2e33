/* Which cell of a list holds what, and who is meant. */
#include "app/training/attendance.h"
#include "app/training/list_read.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

enum list_column {
	NAME,
	EMAIL,
	SCHOOL,
	JOB,
	SECTOR,
	STATE,
	FIRST,
	LAST,
	ARRIVED,
	LEFT
};

/* ---- headings ---- */

static const struct list_heading headings[] = {
	{ "name", NAME },
	{ "fullname", NAME },
	{ "attendee", NAME },
	{ "attendeename", NAME },
	{ "delegate", NAME },
	{ "learner", NAME },
	{ "staffname", NAME },
	{ "firstname", FIRST },
	{ "forename", FIRST },
	{ "givenname", FIRST },
	{ "lastname", LAST },
	{ "surname", LAST },
	{ "familyname", LAST },
	{ "email", EMAIL },
	{ "emailaddress", EMAIL },
	{ "workemail", EMAIL },
	{ "workemailaddress", EMAIL },
	{ "mail", EMAIL },
	{ "school", SCHOOL },
	{ "organisation", SCHOOL },
	{ "schoolororganisation", SCHOOL },
	{ "organization", SCHOOL },
	{ "setting", SCHOOL },
	{ "urn", SCHOOL },
	{ "establishment", SCHOOL },
	{ "company", SCHOOL },
	{ "schoolorganisation", SCHOOL },
	{ "job", JOB },
	{ "jobtitle", JOB },
	{ "role", JOB },
	{ "post", JOB },
	{ "position", JOB },
	{ "sector", SECTOR },
	{ "audience", SECTOR },
	{ "state", STATE },
	{ "status", STATE },
	{ "attendance", STATE },
	{ "attended", STATE },
	{ "arrived", ARRIVED },
	{ "arrival", ARRIVED },
	{ "arrivedat", ARRIVED },
	{ "timein", ARRIVED },
	{ "time", ARRIVED },
	{ "in", ARRIVED },
	{ "signedin", ARRIVED },
	{ "left", LEFT },
	{ "leftat", LEFT },
	{ "timeout", LEFT },
	{ "out", LEFT },
	{ "signedout", LEFT },
};

/* Is this row a heading? Then where[] says which cell holds which column. */
static bool read_heading(struct arena *a, const struct list_row *row, int where[LIST_COLUMNS_MAX])
{
	int found[LIST_COLUMNS_MAX];

	for (size_t i = 0; i < row->n; i++) {
		if (strchr(row->cells[i], '@') != NULL) {
			return false;
		}
	}
	list_find_columns(a, row, headings, sizeof(headings) / sizeof(*headings), found);
	if (found[NAME] < 0 && found[FIRST] < 0 && found[LAST] < 0) {
		return false;
	}
	memcpy(where, found, sizeof(found));
	return true;
}

/* ---- people ---- */

static const char *full_name(struct arena *a, const struct list_row *row, const int where[LIST_COLUMNS_MAX])
{
	const char *first = list_cell(row, where, FIRST), *last = list_cell(row, where, LAST);

	if (where[NAME] >= 0) {
		return list_cell(row, where, NAME);
	}
	return arena_printf(a, "%s%s%s", first, first[0] != '\0' && last[0] != '\0' ? " " : "",
			    last);
}

static struct attendee person_of(struct arena *a, const struct list_row *row, const int where[LIST_COLUMNS_MAX])
{
	struct attendee p = {
		.line = row->line,
		.name = full_name(a, row, where),
		.email = text_fold(a, list_cell(row, where, EMAIL)),
		.school = list_cell(row, where, SCHOOL),
		.job = list_cell(row, where, JOB),
		.sector_text = list_cell(row, where, SECTOR),
		.state_text = list_cell(row, where, STATE),
		.arrived_text = list_cell(row, where, ARRIVED),
		.left_text = list_cell(row, where, LEFT),
		.pick = "",
	};

	p.sector = sector_read(a, p.sector_text);
	p.state = attendance_state_read(a, p.state_text);
	p.arrived = attendance_minutes(p.arrived_text);
	p.left = attendance_minutes(p.left_text);
	attendee_check(a, &p);
	return p;
}

void attendance_parse(struct arena *a, const char *text, struct attendees *out)
{
	int where[LIST_COLUMNS_MAX] = { 0, 1, 2, 3, 4, 5, -1, -1, -1, -1 };
	struct list_reader r;
	struct list_row row;
	bool first = true;

	*out = (struct attendees){ .v = ARENA_NEW(a, struct attendee, ATTENDEES_MAX) };
	list_begin(&r, a, text);
	while (list_next(&r, &row)) {
		if (first && read_heading(a, &row, where)) {
			first = false;
			continue;
		}
		first = false;
		if (out->n == ATTENDEES_MAX) {
			out->too_many = true;
			return;
		}
		out->v[out->n++] = person_of(a, &row, where);
	}
}
