/* One person: the facts, what may be done, the forms. */
#include "app/training/merge.h"
#include "app/training/person.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"
#include "record/choices.h"

static const struct field person_form_fields[] = {
	FIELD(struct person_form, name, .label = "Name", .flags = F_REQUIRED | F_PERSONAL),
	FIELD(struct person_form, standing, .label = "Standing", .words = &standing_words, .flags = F_REQUIRED | F_RADIOS,
	      .hint = "People outside a payroll need no school or employer", .asks = "Select the standing"),
	FIELD(struct person_form, audience, .label = "What they do", .words = &audience_words,
	      .hint = "Decides which training they need"),
	FIELD(struct person_form, place, .label = "School or organisation", .flags = F_PERSONAL, .hint = "Name or URN of a school, or the name of another organisation"),
	FIELD(struct person_form, body, .label = "Agency or team", .choices = &agency_team_choices),
	FIELD(struct person_form, job, .label = "Job", .flags = F_PERSONAL),
	FIELD(struct person_form, sector, .label = "Sector", .words = &sector_words,
	      .hint = "People at a school of the register count as school staff"),
	FIELD(struct person_form, email, .label = "Work email", .flags = F_EMAIL | F_PERSONAL),
	FIELD_END,
};
RECORD(person_form, person_form_fields);

static const struct field person_leave_fields[] = {
	FIELD(struct person_leave, ended_on, .label = "Left on", .hint = "Their last day", .flags = F_REQUIRED,
	      .asks = "Enter the last day"),
	FIELD_END,
};
RECORD(person_leave, person_leave_fields);

struct err *learner_of_page(struct page *p, struct learner *out)
{
	return person_find(p->arena, p->db, p->who->authority_id, page_path(p, "learner"), out);
}

/* ---- the facts ---- */

static const char *or_not_recorded(const char *text)
{
	return text_empty(text) ? "Not recorded" : text;
}

static const char *place_text(struct arena *a, const struct learner *l)
{
	return l->establishment_urn != 0 ? arena_printf(a, "%s (%lld)", l->school, (long long)l->establishment_urn)
					 : l->organisation;
}

void person_facts(struct page *p, const struct learner *l)
{
	struct arena *a = p->arena;
	const char *body = text_empty(l->agency) ? "None"
			   : text_empty(l->team) ? l->agency
						 : arena_printf(a, "%s: %s", l->agency, l->team);
	const struct ui_summary_row rows[] = {
		{ .key = "Reference", .value = l->reference },
		{ .key = "Standing", .value = words_label(&standing_words, l->standing) },
		{ .key = "What they do", .value = or_not_recorded(words_label(&audience_words, l->audience)) },
		{ .key = "School or organisation", .value = or_not_recorded(place_text(a, l)) },
		{ .key = "Agency or team",
		  .value = body,
		  .value_href = text_empty(l->agency) || !page_may(p, PERM_agency_read) ? (struct url){ NULL }
											: link_agency(a, l->agency_reference) },
		{ .key = "Job", .value = or_not_recorded(l->job) },
		{ .key = "Sector", .value = words_label(&sector_words, l->sector) },
		{ .key = "Work email", .value = or_not_recorded(l->email) },
		{ .key = "Left on", .value = date_is_set(l->ended_on) ? date_long(a, l->ended_on) : "Has not left" },
	};

	ui_summary_list(p->html, &(struct ui_summary_list){ .rows = rows, .n_rows = sizeof(rows) / sizeof(*rows) });
}

struct err *person_actions(struct page *p, const struct learner *l)
{
	struct arena *a = p->arena;

	if (!page_may(p, PERM_training_manage)) {
		return NULL;
	}
	LIT(p->html, "<div class=\"govuk-button-group\">");
	ui_button(p->html, &(struct ui_button){ .text = "Change this person",
						.classes = "govuk-button--secondary",
						.href = url_path(a, "/training/learners/{}/edit", l->reference) });
	if (date_is_set(l->ended_on)) {
		page_button_form(p, url_path(a, "/training/learners/{}/return", l->reference), "They have not left",
				 l->version, true);
	} else {
		ui_button(p->html, &(struct ui_button){ .text = "They have left",
							.classes = "govuk-button--secondary",
							.href = url_path(a, "/training/learners/{}/leave", l->reference) });
	}
	LIT(p->html, "</div>");
	return merges_of_person(p, l);
}

/* ---- forms ---- */

struct err *person_new_page(struct page *p)
{
	const struct person_form initial = { .standing = STANDING_STAFF };

	page_begin(p, &(struct page_head){ .title = "Add a person", .back = URL("/training/learners") });
	ui_paragraph(p->html, "Add somebody who needs training and has attended nothing yet. Work details only.");
	TRY(page_form(p, &(struct form){ .record = &person_form_record,
					 .action = URL("/training/learners/new"),
					 .initial = &initial,
					 .submit = "Add person",
					 .cancel = URL("/training/learners") }));
	page_end(p);
	return NULL;
}

static const char *body_of(struct arena *a, const struct learner *l)
{
	if (text_empty(l->agency_reference)) {
		return "";
	}
	return text_empty(l->team_reference) ? l->agency_reference
					     : arena_printf(a, "%s/%s", l->agency_reference, l->team_reference);
}

struct err *person_edit_page(struct page *p)
{
	struct learner l;

	TRY(learner_of_page(p, &l));
	const char *place = place_text(p->arena, &l);
	const struct person_form initial = { .name = l.name,
					     .email = l.email,
					     .job = l.job,
					     .standing = l.standing,
					     .audience = l.audience,
					     .sector = l.sector,
					     .place = text_empty(place) ? "" : place,
					     .body = body_of(p->arena, &l) };

	page_begin(p, &(struct page_head){ .title = "Change this person", .back = link_learner(p->arena, l.reference) });
	TRY(page_form(p, &(struct form){ .record = &person_form_record,
					 .action = url_path(p->arena, "/training/learners/{}/edit", l.reference),
					 .initial = &initial,
					 .version = l.version,
					 .submit = "Save changes",
					 .cancel = link_learner(p->arena, l.reference) }));
	page_end(p);
	return NULL;
}

struct err *person_leave_page(struct page *p)
{
	struct learner l;

	TRY(learner_of_page(p, &l));
	page_begin(p, &(struct page_head){ .title = "When did they leave?",
					   .caption = l.name,
					   .back = link_learner(p->arena, l.reference) });
	ui_paragraph(p->html, "Their training stays on record. Nothing is asked of them any more.");
	TRY(page_form(p, &(struct form){ .record = &person_leave_record,
					 .action = url_path(p->arena, "/training/learners/{}/leave", l.reference),
					 .version = l.version,
					 .submit = "Save",
					 .cancel = link_learner(p->arena, l.reference) }));
	page_end(p);
	return NULL;
}
