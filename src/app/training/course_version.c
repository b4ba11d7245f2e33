/* Versions of a course in the store, and on its page. */
#include "app/training/course_version.h"

#include "app/training/course_version.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"
#include "db/args.h"

static const struct field course_version_fields[] = {
	FIELD(struct course_version, id),
	FIELD(struct course_version, course_id),
	FIELD(struct course_version, number, .label = "Version"),
	FIELD(struct course_version, from_on, .label = "Taught from", .flags = F_NULLABLE),
	FIELD(struct course_version, changed, .label = "What changed", .flags = F_NULLABLE | F_LONG),
	FIELD(struct course_version, objectives, .label = "What people will be able to do afterwards",
	      .flags = F_NULLABLE | F_LONG),
	FIELD(struct course_version, asks_confidence, .label = "Asks how confident people were before and after"),
	FIELD(struct course_version, aspects, .label = "What it covers", .words = &aspect_words),
	FIELD_END
};
RECORD(course_version, course_version_fields);

static const struct field course_question_fields[] = {
	FIELD(struct course_question, id),
	FIELD(struct course_question, version_id),
	FIELD(struct course_question, number, .label = "Number"),
	FIELD(struct course_question, kind, .label = "Kind", .words = &question_kind_words),
	FIELD(struct course_question, wording, .label = "Wording"),
	FIELD_END
};
RECORD(course_question, course_question_fields);

