/* The sign-in sheet: one page or more of paper, with the people who are expected and room for others. */
#include "app/training/checkin.h"
#include "app/training/sheet.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

enum { BLANK_LEAST = 5, BLANK_EMPTY = 20 };

static void head_of_sheet(struct page *p, const struct session *s)
{
	struct html *h = p->html;
	const char *address =
		text_empty(s->checkin_code) ? NULL : page_public_address(p, link_checkin(p->arena, s->checkin_code));

	LIT(h, "<div class=\"app-sheet__head\"><div class=\"app-sheet__what\">");
	ui_heading(h, "Sign-in sheet", s->course);
	ui_paragraph(h, arena_printf(p->arena, "%s, %s", instant_long(p->arena, s->starts_at), s->venue));
	ui_paragraph(h, arena_printf(p->arena, "Trainer: %s. Session %s.", s->trainer, s->reference));
	LIT(h, "</div>");
	if (address != NULL && (s->state == SESSION_PLANNED || s->state == SESSION_CONFIRMED)) {
		LIT(h, "<div class=\"app-sheet__code\">");
		ui_qr(h, &(struct ui_qr){ .text = address, .label = "QR code: check-in", .size = 130 });
		LIT(h, "<p class=\"govuk-body-s app-address\">Or check in by phone: ");
		html_text(h, address);
		LIT(h, "</p></div>");
	}
	LIT(h, "</div>");
}

static void row(struct page *p, const char *name, const char *place)
{
	ui_row_begin(p->html);
	ui_cell(p->html, &(struct ui_cell){ .text = name });
	ui_cell(p->html, &(struct ui_cell){ .text = place });
	ui_cell(p->html, &(struct ui_cell){ .text = "" });
	ui_cell(p->html, &(struct ui_cell){ .text = "" });
	ui_row_end(p->html);
}

/* Expected, or there already. */
static bool expected(int state)
{
	return state == ATTENDANCE_BOOKED || attendance_was_there(state);
}

static void rows(struct page *p, const struct people *list)
{
	static const struct ui_cell head[] = { { .text = "Name" }, { .text = "School or organisation" }, { .text = "Time in" },
					       { .text = "Signature" } };
	const struct ui_table table = { .caption = "People",
					.caption_classes = "govuk-visually-hidden",
					.head = head,
					.n_head = 4,
					.scrolls = true,
					.classes = "app-sheet" };
	size_t n = 0;

	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < list->n; i++) {
		const struct attendance_line *r = &list->v[i];

		if (expected(r->state)) {
			row(p, r->name, text_empty(r->school) ? r->organisation : r->school);
			n++;
		}
	}
	for (size_t i = 0; i < (n == 0 ? BLANK_EMPTY : BLANK_LEAST); i++) {
		row(p, "", "");
	}
	ui_table_end(p->html, &table);
}

struct err *sign_in_sheet_page(struct page *p)
{
	struct session s;
	struct people list;

	TRY(session_of_page(p, &s));
	TRY(people_of_page(p, s.id, &list));
	page_begin(p, &(struct page_head){ .title = arena_printf(p->arena, "Sign-in sheet: %s", s.course),
					   .no_heading = true,
					   .wide = true,
					   .back = link_session(p->arena, s.reference) });
	LIT(p->html, "<button type=\"button\" class=\"govuk-button govuk-button--secondary\" data-app-print hidden>Print</button>");
	head_of_sheet(p, &s);
	rows(p, &list);
	people_pages(p, url_path(p->arena, "/training/sessions/{}/sign-in-sheet", s.reference), &list);
	page_end(p);
	return NULL;
}
