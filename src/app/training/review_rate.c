/* Rating: by the version of the rubric that holds today, with the balance of content and the reviewer's reasons. */
#include "app/training/review.h"
#include "app/training/rubric.h"
#include "app/training/rubric.sql.h"
#include "base/arena.h"
#include "base/text.h"

/* 1 to 4; "none": the reviewer could not tell, as after access in part. -1: nothing was chosen. */
static int64_t rating_of(struct op *op, const struct criterion *c)
{
	const char *value = pairs_get(op->raw, rating_field(op->arena, c));
	int64_t rating;

	if (value == NULL || (!text_to_int(value, 1, 4, &rating) && !text_same(value, "none"))) {
		return -1;
	}
	return text_same(value, "none") ? 0 : rating;
}

static void check_ratings(struct op *op, const struct rubric_whole *rubric)
{
	for (size_t i = 0; i < rubric->n; i++) {
		const struct criterion *c = &rubric->v[i];

		if (rating_of(op, c) < 0) {
			problem_add(op->arena, op->problems, rating_field(op->arena, c), "Select a rating: %s", c->label);
		}
	}
}

static bool has_form(const struct review_rate_form *form, const char *word)
{
	for (size_t i = 0; i < form->forms.n; i++) {
		if (text_same(form->forms.v[i], word)) {
			return true;
		}
	}
	return false;
}

static void check_rest(struct op *op, const struct review_rate_form *form)
{
	if (has_form(form, "none") && form->forms.n > 1) {
		problem_add(op->arena, op->problems, "forms", "Select forms of extremism, or “None of these”");
	}
	if (date_is_set(form->follow_up_on) && date_compare(form->follow_up_on, op->today) <= 0) {
		problem_add(op->arena, op->problems, "follow_up_on", "Date must be in the future");
	} else if (date_is_set(form->follow_up_on) && text_empty(form->actions)) {
		problem_add(op->arena, op->problems, "actions", "Enter what is to be done by that day");
	}
}

static struct err *store(struct op *op, const struct review *r, const struct review_rate_form *form,
			 const struct rubric_whole *rubric)
{
	for (size_t i = 0; i < rubric->n; i++) {
		const struct rating row = { r->id, rubric->v[i].id, rating_of(op, &rubric->v[i]) };

		TRY(sql_rating_add(op->db, &row, NULL));
	}
	for (const struct word *w = extremism_words.items; w->word != NULL; w++) {
		const struct form_row row = { r->id, w->code };

		if (has_form(form, w->word)) {
			TRY(sql_form_add(op->db, &row, NULL));
		}
	}
	return NULL;
}

static struct err *rate(struct op *op, const void *input)
{
	const struct review_rate_form *form = input;
	struct review before, after;
	struct rubric_whole rubric;
	bool may;

	TRY(review_to_move(op, REVIEW_RATE, &before, &may));
	TRY(rubric_on(op->arena, op->db, op->who->authority_id, op->today, &rubric));
	if (!may) {
		return NULL;
	}
	if (form->rubric != 0 && form->rubric != rubric.rubric.version) {
		problem_add(op->arena, op->problems, NULL,
			    "The rubric has changed since you opened this page. Rate by the criteria that are shown now");
	}
	check_ratings(op, &rubric);
	check_rest(op, form);
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(rubric_keep(op, &rubric));
	after = before;
	after.state = REVIEW_RATED;
	after.rubric_id = rubric.rubric.id;
	after.rubric = rubric.rubric.version;
	after.case_studies = form->case_studies;
	after.overall = form->overall;
	after.rated_on = op->today;
	after.summary = form->summary;
	after.actions = form->actions;
	after.follow_up_on = form->follow_up_on;
	TRY(store(op, &after, form, &rubric));
	return review_moved(op, &before, &after, "Rating recorded");
}

const struct operation rate_review = {
	.name = "rate-review",
	.label = "Rate what was reviewed",
	.permission = PERM_review_write,
	.input = &review_rate_form_record,
	.apply = rate,
	.flags = OP_ANY_FIELDS,
};
