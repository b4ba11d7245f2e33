/* A list of people: read, compared with who is known, told what it would change. */
#include "app/training/person_list.h"

#include <string.h>

#include "app/training/known.h"
#include "app/training/list_read.h"
#include "base/arena.h"
#include "base/csv.h"
#include "base/text.h"
#include "record/choices.h"
#include "trust/trust.h"

enum { SHORT_MAX = 200 };
enum listed_column { NAME, EMAIL, SCHOOL, JOB, SECTOR, AUDIENCE, STANDING, AGENCY, TEAM, COLUMNS };

/* The first of each column heads the file of rows to mend, too. */
static const struct list_heading headings[] = { { "name", NAME },
						{ "email", EMAIL },
						{ "school", SCHOOL },
						{ "job", JOB },
						{ "sector", SECTOR },
						{ "audience", AUDIENCE },
						{ "standing", STANDING },
						{ "agency", AGENCY },
						{ "team", TEAM },
						{ "fullname", NAME },
						{ "workemail", EMAIL },
						{ "emailaddress", EMAIL },
						{ "organisation", SCHOOL },
						{ "schoolororganisation", SCHOOL },
						{ "urn", SCHOOL },
						{ "jobtitle", JOB },
						{ "role", JOB },
						{ "whattheydo", AUDIENCE } };

/* ---- reading ---- */

static bool read_heading(struct arena *a, const struct list_row *row, int where[LIST_COLUMNS_MAX])
{
	int found[LIST_COLUMNS_MAX];

	list_find_columns(a, row, headings, sizeof(headings) / sizeof(*headings), found);
	if (found[NAME] < 0) {
		return false;
	}
	memcpy(where, found, sizeof(found));
	return true;
}

static const char *word_fault(struct arena *a, const char *text, const struct words *words, const char *what)
{
	struct buf b;

	if (text_empty(text) || words_find(words, text) != NULL) {
		return NULL;
	}
	buf_init(&b, a, 2000);
	for (const struct word *w = words->items; w->word != NULL; w++) {
		buf_printf(&b, "%s%s", b.n == 0 ? "" : w[1].word == NULL ? " or " : ", ", w->word);
	}
	return arena_printf(a, "The %s must be one of: %s", what, b.p);
}

/* What attendance lists are asked for too is checked by the same rule. */
static const char *fault_of(struct arena *a, const struct listed *p)
{
	struct attendee same = { .name = p->name, .email = p->email, .school = p->school, .job = p->job, .sector_text = p->sector,
				 .sector = sector_read(a, p->sector), .state_text = "", .arrived_text = "", .left_text = "" };
	const char *fault;

	attendee_check(a, &same);
	fault = same.fault;
	if (fault == NULL && (text_length(p->agency) > SHORT_MAX || text_length(p->team) > SHORT_MAX)) {
		fault = "The agency and the team must be 200 characters or fewer";
	}
	fault = fault != NULL ? fault : word_fault(a, p->audience, &audience_words, "audience");
	return fault != NULL ? fault : word_fault(a, p->standing, &standing_words, "standing");
}

static void parse(struct arena *a, const char *text, struct listed_plan *out)
{
	int where[LIST_COLUMNS_MAX] = { 0, 1, 2, 3, 4, 5, 6, 7, 8 };
	struct list_reader r;
	struct list_row row;
	bool first = true;

	*out = (struct listed_plan){ .v = ARENA_NEW(a, struct listed_row, LISTED_MAX) };
	list_begin(&r, a, text);
	while (list_next(&r, &row)) {
		bool heading = first && read_heading(a, &row, where);

		first = false;
		if (heading) {
			continue;
		}
		if (out->n == LISTED_MAX) {
			out->too_many = true;
			return;
		}
		struct listed *p = &out->v[out->n++].in;

		*p = (struct listed){ .line = row.line,
				      .name = list_cell(&row, where, NAME),
				      .email = text_fold(a, list_cell(&row, where, EMAIL)),
				      .school = list_cell(&row, where, SCHOOL),
				      .job = list_cell(&row, where, JOB),
				      .sector = list_cell(&row, where, SECTOR),
				      .audience = list_cell(&row, where, AUDIENCE),
				      .standing = list_cell(&row, where, STANDING),
				      .agency = list_cell(&row, where, AGENCY),
				      .team = list_cell(&row, where, TEAM) };
		p->fault = fault_of(a, p);
	}
}

