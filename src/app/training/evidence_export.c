/* An export of an e-learning system: read, compared with who and what is known, told what it would record. */
#include "app/training/evidence_export.h"

#include <string.h>

#include "app/training/evidence.sql.h"
#include "app/training/known.h"
#include "app/training/list_read.h"
#include "base/arena.h"
#include "base/text.h"
#include "db/args.h"
#include "trust/trust.h"

enum export_column { NAME, EMAIL, COURSE, COMPLETED, SCHOOL };

/* ---- reading ---- */

static const struct list_heading headings[] = {
	{ "name", NAME },
	{ "fullname", NAME },
	{ "email", EMAIL },
	{ "workemail", EMAIL },
	{ "emailaddress", EMAIL },
	{ "course", COURSE },
	{ "coursetitle", COURSE },
	{ "coursename", COURSE },
	{ "completed", COMPLETED },
	{ "completedon", COMPLETED },
	{ "completiondate", COMPLETED },
	{ "datecompleted", COMPLETED },
	{ "date", COMPLETED },
	{ "school", SCHOOL },
	{ "organisation", SCHOOL },
	{ "schoolororganisation", SCHOOL },
	{ "urn", SCHOOL },
};

static bool read_heading(struct arena *a, const struct list_row *row, int where[LIST_COLUMNS_MAX])
{
	int found[LIST_COLUMNS_MAX];

	list_find_columns(a, row, headings, sizeof(headings) / sizeof(*headings), found);
	if ((found[NAME] < 0 && found[EMAIL] < 0) || (found[COURSE] < 0 && found[COMPLETED] < 0)) {
		return false;
	}
	memcpy(where, found, sizeof(found));
	return true;
}

static void parse(struct arena *a, const char *text, struct export_plan *out)
{
	int where[LIST_COLUMNS_MAX] = { 0, 1, 2, 3, 4 };
	struct list_reader r;
	struct list_row row;
	bool first = true;

	*out = (struct export_plan){ .v = ARENA_NEW(a, struct export_row, EXPORT_MAX) };
	list_begin(&r, a, text);
	while (list_next(&r, &row)) {
		bool heading = first && read_heading(a, &row, where);

		first = false;
		if (heading) {
			continue;
		}
		if (out->n == EXPORT_MAX) {
			out->too_many = true;
			return;
		}
		out->v[out->n++] = (struct export_row){ .line = row.line,
							.name = list_cell(&row, where, NAME),
							.email = text_fold(a, list_cell(&row, where, EMAIL)),
							.school = list_cell(&row, where, SCHOOL),
							.course = list_cell(&row, where, COURSE),
							.completed = list_cell(&row, where, COMPLETED) };
	}
}

/* ---- planning ---- */

struct planner {
	struct arena *arena;
	struct db *db;
	int64_t authority_id;
	struct date today;
	struct export_plan *plan;
	struct choice *courses;
	int64_t *course_ids; /* of courses; 0: not looked up */
	struct index titles;
	struct places places;
	struct known known;
	struct index lines, had; /* person, course and day: place in the plan; place in evidence */
	struct evidence_known *evidence;
};

static void refuse(struct export_row *row, const char *reason)
{
	row->kind = EXPORT_BAD;
	row->reason = reason;
}

static struct err *load_courses(struct planner *pl)
{
	const struct authority_arg args = { pl->authority_id };
	size_t n;

	TRY(sql_evidence_course_choices(pl->arena, pl->db, &args, &pl->courses, &n));
	pl->course_ids = ARENA_NEW(pl->arena, int64_t, n + 1);
	index_init(&pl->titles, pl->arena, 2 * n);
	for (size_t i = 0; i < n; i++) {
		pl->course_ids[i] = 0;
		index_put(&pl->titles, text_fold(pl->arena, pl->courses[i].label), (int64_t)i);
		index_put(&pl->titles, text_fold(pl->arena, pl->courses[i].value), (int64_t)i);
	}
	return NULL;
}

static struct err *take_course(struct planner *pl, struct export_row *row)
{
	struct id_row id;
	bool found;
	int64_t at;

	if (!index_find(&pl->titles, text_fold(pl->arena, row->course), &at)) {
		refuse(row, text_empty(row->course) ? "Enter the course"
						    : arena_printf(pl->arena, "There is no course called %s. Enter its title or reference "
									      "as it stands here", row->course));
		return NULL;
	}
	if (pl->course_ids[at] == 0) {
		const struct reference_arg key = { pl->authority_id, pl->courses[at].value };

		TRY(sql_evidence_course_find(pl->arena, pl->db, &key, &id, &found));
		pl->course_ids[at] = found ? id.id : 0;
	}
	row->course_id = pl->course_ids[at];
	row->title = pl->courses[at].label;
	return NULL;
}

static void take_day(struct planner *pl, struct export_row *row)
{
	const char *fault;

	if (!date_parse_any(row->completed, &row->completed_on)) {
		refuse(row, "Enter the day of completion, like 27/3/2026");
		return;
	}
	fault = evidence_date_fault(row->completed_on, pl->today);
	if (fault != NULL) {
		refuse(row, fault);
	}
}

/* Where somebody works tells people of one name apart. */
static struct err *take_place(struct planner *pl, struct export_row *row)
{
	struct place place;

	TRY(places_resolve(&pl->places, pl->db, row->school, &place));
	if (place.fault != NULL && text_empty(row->email)) {
		refuse(row, place.fault);
	}
	row->key = (struct person_key){ text_fold(pl->arena, row->name), row->email, place.urn,
					place.organisation_fold == NULL ? "" : place.organisation_fold };
	return NULL;
}

