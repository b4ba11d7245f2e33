/*
 * Feedback without an account. An answer names a session and a day and nothing else: no person, no
 * address, no time of day. Its id comes from a random ticket in the form, so that the order of
 * answers is lost and a form sent twice is stored once, without a list of who sent what.
 */
#ifndef APP_TRAINING_FEEDBACK_H
#define APP_TRAINING_FEEDBACK_H

#include "app/training/course_version.h"
#include "app/training/session_rows.h"

extern const struct words agreement_words, confidence_words;

enum { FEEDBACK_ITEMS = 7 };

struct feedback { /* row; no member may lead to a person */
	int64_t id, session_id;
	struct date submitted_on;
	int64_t understanding, confidence, knows_referral, knows_channel, would_act,
		trainer_quality, balance;
	int64_t confidence_before, confidence_after; /* asked on one form, after the session: a retrospective pre-test */
	const char *comment;
};
RECORD_DECLARE(feedback);

struct feedback_form { /* give-feedback */
	int64_t understanding, confidence, knows_referral, knows_channel, would_act,
		trainer_quality, balance;
	int64_t confidence_before, confidence_after;
	const char *own_1, *own_2, *own_3, *own_4, *own_5; /* to the course's own questions, by number */
	const char *comment;
	const char *ticket;
};
RECORD_DECLARE(feedback_form);

struct feedback_code_arg {
	const char *code;
};
RECORD_DECLARE(feedback_code_arg);

struct feedback_session { /* what the public form needs to know */
	int64_t id;
	const char *reference, *course;
	struct date held_on;
	int state;
	struct date feedback_until;
	int64_t places, people, answers;
	int64_t version_id; /* of the course, as on that day */
	bool asks_confidence;
};
RECORD_DECLARE(feedback_session);

struct feedback_totals {
	int64_t answers;
	int64_t understanding, understanding_agree;
	int64_t confidence, confidence_agree;
	int64_t knows_referral, knows_referral_agree;
	int64_t knows_channel, knows_channel_agree;
	int64_t would_act, would_act_agree;
	int64_t trainer_quality, trainer_quality_agree;
	int64_t balance, balance_agree;
};
RECORD_DECLARE(feedback_totals);

struct feedback_answer { /* to a course's own question: no more of a person than the form it came in */
	int64_t feedback_id, question_id;
	int64_t value;	  /* of a statement to agree with; 0: none */
	const char *said; /* of a question answered in words */
};
RECORD_DECLARE(feedback_answer);

struct own_total { /* a question of the course's own, and how it was answered at one session */
	int64_t id, number;
	int kind;
	const char *wording;
	int64_t answers, agree;
};
RECORD_DECLARE(own_total);

struct own_args {
	int64_t session_id, version_id;
};
RECORD_DECLARE(own_args);

struct own_said {
	int64_t question_id;
	const char *said;
};
RECORD_DECLARE(own_said);

struct confidence_pair { /* so many said this before and that after */
	int64_t before, after, n;
};
RECORD_DECLARE(confidence_pair);

struct pool_args { /* sessions of a course or of a trainer, in a period */
	int64_t authority_id, course_id, trainer_id; /* 0: any */
	struct date from, to;
	int64_t shown_from;
};
RECORD_DECLARE(pool_args);

struct pool_base {
	int64_t sessions, shown; /* held; with enough answers */
	int64_t answers, came;
};
RECORD_DECLARE(pool_base);

struct feedback_comment {
	int64_t id;
	const char *comment;
};
RECORD_DECLARE(feedback_comment);

/* One statement of the form and how many answered it and agreed. */
struct feedback_item {
	const char *name;      /* field */
	const char *statement; /* "I have a better understanding of ..." */
	int64_t answers, agree;
	double share, low, high; /* of those who answered it; Wilson 95%; 0 when nobody did */
};
struct feedback_results {
	int64_t answers, attendees;
	bool rate_known;      /* somebody is recorded as having come */
	double response_rate; /* answers / attendees */
	struct feedback_item items[FEEDBACK_ITEMS];
	bool enough; /* fewer could be guessed from who was there */
};

struct confidence_results { /* of those who answered both */
	int64_t n;
	double mean_before, mean_after, median_before, median_after;
	int64_t higher, same, lower; /* after than before */
	bool enough;
};

/* ---- pure ---- */
void confidence_results(const struct confidence_pair *pairs, size_t n, struct confidence_results *out);
/* What was typed for the course's own question of that number. */
const char *feedback_own(const struct feedback_form *form, int64_t number);
void feedback_results(const struct feedback_totals *totals, int64_t attendees,
		      struct feedback_results *out);
/* The answer's id: 60 bits out of the ticket and the code. */
int64_t feedback_id(struct arena *a, const char *ticket, const char *code);
/* At least one answer or a comment. */
bool feedback_is_empty(const struct feedback_form *form);
/* More answers than this are refused: a form cannot have been filled in by so many. */
int64_t feedback_most(int64_t places, int64_t people);

struct url link_feedback(struct arena *a, const char *code);

extern const struct operation give_feedback;
page_fn feedback_form_page, feedback_thanks_page, feedback_poster_page;
page_fn feedback_results_page, course_feedback_page, trainer_feedback_page;

#endif
