/* A school said that it had no training: the form, and what was said. */
#include "app/training/no_training.h"

#include "app/directory/school.h"
#include "app/training/no_training.sql.h"
#include "app/training/place.h"
#include "app/training/session.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

static const struct field no_training_fields[] = {
	FIELD(struct no_training, authority_id),
	FIELD(struct no_training, urn),
	FIELD(struct no_training, said_on, .label = "Said on"),
	FIELD(struct no_training, said_by, .label = "Said by"),
	FIELD_END
};
RECORD(no_training, no_training_fields);

static const struct field no_training_form_fields[] = {
	FIELD(struct no_training_form, said_on, .label = "When did the school say so?", .flags = F_REQUIRED),
	FIELD(struct no_training_form, said_by, .label = "Who said so?", .flags = F_REQUIRED, .max = 100,
	      .hint = "The post, not a name: for example head teacher", .asks = "Enter the post of who said so"),
	FIELD_END
};
RECORD(no_training_form, no_training_form_fields);

static const char *path_at(struct arena *a, int64_t urn)
{
	return arena_printf(a, "%lld", (long long)urn);
}

static struct err *school_of(struct op *op, struct school *out)
{
	int64_t urn;

	if (!text_to_int(op_path(op, "urn"), 1, 999999, &urn)) {
		return ERR(ERR_NOT_FOUND, "There is no school with this URN in the register here.");
	}
	return school_find(op->arena, op->db, op->who->authority_id, urn, out);
}

static struct err *record_it(struct op *op, const void *input)
{
	const struct no_training_form *form = input;
	struct school school;

	TRY(school_of(op, &school));
	if (date_compare(form->said_on, op->today) > 0) {
		problem_add(op->arena, op->problems, "said_on", "The day must be today or earlier");
		return NULL;
	}
	const struct no_training row = { op->who->authority_id, school.urn, form->said_on, form->said_by };

	TRY(sql_no_training_add(op->db, &row, NULL));
	op->location = link_school_training(op->arena, school.urn);
	op->flash = "Recorded that the school had no training";
	return op_audit(op, "school", path_at(op->arena, school.urn), &no_training_record, NULL, &row);
}

static struct err *remove_it(struct op *op, const void *input)
{
	struct no_training row = { .authority_id = op->who->authority_id, .said_by = "" };
	struct school school;
	int64_t removed = 0;

	TRY(school_of(op, &school));
	row.urn = school.urn;
	if (date_parse_any(op_path(op, "date"), &row.said_on)) {
		TRY(sql_no_training_remove(op->db, &row, &removed));
	}
	if (removed == 0) {
		return ERR(ERR_NOT_FOUND, "This school did not say so on that day.");
	}
	op->location = url_path(op->arena, "/schools/{}/no-training", path_at(op->arena, school.urn));
	op->flash = "Removed";
	return op_audit(op, "school", path_at(op->arena, school.urn), &no_training_record, &row, NULL);
}

static void draw_answers(struct page *p, const struct no_training *rows, size_t n)
{
	static const struct ui_cell head[] = { { .text = "Said on" }, { .text = "Said by" }, { .text = "Action" } };
	const struct ui_table table = { .caption = "What the school said before", .caption_classes = "govuk-table__caption--m",
					.head = head, .n_head = 3 };

	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < n; i++) {
		char iso[DATE_ISO_SIZE];

		date_iso(rows[i].said_on, iso);
		ui_row_begin(p->html);
		ui_cell(p->html, &(struct ui_cell){ .text = date_long(p->arena, rows[i].said_on) });
		ui_cell(p->html, &(struct ui_cell){ .text = rows[i].said_by });
		const struct ui_cell cell = { 0 };

		ui_cell_begin(p->html, &cell);
		page_button_form(p, url_path(p->arena, "/schools/{}/no-training/{}/remove", path_at(p->arena, rows[i].urn), iso),
				 "Remove", 0, true);
		ui_cell_end(p->html, &cell);
		ui_row_end(p->html);
	}
	ui_table_end(p->html, &table);
}

struct err *no_training_page(struct page *p)
{
	struct place_args args = { .authority_id = p->who->authority_id };
	struct no_training *rows;
	struct school school;
	size_t n;

	if (!text_to_int(page_path(p, "urn"), 1, 999999, &args.urn)) {
		return ERR(ERR_NOT_FOUND, "There is no school with this URN in the register here.");
	}
	TRY(school_find(p->arena, p->db, args.authority_id, args.urn, &school));
	TRY(sql_no_training_of(p->arena, p->db, &args, &rows, &n));
	page_begin(p, &(struct page_head){ .title = "The school had no training", .caption = school.name,
					   .back = link_school_training(p->arena, args.urn) });
	ui_paragraph(p->html, "Record this when you have asked and the school told you that none of its staff were trained. "
			      "Coverage then says so, instead of not known, until training is recorded.");
	TRY(page_form(p, &(struct form){ .record = &no_training_form_record, .submit = "Record",
					 .initial = &(struct no_training_form){ .said_on = p->today, .said_by = "" },
					 .action = url_path(p->arena, "/schools/{}/no-training", path_at(p->arena, args.urn)),
					 .cancel = link_school_training(p->arena, args.urn) }));
	if (n > 0) {
		draw_answers(p, rows, n);
	}
	page_end(p);
	return NULL;
}

const struct operation record_no_training = {
	.name = "record-no-training",
	.label = "Record that a school had no training",
	.permission = PERM_training_manage,
	.input = &no_training_form_record,
	.apply = record_it,
};
const struct operation remove_no_training = {
	.name = "remove-no-training",
	.label = "Remove the record that a school had no training",
	.permission = PERM_training_manage,
	.apply = remove_it,
};
