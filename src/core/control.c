/* The control of a field, by its kind: one function each, one table of them in effect. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "core/page.h"

enum { RADIOS_MAX = 7, TEXT_MAX = 200, LONG_MAX = 10000 }; /* as record/decode.c */

struct control { /* what every control needs */
	struct page *p;
	const struct field *f;
	const char *label;
	const char *value; /* as typed or stored; "" when none */
	const char *error;
};

static const char *value_named(const struct control *c, const char *suffix)
{
	const char *value =
		pairs_get(&c->p->values, arena_printf(c->p->arena, "%s-%s", c->f->name, suffix));

	return value != NULL ? value : "";
}

/* ---- text and numbers ---- */

/* GOV.UK fixed widths tell how much is expected. */
static const char *width_class(int64_t characters)
{
	static const struct {
		int64_t up_to;
		const char *name;
	} widths[] = { { 2, "govuk-input--width-2" },	{ 3, "govuk-input--width-3" },
		       { 4, "govuk-input--width-4" },	{ 5, "govuk-input--width-5" },
		       { 10, "govuk-input--width-10" }, { 20, "govuk-input--width-20" },
		       { 30, "govuk-input--width-30" } };

	for (size_t i = 0; i < sizeof(widths) / sizeof(*widths); i++) {
		if (characters <= widths[i].up_to) {
			return widths[i].name;
		}
	}
	return NULL;
}

static int64_t digits_of(const struct field *f)
{
	int64_t digits = 1;

	for (int64_t n = f->max; n >= 10; n /= 10) {
		digits++;
	}
	return f->max > 0 ? digits : 10;
}

static void draw_number(const struct control *c)
{
	bool whole = c->f->kind != FIELD_REAL;

	ui_input(c->p->html, &(struct ui_input){
		.id = c->f->name, .name = c->f->name, .value = c->value,
		.label = { .text = c->label }, .hint = { .text = c->f->hint },
		.error_message = { .text = c->error },
		.inputmode = whole ? "numeric" : "decimal", .spellcheck = UI_FALSE,
		.classes = width_class(digits_of(c->f)) });
}

static void draw_password(const struct control *c)
{
	ui_password_input(c->p->html, &(struct ui_password_input){
		.id = c->f->name, .name = c->f->name,
		.label = { .text = c->label }, .hint = { .text = c->f->hint },
		.error_message = { .text = c->error },
		.autocomplete = text_starts(c->f->name, "new") ? "new-password" : NULL });
}

static void draw_long_text(const struct control *c)
{
	ui_character_count(c->p->html, &(struct ui_character_count){
		.id = c->f->name, .name = c->f->name, .value = c->value,
		.label = { .text = c->label }, .hint = { .text = c->f->hint },
		.error_message = { .text = c->error },
		.rows = c->f->max > 20000 ? 20 : 0, /* a text of pages, not of paragraphs */
		.maxlength = (int)(c->f->max > 0 ? c->f->max : LONG_MAX), .threshold = 75 });
}

static void draw_text(const struct control *c)
{
	bool email = (c->f->flags & F_EMAIL) != 0;
	/* Who is not signed in is asked for their own address (WCAG 1.3.5). */
	bool own = email && c->p->who->user_id == 0;

	if ((c->f->flags & F_SECRET) != 0) {
		draw_password(c);
		return;
	}
	if ((c->f->flags & F_LONG) != 0) {
		draw_long_text(c);
		return;
	}
	ui_input(c->p->html,
		 &(struct ui_input){
			 .id = c->f->name,
			 .name = c->f->name,
			 .value = c->value,
			 .type = email ? "email" : NULL,
			 .autocomplete = own ? "email" : NULL,
			 .spellcheck = email || (c->f->flags & (F_PERSONAL | F_REFERENCE)) != 0
					       ? UI_FALSE
					       : UI_UNSET,
			 .label = { .text = c->label },
			 .hint = { .text = c->f->hint },
			 .error_message = { .text = c->error },
			 .classes = width_class(c->f->max > 0 ? c->f->max : TEXT_MAX) });
}

