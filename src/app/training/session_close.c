/* What is still open when a session is to be closed: one decision each, or one for all. */
#include "app/training/session_close.h"

#include "app/training/attendance.h"
#include "app/training/attendance.sql.h"
#include "app/training/checkin.h"
#include "app/training/session.sql.h"
#include "app/training/session_rules.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

static const struct field close_form_fields[] = {
	FIELD(struct close_form, rest, .label = "Everybody else who is still booked", .words = &attendance_said_words),
	FIELD(struct close_form, leave_out, .label = "Leave out the check-ins that nobody has settled"),
	FIELD_END
};
RECORD(close_form, close_form_fields);

/* ---- the decisions ---- */

static int decided(struct op *op, const struct attendance_line *row, int rest)
{
	const char *text = pairs_get(op->raw, arena_printf(op->arena, "state-%s", row->learner));
	const struct word *w = text_empty(text) ? NULL : words_by_word(&attendance_said_words, text);

	return w != NULL ? w->code : rest;
}

struct err *session_reconcile(struct op *op, const struct session *s, const struct close_form *form)
{
	struct people_args args = { .authority_id = s->authority_id, .session_id = s->id, .after = "", .row_limit = PEOPLE_ALL };
	struct attendance_line *rows;
	size_t n;

	if (s->state != SESSION_DELIVERED) {
		return NULL; /* it cannot be closed: the reason is told by who moves it */
	}
	TRY(sql_attendance_of_session(op->arena, op->db, &args, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct attendance a = { .id = rows[i].id, .session_id = s->id, .state = rows[i].state,
					.establishment_urn = rows[i].establishment_urn, .sector = rows[i].sector,
					.arrived_at = rows[i].arrived_at, .left_at = rows[i].left_at };
		int state = decided(op, &rows[i], form->rest);

		if (rows[i].state == ATTENDANCE_BOOKED && state != 0 && state != ATTENDANCE_BOOKED) {
			TRY(attendance_set(op, s, &a, rows[i].learner, state));
		}
	}
	return form->leave_out ? checkin_leave_out_rest(op, s) : NULL;
}

/* ---- the page ---- */

struct closing {
	struct page *p;
	struct session s;
	struct session_counts counts;
	struct people list;
};

static const char *typed(const struct closing *c, const char *name)
{
	return c->p->outcome == NULL ? NULL : pairs_get(&c->p->outcome->raw, name);
}

static void ask_person(const struct closing *c, const struct attendance_line *row)
{
	const char *name = arena_printf(c->p->arena, "state-%s", row->learner);
	const struct ui_fieldset fieldset = { .legend = { .text = row->name, .classes = "govuk-fieldset__legend--s" } };
	struct ui_item items[8];
	size_t n = 0;

	for (const struct word *w = attendance_said_words.items; w->word != NULL && n < 8; w++) {
		if (w->code != ATTENDANCE_BOOKED) {
			items[n++] = (struct ui_item){ .value = w->word, .text = w->label };
		}
	}
	ui_radios(c->p->html, &(struct ui_radios){ .name = name,
						   .fieldset = &fieldset,
						   .items = items,
						   .n_items = n,
						   .value = typed(c, name),
						   .classes = "govuk-radios--small govuk-radios--inline" });
}

static void ask_booked(const struct closing *c)
{
	static const struct ui_option options[] = {
		{ .value = "no-show", .text = "Did not come" },
		{ .value = "apologies", .text = "Sent apologies" },
		{ .value = "attended", .text = "Attended in full" },
		{ .value = "", .text = "Not decided yet" },
	};
	const char *said = typed(c, "rest");

	ui_subheading(c->p->html, 2, arena_printf(c->p->arena, "Booked, and nothing recorded: %lld", (long long)c->counts.booked));
	for (size_t i = 0; i < c->list.n; i++) {
		if (c->list.v[i].state == ATTENDANCE_BOOKED) {
			ask_person(c, &c->list.v[i]);
		}
	}
	ui_select(c->p->html, &(struct ui_select){ .name = "rest",
						   .items = options,
						   .n_items = 4,
						   .value = said != NULL ? said : "no-show",
						   .label = { .text = "Everybody for whom nothing is chosen above" } });
}

static void ask_entries(const struct closing *c)
{
	const struct ui_item item = { .value = "yes", .text = "Leave out the check-ins that are not settled" };
	const char *const values[] = { typed(c, "leave_out"), NULL };

	ui_subheading(c->p->html, 2, arena_printf(c->p->arena, "Checked in, not on the list: %lld",
						  (long long)c->counts.unsettled));
	LIT(c->p->html, "<p class=\"govuk-body\">");
	ui_anchor(c->p->html, url_path(c->p->arena, "/training/sessions/{}/check-in", c->s.reference),
		  "Look at each and put on the list who was there");
	LIT(c->p->html, "</p>");
	ui_checkboxes(c->p->html, &(struct ui_checkboxes){ .name = "leave_out", .items = &item, .n_items = 1, .values = values,
							   .id_prefix = "leave_out" });
}

static struct err *ask(const struct closing *c)
{
	const struct form form = {
		.record = &close_form_record,
		.submit = "Close session",
		.action = url_path(c->p->arena, "/training/sessions/{}/close", c->s.reference),
		.version = c->s.version,
		.cancel = link_session(c->p->arena, c->s.reference),
	};

	TRY(page_form_begin(c->p, &form));
	if (c->counts.booked > 0) {
		ask_booked(c);
	}
	if (c->counts.unsettled > 0) {
		ask_entries(c);
	}
	page_form_end(c->p, &form);
	return NULL;
}

struct err *session_close_page(struct page *p)
{
	struct closing c = { .p = p };
	struct session_arg args = { .authority_id = p->who->authority_id };

	TRY(session_of_page(p, &c.s));
	args.session_id = c.s.id;
	TRY(sql_session_counts(p->arena, p->db, &args, &c.counts));
	TRY(people_of_page(p, c.s.id, &c.list));
	/* What the person cannot decide here: the state and the feedback window. */
	const struct session_facts facts = { .state = c.s.state, .held_on = c.s.held_on, .feedback_until = c.s.feedback_until,
					     .has_trainer = true };
	const char *fault = session_move_fault(&facts, MOVE_CLOSE, p->today);

	page_begin(p, &(struct page_head){ .title = "Close this session",
					   .caption = arena_printf(p->arena, "%s, %s", c.s.course,
								   instant_long(p->arena, c.s.starts_at)),
					   .back = link_session(p->arena, c.s.reference) });
	if (fault != NULL) {
		ui_paragraph(p->html, arena_printf(p->arena, "%s.", fault));
	} else {
		ui_paragraph(p->html, "After it is closed, attendance can no longer be changed. A list that comes later is refused: "
				      "keep the session open until you have it.");
		TRY(ask(&c));
	}
	page_end(p);
	return NULL;
}
