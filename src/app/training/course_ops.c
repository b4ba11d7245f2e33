/* Courses are added, changed and withdrawn; never deleted, because sessions name them. */
#include "app/training/course.h"
#include "app/training/course.sql.h"
#include "app/training/need.h"
#include "app/training/course_version.sql.h"
#include "app/training/provider.h"
#include "app/training/provider.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "db/args.h"
#include "work/search.h"

enum { REFERENCE_LENGTH = 6 };

static const struct field course_fields[] = {
	FIELD(struct course, id),
	FIELD(struct course, authority_id),
	FIELD(struct course, reference, .label = "Reference", .flags = F_REFERENCE),
	FIELD(struct course, title, .label = "Title"),
	FIELD(struct course, title_fold),
	FIELD(struct course, provider, .label = "Provider", .words = &provider_words),
	FIELD(struct course, provider_id, .flags = F_NULLABLE),
	FIELD(struct course, body_reference, .flags = F_NULLABLE),
	FIELD(struct course, body, .label = "Provided by", .flags = F_NULLABLE),
	FIELD(struct course, outside),
	FIELD(struct course, delivery, .label = "Delivery", .words = &delivery_words),
	FIELD(struct course, duration_minutes, .label = "Length in minutes"),
	FIELD(struct course, refresh_months, .label = "Refresher after months", .flags = F_NULLABLE),
	FIELD(struct course, state, .label = "State", .words = &course_state_words),
	FIELD(struct course, version),
	FIELD(struct course, audience, .label = "For", .words = &audience_words),
	FIELD_END
};
RECORD(course, course_fields);

/* Both forms: the course itself, then what it teaches and asks. */
#define COURSE_FORM_FIELDS                                                                         \
	FIELD(struct course_form, title, .label = "Title", .flags = F_REQUIRED),                   \
	FIELD(struct course_form, provider, .label = "Who provides the course?",                   \
	      .words = &provider_words, .flags = F_REQUIRED,                                       \
	      .asks = "Select who provides the course"),                                           \
	FIELD(struct course_form, body, .label = "Which provider?", .choices = &provider_choices,  \
	      .hint = "Leave empty when it is not on the list of providers"),                      \
	FIELD(struct course_form, delivery, .label = "How is it delivered?",                       \
	      .words = &delivery_words, .flags = F_REQUIRED,                                       \
	      .asks = "Select how the course is delivered"),                                       \
	FIELD(struct course_form, duration_minutes, .label = "Length in minutes", .min = 5,        \
	      .max = 1440, .flags = F_REQUIRED),                                                   \
	FIELD(struct course_form, refresh_months, .label = "Refresher after how many months?",     \
	      .min = 1, .max = 120, .hint = "Leave empty when no refresher is asked for",          \
	      .flags = F_NULLABLE),                                                                \
	FIELD(struct course_form, audience, .label = "Who is it for?", .words = &audience_words,   \
	      .hint = "Select all that apply. Nothing: for anybody"),                              \
	FIELD(struct course_form, aspects, .label = "What does it cover?", .words = &aspect_words, \
	      .hint = "What the Workshop to Raise Awareness of Prevent is to contain. Select all " \
		      "that apply"),                                                               \
	FIELD(struct course_form, objectives, .label = "What people will be able to do afterwards", \
	      .max = 4000, .flags = F_LONG | F_NULLABLE),                                          \
	FIELD(struct course_form, statements, .label = "Own statements to agree with in the feedback", \
	      .hint = "One a line, 5 own statements and questions at most. The seven that every course " \
		      "asks come before them", .max = 1200, .flags = F_LONG),                      \
	FIELD(struct course_form, questions, .label = "Own questions answered in words",           \
	      .hint = "One a line. Ask nothing that would tell who answers", .max = 1200,          \
	      .flags = F_LONG),                                                                    \
	FIELD(struct course_form, asks_confidence,                                                 \
	      .label = "Ask how confident people were before, and are after")

static const struct field course_form_fields[] = { COURSE_FORM_FIELDS, FIELD_END };
RECORD(course_form, course_form_fields);

static const struct field course_change_fields[] = {
	COURSE_FORM_FIELDS,
	FIELD(struct course_form, taught_from, .label = "From which day is the new content taught?",
	      .hint = "When what it covers, its objectives or its questions change. Sessions before that day keep the "
		      "version they were taught by. Leave empty to put right what is recorded"),
	FIELD(struct course_form, changed, .label = "What changes?", .hint = "When the content changes from a day",
	      .max = 1000, .flags = F_LONG),
	FIELD_END
};
const struct record course_change_record = { .name = "course_change",
					     .size = sizeof(struct course_form),
					     .fields = course_change_fields };

struct err *course_of(struct arena *a, struct db *db, const struct who *who, const char *reference, struct course *out)
{
	struct reference_arg key = { who->authority_id, reference };
	struct id_word *rows;
	size_t n;
	bool found;

