/* A feature for the tests of the house: tickets, kept as rows of table job. Included by one test
 * program. */
#ifndef CORE_TICKET_TEST_H
#define CORE_TICKET_TEST_H

#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/test.h"
#include "base/text.h"
#include "core/harness.h"
#include "core/operation.h"
#include "work/job.h"
#include "work/job.sql.h"
#include "work/work.h"

static const struct word urgency_items[] = { { 1, "soon", "Soon", "Within the week" },
					     { 2, "some-day", "Some day", NULL },
					     { 0 } };
static const struct words urgency_words = { "urgency", urgency_items };

struct ticket {
	const char *title, *notes, *mail, *pin;
	int urgency;
	struct date wanted;
	struct instant call;
	bool loud;
	int64_t places;
};
static const struct field ticket_fields[] = {
	FIELD(struct ticket, title, .label = "Title", .hint = "Keep it short", .max = 40,
	      .flags = F_REQUIRED),
	FIELD(struct ticket, notes, .label = "Notes", .flags = F_LONG),
	FIELD(struct ticket, mail, .label = "Email address", .flags = F_EMAIL),
	FIELD(struct ticket, pin, .label = "Pin", .flags = F_SECRET),
	FIELD(struct ticket, urgency, .label = "Urgency", .words = &urgency_words),
	FIELD(struct ticket, wanted, .label = "Date wanted"),
	FIELD(struct ticket, call, .label = "Call"),
	FIELD(struct ticket, loud, .label = "Make a noise"),
	FIELD(struct ticket, places, .label = "Places", .min = 1, .max = 500),
	FIELD_END,
};
static const struct record ticket_record = { "ticket", sizeof(struct ticket), ticket_fields };

/* ---- operations ---- */

static struct err *ticket_guard(struct op *op, const void *input)
{
	const struct ticket *t = input;

	if (strcmp(t->title, "taken") == 0) {
		problem_add(op->arena, op->problems, "title", "That title is taken");
	}
	return NULL;
}

static struct err *ticket_add(struct op *op, const void *input)
{
	const struct ticket *t = input;

	TRY(job_queue(op->arena, op->db, op->who->authority_id, "ticket", t->title, op->now, NULL));
	if (strcmp(t->title, "silent") == 0) {
		return NULL; /* forgets the audit entry */
	}
	if (text_starts(t->title, "unread")) {
		return ERR(ERR_IO, "The data could not be read from the disk.");
	}
	op->location = URL("/tickets/new");
	op->flash = arena_printf(op->arena, "Ticket “%s” added", t->title);
	op->reference = t->title;
	return op_audit(op, "ticket", t->title, &ticket_record, NULL, t);
}

static const struct operation op_ticket_add = {
	.name = "add-ticket", .label = "Add a ticket", .permission = PERM_training_manage,
	.input = &ticket_record, .guard = ticket_guard, .apply = ticket_add,
};

/* Adds one within it, named by `title`; it has something to say of before and after. */
static struct err *ticket_round(struct op *op, const void *input)
{
	struct pairs path = { 0 };
	struct outcome within;

	TRY(op_audit(op, "ticket", "before", NULL, NULL, NULL));
	TRY(operation_within(op, &op_ticket_add, &path, op->raw, false, &within));
	TRY(within.err);
	return op_audit(op, "ticket", within.problems.n > 0 ? "refused" : "after", NULL, NULL, NULL);
}

static const struct operation op_ticket_round = {
	.name = "round-ticket", .label = "Add a ticket within", .permission = PERM_training_manage, .apply = ticket_round,
	.flags = OP_ANY_FIELDS,
};

/* A ticket is a trainer's own when its title is their name. */
static struct err *ticket_relate(struct op *op, enum relation *out)
{
	struct job_row row;
	bool found;
	int64_t id;

	if (!text_to_int(op_path(op, "ticket"), 1, INT64_MAX, &id)) {
		return ERR(ERR_NOT_FOUND, "No such ticket");
	}
	TRY(sql_job_find(op->arena, op->db, &(struct id_arg){ id }, &row, &found));
	if (!found) {
		return ERR(ERR_NOT_FOUND, "No such ticket");
	}
	*out = strcmp(row.subject, op->who->name) == 0 ? RELATION_OWN : RELATION_NONE;
	return NULL;
}

