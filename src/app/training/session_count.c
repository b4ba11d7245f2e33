/* What is worked out of a session: the schools it served, what it counts for in figures, who attended it. */
#include "app/training/booking.h"
#include "app/training/completion.h"
#include "app/training/completion.sql.h"
#include "app/training/merge.h"
#include "app/training/merge.sql.h"
#include "app/training/need.h"
#include "app/training/session.h"
#include "app/training/session_count.sql.h"
#include "app/training/session_rows.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "core/core.h"

enum { LIST_MAX = 1 << 20 };

static const struct field session_school_wrong_fields[] = {
	FIELD(struct session_school_wrong, reference),
	FIELD(struct session_school_wrong, urn),
	FIELD(struct session_school_wrong, stored),
	FIELD(struct session_school_wrong, counted),
	FIELD_END
};
RECORD(session_school_wrong, session_school_wrong_fields);

static const struct field session_wrong_fields[] = { FIELD(struct session_wrong, reference), FIELD_END };
RECORD(session_wrong, session_wrong_fields);

static const struct field person_attended_fields[] = { FIELD(struct person_attended, sector),
						       FIELD(struct person_attended, learner_id), FIELD_END };
RECORD(person_attended, person_attended_fields);

static const struct field people_list_fields[] = { FIELD(struct people_list, session_id),
						   FIELD(struct people_list, sector),
						   FIELD(struct people_list, people), FIELD_END };
RECORD(people_list, people_list_fields);

/* The people of one sector, who stand together, as one row; *i goes behind them. */
static struct err *list_sector(struct op *op, int64_t session_id, const struct person_attended *people, size_t n, size_t *i)
{
	struct people_list row = { .session_id = session_id, .sector = people[*i].sector };
	struct buf list;

	buf_init(&list, op->arena, LIST_MAX);
	for (; *i < n && text_same(people[*i].sector, row.sector); (*i)++) {
		buf_printf(&list, list.n > 0 ? ",%lld" : "%lld", (long long)people[*i].learner_id);
	}
	if (list.full) {
		return ERR(ERR_LIMIT, "Too many people attended one session: make several of it.");
	}
	row.people = list.p;
	return sql_session_people_add(op->db, &row, NULL);
}

static struct err *recount_people(struct op *op, const struct session_arg *args)
{
	struct person_attended *people;
	size_t n;

	TRY(sql_session_people_clear(op->db, args, NULL));
	TRY(sql_session_people_attended(op->arena, op->db, args, &people, &n));
	for (size_t i = 0; i < n;) {
		TRY(list_sector(op, args->session_id, people, n, &i));
	}
	return NULL;
}

struct err *session_recount(struct op *op, int64_t session_id)
{
	const struct session_arg args = { .authority_id = op->who->authority_id, .session_id = session_id };

	TRY(sql_session_school_clear(op->db, &args, NULL));
	TRY(sql_session_school_fill(op->db, &args, NULL));
	TRY(booking_settle(op, session_id));
	TRY(sql_session_tally_clear(op->db, &args, NULL));
	TRY(sql_session_tally_fill(op->db, &args, NULL));
	TRY(recount_people(op, &args));
	return completion_of_session(op, session_id);
}

/* Of what a session counts for, and who attended. */
static struct err *check_counts(struct arena *a, struct db *db, int64_t *wrong_out, const char **first_out)
{
	struct session_wrong *tallies, *lists;
	size_t n_tallies, n_lists;

	TRY(sql_session_tally_wrong(a, db, &tallies, &n_tallies));
	TRY(sql_session_people_wrong(a, db, &lists, &n_lists));
	*wrong_out += (int64_t)(n_tallies + n_lists);
	if (*first_out == NULL && n_tallies + n_lists > 0) {
		*first_out = arena_printf(a, "what session %s counts for",
					  n_tallies > 0 ? tallies[0].reference : lists[0].reference);
	}
	return NULL;
}

static struct err *check_namesakes(struct arena *a, struct db *db, int64_t *wrong_out, const char **first_out)
{
	struct merge_person *people;
	size_t n;

	TRY(sql_learner_namesake_wrong(a, db, &people, &n));
	*wrong_out += (int64_t)n;
	if (*first_out == NULL && n > 0) {
		*first_out = arena_printf(a, "that learner %s shares their name", people[0].reference);
	}
	return NULL;
}

struct err *training_check(struct arena *a, struct db *db, int64_t *wrong_out, const char **first_out)
{
	struct session_school_wrong *rows;
	struct completion_wrong *completions;
	size_t n, n_completions;

	TRY(sql_session_school_wrong(a, db, &rows, &n));
	TRY(sql_completion_wrong(a, db, &completions, &n_completions));
	*wrong_out = (int64_t)(n + n_completions);
	*first_out = NULL;
	if (n > 0) {
		*first_out = arena_printf(a, "session %s, school %lld: %lld stored, %lld in attendance",
					  rows[0].reference, (long long)rows[0].urn,
					  (long long)rows[0].stored, (long long)rows[0].counted);
	} else if (n_completions > 0) {
		*first_out = arena_printf(a, "what learner %s completed of course %s", completions[0].learner,
					  completions[0].course);
	}
	TRY(check_counts(a, db, wrong_out, first_out));
	TRY(check_namesakes(a, db, wrong_out, first_out));
	return need_check(a, db, wrong_out, first_out);
}