	TRY(sql_course_find(a, db, &key, out, &found));
	if (!found) {
		return ERR(ERR_NOT_FOUND, "There is no course with the reference %s", key.reference);
	}
	TRY(sql_course_audience(a, db, &(struct id_arg){ out->id }, &rows, &n));
	out->audience = (struct texts){ ARENA_NEW(a, const char *, n + 1), n };
	for (size_t i = 0; i < n; i++) {
		out->audience.v[i] = rows[i].word;
	}
	return NULL;
}

static struct err *course_of_op(struct op *op, struct course *out)
{
	return course_of(op->arena, op->db, op->who, op_path(op, "course"), out);
}

/* Two open courses of one title cannot be told apart in a list. */
static struct err *check_title(struct op *op, const struct course *c)
{
	struct id_row *others;
	size_t n;

	TRY(sql_course_same_title(op->arena, op->db, c, &others, &n));
	if (n > 0) {
		problem_add(op->arena, op->problems, "title",
			    "There is already an open course with this title");
	}
	return NULL;
}

/* What was delivered stays what it was: by the authority or by the school itself. */
static struct err *check_provider(struct op *op, const struct course *before,
				  const struct course *after)
{
	struct id_row *sessions;
	size_t n = 0;

	if ((before->provider == PROVIDER_SCHOOL) != (after->provider == PROVIDER_SCHOOL)) {
		TRY(sql_course_in_use(op->arena, op->db, after, &sessions, &n));
	}
	if (n > 0) {
		problem_add(op->arena, op->problems, "provider",
			    "There are sessions of this course already. Add another course for "
			    "the other provider");
	}
	return NULL;
}

struct course_form course_form_of(struct arena *a, const struct course *c, const struct course_version *v,
				  const struct own_questions *q)
{
	return (struct course_form){
		.title = c->title,
		.provider = c->provider,
		.body = c->body_reference,
		.delivery = c->delivery,
		.duration_minutes = c->duration_minutes,
		.refresh_months = c->refresh_months,
		.audience = c->audience,
		.aspects = v->aspects,
		.objectives = v->objectives,
		.statements = own_questions_text(a, q, QUESTION_AGREE),
		.questions = own_questions_text(a, q, QUESTION_TEXT),
		.asks_confidence = v->asks_confidence,
		.changed = "",
	};
}

static void say(struct op *op, const struct course *c, const char *flash)
{
	op->reference = c->reference;
	op->location = link_course(op->arena, c->reference);
	op->flash = flash;
}

static struct err *searchable(struct op *op, const struct course *c, bool is_new)
{
	const char *const texts[] = { c->title, NULL };

	return search_put(op->arena, op->db, c->authority_id, SEARCH_COURSE, &(struct search_thing){ c->id, texts, is_new }, 1);
}

static struct err *put_audience(struct op *op, const struct course *c)
{
	for (const struct word *w = audience_words.items; w->word != NULL; w++) {
		bool has = false;

		for (size_t i = 0; i < c->audience.n; i++) {
			has = has || text_same(c->audience.v[i], w->word);
		}
		if (has) {
			TRY(sql_course_audience_add(op->db, &(struct id_word){ c->id, w->word }, NULL));
		}
	}
	return NULL;
}

/* Who provides it: a kind, and the body of that kind when it is on the list. */
static struct err *take_body(struct op *op, const struct course_form *form, struct course *c)
{
	const struct reference_arg key = { op->who->authority_id, form->body };
	int64_t before = c->provider_id;
	struct provider_body body;
	bool found;

	c->provider = form->provider;
	c->provider_id = 0;
	c->body = c->body_reference = "";
	if (text_empty(form->body)) {
		return NULL;
	}
	TRY(sql_provider_find(op->arena, op->db, &key, &body, &found));
	if (!found || (body.state == PROVIDER_CLOSED && body.id != before)) {
		problem_add(op->arena, op->problems, "body", "Select a provider that is open");
	} else if (body.kind != form->provider) {
		problem_add(op->arena, op->problems, "body", "%s is recorded as “%s”. Select that as who provides the course, or another provider",
			    body.name, words_label(&provider_words, body.kind));
	} else {
		c->provider_id = body.id;
		c->body_reference = body.reference;
		c->body = body.name;
	}
	return NULL;
}

static struct err *take_form(struct op *op, const struct course_form *form, struct course *c, struct own_questions *q)
{
	const char *field;
	const char *fault = own_questions_parse(op->arena, form->statements, form->questions, q, &field);

	if (fault != NULL) {
		problem_add(op->arena, op->problems, field, "%s", fault);
	}
	c->title = form->title;
	c->title_fold = text_fold(op->arena, form->title);
	c->delivery = form->delivery;
	c->duration_minutes = form->duration_minutes;
	c->refresh_months = form->refresh_months;
	c->audience = form->audience;
	TRY(take_body(op, form, c));
	return check_title(op, c);
}