static struct err *ticket_close(struct op *op, const void *input)
{
	struct job_row before, after;
	bool found;
	int64_t id;

	CHECK(text_to_int(op_path(op, "ticket"), 1, INT64_MAX, &id));
	TRY(sql_job_find(op->arena, op->db, &(struct id_arg){ id }, &before, &found));
	TRY(op_expect_version(op, before.tries + 1));
	after = before;
	after.state = JOB_DONE;
	after.tries++;
	TRY(sql_job_update(op->db, &after, NULL));
	op->location = URL("/tickets/new");
	return op_audit(op, "ticket", before.subject, &job_row_record, &before, &after);
}

static const struct operation op_ticket_close = {
	.name = "close-ticket", .label = "Close a ticket", .permission = PERM_training_deliver,
	.relate = ticket_relate, .apply = ticket_close,
};

/* Counts the failure and refuses, as a sign-in does. */
static struct err *ticket_refuse(struct op *op, const void *input)
{
	TRY(job_queue(op->arena, op->db, op->who->authority_id, "refused", "refused", op->now, NULL));
	problem_add(op->arena, op->problems, NULL, "Not today");
	op->keep = true;
	return NULL;
}

static const struct operation op_ticket_refuse = {
	.name = "refuse-ticket",
	.label = "Refuse a ticket",
	.permission = PERM_public,
	.apply = ticket_refuse,
	.flags = OP_ANY_FIELDS,
};

/* Leaves no audit entry, as anonymous feedback. */
static struct err *ticket_quiet(struct op *op, const void *input)
{
	op->location = URL("/");
	return job_queue(op->arena, op->db, op->who->authority_id, "quiet", "quiet", op->now, NULL);
}

static const struct operation op_ticket_quiet = {
	.name = "quiet-ticket",
	.label = "Add a ticket without a trace",
	.permission = PERM_public,
	.apply = ticket_quiet,
	.flags = OP_NO_AUDIT,
};

static struct err *ticket_slow(struct op *op, const void *input, struct bytes *answer)
{
	CHECK(op->slow.n == 0);
	*answer = (struct bytes){ (const unsigned char *)"hashed", 6 };
	return NULL;
}

static struct err *ticket_hash(struct op *op, const void *input)
{
	CHECK_INT(op->slow.n, 6);
	op->reference = arena_strndup(op->arena, (const char *)op->slow.p, op->slow.n);
	return op_audit(op, "ticket", "slow", NULL, NULL, NULL);
}

static const struct operation op_ticket_hash = {
	.name = "hash-ticket", .label = "Hash a ticket", .permission = PERM_training_manage,
	.slow = ticket_slow, .apply = ticket_hash,
};

static struct err *ticket_file(struct op *op, const void *input)
{
	char text[16] = { 0 };

	if (op->upload == NULL) {
		problem_add(op->arena, op->problems, "file", "Select a file");
		return NULL;
	}
	CHECK(pread(op->upload->fd, text, sizeof(text) - 1, 0) == op->upload->size);
	op->reference = arena_strdup(op->arena, text);
	op->location = URL("/tickets/file");
	op->flash = op->reference;
	return op_audit(op, "ticket", "file", NULL, NULL, NULL);
}

static const struct operation op_ticket_file = {
	.name = "file-ticket", .label = "File a ticket", .permission = PERM_training_manage,
	.apply = ticket_file, .max_upload = 1000000,
};

/* ---- pages ---- */

static struct err *ticket_new_page(struct page *p)
{
	if (p->outcome != NULL && text_same(pairs_get(&p->outcome->raw, "title"), "unread twice")) {
		return ERR(ERR_IO, "The data could not be read from the disk.");
	}
	page_begin(p, &(struct page_head){ .title = "Add a ticket" });
	TRY(page_form(p, &(struct form){ .record = &ticket_record, .action = URL("/tickets/new"),
					 .submit = "Add ticket", .cancel = URL("/") }));
	page_end(p);
	return NULL;
}

