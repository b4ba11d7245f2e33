/* The sessions of one series, and what stands about them on a session's page. */
#include "app/training/session_series.h"

#include "app/training/session_series.sql.h"
#include "base/arena.h"
#include "core/core.h"

static const struct field series_arg_fields[] = {
	FIELD(struct series_arg, authority_id),
	FIELD(struct series_arg, series_id),
	FIELD(struct series_arg, session_id),
	FIELD_END
};
RECORD(series_arg, series_arg_fields);

static const struct field series_line_fields[] = {
	FIELD(struct series_line, reference, .flags = F_REFERENCE),
	FIELD(struct series_line, starts_at),
	FIELD(struct series_line, venue),
	FIELD(struct series_line, state, .words = &session_state_words),
	FIELD_END
};
RECORD(series_line, series_line_fields);

struct err *session_series(struct arena *a, struct db *db, const struct session *s, struct series_line **out, size_t *n)
{
	struct series_arg args = { s->authority_id, s->series_id, s->id };

	*n = 0;
	return s->series_id == 0 ? NULL : sql_series_others(a, db, &args, out, n);
}

/* A trainer sees the sessions of a colleague by date only: their pages are not the trainer's own. */
struct err *series_part(struct page *p, const struct session *s)
{
	struct series_line *v;
	size_t n;
	bool links = policy_reach(p->who->role, PERM_training_read) == REACH_ALL;
	static const struct ui_cell head[] = { { .text = "Date and time" }, { .text = "Venue" }, { .text = "State" } };
	const struct ui_table table = { .caption = "Other sessions of this series",
					.caption_classes = "govuk-table__caption--m",
					.head = head,
					.n_head = 3,
					.scrolls = true };

	TRY(session_series(p->arena, p->db, s, &v, &n));
	if (n == 0) {
		return NULL;
	}
	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < n; i++) {
		struct ui_cell day = { .text = instant_long(p->arena, v[i].starts_at) };

		if (links) {
			day.href = link_session(p->arena, v[i].reference);
		}
		ui_row_begin(p->html);
		ui_cell(p->html, &day);
		ui_cell(p->html, &(struct ui_cell){ .text = v[i].venue });
		ui_cell(p->html, &(struct ui_cell){ .text = words_label(&session_state_words, v[i].state),
						    .tag_colour = session_state_tag(v[i].state) });
		ui_row_end(p->html);
	}
	ui_table_end(p->html, &table);
	return NULL;
}
