/* What may be one person: the list of pairs, two records side by side, what was joined. */
#include "app/training/learner.h"
#include "app/training/learner.sql.h"
#include "app/training/merge.h"
#include "app/training/merge.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

/* ---- the list of pairs ---- */

static struct url pair_link(struct arena *a, const void *row)
{
	const struct duplicate *d = row;

	return url_path(a, "/training/learners/{}/merge/{}", d->first, d->second);
}

static const char *person_text(struct arena *a, const char *name, const char *place, const char *email)
{
	return arena_printf(a, "%s, %s, %s", name, text_empty(place) ? "no place recorded" : place,
			    text_empty(email) ? "no email" : email);
}

static const char *first_text(struct arena *a, const void *row)
{
	const struct duplicate *d = row;

	return person_text(a, d->first_name, d->first_place, d->first_email);
}

static const char *second_text(struct arena *a, const void *row)
{
	const struct duplicate *d = row;

	return person_text(a, d->second_name, d->second_place, d->second_email);
}

static const struct column columns[] = {
	{ .heading = "Recorded earlier", .text = first_text, .link = pair_link },
	{ .heading = "Recorded later", .text = second_text },
	{ .field = "first", .export_only = true },
	{ .field = "second", .export_only = true },
	{ .field = "reason" },
	{ 0 },
};

static const struct sort sorts[] = {
	{ "name", "Same name", &SQL_duplicates_by_name, NULL },
	{ "mailbox", "Same work email but for a plus sign", &SQL_duplicates_by_mailbox, NULL },
	{ 0 },
};

static struct err *before_list(struct page *p, const void *args)
{
	ui_paragraph(p->html, "Each row is two records and why they may be of one person. Look at them side by side, then join "
			      "them or say that they are two people. Nothing is joined by itself.");
	return NULL;
}

const struct list list_duplicates = {
	.name = "duplicates",
	.title = "Records that may be one person",
	.caption = "Pairs of records, recorded last first",
	.empty = "There are no two records that look like one person.",
	.path = "/training/learners/duplicates",
	.permission = PERM_training_manage,
	.args = &duplicates_args_record,
	.row = &duplicate_record,
	.columns = columns,
	.sorts = sorts,
	.before = before_list,
};

/* ---- two records ---- */

struct view {
	struct page *p;
	struct learner first, second;
	struct merge_counts of_first, of_second;
	struct merge_meeting *meetings;
	size_t n_meetings;
	struct apart apart;
	bool is_apart;
};

static struct err *load(struct view *v)
{
	struct page *p = v->p;

	TRY(person_find(p->arena, p->db, p->who->authority_id, page_path(p, "learner"), &v->first));
	TRY(person_find(p->arena, p->db, p->who->authority_id, page_path(p, "other"), &v->second));
	const struct merge m = { .authority_id = p->who->authority_id, .stays_id = v->first.id, .gone_id = v->second.id };
	const struct merge back = { .authority_id = m.authority_id, .stays_id = m.gone_id, .gone_id = m.stays_id };
	const struct apart pair = { v->first.id < v->second.id ? v->first.id : v->second.id,
				    v->first.id < v->second.id ? v->second.id : v->first.id, p->today };

	TRY(sql_merge_counts(p->arena, p->db, &m, &v->of_second));
	TRY(sql_merge_counts(p->arena, p->db, &back, &v->of_first));
	TRY(merge_meetings(p->arena, p->db, &m, &v->meetings, &v->n_meetings));
	return sql_apart_find(p->arena, p->db, &pair, &v->apart, &v->is_apart);
}

static const char *value_of(struct arena *a, const struct learner *l, const char *field)
{
	if (text_same(field, "name")) {
		return l->name;
	}
	if (text_same(field, "email")) {
		return l->email;
	}
	if (text_same(field, "job")) {
		return l->job;
	}
	if (text_same(field, "standing")) {
		return words_label(&standing_words, l->standing);
	}
	if (text_same(field, "audience")) {
		return words_label(&audience_words, l->audience);
	}
	if (text_same(field, "sector")) {
		return words_label(&sector_words, l->sector);
	}
	if (text_same(field, "place")) {
		return l->establishment_urn != 0
			       ? arena_printf(a, "%s (%lld)", l->school, (long long)l->establishment_urn)
			       : l->organisation;
	}
	if (text_same(field, "body")) {
		return text_empty(l->team) ? l->agency : arena_printf(a, "%s: %s", l->agency, l->team);
	}
	return date_is_set(l->ended_on) ? date_long(a, l->ended_on) : "Has not left";
}

static const char *count_text(struct arena *a, int64_t n, const char *one, const char *many)
{
	return arena_printf(a, "%lld %s", (long long)n, n == 1 ? one : many);
}

static const char *things_text(struct arena *a, const struct merge_counts *c)
{
	return arena_printf(a, "%s, %s of training elsewhere", count_text(a, c->attendances, "attendance", "attendances"),
			    count_text(a, c->evidence, "record", "records"));
}

