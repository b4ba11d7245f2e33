/* Figures by sector, by provider, by course: what they are broken down by, and the tables. */
#include "app/reporting/figures.h"

#include <ctype.h>

#include "app/reporting/figures.sql.h"
#include "app/training/session.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

/* Every statement of parts has the same rows, and the same arguments but for those of answers. */
#define PARTS(name)                                                                                                   \
	static struct err *name(const struct figure_call *call, struct figure_part **out, size_t *n_out)               \
	{                                                                                                              \
		const struct period_arg arg = { call->authority_id, call->period.from, call->period.to };              \
                                                                                                                       \
		return sql_##name(call->arena, call->db, &arg, out, n_out);                                            \
	}
PARTS(response_by_provider)
PARTS(response_by_course)
PARTS(reviewed_by_provider)
PARTS(reviewed_by_course)
PARTS(refused_by_subject)
PARTS(sessions_by_aspect)

static struct understanding_arg answers_arg(const struct figure_call *call)
{
	return (struct understanding_arg){ call->authority_id, call->period.from, call->period.to, SHOWN_FROM };
}

static struct err *understood_by_provider(const struct figure_call *call, struct figure_part **out, size_t *n_out)
{
	const struct understanding_arg arg = answers_arg(call);

	return sql_understood_by_provider(call->arena, call->db, &arg, out, n_out);
}

static struct err *understood_by_course(const struct figure_call *call, struct figure_part **out, size_t *n_out)
{
	const struct understanding_arg arg = answers_arg(call);

	return sql_understood_by_course(call->arena, call->db, &arg, out, n_out);
}

/* An aspect that no session covered is a part as well. */
static struct err *aspects(const struct figure_call *call, struct figure_part **out, size_t *n_out)
{
	struct figure_part *some, *all = ARENA_NEW(call->arena, struct figure_part, ASPECTS);
	struct figure_value value = { 0 };
	size_t n;

	TRY(figure_aspects.measure(call, &value));
	TRY(sessions_by_aspect(call, &some, &n));
	*n_out = 0;
	for (const struct word *w = aspect_words.items; value.denominator > 0 && w->word != NULL; w++) {
		struct figure_part *part = &all[(*n_out)++];

		*part = (struct figure_part){ .label = w->word, .denominator = value.denominator };
		for (size_t i = 0; i < n; i++) {
			part->numerator += text_same(some[i].label, w->word) ? some[i].numerator : 0;
		}
	}
	*out = all;
	return NULL;
}

const struct figure_breakdown aspect_breakdowns[] = {
	{ "By aspect", "Aspect", &aspect_words, aspects, 0 },
	{ 0 },
};
const struct figure_breakdown understanding_breakdowns[] = {
	{ "By provider", "Provider", &provider_words, understood_by_provider, SHOWN_FROM },
	{ "By course", "Course", NULL, understood_by_course, SHOWN_FROM },
	{ 0 },
};
const struct figure_breakdown response_breakdowns[] = {
	{ "By provider", "Provider", &provider_words, response_by_provider, 0 },
	{ "By course", "Course", NULL, response_by_course, 0 },
	{ 0 },
};
const struct figure_breakdown quality_breakdowns[] = {
	{ "By provider", "Provider", &provider_words, reviewed_by_provider, 0 },
	{ "By course", "Course", NULL, reviewed_by_course, 0 },
	{ 0 },
};
const struct figure_breakdown refused_breakdowns[] = {
	{ "By what was to be reviewed", "Subject", &review_subject_words, refused_by_subject, 0 },
	{ 0 },
};

static const char *part_label(const struct figure_breakdown *b, const struct figure_part *part)
{
	const struct word *w = b->words != NULL ? words_by_word(b->words, part->label) : NULL;

	return w != NULL ? w->label : text_empty(part->label) ? "Not recorded" : part->label;
}

static const char *heading(struct arena *a, const char *label)
{
	char *s = arena_strdup(a, label != NULL ? label : "");

	s[0] = (char)toupper((unsigned char)s[0]);
	return s;
}

static void cell(struct page *p, const char *text)
{
	ui_cell(p->html, &(struct ui_cell){ .text = text, .format = "numeric" });
}

static void part_row(struct page *p, const struct figure *f, const struct figure_breakdown *b, const struct figure_part *part,
		     bool hidden)
{
	struct arena *a = p->arena;
	double low, high;

	ui_row_begin(p->html);
	ui_cell(p->html, &(struct ui_cell){ .text = part_label(b, part), .header = true });
	cell(p, hidden ? "Too few to show" : text_thousands(a, part->numerator));
	if (f->kind == FIGURE_SHARE) {
		cell(p, hidden ? "Too few to show" : text_thousands(a, part->denominator));
		wilson_interval(part->numerator, part->denominator, &low, &high);
		cell(p, hidden || part->denominator == 0
				? ""
				: arena_printf(a, "%.0f%% (%.0f%% to %.0f%%)",
					       100 * (double)part->numerator / (double)part->denominator, 100 * low, 100 * high));
	}
	ui_row_end(p->html);
}

static void draw(struct page *p, const struct figure *f, const struct figure_breakdown *b, const struct figure_part *parts,
		 size_t n)
{
	const struct ui_cell head[] = { { .text = b->first },
					{ .text = heading(p->arena, f->numerator_label), .format = "numeric" },
					{ .text = heading(p->arena, f->denominator_label), .format = "numeric" },
					{ .text = "Share, 95% interval", .format = "numeric" } };
	const struct ui_table table = { .caption = b->label,
					.caption_classes = "govuk-table__caption--m",
					.head = head,
					.n_head = f->kind == FIGURE_SHARE ? 4 : 2,
					.first_cell_is_header = true,
					.scrolls = true };
	bool *hidden = ARENA_NEW(p->arena, bool, n + 1);

	figure_hide(parts, n, b->least, hidden);
	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < n; i++) {
		part_row(p, f, b, &parts[i], hidden[i]);
	}
	ui_table_end(p->html, &table);
}

struct err *figure_breakdowns(struct page *p, const struct figure *f, const struct figure_call *call)
{
	for (const struct figure_breakdown *b = f->breakdowns; b != NULL && b->label != NULL; b++) {
		struct figure_part *parts;
		size_t n;

		TRY(b->measure(call, &parts, &n));
		if (n > 0) {
			draw(p, f, b, parts, n);
		}
	}
	return NULL;
}