static struct err *ticket_page_relate(struct page *p, enum relation *out)
{
	struct op op = { .arena = p->arena, .db = p->db, .who = p->who, .path = p->path };

	return ticket_relate(&op, out);
}

static struct err *ticket_page(struct page *p)
{
	struct job_row row;
	bool found;
	int64_t id = 0;

	CHECK(text_to_int(page_path(p, "ticket"), 1, INT64_MAX, &id));
	TRY(sql_job_find(p->arena, p->db, &(struct id_arg){ id }, &row, &found));
	page_begin(p, &(struct page_head){ .title = row.subject });
	page_summary(p, &job_row_record, &row,
		     (const struct summary_action[]){ { "due_at", URL("/x"), "Change" },
						       { .field = NULL } });
	page_button_form(p, url_path(p->arena, "/tickets/{}", page_path(p, "ticket")),
			 "Close ticket", row.tries + 1, false);
	page_end(p);
	return NULL;
}

static struct err *ticket_file_page(struct page *p)
{
	page_begin(p, &(struct page_head){ .title = "File a ticket" });
	TRY(page_form(p, &(struct form){ .action = URL("/tickets/file"),
					 .submit = "Upload",
					 .multipart = true,
					 .file_label = "The file",
					 .file_accept = ".csv" }));
	page_end(p);
	return NULL;
}

static struct err *ticket_broken_page(struct page *p)
{
	page_begin(p, &(struct page_head){ .title = "Broken" });
	LIT(p->html, "<div>");
	page_end(p);
	return NULL;
}

static const struct route ticket_routes[] = {
	{ HTTP_GET, "/tickets/new", PERM_training_manage, ticket_new_page, NULL, NULL },
	{ HTTP_POST, "/tickets/new", PERM_training_manage, ticket_new_page, &op_ticket_add, NULL },
	{ HTTP_GET, "/tickets/file", PERM_training_manage, ticket_file_page, NULL, NULL },
	{ HTTP_POST, "/tickets/file", PERM_training_manage, ticket_file_page, &op_ticket_file,
	  NULL },
	{ HTTP_GET, "/tickets/broken", PERM_signed_in, ticket_broken_page, NULL, NULL },
	{ HTTP_GET, "/tickets/{ticket}", PERM_training_deliver, ticket_page, NULL,
	  ticket_page_relate },
	{ HTTP_POST, "/tickets/{ticket}", PERM_training_deliver, ticket_page, &op_ticket_close,
	  ticket_page_relate },
	{ HTTP_POST, "/tickets/refuse", PERM_public, NULL, &op_ticket_refuse, NULL },
	{ HTTP_POST, "/tickets/quiet", PERM_public, NULL, &op_ticket_quiet, NULL },
	{ .pattern = NULL },
};

static struct err *ticket_today(struct page *p, struct today *out)
{
	if (page_may(p, PERM_training_manage)) {
		today_add(out, true, URL("/tickets/new"), "%d tickets to add", 3);
	}
	return NULL;
}

/* ---- a list whose rows are made in C ---- */

enum { SQUARES = 60, SQUARES_MANY = 1203 };

struct square {
	int64_t id, side;
	struct date on;
	bool even;
};
static const struct field square_fields[] = {
	FIELD(struct square, id, .label = "Number"),
	FIELD(struct square, side, .label = "Square, m²"),
	FIELD(struct square, on, .label = "Day"),
	FIELD(struct square, even, .label = "Even"),
	FIELD_END,
};
static const struct record square_record = { "square", sizeof(struct square), square_fields };

struct square_args {
	int64_t authority_id, own_user_id, own_urn;
	struct date from;
	bool even, many;
	const char *after_key;
	int64_t after_id, row_limit;
};
static const struct field square_args_fields[] = {
	FIELD(struct square_args, authority_id),
	FIELD(struct square_args, own_user_id),
	FIELD(struct square_args, own_urn),
	FIELD(struct square_args, from, .label = "From"),
	FIELD(struct square_args, even, .label = "Even only"),
	FIELD(struct square_args, many, .label = "Many"),
	FIELD(struct square_args, after_key),
	FIELD(struct square_args, after_id),
	FIELD(struct square_args, row_limit),
	FIELD_END,
};
static const struct record square_args_record = { "square_args", sizeof(struct square_args),
						  square_args_fields };

