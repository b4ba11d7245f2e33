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
	FIELD(struct programme_item, version, .flags = F_COMPUTED),
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
	      .hint = "A welcome or a break has none", .flags = F_NONE),
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

/* What the form says of an item; what is wrong with it is in op->problems. */
static void take_form(struct op *op, const struct session *s, const struct programme_form *form, struct programme_item *out)
{
	const char *fault = state_fault(op->arena, s->state);
	struct opt_int starts = attendance_minutes(form->starts);

	if (fault != NULL) {
		problem_add(op->arena, op->problems, NULL, "%s", fault);
	} else if (!starts.set) {
		problem_add(op->arena, op->problems, "starts", "Enter a time, like 9:30am or 14:30");
	}
	out->session_id = s->id;
	out->starts_minute = starts.v;
	out->minutes = form->minutes;
	out->title = form->title;
	out->theme = form->theme;
	out->speaker = form->speaker;
}

static struct err *add(struct op *op, const void *input)
{
	struct programme_item *items, item = { .version = 1 };
	struct session s;
	size_t n;

	TRY(session_of_op(op, &s));
	TRY(session_programme(op->arena, op->db, &s, &items, &n));
	take_form(op, &s, input, &item);
	if (op->problems->n == 0 && n >= PROGRAMME_MAX) {
		problem_add(op->arena, op->problems, NULL, "A programme can have %d items at most", PROGRAMME_MAX);
	}
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(sql_programme_add(op->db, &item, NULL));
	return changed(op, &s, "Added to the programme", NULL, &item);
}

/* NULL: it is not on the programme, or not any more. */
static struct err *item_named(struct arena *a, struct db *db, const struct session *s, const char *name,
			      struct programme_item **out)
{
	struct programme_item *items;
	int64_t id = 0;
	size_t n;

	*out = NULL;
	TRY(session_programme(a, db, s, &items, &n));
	for (size_t i = 0; text_to_int(name, 1, INT64_MAX, &id) && i < n; i++) {
		*out = items[i].id == id ? &items[i] : *out;
	}
	return NULL;
}

static const char gone[] = "This item is not on the programme any more";

static struct err *change(struct op *op, const void *input)
{
	struct programme_item *before, after;
	struct session s;

	TRY(session_of_op(op, &s));
	TRY(item_named(op->arena, op->db, &s, op_path(op, "item"), &before));
	if (before == NULL) {
		return ERR(ERR_NOT_FOUND, "%s", gone);
	}
	TRY(op_expect_version(op, before->version));
	after = *before;
	take_form(op, &s, input, &after);
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(sql_programme_change(op->db, &after, NULL));
	return changed(op, &s, "Item of the programme changed", before, &after);
}

static struct err *remove_it(struct op *op, const void *input)
{
	struct programme_item *found;
	struct session s;

	(void)input;
	TRY(session_of_op(op, &s));
	TRY(item_named(op->arena, op->db, &s, op_path(op, "item"), &found));
	const char *fault = found == NULL ? gone : state_fault(op->arena, s.state);

	if (fault != NULL) {
		problem_add(op->arena, op->problems, NULL, "%s", fault);
		return NULL;
	}
	TRY(sql_programme_remove(op->db, found, NULL));
	return changed(op, &s, "Taken off the programme", found, NULL);
}

/* ---- showing it ---- */

static struct instant begins(const struct session *s, const struct programme_item *item)
{
	return instant_of_local(s->held_on, (int)item->starts_minute / 60, (int)item->starts_minute % 60);
}

static const char *span(struct arena *a, const struct session *s, const struct programme_item *item)
{
	struct instant from = begins(s, item);
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

static struct url item_url(struct arena *a, const struct session *s, const struct programme_item *item, const char *rest)
{
	return url_path(a, arena_printf(a, "/training/sessions/{}/programme/{}%s", rest), s->reference,
			arena_printf(a, "%lld", (long long)item->id));
}

static struct err *change_part(struct page *p, const struct session *s, const struct programme_item *v, size_t n)
{
	struct arena *a = p->arena;

	LIT(p->html, "<div class=\"app-no-print\">");
	if (n > 0) {
		ui_subheading(p->html, 2, "Change an item");
		LIT(p->html, "<ul class=\"govuk-list\">");
	}
	for (size_t i = 0; i < n; i++) {
		LIT(p->html, "<li>");
		ui_anchor(p->html, item_url(a, s, &v[i], "/edit"), arena_printf(a, "%s: %s", span(a, s, &v[i]), v[i].title));
		LIT(p->html, "</li>");
	}
	if (n > 0) {
		LIT(p->html, "</ul>");
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

struct err *programme_item_page(struct page *p)
{
	struct programme_item *item;
	struct session s;

	TRY(session_of_page(p, &s));
	TRY(item_named(p->arena, p->db, &s, page_path(p, "item"), &item));
	if (item == NULL) {
		return ERR(ERR_NOT_FOUND, "%s", gone);
	}
	struct url back = url_path(p->arena, "/training/sessions/{}/programme", s.reference);
	const struct programme_form initial = { attendance_clock(p->arena, begins(&s, item)), item->minutes, item->title, item->theme,
						item->speaker };

	page_begin(p, &(struct page_head){ .title = "Change an item of the programme", .caption = s.course, .back = back });
	TRY(page_form(p, &(struct form){ .record = &programme_form_record,
					 .submit = "Save changes",
					 .action = item_url(p->arena, &s, item, "/edit"),
					 .initial = &initial,
					 .version = item->version,
					 .cancel = back }));
	page_button_form(p, item_url(p->arena, &s, item, "/remove"), "Take off the programme", 0, true);
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
const struct operation change_programme_item = {
	.name = "change-programme-item",
	.label = "Change an item of the programme of a session",
	.permission = PERM_training_manage,
	.input = &programme_form_record,
	.apply = change,
};
const struct operation remove_programme_item = {
	.name = "remove-programme-item",
	.label = "Take an item off the programme of a session",
	.permission = PERM_training_manage,
	.apply = remove_it,
};