/* ---- dates ---- */

static struct ui_fieldset fieldset_of(const struct control *c)
{
	return (struct ui_fieldset){ .legend = { .text = c->label,
						  .classes = "govuk-fieldset__legend--s" } };
}

static void draw_date(const struct control *c)
{
	const struct ui_fieldset fieldset = fieldset_of(c);
	const char *day = value_named(c, "day"), *month = value_named(c, "month"),
		   *year = value_named(c, "year");
	struct date whole;

	if (date_parse_iso(c->value, &whole)) { /* a link's "from=2026-04-01" */
		day = arena_printf(c->p->arena, "%d", whole.day);
		month = arena_printf(c->p->arena, "%d", whole.month);
		year = arena_printf(c->p->arena, "%d", whole.year);
	}
	ui_date_input(c->p->html, &(struct ui_date_input){
		.id = c->f->name, .name_prefix = c->f->name, .fieldset = &fieldset,
		.hint = { .text = c->f->hint }, .error_message = { .text = c->error },
		.day_value = day, .month_value = month, .year_value = year });
}

static void draw_instant(const struct control *c)
{
	struct html *h = c->p->html;
	const char *name = arena_printf(c->p->arena, "%s-time", c->f->name);

	LIT(h, "<div class=\"app-date-and-time\">");
	draw_date(c);
	ui_time_input(h, &(struct ui_time_input){ .id = name,
						  .name = name,
						  .value = value_named(c, "time"),
						  .error = c->error != NULL });
	LIT(h, "</div>");
}

/* ---- choosing ---- */

struct options {
	struct ui_item *v; /* with room for two more */
	size_t n;
};

/* The options of a field, from its words or from the store; none: n is 0. */
static struct err *load_options(const struct control *c, struct options *out)
{
	const struct words *words = c->f->words;
	struct choice_list list = { 0 };

	if (words == NULL && c->f->choices != NULL) {
		TRY(page_choices(c->p, c->f->choices, &list));
	}
	*out = (struct options){ .v = ARENA_NEW(c->p->arena, struct ui_item, (words != NULL ? words_count(words) : list.n) + 2) };
	for (const struct word *w = words != NULL ? words->items : NULL; w != NULL && w->word != NULL; w++) {
		out->v[out->n++] = (struct ui_item){ .value = w->word, .text = w->label, .hint = { .text = w->hint } };
	}
	for (size_t i = 0; i < list.n; i++) {
		out->v[out->n++] = (struct ui_item){ .value = list.v[i].value, .text = list.v[i].label };
	}
	return NULL;
}

/* A radio that was chosen cannot be unchosen (GOV.UK, radios): who may leave the question open has an answer that says so. */
static void draw_radios(const struct control *c, const struct options *o)
{
	const struct ui_fieldset fieldset = fieldset_of(c);
	struct ui_item *items = o->v;
	size_t n = o->n;

	if ((c->f->flags & F_NONE) != 0) {
		items[n++] = (struct ui_item){ .divider = "or" };
		items[n++] = (struct ui_item){ .value = "", .text = "None of these",
					       .checked = c->value[0] == '\0' ? UI_TRUE : UI_UNSET };
	}

	ui_radios(c->p->html, &(struct ui_radios){
		.name = c->f->name, .id_prefix = c->f->name, .fieldset = &fieldset,
		.hint = { .text = c->f->hint }, .error_message = { .text = c->error },
		.items = items, .n_items = n, .value = c->value });
}