static const struct field course_day_args_fields[] = {
	FIELD(struct course_day_args, course_id),
	FIELD(struct course_day_args, day, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(course_day_args, course_day_args_fields);

static const struct field id_word_fields[] = {
	FIELD(struct id_word, id),
	FIELD(struct id_word, word),
	FIELD_END
};
RECORD(id_word, id_word_fields);

/* ---- reading ---- */

static struct err *load_aspects(struct arena *a, struct db *db, struct course_version *v)
{
	const struct id_arg args = { v->id };
	struct id_word *rows;
	size_t n;

	TRY(sql_course_aspects(a, db, &args, &rows, &n));
	v->aspects = (struct texts){ ARENA_NEW(a, const char *, n + 1), n };
	for (size_t i = 0; i < n; i++) {
		v->aspects.v[i] = rows[i].word;
	}
	return NULL;
}

static struct err *no_version(void)
{
	return ERR(ERR_BUG, "This course has no version. Tell who runs this service");
}

struct err *course_version_on(struct arena *a, struct db *db, int64_t course_id, struct date day, struct course_version *out)
{
	const struct course_day_args args = { course_id, day };
	bool found;

	TRY(sql_course_version_on(a, db, &args, out, &found));
	return found ? load_aspects(a, db, out) : no_version();
}

struct err *course_version_latest(struct arena *a, struct db *db, int64_t course_id, struct course_version *out)
{
	const struct course_day_args args = { .course_id = course_id };
	bool found;

	TRY(sql_course_version_latest(a, db, &args, out, &found));
	return found ? load_aspects(a, db, out) : no_version();
}

struct err *course_version_questions(struct arena *a, struct db *db, int64_t version_id, struct own_questions *out)
{
	const struct id_arg args = { version_id };
	struct course_question *rows;
	size_t n;

	*out = (struct own_questions){ 0 };
	TRY(sql_course_questions(a, db, &args, &rows, &n));
	for (size_t i = 0; i < n && i < OWN_QUESTIONS; i++) {
		out->v[out->n++] = rows[i];
	}
	return NULL;
}

/* ---- writing ---- */

static struct err *put_aspects(struct op *op, const struct course_version *v)
{
	for (const struct word *w = aspect_words.items; w->word != NULL; w++) {
		bool has = false;

		for (size_t i = 0; i < v->aspects.n; i++) {
			has = has || text_same(v->aspects.v[i], w->word); /* a form may send one twice */
		}
		if (has) {
			TRY(sql_course_aspect_add(op->db, &(struct id_word){ v->id, w->word }, NULL));
		}
	}
	return NULL;
}

static struct err *put_questions(struct op *op, int64_t version_id, const struct own_questions *q)
{
	for (size_t i = 0; i < q->n; i++) {
		struct course_question row = q->v[i];

		row.version_id = version_id;
		TRY(sql_course_question_add(op->db, &row, NULL));
	}
	return NULL;
}

struct err *course_version_add(struct op *op, struct course_version *v, const struct own_questions *q)
{
	struct id_row row;

	TRY(sql_course_version_add(op->arena, op->db, v, &row));
	v->id = row.id;
	TRY(put_aspects(op, v));
	return put_questions(op, v->id, q);
}

struct err *course_version_correct(struct op *op, const struct course_version *v, const struct own_questions *q,
				   bool *answered_out)
{
	const struct id_arg of = { v->id };
	struct own_questions before;
	struct id_row *answered;
	size_t n = 0;

	TRY(course_version_questions(op->arena, op->db, v->id, &before));
	bool same = own_questions_same(&before, q);

	if (!same) {
		TRY(sql_course_questions_answered(op->arena, op->db, &of, &answered, &n));
	}
	*answered_out = n > 0;
	if (n > 0) {
		return NULL;
	}
	TRY(sql_course_version_update(op->db, v, NULL));
	TRY(sql_course_aspects_clear(op->db, &of, NULL));
	TRY(put_aspects(op, v));
	if (!same) {
		TRY(sql_course_questions_clear(op->db, &of, NULL));
		TRY(put_questions(op, v->id, q));
	}
	return NULL;
}

/* ---- on the course's page ---- */

struct versions { /* of one course, with all that belongs to them: three statements, however many there are */
	struct course_version *v;
	size_t n;
	struct id_word *aspects;
	size_t n_aspects;
	struct course_question *questions;
	size_t n_questions;
};

static void take_parts(struct arena *a, const struct versions *all, struct course_version *v, struct own_questions *q)
{
	v->aspects = (struct texts){ ARENA_NEW(a, const char *, all->n_aspects + 1), 0 };
	for (size_t i = 0; i < all->n_aspects; i++) {
		if (all->aspects[i].id == v->id) {
			v->aspects.v[v->aspects.n++] = all->aspects[i].word;
		}
	}
	*q = (struct own_questions){ 0 };
	for (size_t i = 0; i < all->n_questions && q->n < OWN_QUESTIONS; i++) {
		if (all->questions[i].version_id == v->id) {
			q->v[q->n++] = all->questions[i];
		}
	}
}

static void version_facts(struct page *p, const struct course_version *v, const struct own_questions *q)
{
	struct arena *a = p->arena;
	const char *to_agree = own_questions_text(a, q, QUESTION_AGREE);
	struct ui_summary_row rows[5];
	size_t n = 0;

	if (!text_empty(v->changed)) {
		rows[n++] = (struct ui_summary_row){ .key = "What changed", .value = v->changed, .value_classes = "app-lines" };
	}
	rows[n++] = (struct ui_summary_row){ .key = "Covers",
					     .value = texts_labels(a, &aspect_words, &v->aspects),
					     .value_classes = "app-lines" };
	rows[n++] = (struct ui_summary_row){ .key = "Afterwards people can",
					     .value = text_empty(v->objectives) ? "Not provided" : v->objectives,
					     .value_classes = "app-lines" };
	if (q->n > 0) {
		rows[n++] = (struct ui_summary_row){ .key = "Own questions in the feedback",
						     .value = arena_printf(a, "%s%s%s", to_agree,
									   text_empty(to_agree) ? "" : "\n",
									   own_questions_text(a, q, QUESTION_TEXT)),
						     .value_classes = "app-lines" };
	}
	if (v->asks_confidence) {
		rows[n++] = (struct ui_summary_row){ .key = "Confidence", .value = "Feedback asks for it before and after" };
	}
	ui_subheading(p->html, 2, version_text(a, v));
	ui_summary_list(p->html, &(struct ui_summary_list){ .rows = rows, .n_rows = n });
}

struct err *course_versions_part(struct page *p, int64_t course_id)
{
	const struct course_day_args args = { .course_id = course_id };
	struct versions all;

	TRY(sql_course_versions(p->arena, p->db, &args, &all.v, &all.n));
	TRY(sql_course_all_aspects(p->arena, p->db, &args, &all.aspects, &all.n_aspects));
	TRY(sql_course_all_questions(p->arena, p->db, &args, &all.questions, &all.n_questions));
	for (size_t i = 0; i < all.n; i++) {
		struct own_questions questions;

		take_parts(p->arena, &all, &all.v[i], &questions);
		version_facts(p, &all.v[i], &questions);
	}
	return NULL;
}
