/* Courses are added, changed and withdrawn; never deleted, because sessions name them. */
#include "app/training/course.h"
#include "app/training/course.sql.h"
#include "app/training/need.h"
#include "base/arena.h"
#include "base/text.h"
#include "db/args.h"
#include "work/search.h"

enum { REFERENCE_LENGTH = 6 };

static const struct field course_fields[] = {
	FIELD(struct course, id, .flags = F_COMPUTED),
	FIELD(struct course, authority_id, .flags = F_COMPUTED),
	FIELD(struct course, reference, .flags = F_COMPUTED | F_REFERENCE),
	FIELD(struct course, title, .label = "Title", .flags = F_REQUIRED),
	FIELD(struct course, title_fold, .flags = F_COMPUTED),
	FIELD(struct course, provider, .label = "Who provides the course?",
	      .words = &provider_words, .flags = F_REQUIRED,
	      .asks = "Select who provides the course"),
	FIELD(struct course, delivery, .label = "How is it delivered?", .words = &delivery_words,
	      .flags = F_REQUIRED, .asks = "Select how the course is delivered"),
	FIELD(struct course, duration_minutes, .label = "Length in minutes", .min = 5, .max = 1440,
	      .flags = F_REQUIRED),
	FIELD(struct course, refresh_months, .label = "Refresher after how many months?", .min = 1,
	      .max = 120, .hint = "Leave empty when no refresher is asked for",
	      .flags = F_NULLABLE),
	FIELD(struct course, objectives, .label = "What people will be able to do afterwards",
	      .max = 4000, .flags = F_LONG | F_NULLABLE),
	FIELD(struct course, state, .words = &course_state_words, .flags = F_COMPUTED),
	FIELD(struct course, version, .flags = F_COMPUTED),
	FIELD_END
};
RECORD(course, course_fields);

static struct err *course_of_op(struct op *op, struct course *out)
{
	struct reference_arg key = { op->who->authority_id, op_path(op, "course") };
	bool found;

	TRY(sql_course_find(op->arena, op->db, &key, out, &found));
	return found ? NULL
		     : ERR(ERR_NOT_FOUND, "There is no course with the reference %s",
			   key.reference);
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

static void say(struct op *op, const struct course *c, const char *flash)
{
	op->reference = c->reference;
	op->location = link_course(op->arena, c->reference);
	op->flash = flash;
}

static struct err *searchable(struct op *op, const struct course *c)
{
	return search_put(op->arena, op->db, c->authority_id, SEARCH_COURSE, c->id, (const char *const[]){ c->title, NULL });
}

static struct err *add(struct op *op, const void *input)
{
	struct course c = *(const struct course *)input;
	struct id_row row;

	c.authority_id = op->who->authority_id;
	c.title_fold = text_fold(op->arena, c.title);
	c.reference = world_reference(op->world, op->arena, REFERENCE_LENGTH);
	c.state = COURSE_OPEN;
	TRY(check_title(op, &c));
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(sql_course_add(op->arena, op->db, &c, &row));
	c.id = row.id;
	TRY(searchable(op, &c));
	say(op, &c, "Course added");
	return op_audit(op, "course", c.reference, &course_record, NULL, &c);
}

static struct err *change(struct op *op, const void *input)
{
	const struct course *form = input;
	struct course before, after;

	TRY(course_of_op(op, &before));
	TRY(op_expect_version(op, before.version));
	after = before;
	after.title = form->title;
	after.title_fold = text_fold(op->arena, form->title);
	after.provider = form->provider;
	after.delivery = form->delivery;
	after.duration_minutes = form->duration_minutes;
	after.refresh_months = form->refresh_months;
	after.objectives = form->objectives;
	TRY(check_title(op, &after));
	TRY(check_provider(op, &before, &after));
	if (op->problems->n > 0) {
		return NULL;
	}
	TRY(sql_course_update(op->db, &after, NULL));
	TRY(searchable(op, &after));
	if (after.refresh_months != before.refresh_months) {
		TRY(need_of_course(op, after.id));
	}
	say(op, &after, "Course changed");
	return op_audit(op, "course", after.reference, &course_record, &before, &after);
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
	.input = &course_record,
	.apply = add,
};
const struct operation change_course = {
	.name = "change-course",
	.label = "Change a course",
	.permission = PERM_training_manage,
	.input = &course_record,
	.apply = change,
};
const struct operation withdraw_course = {
	.name = "withdraw-course",
	.label = "Withdraw a course",
	.permission = PERM_training_manage,
	.apply = withdraw,
};
