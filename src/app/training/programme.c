/* The programme of an event: its items, the page that changes and prints them, the table on the session's page. */
#include "app/training/programme.h"

#include "app/training/attendance.h"
#include "app/training/programme.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

static const struct word themes[] = {
	{ THEME_NATIONAL_PRACTICE, "national-practice", "National best practice", NULL },
	{ THEME_LOCAL_THREAT, "local-threat", "Local threat and risk", NULL },
	{ THEME_LOCAL_ACTION, "local-action", "Local action and resources", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words theme_words = { "theme", themes };

static const struct field programme_item_fields[] = {
	FIELD(struct programme_item, id, .flags = F_COMPUTED),
	FIELD(struct programme_item, session_id, .flags = F_COMPUTED),
	FIELD(struct programme_item, starts_minute, .label = "Minute of the day it begins"),
	FIELD(struct programme_item, minutes, .label = "Length in minutes"),
	FIELD(struct programme_item, title, .label = "Item of the programme"),
	FIELD(struct programme_item, theme, .label = "Theme", .words = &theme_words, .flags = F_NULLABLE),
	FIELD(struct programme_item, speaker, .label = "Who speaks", .flags = F_NULLABLE),
	FIELD_END
};
RECORD(programme_item, programme_item_fields);

static const struct field programme_form_fields[] = {
	FIELD(struct programme_form, starts, .label = "Begins at", .hint = "For example, 9:30am", .max = 20,
	      .flags = F_REQUIRED, .asks = "Enter when it begins"),
	FIELD(struct programme_form, minutes, .label = "Length in minutes", .min = 1, .max = 1440, .flags = F_REQUIRED,
	      .asks = "Enter how many minutes it takes"),
	FIELD(struct programme_form, title, .label = "What it is", .flags = F_REQUIRED, .asks = "Enter what it is"),
	FIELD(struct programme_form, theme, .label = "Theme", .words = &theme_words,
	      .hint = "Leave open for a welcome or a break"),
	FIELD(struct programme_form, speaker, .label = "Who speaks", .hint = "Name and post"),
	FIELD_END
};
RECORD(programme_form, programme_form_fields);

struct err *session_programme(struct arena *a, struct db *db, const struct session *s, struct programme_item **out,
			      size_t *n)
{
	struct session_arg args = { s->authority_id, s->id };

	return sql_programme_list(a, db, &args, out, n);
}

/* ---- changing it ---- */

static const char *state_fault(struct arena *a, int state)
{
	return state != SESSION_CLOSED && state != SESSION_CANCELLED
		       ? NULL
		       : arena_printf(a, "This session is %s. Its programme can no longer be changed",
				      words_word(&session_state_words, state));
}

static struct err *changed(struct op *op, const struct session *s, const char *flash, const struct programme_item *before,
			   const struct programme_item *after)
{
	op->reference = s->reference;
	op->location = url_path(op->arena, "/training/sessions/{}/programme", s->reference);
	op->flash = flash;
	return op_audit(op, "session", s->reference, &programme_item_record, before, after);
}

static struct err *add(struct op *op, const void *input)
{
	const struct programme_form *form = input;
	struct opt_int starts = attendance_minutes(form->starts);
	struct programme_item *items;
	struct session s;
	size_t n;

	TRY(session_of_op(op, &s));
	TRY(session_programme(op->arena, op->db, &s, &items, &n));
	const char *fault = state_fault(op->arena, s.state);

	if (fault != NULL) {
		problem_add(op->arena, op->problems, NULL, "%s", fault);
	} else if (!starts.set) {
		problem_add(op->arena, op->problems, "starts", "Enter a time, like 9:30am or 14:30");
	} else if (n >= PROGRAMME_MAX) {
		problem_add(op->arena, op->problems, NULL, "A programme can have %d items at most", PROGRAMME_MAX);
	}
	if (op->problems->n > 0) {
		return NULL;
	}
	const struct programme_item item = { .session_id = s.id, .starts_minute = starts.v, .minutes = form->minutes,
					     .title = form->title, .theme = form->theme, .speaker = form->speaker };

	TRY(sql_programme_add(op->db, &item, NULL));
	return changed(op, &s, "Added to the programme", NULL, &item);
}

static struct err *remove_it(struct op *op, const void *input)
{
	struct programme_item *items, *found = NULL;
	struct session s;
	int64_t id = 0;
	size_t n;

	(void)input;
	TRY(session_of_op(op, &s));
	TRY(session_programme(op->arena, op->db, &s, &items, &n));
	for (size_t i = 0; text_to_int(op_path(op, "nth"), 1, INT64_MAX, &id) && i < n; i++) {
		found = items[i].id == id ? &items[i] : found;
	}
	const char *fault = found == NULL ? "This item is not on the programme any more" : state_fault(op->arena, s.state);

	if (fault != NULL) {
		problem_add(op->arena, op->problems, NULL, "%s", fault);
		return NULL;
	}
	TRY(sql_programme_remove(op->db, found, NULL));
	return changed(op, &s, "Taken off the programme", found, NULL);
}

/* ---- showing it ---- */

static const char *span(struct arena *a, const struct session *s, const struct programme_item *item)
{
	struct instant from = instant_of_local(s->held_on, (int)item->starts_minute / 60, (int)item->starts_minute % 60);
	struct instant to = { from.ms + item->minutes * 60 * 1000 };

	return arena_printf(a, "%s to %s", attendance_clock(a, from), attendance_clock(a, to));
}

static void table(struct page *p, const struct session *s, const struct programme_item *v, size_t n)
{
	static const struct ui_cell head[] = { { .text = "Time" }, { .text = "Item" }, { .text = "Theme" }, { .text = "Who speaks" } };
	const struct ui_table t = { .caption = "Programme",
				    .caption_classes = "govuk-table__caption--m",
				    .head = head,
				    .n_head = 4,
				    .scrolls = true };

	ui_table_begin(p->html, &t);
	for (size_t i = 0; i < n; i++) {
		ui_row_begin(p->html);
		ui_cell(p->html, &(struct ui_cell){ .text = span(p->arena, s, &v[i]), .header = true });
		ui_cell(p->html, &(struct ui_cell){ .text = v[i].title });
		ui_cell(p->html, &(struct ui_cell){ .text = words_label(&theme_words, v[i].theme) });
		ui_cell(p->html, &(struct ui_cell){ .text = v[i].speaker });
		ui_row_end(p->html);
	}
	ui_table_end(p->html, &t);
}

struct err *programme_part(struct page *p, const struct session *s)
{
	struct programme_item *v;
	size_t n;

	TRY(session_programme(p->arena, p->db, s, &v, &n));
	if (n > 0) {
		table(p, s, v, n);
	}
	return NULL;
}

static struct err *change_part(struct page *p, const struct session *s, const struct programme_item *v, size_t n)
{
	struct arena *a = p->arena;

	LIT(p->html, "<div class=\"app-no-print\">");
	for (size_t i = 0; i < n; i++) {
		page_button_form(p, url_path(a, "/training/sessions/{}/programme/{}/remove", s->reference,
					     arena_printf(a, "%lld", (long long)v[i].id)),
				 arena_printf(a, "Take off “%s”", v[i].title), 0, true);
	}
	ui_subheading(p->html, 2, "Add an item");
	TRY(page_form(p, &(struct form){ .record = &programme_form_record,
					 .submit = "Add to the programme",
					 .action = url_path(a, "/training/sessions/{}/programme", s->reference),
					 .cancel = link_session(a, s->reference) }));
	LIT(p->html, "</div>");
	return NULL;
}

struct err *programme_page(struct page *p)
{
	struct session s;
	struct programme_item *v;
	size_t n;
	bool manages = policy_allows(p->who->role, PERM_training_manage, p->relation);

	TRY(session_of_page(p, &s));
	TRY(session_programme(p->arena, p->db, &s, &v, &n));
	page_begin(p, &(struct page_head){ .title = s.course,
					   .caption = arena_printf(p->arena, "Programme, %s, %s",
								   instant_long(p->arena, s.starts_at), s.venue),
					   .back = link_session(p->arena, s.reference) });
	if (n > 0) {
		LIT(p->html, "<button type=\"button\" class=\"govuk-button govuk-button--secondary\" data-app-print hidden>"
			     "Print</button>");
		table(p, &s, v, n);
	} else {
		ui_paragraph(p->html, "There is no programme yet. A short session needs none.");
	}
	if (manages && state_fault(p->arena, s.state) == NULL) {
		TRY(change_part(p, &s, v, n));
	}
	page_end(p);
	return NULL;
}

const struct operation add_programme_item = {
	.name = "add-programme-item",
	.label = "Add an item to the programme of a session",
	.permission = PERM_training_manage,
	.input = &programme_form_record,
	.apply = add,
};
const struct operation remove_programme_item = {
	.name = "remove-programme-item",
	.label = "Take an item off the programme of a session",
	.permission = PERM_training_manage,
	.apply = remove_it,
};