static struct course_version content_of(const struct course_form *form, const struct course_version *before)
{
	struct course_version v = *before;

	v.objectives = form->objectives;
	v.aspects = form->aspects;
	v.asks_confidence = form->asks_confidence;
	return v;
}

static struct err *add(struct op *op, const void *input)
{
	const struct course_form *form = input;
	struct course c = { .authority_id = op->who->authority_id, .state = COURSE_OPEN };
	struct own_questions questions;
	struct id_row row;

	TRY(take_form(op, form, &c, &questions));
	if (op->problems->n > 0) {
		return NULL;
	}
	c.reference = world_reference(op->world, op->arena, REFERENCE_LENGTH);
	TRY(sql_course_add(op->arena, op->db, &c, &row));
	c.id = row.id;
	struct course_version first = content_of(form, &(struct course_version){ .course_id = c.id, .number = 1 });

	TRY(put_audience(op, &c));
	TRY(course_version_add(op, &first, &questions));
	TRY(searchable(op, &c, true));
	say(op, &c, "Course added");
	return op_audit(op, "course", c.reference, &course_form_record, NULL, form);
}

/* What it teaches and asks: put right when no day is given, otherwise a version of its own. */
static struct err *change_content(struct op *op, const struct course_form *form, const struct course_version *latest,
				  const struct own_questions *before, const struct own_questions *questions)
{
	struct course_version v = content_of(form, latest);
	bool same = text_same(v.objectives, latest->objectives) && texts_same(&v.aspects, &latest->aspects) &&
		    v.asks_confidence == latest->asks_confidence && own_questions_same(before, questions);
	bool answered = false;

	if (!date_is_set(form->taught_from)) {
		TRY(course_version_correct(op, &v, questions, &answered));
		if (answered) {
			problem_add(op->arena, op->problems, "statements",
				    "People have answered these questions already. Say from which day the new ones are asked");
		}
		return NULL;
	}
	const char *fault = same ? "Change what it covers, its objectives or its questions, or leave the date empty"
				 : version_from_fault(op->arena, latest, form->taught_from, op->today);

	if (fault != NULL) {
		problem_add(op->arena, op->problems, "taught_from", "%s", fault);
		return NULL;
	}
	v.number = latest->number + 1;
	v.from_on = form->taught_from;
	v.changed = form->changed;
	return course_version_add(op, &v, questions);
}

static struct err *change(struct op *op, const void *input)
{
	const struct course_form *form = input;
	struct course before, after;
	struct course_version latest;
	struct own_questions asked, asks;

	TRY(course_of_op(op, &before));
	TRY(op_expect_version(op, before.version));
	TRY(course_version_latest(op->arena, op->db, before.id, &latest));
	TRY(course_version_questions(op->arena, op->db, latest.id, &asked));
	after = before;
	TRY(take_form(op, form, &after, &asks));
	TRY(check_provider(op, &before, &after));
	if (op->problems->n == 0) {
		TRY(change_content(op, form, &latest, &asked, &asks));
	}
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(sql_course_update(op->db, &after, NULL));
	TRY(sql_course_audience_clear(op->db, &(struct id_arg){ after.id }, NULL));
	TRY(put_audience(op, &after));
	TRY(searchable(op, &after, false));
	if (after.refresh_months != before.refresh_months) {
		TRY(need_of_course(op, after.id));
	}
	say(op, &after, "Course changed");
	const struct course_form was = course_form_of(op->arena, &before, &latest, &asked);

	return op_audit(op, "course", after.reference, &course_change_record, &was, form);
}

static struct err *withdraw(struct op *op, const void *input)
{
	struct course before, after;

	TRY(course_of_op(op, &before));
	TRY(op_expect_version(op, before.version));
	if (before.state == COURSE_WITHDRAWN) {
		problem_add(op->arena, op->problems, NULL,
			    "This course has already been withdrawn");
		return NULL;
	}
	after = before;
	after.state = COURSE_WITHDRAWN;
	TRY(sql_course_update(op->db, &after, NULL));
	say(op, &after, "Course withdrawn. Sessions that are already scheduled are not changed");
	return op_audit(op, "course", after.reference, &course_record, &before, &after);
}

const struct operation add_course = {
	.name = "add-course",
	.label = "Add a course",
	.permission = PERM_training_manage,
	.input = &course_form_record,
	.apply = add,
};
const struct operation change_course = {
	.name = "change-course",
	.label = "Change a course",
	.permission = PERM_training_manage,
	.input = &course_change_record,
	.apply = change,
};
const struct operation withdraw_course = {
	.name = "withdraw-course",
	.label = "Withdraw a course",
	.permission = PERM_training_manage,
	.apply = withdraw,
};
