/* Who belongs to "all schools" on a date. Pure. */
#include <stdlib.h>

#include "app/directory/school.h"
#include "base/text.h"

/* domain.md 4.10: status 1 or 3, type groups 3, 4, 5, 10 and 11 (pupil referral units and nursery
 * schools are within 4). CTSA 2015, Schedule 6. */
static enum scope scope_of_group(int group)
{
	switch (group) {
	case GROUP_INDEPENDENT:
	case GROUP_MAINTAINED:
	case GROUP_SPECIAL:
	case GROUP_ACADEMY:
	case GROUP_FREE_SCHOOL:
		return SCOPE_IN;
	case GROUP_COLLEGE:
		return SCOPE_COLLEGE;
	case GROUP_UNIVERSITY:
		return SCOPE_UNIVERSITY;
	case GROUP_ONLINE:
		return SCOPE_ONLINE;
	case GROUP_WELSH:
		return SCOPE_WELSH;
	case GROUP_OTHER:
		return SCOPE_OTHER_TYPE;
	default:
		return SCOPE_TYPE_UNKNOWN;
	}
}

/* By its dates, for the date may lie before the register's; a school whose close date is not known
 * is closed whenever the register says so. Registers give 31 August as close date of a school whose
 * successor opens on 1 September: the close date is the last day. */
static enum scope scope_of_life(const struct school_line *s, struct date on)
{
	if (s->status == STATUS_PROPOSED) {
		return SCOPE_PROPOSED;
	}
	if (date_is_set(s->open_date) && date_compare(s->open_date, on) > 0) {
		return SCOPE_NOT_OPEN_YET;
	}
	if (date_is_set(s->close_date) ? date_compare(s->close_date, on) < 0 : s->status == STATUS_CLOSED) {
		return SCOPE_CLOSED;
	}
	if (date_is_set(s->vanished_on) && date_compare(s->vanished_on, on) <= 0) {
		return SCOPE_VANISHED;
	}
	return SCOPE_IN;
}

enum scope school_scope(const struct school_line *s, const char *la_code, struct date on)
{
	enum scope scope;

	if (!text_same(s->la_code, la_code)) {
		return SCOPE_OTHER_AUTHORITY;
	}
	scope = scope_of_life(s, on);
	return scope != SCOPE_IN ? scope : scope_of_group(s->type_group);
}

static int by_urn(const void *key, const void *row)
{
	int64_t urn = *(const int64_t *)key;
	const struct school_line *s = row;

	return (urn > s->urn) - (urn < s->urn);
}

const struct school_line *school_in(const struct school_line *rows, size_t n, int64_t urn)
{
	return n == 0 ? NULL : bsearch(&urn, rows, n, sizeof(*rows), by_urn);
}