static struct err *complete(struct planner *pl, struct export_row *row)
{
	if (text_empty(row->name) && text_empty(row->email)) {
		refuse(row, "Enter the work email or the name");
		return NULL;
	}
	if (!text_empty(row->email) && !text_is_email(row->email)) {
		refuse(row, "The work email must be an email address, like name@example.com");
		return NULL;
	}
	TRY(take_course(pl, row));
	if (row->kind != EXPORT_BAD) {
		take_day(pl, row);
	}
	return row->kind == EXPORT_BAD ? NULL : take_place(pl, row);
}

static void find_person(struct planner *pl, struct export_row *row)
{
	const struct learner *l = known_of_email(&pl->known, row->key.email);
	size_t same = l != NULL ? 1 : text_empty(row->name) ? 0 : known_of_name(pl->arena, &pl->known, &row->key, &l);

	if (same > 1) {
		refuse(row, arena_printf(pl->arena, "%zu people of this name are known there. Give the work email to say which one", same));
	} else if (same == 0) {
		refuse(row, "Nobody with this email, or with this name at this place of work, is known. Add the person first");
	} else {
		row->learner = *l;
		if (!text_empty(row->name) && strcmp(l->name_fold, row->key.name_fold) != 0) {
			row->note = arena_printf(pl->arena, "This email belongs to %s", l->name);
		}
	}
}

static const char *completion_key(struct arena *a, int64_t learner_id, int64_t course_id, struct date day)
{
	return arena_printf(a, "%lld %lld %d-%d-%d", (long long)learner_id, (long long)course_id, day.year, day.month, day.day);
}

/* What is recorded of everybody on the list, with one statement. */
static struct err *load_evidence(struct planner *pl)
{
	struct known_args args = { pl->authority_id, NULL };
	struct json j;
	size_t n;

	texts_begin(&j, pl->arena);
	for (size_t i = 0; i < pl->plan->n; i++) {
		if (pl->plan->v[i].kind != EXPORT_BAD) {
			json_int(&j, pl->plan->v[i].learner.id);
		}
	}
	args.texts = texts_end(&j);
	TRY(sql_evidence_of_people(pl->arena, pl->db, &args, &pl->evidence, &n));
	index_init(&pl->had, pl->arena, n);
	for (size_t i = 0; i < n; i++) {
		const struct evidence_known *e = &pl->evidence[i];

		index_put(&pl->had, completion_key(pl->arena, e->learner_id, e->course_id, e->completed_on), (int64_t)i);
	}
	return NULL;
}

static void plan_row(struct planner *pl, struct export_row *row)
{
	const char *key = completion_key(pl->arena, row->learner.id, row->course_id, row->completed_on);
	int64_t at;

	if (row->kind == EXPORT_BAD) {
		return;
	}
	if (index_find(&pl->lines, key, &at)) {
		row->kind = EXPORT_AGAIN;
		row->same_line = pl->plan->v[at].line;
		return;
	}
	index_put(&pl->lines, key, row - pl->plan->v);
	row->kind = EXPORT_NEW;
	if (index_find(&pl->had, key, &at)) {
		row->kind = pl->evidence[at].state == EVIDENCE_CLAIMED ? EXPORT_CLAIMED : EXPORT_VERIFIED;
		row->claim = pl->evidence[at].reference;
	}
}

static void digest(struct arena *a, struct export_plan *plan)
{
	struct buf b;

	buf_init(&b, a, 4 << 20);
	for (size_t i = 0; i < plan->n; i++) {
		const struct export_row *r = &plan->v[i];

		buf_printf(&b, "%d|%s|%s\n", (int)r->kind,
			   completion_key(a, r->learner.id, r->course_id, r->completed_on), r->kind == EXPORT_CLAIMED ? r->claim : "");
	}
	sha256_hex(b.p == NULL ? "" : b.p, b.n, plan->digest);
}

static struct err *find_people(struct planner *pl)
{
	size_t n = pl->plan->n;
	struct person_key *keys = ARENA_NEW(pl->arena, struct person_key, n + 1);

	for (size_t i = 0; i < n; i++) {
		TRY(complete(pl, &pl->plan->v[i]));
		keys[i] = pl->plan->v[i].kind == EXPORT_BAD ? (struct person_key){ 0 } : pl->plan->v[i].key;
	}
	TRY(known_load(pl->arena, pl->db, pl->authority_id, keys, n, &pl->known));
	for (size_t i = 0; i < n; i++) {
		if (pl->plan->v[i].kind != EXPORT_BAD) {
			find_person(pl, &pl->plan->v[i]);
		}
	}
	return NULL;
}

struct err *export_plan(struct arena *a, struct db *db, int64_t authority_id, struct date today, const char *text,
			struct export_plan *out)
{
	struct planner pl = { .arena = a, .db = db, .authority_id = authority_id, .today = today, .plan = out };

	parse(a, text, out);
	if (out->too_many) {
		return ERR(ERR_LIMIT, "The export must have %d rows or fewer. Split it in two", EXPORT_MAX);
	}
	places_init(&pl.places, a, authority_id, today, out->n);
	for (size_t i = 0; i < out->n; i++) {
		places_want(&pl.places, out->v[i].school);
	}
	index_init(&pl.lines, a, out->n);
	TRY(load_courses(&pl));
	TRY(find_people(&pl));
	TRY(load_evidence(&pl));
	for (size_t i = 0; i < out->n; i++) {
		plan_row(&pl, &out->v[i]);
		out->kinds[out->v[i].kind]++;
	}
	digest(a, out);
	return NULL;
}