/* ---- planning ---- */

struct planner {
	struct arena *arena;
	struct db *db;
	int64_t authority_id;
	struct date today;
	const struct people_form *form;
	struct listed_plan *plan;
	struct places places;
	struct index bodies; /* as written -> place in choices */
	struct choice_list choices;
	struct agency_team *teams;	 /* of choices, once looked up */
	struct known known;
	struct above above;
	struct index learners; /* known, further up */
};

static void refuse(struct listed_row *row, const char *reason)
{
	row->kind = PLAN_BAD;
	row->reason = reason;
}

static struct err *resolve_place(struct planner *pl, struct listed_row *row)
{
	struct place place;

	TRY(places_resolve(&pl->places, pl->db, row->in.school, &place));
	if (place.fault != NULL) {
		refuse(row, place.fault);
	}
	row->after.establishment_urn = place.urn;
	row->after.school = place.school;
	row->after.organisation = place.organisation;
	row->after.organisation_fold = place.organisation_fold;
	return NULL;
}

static struct err *resolve_body(struct planner *pl, struct listed_row *row)
{
	const char *label = text_empty(row->in.team) ? row->in.agency
						     : arena_printf(pl->arena, "%s: %s", row->in.agency, row->in.team);
	const struct agency_team *body;
	const char *value, *slash;
	int64_t at;

	if (text_empty(row->in.agency)) {
		if (!text_empty(row->in.team)) {
			refuse(row, "A team needs its agency in the row");
		}
		return NULL;
	}
	if (!index_find(&pl->bodies, text_fold(pl->arena, label), &at)) {
		refuse(row, arena_printf(pl->arena, "There is no agency or team called %s that is not closed. Add it first, or leave "
						    "it out", label));
		return NULL;
	}
	value = pl->choices.v[at].value;
	slash = strchr(value, '/');
	if (pl->teams[at].agency_id == 0) {
		TRY(agency_team_find(pl->arena, pl->db, pl->authority_id, value, &pl->teams[at]));
	}
	body = &pl->teams[at];
	row->after.agency_id = body->agency_id;
	row->after.team_id = body->team_id;
	row->after.agency = body->agency;
	row->after.team = body->team;
	row->after.agency_reference = slash == NULL ? value : arena_strndup(pl->arena, value, (size_t)(slash - value));
	row->after.team_reference = slash == NULL ? "" : slash + 1;
	return NULL;
}

static int said(const struct words *words, const char *text, int otherwise)
{
	const struct word *w = text_empty(text) ? NULL : words_find(words, text);

	return w == NULL ? otherwise : w->code;
}

static struct err *complete(struct planner *pl, struct listed_row *row)
{
	struct learner *l = &row->after;
	int sector = sector_read(pl->arena, row->in.sector);

	l->authority_id = pl->authority_id;
	l->name = row->in.name;
	l->name_fold = text_fold(pl->arena, row->in.name);
	l->email = row->in.email;
	l->job = row->in.job;
	l->kept = true;
	l->audience = said(&audience_words, row->in.audience, pl->form->audience);
	l->standing = said(&standing_words, row->in.standing, pl->form->standing);
	if (row->in.fault != NULL) {
		refuse(row, row->in.fault);
		return NULL;
	}
	TRY(resolve_place(pl, row));
	TRY(resolve_body(pl, row));
	l->sector = sector != 0 ? sector : pl->form->sector != 0 ? pl->form->sector : l->establishment_urn != 0 ? SECTOR_SCHOOL : 0;
	return NULL;
}

/* ---- against each other and against who is known ---- */

static void remember(struct planner *pl, const struct listed_row *row, const struct person_key *key)
{
	int64_t at = row - pl->plan->v;

	above_put(&pl->above, key, at);
	if (row->kind == PLAN_KNOWN) {
		index_put(&pl->learners, row->before.reference, at);
	}
}

static bool has_place(const struct learner *l)
{
	return l->establishment_urn != 0 || !text_empty(l->organisation);
}

static void add_change(struct buf *b, bool changed, const char *label)
{
	if (changed) {
		buf_printf(b, "%s%s", b->n == 0 ? "" : ", ", label);
	}
}

