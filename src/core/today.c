/* Today: what is due for this person, as every feature says it, in the order of features. */
#include <string.h>

#include "base/arena.h"
#include "core/house.h"

void today_add(struct today *t, bool overdue, struct url url, const char *format, ...)
{
	va_list args;

	if (t->n == t->cap) {
		size_t cap = t->cap == 0 ? 16 : t->cap * 2;
		struct today_line *v = ARENA_NEW(t->arena, struct today_line, cap);

		if (t->n > 0) {
			memcpy(v, t->v, t->n * sizeof(*v));
		}
		t->v = v;
		t->cap = cap;
	}
	va_start(args, format);
	t->v[t->n++] = (struct today_line){ arena_vprintf(t->arena, format, args), url, overdue };
	va_end(args);
}

static void lines(struct page *p, const struct today *today)
{
	struct html *h = p->html;

	LIT(h, "<ul class=\"govuk-list govuk-list--spaced\">");
	for (size_t i = 0; i < today->n; i++) {
		const struct today_line *line = &today->v[i];

		LIT(h, "<li>");
		ui_anchor(h, line->url, line->text);
		if (line->overdue) {
			LIT(h, " ");
			ui_tag(h,
			       &(struct ui_tag){ .text = "Overdue", .classes = "govuk-tag--red" });
		}
		LIT(h, "</li>");
	}
	LIT(h, "</ul>");
}

struct err *today_page(struct page *p)
{
	struct today today = { .arena = p->arena };
	const struct feature *f;

	for (size_t i = 0; (f = feature_at(i)) != NULL; i++) {
		if (f->today != NULL) {
			TRY(f->today(p, &today));
		}
	}
	page_begin(p, &(struct page_head){ .title = "Today",
					   .caption = date_long(p->arena, p->today) });
	if (today.n > 0) {
		lines(p, &today);
	} else {
		ui_paragraph(p->html, "Nothing is due today.");
	}
	page_end(p);
	return NULL;
}
