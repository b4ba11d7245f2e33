/* What was one record's becomes another's, and back again exactly. The one list of tables that point to a person stands here. */
#include "app/training/attendance.sql.h"
#include "app/training/completion.h"
#include "app/training/learner.sql.h"
#include "app/training/merge.h"
#include "app/training/merge.sql.h"
#include "app/training/need_tally.h"
#include "app/training/session_rows.h"
#include "base/arena.h"
#include "base/text.h"

const struct merge_table merge_tables[] = {
	{ "attendance", MERGE_JOINS },	 { "evidence", MERGE_MOVES },	     { "checkin", MERGE_MOVES },
	{ "chase_person", MERGE_MOVES }, { "completion", MERGE_DERIVED },    { "person_need", MERGE_DERIVED },
	{ "learner", MERGE_OWN },	 { "learner_merge", MERGE_OWN },     { "learner_apart", MERGE_OWN },
	{ "certificate", MERGE_NAMED },	 { NULL, MERGE_OWN },
};

typedef struct err *step_fn(struct db *db, const struct merge *args, int64_t *changed);

/* Rows are noted before they move, so that they find back. */
static step_fn *const move_steps[] = {
	sql_merge_note_evidence,     sql_merge_move_evidence,	sql_merge_note_checkin,	   sql_merge_move_checkin,
	sql_merge_note_chase_person, sql_merge_move_chase_person, sql_merge_note_attendance, sql_merge_move_attendance,
	NULL,
};
static step_fn *const return_steps[] = {
	sql_merge_return_evidence, sql_merge_return_checkin, sql_merge_return_chase_person, sql_merge_return_attendance,
	sql_merge_part_attendance, sql_merge_restore_attendance, NULL,
};

static struct err *take(struct db *db, const struct merge *m, step_fn *const *steps)
{
	for (; *steps != NULL; steps++) {
		TRY((*steps)(db, m, NULL));
	}
	return NULL;
}

static struct err *keep_learner(struct op *op, const struct merge *m, int64_t learner_id, const char *side)
{
	const struct merge_side_arg args = { m->id, learner_id, side };

	return sql_merge_keep_learner(op->db, &args, NULL);
}

struct err *merge_meetings(struct arena *a, struct db *db, const struct merge *m, struct merge_meeting **out, size_t *n_out)
{
	return sql_merge_meetings(a, db, m, out, n_out);
}

/* Both are on one session's list: the row of the one that stays says what the two say together. */
static struct err *join_meeting(struct op *op, const struct merge *m, const struct merge_meeting *meeting)
{
	bool gone_wins = merge_gone_wins(meeting);
	struct merge_row row = { .merge_id = m->id,
				 .row_id = meeting->stays_row,
				 .winner_id = gone_wins ? meeting->gone_row : meeting->stays_row,
				 .loser_id = gone_wins ? meeting->stays_row : meeting->gone_row,
				 .state = merge_state(meeting->stays_state, meeting->gone_state),
				 .side = "stays" };
	struct merge_row gone = row;

	gone.row_id = meeting->gone_row;
	gone.side = "gone";
	TRY(sql_merge_keep_attendance(op->db, &row, NULL));
	TRY(sql_merge_keep_attendance(op->db, &gone, NULL));
	TRY(sql_merge_free_booking(op->db, &gone, NULL));
	TRY(sql_merge_join_attendance(op->db, &row, NULL));
	row.side = "joined";
	TRY(sql_merge_keep_attendance(op->db, &row, NULL));
	return sql_attendance_remove(op->db, &(struct attendance){ .id = meeting->gone_row }, NULL);
}

static struct err *recount(struct op *op, const struct merge *m)
{
	struct merge_session *sessions;
	size_t n;

	TRY(sql_merge_sessions(op->arena, op->db, m, &sessions, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(session_recount(op, sessions[i].session_id));
	}
	TRY(completion_of_learner(op, m->stays_id));
	return completion_of_learner(op, m->gone_id);
}

struct err *merge_apply(struct op *op, const struct merge *m, const struct learner *stays, const struct learner *gone)
{
	struct merge_meeting *meetings;
	size_t n;

	TRY(keep_learner(op, m, m->stays_id, "stays"));
	TRY(keep_learner(op, m, m->gone_id, "gone"));
	TRY(sql_merge_keep_needs(op->db, m, NULL));
	TRY(sql_merge_earlier_needs(op->db, m, NULL));
	TRY(merge_meetings(op->arena, op->db, m, &meetings, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(join_meeting(op, m, &meetings[i]));
	}
	TRY(take(op->db, m, move_steps));
	if (!text_empty(gone->email) && text_same(gone->email, stays->email)) {
		TRY(sql_merge_give_email(op->db, m, NULL));
	}
	TRY(sql_person_update(op->db, stays, 1));
	TRY(sql_merge_away(op->db, m, NULL));
	TRY(keep_learner(op, m, m->stays_id, "joined"));
	return recount(op, m);
}

struct err *merge_undo(struct op *op, const struct merge *m)
{
	const struct need_scope stays = need_scope_of(op, m->stays_id), gone = need_scope_of(op, m->gone_id);
	struct need_tally tally = { 0 };

	/* first the one that stays lets go of an e-mail that is the other's again */
	TRY(sql_merge_restore_stays(op->db, m, NULL));
	TRY(sql_merge_restore_gone(op->db, m, NULL));
	TRY(take(op->db, m, return_steps));
	TRY(need_tally_of_people(op, &stays, -1, &tally));
	TRY(need_tally_of_people(op, &gone, -1, &tally));
	TRY(sql_merge_clear_needs(op->db, m, NULL));
	TRY(sql_merge_restore_needs(op->db, m, NULL));
	TRY(need_tally_of_people(op, &stays, 1, &tally));
	TRY(need_tally_of_people(op, &gone, 1, &tally));
	TRY(need_tally_keep(op, &tally));
	TRY(sql_merge_end(op->db, m, NULL));
	return recount(op, m);
}