/* What the list says stands; what it leaves out stays as it is. */
static void known_row(struct planner *pl, struct listed_row *row, const struct learner *l)
{
	struct learner said = row->after, *after = &row->after;
	struct buf b;

	row->kind = PLAN_KNOWN;
	row->before = *l;
	*after = *l;
	after->kept = true;
	after->email = text_empty(l->email) ? said.email : l->email;
	after->job = text_empty(said.job) ? l->job : said.job;
	after->audience = said.audience == 0 ? l->audience : said.audience;
	after->standing = text_empty(row->in.standing) ? l->standing : said.standing;
	after->sector = said.sector == 0 ? l->sector : said.sector;
	if (has_place(&said)) {
		after->establishment_urn = said.establishment_urn;
		after->school = said.school;
		after->organisation = said.organisation;
		after->organisation_fold = said.organisation_fold;
	}
	if (said.agency_id != 0) {
		after->agency_id = said.agency_id;
		after->team_id = said.team_id;
		after->agency_reference = said.agency_reference;
		after->team_reference = said.team_reference;
	}
	buf_init(&b, pl->arena, 500);
	add_change(&b, !text_same(after->email == NULL ? "" : after->email, l->email == NULL ? "" : l->email), "Work email");
	add_change(&b, !text_same(after->job == NULL ? "" : after->job, l->job == NULL ? "" : l->job), "Job");
	add_change(&b, after->audience != l->audience, "What they do");
	add_change(&b, after->standing != l->standing, "Standing");
	add_change(&b, after->sector != l->sector, "Sector");
	add_change(&b, after->establishment_urn != l->establishment_urn ||
			       !text_same(text_empty(after->organisation_fold) ? "" : after->organisation_fold,
					  text_empty(l->organisation_fold) ? "" : l->organisation_fold), "School or organisation");
	add_change(&b, after->agency_id != l->agency_id || after->team_id != l->team_id, "Agency or team");
	row->changes = b.n == 0 ? "" : b.p;
	if (strcmp(l->name_fold, said.name_fold) != 0) {
		row->note = arena_printf(pl->arena, "This email belongs to %s: the name stays", l->name);
	} else if (date_is_set(l->ended_on)) {
		row->note = arena_printf(pl->arena, "Left on %s according to the records: stays so", date_long(pl->arena, l->ended_on));
	}
}

static void find_known(struct planner *pl, struct listed_row *row, const struct person_key *key)
{
	const struct learner *l = known_of_email(&pl->known, key->email);
	size_t same = l != NULL ? 1 : known_of_name(pl->arena, &pl->known, key, &l);
	int64_t at;

	if (same > 1) {
		refuse(row, arena_printf(pl->arena, "%zu people of this name are known there. Give the work email to say which one", same));
	} else if (same == 0) {
		row->kind = PLAN_NEW;
		row->after.standing = row->after.standing == 0 ? STANDING_STAFF : row->after.standing;
		row->after.sector = row->after.sector == 0 ? SECTOR_NOT_KNOWN : row->after.sector;
	} else if (index_find(&pl->learners, l->reference, &at)) {
		row->kind = PLAN_AGAIN;
		row->same_line = pl->plan->v[at].in.line;
	} else {
		known_row(pl, row, l);
	}
}

static void plan_row(struct planner *pl, struct listed_row *row)
{
	const struct person_key key = person_key_of(&row->after);
	const struct listed_row *above;
	int64_t at;

	if (row->kind == PLAN_BAD) {
		return;
	}
	above = above_find(&pl->above, &key, &at) ? &pl->plan->v[at] : NULL;
	if (above != NULL && strcmp(text_fold(pl->arena, above->in.name), key.name_fold) != 0) {
		refuse(row, arena_printf(pl->arena, "Row %lld has the same email and another name. Give each person their own email, or "
						    "leave it empty", (long long)above->in.line));
		return;
	}
	if (above != NULL) {
		row->kind = PLAN_AGAIN;
		row->same_line = above->in.line;
		return;
	}
	find_known(pl, row, &key);
	if (row->kind == PLAN_NEW || row->kind == PLAN_KNOWN) {
		remember(pl, row, &key);
	}
}

