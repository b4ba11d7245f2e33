/* The keyboard grid: rows of new people out of a form's raw fields. Pure. */
#include <stdlib.h>
#include <string.h>

#include "app/training/attendance.h"
#include "base/arena.h"
#include "base/text.h"

/* The row number of "new-name-12"; 0: not a field of a new row. */
static int row_of(const char *name)
{
	const char *dash = strrchr(name, '-');
	int64_t n;

	if (!text_starts(name, "new-") || dash == NULL ||
	    !text_to_int(dash + 1, 1, GRID_ROWS_MAX, &n)) {
		return 0;
	}
	return (int)n;
}

int grid_last(const struct pairs *raw)
{
	int last = 0;

	for (size_t i = 0; i < raw->n; i++) {
		int row = row_of(raw->v[i].name);

		if (row > last && raw->v[i].value[0] != '\0' &&
		    !text_starts(raw->v[i].name, "new-state-")) {
			last = row;
		}
	}
	return last;
}

static const char *field_of(struct arena *a, const struct pairs *raw, const char *name, int row)
{
	const char *value = pairs_get(raw, arena_printf(a, "new-%s-%d", name, row));
	const char *clean = value == NULL ? "" : text_normalise(a, value, strlen(value));

	return clean == NULL ? "" : clean;
}

void grid_read(struct arena *a, const struct pairs *raw, struct attendees *out)
{
	int last = grid_last(raw);

	*out = (struct attendees){ .v = ARENA_NEW(a, struct attendee, (size_t)last + 1) };
	for (int row = 1; row <= last; row++) {
		struct attendee p = {
			.line = row,
			.name = field_of(a, raw, "name", row),
			.email = text_fold(a, field_of(a, raw, "email", row)),
			.school = field_of(a, raw, "school", row),
			.job = field_of(a, raw, "job", row),
			.sector_text = "",
			.state_text = field_of(a, raw, "state", row),
			.pick = field_of(a, raw, "pick", row),
		};

		if (p.name[0] == '\0' && p.email[0] == '\0' && p.school[0] == '\0' &&
		    p.job[0] == '\0') {
			continue;
		}
		p.state = attendance_state_read(a, p.state_text);
		attendee_check(a, &p);
		out->v[out->n++] = p;
	}
}

const char *grid_field(struct arena *a, const struct plan_row *row)
{
	const char *column = "name";

	if (row->place.fault != NULL) {
		column = row->place.n_choices > 0 ? "pick" : "school";
	} else if (!text_empty(row->in.email) && !text_is_email(row->in.email)) {
		column = "email";
	}
	return arena_printf(a, "new-%s-%lld", column, (long long)row->in.line);
}
