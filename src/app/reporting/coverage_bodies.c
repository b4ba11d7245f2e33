/* Coverage of bodies that are in no school register: agencies by sector. */
#include "app/reporting/coverage.h"

#include "app/reporting/coverage.sql.h"
#include "app/training/session.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

static const struct field coverage_body_fields[] = {
	FIELD(struct coverage_body, sector, .words = &sector_words),
	FIELD(struct coverage_body, bodies),
	FIELD(struct coverage_body, trained),
	FIELD(struct coverage_body, verified),
	FIELD(struct coverage_body, claimed),
	FIELD_END,
};
RECORD(coverage_body, coverage_body_fields);

static void number(struct page *p, int64_t n)
{
	ui_cell(p->html, &(struct ui_cell){ .text = text_thousands(p->arena, n), .format = "numeric" });
}

struct err *coverage_bodies(struct page *p, struct date on)
{
	const struct period_arg arg = { p->who->authority_id, { 1900, 1, 1 }, on };
	static const struct ui_cell head[] = { { .text = "Sector" },
					       { .text = "Bodies", .format = "numeric" },
					       { .text = "Trained directly", .format = "numeric" },
					       { .text = "Elsewhere, verified", .format = "numeric" },
					       { .text = "Claimed, not verified", .format = "numeric" },
					       { .text = "Not known", .format = "numeric" } };
	const struct ui_table table = { .caption = "Agencies by sector: bodies that are in no school register",
					.caption_classes = "govuk-table__caption--m",
					.head = head,
					.n_head = 6,
					.first_cell_is_header = true,
					.scrolls = true };
	struct coverage_body *rows;
	size_t n;

	TRY(sql_coverage_bodies(p->arena, p->db, &arg, &rows, &n));
	if (n == 0) {
		return NULL;
	}
	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < n; i++) {
		ui_row_begin(p->html);
		ui_cell(p->html, &(struct ui_cell){ .text = words_label(&sector_words, rows[i].sector), .header = true });
		number(p, rows[i].bodies);
		number(p, rows[i].trained);
		number(p, rows[i].verified);
		number(p, rows[i].claimed);
		number(p, rows[i].bodies - rows[i].trained - rows[i].verified - rows[i].claimed);
		ui_row_end(p->html);
	}
	ui_table_end(p->html, &table);
	return NULL;
}