static void count(struct listed_plan *plan, const struct listed_row *row)
{
	plan->fresh += row->kind == PLAN_NEW;
	plan->changed += row->kind == PLAN_KNOWN && row->changes[0] != '\0';
	plan->unchanged += row->kind == PLAN_KNOWN && row->changes[0] == '\0';
	plan->again += row->kind == PLAN_AGAIN;
	plan->bad += row->kind == PLAN_BAD;
}

static void digest(struct arena *a, struct listed_plan *plan)
{
	struct buf b;

	buf_init(&b, a, 16 << 20);
	for (size_t i = 0; i < plan->n; i++) {
		const struct listed_row *r = &plan->v[i];
		const struct learner *l = &r->after;

		buf_printf(&b, "%d|%lld|%lld|%s|%s|%s|%lld|%s|%d|%d|%d|%lld|%lld\n", (int)r->kind, (long long)r->before.id,
			   (long long)r->before.version, l->name, l->email == NULL ? "" : l->email, l->job == NULL ? "" : l->job,
			   (long long)l->establishment_urn, text_empty(l->organisation) ? "" : l->organisation, l->sector, l->audience,
			   l->standing, (long long)l->agency_id, (long long)l->team_id);
	}
	sha256_hex(b.p == NULL ? "" : b.p, b.n, plan->digest);
}

static struct err *prepare(struct planner *pl)
{
	size_t n = pl->plan->n;
	struct person_key *keys = ARENA_NEW(pl->arena, struct person_key, n + 1);

	TRY(choices_load(pl->arena, pl->db, &agency_team_choices, pl->authority_id, &pl->choices));
	pl->teams = ARENA_NEW(pl->arena, struct agency_team, pl->choices.n + 1);
	index_init(&pl->bodies, pl->arena, pl->choices.n);
	for (size_t i = 0; i < pl->choices.n; i++) {
		index_put(&pl->bodies, text_fold(pl->arena, pl->choices.v[i].label), (int64_t)i);
	}
	places_init(&pl->places, pl->arena, pl->authority_id, pl->today, n);
	for (size_t i = 0; i < n; i++) {
		places_want(&pl->places, pl->plan->v[i].in.school);
	}
	for (size_t i = 0; i < n; i++) {
		TRY(complete(pl, &pl->plan->v[i]));
		keys[i] = pl->plan->v[i].kind == PLAN_BAD ? (struct person_key){ 0 } : person_key_of(&pl->plan->v[i].after);
	}
	TRY(known_load(pl->arena, pl->db, pl->authority_id, keys, n, &pl->known));
	above_init(&pl->above, pl->arena, n);
	index_init(&pl->learners, pl->arena, n);
	return NULL;
}

struct err *person_list_read(struct arena *a, const char *text, struct listed_plan *out)
{
	parse(a, text, out);
	return out->too_many ? ERR(ERR_LIMIT, "The list must have %d people or fewer. Split it in two", LISTED_MAX) : NULL;
}

struct err *person_plan(struct arena *a, struct db *db, int64_t authority_id, struct date today,
			const struct people_form *form, const char *text, struct listed_plan *out)
{
	struct planner pl = { .arena = a, .db = db, .authority_id = authority_id, .today = today, .form = form, .plan = out };

	TRY(person_list_read(a, text, out));
	TRY(prepare(&pl));
	for (size_t i = 0; i < out->n; i++) {
		plan_row(&pl, &out->v[i]);
		count(out, &out->v[i]);
	}
	digest(a, out);
	return NULL;
}

void person_bad_csv(const struct listed_plan *plan, struct buf *out)
{
	for (int i = 0; i < COLUMNS; i++) {
		csv_cell(out, i == 0, headings[i].text);
	}
	csv_cell(out, false, "line");
	csv_cell(out, false, "reason");
	csv_end_row(out);
	for (size_t i = 0; i < plan->n; i++) {
		const struct listed *p = &plan->v[i].in;
		const char *const cells[COLUMNS] = { p->name,	  p->email,    p->school, p->job, p->sector,
						     p->audience, p->standing, p->agency, p->team };

		if (plan->v[i].kind != PLAN_BAD) {
			continue;
		}
		for (int c = 0; c < COLUMNS; c++) {
			csv_cell(out, c == 0, cells[c]);
		}
		csv_cell(out, false, arena_printf(out->arena, "%lld", (long long)p->line));
		csv_cell(out, false, plan->v[i].reason);
		csv_end_row(out);
	}
}