static void side_by_side(const struct view *v)
{
	struct html *h = v->p->html;
	struct arena *a = v->p->arena;
	static const struct ui_cell head[] = { { .text = "What is recorded" }, { .text = "First record" }, { .text = "Second record" } };
	const struct ui_table table = { .caption = "Side by side", .caption_classes = "govuk-table__caption--m", .head = head,
					.n_head = 3, .first_cell_is_header = true, .scrolls = true };

	ui_table_begin(h, &table);
	ui_row_begin(h);
	ui_cell(h, &(struct ui_cell){ .text = "Reference", .header = true });
	ui_cell(h, &(struct ui_cell){ .text = v->first.reference, .href = link_learner(a, v->first.reference) });
	ui_cell(h, &(struct ui_cell){ .text = v->second.reference, .href = link_learner(a, v->second.reference) });
	ui_row_end(h);
	for (const struct field *f = merge_form_record.fields; f->name != NULL; f++) {
		if (f->label == NULL || text_same(f->name, "stays")) {
			continue;
		}
		ui_row_begin(h);
		ui_cell(h, &(struct ui_cell){ .text = f->label, .header = true });
		ui_cell(h, &(struct ui_cell){ .text = value_of(a, &v->first, f->name) });
		ui_cell(h, &(struct ui_cell){ .text = value_of(a, &v->second, f->name) });
		ui_row_end(h);
	}
	ui_row_begin(h);
	ui_cell(h, &(struct ui_cell){ .text = "Training", .header = true });
	ui_cell(h, &(struct ui_cell){ .text = things_text(a, &v->of_first) });
	ui_cell(h, &(struct ui_cell){ .text = things_text(a, &v->of_second) });
	ui_row_end(h);
	ui_table_end(h, &table);
}

static void met(const struct view *v)
{
	struct arena *a = v->p->arena;

	for (size_t i = 0; i < v->n_meetings; i++) {
		const struct merge_meeting *m = &v->meetings[i];

		ui_paragraph(v->p->html,
			     arena_printf(a, "Both are on the list of %s on %s (“%s” and “%s”). Joined, it is once: “%s”.",
					  m->course, date_long(a, m->held_on), words_label(&attendance_state_words, m->stays_state),
					  words_label(&attendance_state_words, m->gone_state),
					  words_label(&attendance_state_words, merge_state(m->stays_state, m->gone_state))));
	}
}

static void choose(const struct view *v, const struct field *f, const char *first, const char *second, const char *chosen)
{
	const struct ui_item items[] = { { .value = "first", .text = first }, { .value = "second", .text = second } };
	const struct ui_fieldset fieldset = { .legend = { .text = f->label, .classes = "govuk-fieldset__legend--s" } };
	const char *typed = v->p->outcome == NULL ? NULL : pairs_get(&v->p->outcome->raw, f->name);

	ui_radios(v->p->html, &(struct ui_radios){ .name = f->name,
						   .fieldset = &fieldset,
						   .items = items,
						   .n_items = 2,
						   .value = typed != NULL ? typed : chosen,
						   .classes = "govuk-radios--small" });
}

static struct err *form(const struct view *v)
{
	struct page *p = v->p;
	struct arena *a = p->arena;
	/* with more behind it a record is the better one to stay */
	bool second = v->of_second.attendances > v->of_first.attendances || v->of_second.joined > 0;
	const char *stays = second ? "second" : "first";
	const struct merge_form initial = { .second_version = v->second.version };
	const struct form form = { .record = &merge_form_record,
				   .action = url_path(a, "/training/learners/{}/merge/{}", v->first.reference, v->second.reference),
				   .initial = &initial,
				   .version = v->first.version,
				   .submit = "Join the two records",
				   .cancel = URL("/training/learners/duplicates") };

	TRY(page_form_begin(p, &form));
	for (const struct field *f = merge_form_record.fields; f->name != NULL; f++) {
		if (text_same(f->name, "stays")) {
			choose(v, f, arena_printf(a, "The first, %s", v->first.reference),
			       arena_printf(a, "The second, %s", v->second.reference), stays);
		} else if (f->label != NULL && merge_differs(&v->first, &v->second, f->name)) {
			choose(v, f, value_of(a, &v->first, f->name), value_of(a, &v->second, f->name), stays);
		}
	}
	ui_paragraph(p->html, "All training of both becomes that of the record that stays. The other leads to it and is shown in no "
			      "list. They can be taken apart again.");
	page_form_end(p, &form);
	page_button_form(p, url_path(a, "/training/learners/{}/merge/{}/apart", v->first.reference, v->second.reference),
			 "These are two people", 0, true);
	return NULL;
}

struct err *merge_page(struct page *p)
{
	struct view v = { .p = p };
	const struct merge_counts nothing = { 0 };

	TRY(load(&v));
	const char *why = merge_refusal(p->arena, &v.first, &v.second, &nothing, v.meetings, v.n_meetings);

	page_begin(p, &(struct page_head){ .title = "Are these one person?", .back = URL("/training/learners/duplicates") });
	if (v.is_apart) {
		ui_inset_text(p->html, &(struct ui_inset_text){
					       .text = arena_printf(p->arena, "Recorded as two people on %s.",
								    date_long(p->arena, v.apart.decided_on)) });
	}
	side_by_side(&v);
	met(&v);
	if (why != NULL) {
		ui_inset_text(p->html, &(struct ui_inset_text){ .text = arena_printf(p->arena, "They cannot be joined. %s.", why) });
	}
	if (why == NULL) {
		TRY(form(&v));
	} else if (v.first.id != v.second.id) {
		page_button_form(p, url_path(p->arena, "/training/learners/{}/merge/{}/apart", v.first.reference,
					     v.second.reference), "These are two people", 0, true);
	}
	page_end(p);
	return NULL;
}

/* ---- what was joined ---- */

struct err *merges_of_person(struct page *p, const struct learner *l)
{
	const struct merge key = { .authority_id = l->authority_id, .stays_id = l->id };
	struct merge *rows;
	size_t n;

	TRY(sql_merges_into(p->arena, p->db, &key, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		ui_paragraph(p->html, arena_printf(p->arena, "Record %s was joined into this one on %s.", rows[i].gone,
						   date_long(p->arena, rows[i].merged_on)));
		page_button_form(p, url_path(p->arena, "/training/learners/{}/apart/{}", l->reference, rows[i].reference),
				 arena_printf(p->arena, "Take %s apart again", rows[i].gone), 0, true);
	}
	return NULL;
}
