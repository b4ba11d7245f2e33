/*
 * Two people change one thing at the same time. A form that changes something carries what stood in its fields when it
 * was opened (_was-NAME). When the thing has changed meanwhile the form comes back and goes field by field:
 *
 *   only they changed it      theirs is taken over, and is told
 *   only you changed it       yours stays
 *   both, to the same         nothing to tell
 *   both, differently         you choose (_keep-NAME): the next time the form is sent, _was-NAME is theirs
 *
 * Derived for every form with a record, its initial values and a version; features do nothing for it.
 */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "core/form.h"
#include "core/house.h"
#include "core/house.sql.h"
#include "trust/trust.h"

#define WAS "_was-"
#define KEEP "_keep-"

static const struct field change_arg_fields[] = {
	FIELD(struct change_arg, authority_id),
	FIELD(struct change_arg, subject),
	FIELD_END,
};
RECORD(change_arg, change_arg_fields);
static const struct field change_row_fields[] = {
	FIELD(struct change_row, at),
	FIELD(struct change_row, actor),
	FIELD(struct change_row, person, .flags = F_NULLABLE),
	FIELD_END,
};
RECORD(change_row, change_row_fields);

/* ---- which fields, and their values ---- */

static bool is_of(const struct field *f, const char *name)
{
	size_t n = strlen(f->name);
	bool parts = f->kind == FIELD_DATE || f->kind == FIELD_INSTANT;

	return strncmp(name, f->name, n) == 0 && (name[n] == '\0' || (parts && name[n] == '-'));
}

static bool is_typed(const struct field *f)
{
	return f->label != NULL && (f->flags & (F_HIDDEN | F_COMPUTED | F_SECRET)) == 0;
}

static bool is_on_form(const struct form *form, const struct field *f)
{
	if (!is_typed(f)) {
		return false;
	}
	for (const char *const *name = form->only; name != NULL && *name != NULL; name++) {
		if (strcmp(*name, f->name) == 0) {
			return true;
		}
	}
	return form->only == NULL;
}

static void take_of(struct arena *a, const struct field *f, const struct pairs *from, const char *before, struct pairs *out)
{
	size_t n = strlen(before);

	for (size_t i = 0; i < from->n; i++) {
		if (strncmp(from->v[i].name, before, n) == 0 && is_of(f, from->v[i].name + n)) {
			pairs_add(a, out, from->v[i].name + n, from->v[i].value);
		}
	}
}

static void drop_of(const struct field *f, struct pairs *p)
{
	size_t kept = 0;

	for (size_t i = 0; i < p->n; i++) {
		if (!is_of(f, p->v[i].name)) {
			p->v[kept++] = p->v[i];
		}
	}
	p->n = kept;
}

static struct pairs copy_of(struct arena *a, const struct pairs *p)
{
	struct pairs copy = { 0 };

	for (size_t i = 0; i < p->n; i++) {
		pairs_add(a, &copy, p->v[i].name, p->v[i].value);
	}
	return copy;
}

struct pairs conflict_settled(struct arena *a, const struct record *record, const struct pairs *raw)
{
	struct pairs settled = *raw;

	for (const struct field *f = record != NULL ? record->fields : NULL; f != NULL && f->name != NULL; f++) {
		const char *keep = is_typed(f) ? pairs_get(raw, arena_printf(a, KEEP "%s", f->name)) : NULL;

		if (keep != NULL && text_same(keep, "theirs")) {
			if (settled.v == raw->v) {
				settled = copy_of(a, raw);
			}
			drop_of(f, &settled);
			take_of(a, f, raw, WAS, &settled);
		}
	}
	return settled;
}

void conflict_carry(struct page *p, const struct form *form, const struct pairs *answered)
{
	struct pairs now = { 0 };
	bool again = answered != NULL && (p->outcome == NULL || p->outcome->err == NULL);

	if (form->version == 0 || form->record == NULL || form->initial == NULL) {
		return;
	}
	record_to_pairs(p->arena, form->record, form->initial, &now);
	for (const struct field *f = form->record->fields; f->name != NULL; f++) {
		struct pairs was = { 0 };

		if (!is_on_form(form, f)) {
			continue;
		}
		take_of(p->arena, f, again ? answered : &now, again ? WAS : "", &was);
		for (size_t i = 0; i < was.n; i++) {
			ui_hidden(p->html, arena_printf(p->arena, WAS "%s", was.v[i].name), was.v[i].value);
		}
	}
}

/* ---- field by field ---- */

struct side { /* was, is now, typed */
	struct pairs pairs;
	void *record;
	struct problems problems;
};

static void take_side(struct arena *a, const struct form *form, struct side *s)
{
	s->record = arena_alloc(a, form->record->size);
	record_decode(a, form->record, &s->pairs, RECORD_FORM, s->record, &s->problems);
}

static void take_sides(struct page *p, const struct form *form, struct side *was, struct side *now, struct side *mine)
{
	const struct pairs *raw = &p->outcome->raw;

	for (const struct field *f = form->record->fields; f->name != NULL; f++) {
		take_of(p->arena, f, raw, WAS, &was->pairs);
		take_of(p->arena, f, &p->values, "", &mine->pairs);
	}
	record_to_pairs(p->arena, form->record, form->initial, &now->pairs);
	take_side(p->arena, form, was);
	take_side(p->arena, form, now);
	take_side(p->arena, form, mine);
}

static bool same(const struct field *f, const struct side *a, const struct side *b)
{
	return problem_of(&a->problems, f->name) == NULL && problem_of(&b->problems, f->name) == NULL &&
	       field_equal(f, a->record, b->record);
}