static void draw_select(const struct control *c, const struct options *o, const char *none)
{
	struct ui_option *items = ARENA_NEW(c->p->arena, struct ui_option, o->n + 1);

	items[0] = (struct ui_option){ .value = "", .text = none };
	for (size_t i = 0; i < o->n; i++) {
		items[i + 1] = (struct ui_option){ .value = o->v[i].value, .text = o->v[i].text };
	}
	ui_select(c->p->html, &(struct ui_select){ .id = c->f->name,
						   .name = c->f->name,
						   .items = items,
						   .n_items = o->n + 1,
						   .value = c->value,
						   .label = { .text = c->label },
						   .hint = { .text = c->f->hint },
						   .error_message = { .text = c->error } });
}

static void draw_boxes(const struct control *c, const struct options *o)
{
	const struct pairs *values = &c->p->values;
	const struct ui_fieldset fieldset = fieldset_of(c);
	const char **chosen = ARENA_NEW(c->p->arena, const char *, values->n + 1);
	size_t n = 0;

	for (size_t i = 0; i < values->n; i++) {
		if (text_same(values->v[i].name, c->f->name)) {
			chosen[n++] = values->v[i].value;
		}
	}
	ui_checkboxes(c->p->html, &(struct ui_checkboxes){
		.name = c->f->name, .id_prefix = c->f->name, .fieldset = &fieldset,
		.hint = { .text = c->f->hint }, .error_message = { .text = c->error },
		.items = o->v, .n_items = o->n, .values = chosen });
}

static void draw_box(const struct control *c)
{
	const struct ui_item item = { .value = "yes",
				      .text = c->label,
				      .hint = { .text = c->f->hint } };
	const char *const chosen[] = { c->value, NULL };

	ui_checkboxes(c->p->html, &(struct ui_checkboxes){
		.name = c->f->name, .id_prefix = c->f->name, .error_message = { .text = c->error },
		.items = &item, .n_items = 1, .values = chosen });
}

/* Radios say more than a select and take more room: up to seven options of a word list. */
static bool wants_radios(const struct field *f, const struct options *o, bool in_form)
{
	return (f->flags & F_RADIOS) != 0 || (in_form && f->words != NULL && o->n <= RADIOS_MAX);
}

static struct err *draw_chosen(const struct control *c, bool in_form)
{
	struct options o;

	TRY(load_options(c, &o));
	if (c->f->kind == FIELD_TEXTS) {
		draw_boxes(c, &o);
	} else if (wants_radios(c->f, &o, in_form)) {
		draw_radios(c, &o);
	} else {
		draw_select(c, &o, in_form ? "Select one" : "All");
	}
	return NULL;
}

static void draw_plain(const struct control *c)
{
	switch (c->f->kind) {
	case FIELD_BOOL:
		draw_box(c);
		break;
	case FIELD_DATE:
		draw_date(c);
		break;
	case FIELD_INSTANT:
		draw_instant(c);
		break;
	case FIELD_TEXT:
		draw_text(c);
		break;
	default:
		draw_number(c);
		break;
	}
}

/* Mark what is optional, not what is required (GOV.UK, question pages). */
static const char *label_of(struct page *p, const struct field *f, bool in_form)
{
	bool said = !in_form || (f->flags & F_REQUIRED) != 0 || f->kind == FIELD_BOOL;

	return said ? f->label : arena_printf(p->arena, "%s (optional)", f->label);
}

struct err *control_draw(struct page *p, const struct field *f, bool in_form)
{
	const char *value = pairs_get(&p->values, f->name);
	const struct control c = {
		.p = p,
		.f = f,
		.label = label_of(p, f, in_form),
		.value = value != NULL ? value : "",
		.error = p->outcome != NULL ? problem_of(&p->outcome->problems, f->name) : NULL,
	};

	if (f->label == NULL || f->kind == FIELD_BYTES ||
	    (f->kind == FIELD_TEXTS && f->words == NULL && f->choices == NULL)) {
		return ERR_DETAIL(ERR_BUG, "field %s cannot be drawn as a control", f->name);
	}
	if (f->words != NULL || f->choices != NULL) {
		return draw_chosen(&c, in_form);
	}
	draw_plain(&c);
	return NULL;
}