static struct err *square_rows(struct page *p, const void *args, void *rows_out, size_t *n_out)
{
	const struct square_args *q = args;
	struct square *rows = ARENA_NEW(p->arena, struct square, SQUARES_MANY);
	int64_t last = q->many ? SQUARES_MANY : SQUARES;
	size_t n = 0;

	CHECK(date_is_set(q->from));
	for (int64_t i = 1; i <= last; i++) {
		if (!q->even || i % 2 == 0) {
			rows[n++] = (struct square){ i, i * i, date_add_days(q->from, (int)i),
						      i % 2 == 0 };
		}
	}
	*(struct square **)rows_out = rows;
	*n_out = n;
	return NULL;
}

static void square_defaults(struct page *p, void *args)
{
	((struct square_args *)args)->from = (struct date){ 2026, 1, 31 };
}

static const char *twice(struct arena *a, const void *row)
{
	return arena_printf(a, "%lld & more", (long long)((const struct square *)row)->id * 2);
}

static struct url square_link(struct arena *a, const void *row)
{
	return url_path(a, "/squares/{}",
			arena_printf(a, "%lld", (long long)((const struct square *)row)->id));
}

static const struct list square_list = {
	.name = "squares",
	.title = "Squares",
	.caption = "Squares, smallest first",
	.empty = "There are no squares.",
	.path = "/squares",
	.permission = PERM_training_read,
	.args = &square_args_record,
	.row = &square_record,
	.columns =
		(const struct column[]){ { .field = "side", .link = square_link, .numeric = true },
					  { .field = "on" },
					  { .heading = "Twice that", .text = twice },
					  { .field = "even", .export_only = true },
					  { .field = NULL } },
	.rows = square_rows,
	.defaults = square_defaults,
};

static struct err *ticket_job(struct job_call *call)
{
	struct ask ask = { .operation = "add-ticket",
			   .actor = "job:ticket",
			   .authority_id = call->authority_id };
	struct outcome out;

	if (strcmp(call->subject, "bad") == 0) {
		return ERR(ERR_INVALID, "The file is not a register");
	}
	if (strcmp(call->subject, "busy") == 0) {
		return ERR(ERR_BUSY, "Later");
	}
	if (strcmp(call->subject, "worked") == 0) {
		return NULL;
	}
	pairs_add(call->arena, &ask.raw, "title", "worked");
	TRY(door_ask(call->arena, call->door, &ask, &out));
	return out.err;
}
static const struct job job_ticket = { "ticket", ticket_job };

static const struct nav_item ticket_nav[] = { { "Squares", URL("/squares"), PERM_training_read, NULL },
					      { "Add a ticket", URL("/tickets/new"),
						PERM_training_manage, NULL },
					      { .label = NULL } };

static const struct feature ticket_feature = {
	.name = "tickets",
	.title = "Tickets",
	.nav = ticket_nav,
	.records = (const struct record *const[]) { &ticket_record, NULL },
	.operations = (const struct operation *const[]) { &op_ticket_add, &op_ticket_close,
							  &op_ticket_refuse, &op_ticket_quiet,
							  &op_ticket_hash, &op_ticket_file, &op_ticket_round, NULL },
	.lists = (const struct list *const[]) { &square_list, NULL },
	.routes = ticket_routes,
	.jobs = (const struct job *const[]) { &job_ticket, NULL },
	.today = ticket_today,
};
const struct feature *const features[] = { &ticket_feature, NULL };

/* Rows of table job by state, as the tests count them. */
static size_t count_jobs(struct harness *h)
{
	struct job_row *rows;
	size_t n = 0;

	CHECK_OK(sql_job_due(harness_arena(h), harness_db(h),
			     &(struct job_due_arg){ { INT64_MAX }, 1000, "anybody" }, &rows, &n));
	return n;
}

#endif