/* As a person reads it; what cannot be read, as it was typed. */
static struct err *shown(struct page *p, const struct field *f, const struct side *s, const char **out)
{
	struct choice_list choices = { 0 };
	struct pairs typed = { 0 };

	*out = field_display(p->arena, f, s->record);
	take_of(p->arena, f, &s->pairs, "", &typed);
	if (f->choices != NULL && typed.n > 0) {
		TRY(page_choices(p, f->choices, &choices));
	}
	for (size_t i = 0; i < choices.n; i++) {
		if (text_same(choices.v[i].value, typed.v[0].value)) {
			*out = choices.v[i].label;
		}
	}
	if (text_empty(*out)) {
		*out = typed.n > 0 && !text_empty(typed.v[0].value) ? typed.v[0].value : "nothing";
	}
	return NULL;
}

static void tell_taken(struct page *p, const struct field *f, const char *was, const char *now)
{
	LIT(p->html, "<p class=\"govuk-body app-lines\"><strong>");
	html_text(p->html, f->label);
	LIT(p->html, "</strong> is now: ");
	html_text(p->html, now);
	LIT(p->html, ". It was: ");
	html_text(p->html, was);
	LIT(p->html, ". You had not changed it, so the form has it as it is now.</p>");
}

static void ask_which(struct page *p, const struct field *f, const char *was, const char *now, const char *mine)
{
	const struct ui_item items[] = {
		{ .value = "mine", .text = arena_printf(p->arena, "Use what you entered: %s", mine) },
		{ .value = "theirs", .text = arena_printf(p->arena, "Keep what it is now: %s", now) },
	};
	const struct ui_fieldset fieldset = { .legend = { .text = f->label, .classes = "govuk-fieldset__legend--s" } };

	ui_radios(p->html, &(struct ui_radios){
				   .name = arena_printf(p->arena, KEEP "%s", f->name),
				   .id_prefix = arena_printf(p->arena, "keep-%s", f->name),
				   .fieldset = &fieldset,
				   .hint = { .text = was == NULL ? "" : arena_printf(p->arena, "When you opened this page: %s", was) },
				   .items = items,
				   .n_items = 2,
				   .value = "mine",
				   .classes = "govuk-radios--small" });
}

/* A page that draws its own controls may leave out a field; check boxes send nothing when none is ticked. */
static bool was_sent(struct page *p, const struct form *form, const struct field *f)
{
	struct pairs sent = { 0 };

	take_of(p->arena, f, &p->outcome->raw, "", &sent);
	return is_on_form(form, f) && (sent.n > 0 || f->kind == FIELD_BOOL || f->kind == FIELD_TEXTS);
}

static struct err *go_through(struct page *p, const struct form *form, const struct side *was, const struct side *now,
			      const struct side *mine, size_t *told)
{
	bool known = was->pairs.n > 0;

	for (const struct field *f = form->record->fields; f->name != NULL; f++) {
		const char *w, *n, *m;

		if (!was_sent(p, form, f) || same(f, now, mine) || (known && same(f, was, now))) {
			continue;
		}
		TRY(shown(p, f, was, &w));
		TRY(shown(p, f, now, &n));
		TRY(shown(p, f, mine, &m));
		(*told)++;
		if (known && same(f, was, mine)) {
			drop_of(f, &p->values);
			take_of(p->arena, f, &now->pairs, "", &p->values);
			tell_taken(p, f, w, n);
		} else {
			ask_which(p, f, known ? w : NULL, n, m);
		}
	}
	return NULL;
}

/* By the last entry of the audit about what the address names: "session:2K7Q" of /sessions/{session}/edit. */
static struct err *tell_who(struct page *p)
{
	const struct pair *last = p->path->n > 0 ? &p->path->v[p->path->n - 1] : NULL;
	struct change_row row;
	struct change_arg arg = { .authority_id = p->who->authority_id };
	bool found;

	if (last == NULL) {
		return NULL;
	}
	arg.subject = arena_printf(p->arena, "%s:%s", last->name, last->value);
	TRY(sql_last_change(p->arena, p->db, &arg, &row, &found));
	if (found) {
		const char *who = text_same(row.actor, p->who->actor) ? "You" : text_empty(row.person) ? "The system" : row.person;

		ui_paragraph(p->html, arena_printf(p->arena, "%s changed it on %s%s.", who, instant_long(p->arena, row.at),
						   text_same(who, "You") ? ", in another window" : ""));
	}
	return NULL;
}

struct err *conflict_draw(struct page *p, const struct form *form)
{
	struct side was = { 0 }, now = { 0 }, mine = { 0 };
	size_t told = 0;

	if (p->outcome->err == NULL || p->outcome->err->kind != ERR_CONFLICT || form->version == 0 || form->record == NULL ||
	    form->initial == NULL) {
		return NULL;
	}
	p->values = copy_of(p->arena, &p->values);
	take_sides(p, form, &was, &now, &mine);
	LIT(p->html, "<h2 class=\"govuk-heading-m\">What has changed meanwhile</h2>");
	TRY(tell_who(p));
	TRY(go_through(p, form, &was, &now, &mine, &told));
	ui_paragraph(p->html, told == 0 ? "Nothing that stands on this form. Save it again if it is still right."
					: "Nothing is saved yet. Look through the form, then save it again.");
	LIT(p->html, "<hr class=\"govuk-section-break govuk-section-break--l govuk-section-break--visible\">");
	return NULL;
}
