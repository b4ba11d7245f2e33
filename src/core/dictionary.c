/* The dictionary of data: every record of every feature, from the tables that the program itself
 * runs on. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "core/house.h"

static const char *kind_text(struct arena *a, const struct field *f)
{
	static const char *const kinds[] = {
		[FIELD_INT] = "Whole number", [FIELD_TEXT] = "Text",
		[FIELD_BOOL] = "Yes or no",   [FIELD_WORD] = "One of",
		[FIELD_DATE] = "Date",	      [FIELD_INSTANT] = "Date and time",
		[FIELD_REAL] = "Number",      [FIELD_OPT_INT] = "Whole number",
		[FIELD_TEXTS] = "Several of", [FIELD_BYTES] = "Bytes",
	};
	struct buf b;

	if (f->words == NULL) {
		return kinds[f->kind];
	}
	buf_init(&b, a, 4096);
	buf_str(&b, f->kind == FIELD_TEXTS ? "Several of: " : "One of: ");
	for (const struct word *w = f->words->items; w->word != NULL; w++) {
		buf_printf(&b, "%s%s (%s)", w == f->words->items ? "" : ", ", w->label, w->word);
	}
	return b.p;
}

static const char *limits_text(struct arena *a, const struct field *f)
{
	bool text = f->kind == FIELD_TEXT;

	if (text && f->words == NULL) {
		int64_t max = f->max > 0 ? f->max : (f->flags & F_LONG) != 0 ? 10000 : 200;

		return arena_printf(a, "up to %s characters", text_thousands(a, max));
	}
	if (f->max > 0) {
		return arena_printf(a, "%s to %s", text_thousands(a, f->min),
				    text_thousands(a, f->max));
	}
	return "";
}

static const char *flags_text(struct arena *a, const struct field *f)
{
	static const struct {
		enum field_flag flag;
		const char *text;
	} flags[] = { { F_REQUIRED, "required" },    { F_PERSONAL, "personal data" },
		      { F_SECRET, "never shown" },   { F_EMAIL, "email address" },
		      { F_REFERENCE, "reference" },  { F_COMPUTED, "worked out" },
		      { F_NULLABLE, "may be empty" } };
	struct buf b;

	buf_init(&b, a, 400);
	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++) {
		if ((f->flags & flags[i].flag) != 0) {
			buf_printf(&b, "%s%s", b.n > 0 ? ", " : "", flags[i].text);
		}
	}
	return b.n > 0 ? b.p : "";
}

static void record_table(struct page *p, const struct record *r)
{
	static const struct ui_cell head[] = { { .text = "Field" },
					       { .text = "On screen" },
					       { .text = "Kind" },
					       { .text = "Limits" },
					       { .text = "Notes" } };
	const struct ui_table table = { .caption = r->name,
					.caption_classes = "govuk-table__caption--m",
					.head = head,
					.n_head = 5,
					.first_cell_is_header = true,
					.scrolls = true };

	ui_table_begin(p->html, &table);
	for (const struct field *f = r->fields; f->name != NULL; f++) {
		ui_row_begin(p->html);
		ui_cell(p->html, &(struct ui_cell){ .text = f->name, .header = true });
		ui_cell(p->html, &(struct ui_cell){ .text = f->label != NULL ? f->label : "" });
		ui_cell(p->html, &(struct ui_cell){ .text = kind_text(p->arena, f) });
		ui_cell(p->html, &(struct ui_cell){ .text = limits_text(p->arena, f) });
		ui_cell(p->html, &(struct ui_cell){ .text = flags_text(p->arena, f) });
		ui_row_end(p->html);
	}
	ui_table_end(p->html, &table);
}

struct err *dictionary_page(struct page *p)
{
	const struct feature *f;

	page_begin(p, &(struct page_head){ .title = "Data dictionary", .wide = true });
	ui_paragraph(p->html,
		     "What the service holds, taken from the definitions that it runs on.");
	for (size_t i = 0; (f = feature_at(i)) != NULL; i++) {
		if (f->records == NULL || f->records[0] == NULL) {
			continue;
		}
		ui_subheading(p->html, 2, f->title != NULL ? f->title : f->name);
		for (const struct record *const *r = f->records; *r != NULL; r++) {
			record_table(p, *r);
		}
	}
	page_end(p);
	return NULL;
}
