/*
 * Feedback without an account. An answer names a session and a day and nothing else: no person, no
 * address, no time of day. Its id comes from a random ticket in the form, so that the order of
 * answers is lost and a form sent twice is stored once, without a list of who sent what.
 */
#ifndef APP_TRAINING_FEEDBACK_H
#define APP_TRAINING_FEEDBACK_H

#include "app/training/session_rows.h"

extern const struct words agreement_words;

enum { FEEDBACK_ITEMS = 7 };

struct feedback { /* row; no member may lead to a person */
	int64_t id, session_id;
	struct date submitted_on;
	int64_t understanding, confidence, knows_referral, knows_channel, would_act,
		trainer_quality, balance;
	const char *comment;
};
RECORD_DECLARE(feedback);

struct feedback_form { /* give-feedback */
	int64_t understanding, confidence, knows_referral, knows_channel, would_act,
		trainer_quality, balance;
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

/* ---- pure ---- */
void feedback_results(const struct feedback_totals *totals, int64_t attendees,
		      struct feedback_results *out);
/* The answer's id: 60 bits out of the ticket and the code. */
int64_t feedback_id(struct arena *a, const char *ticket, const char *code);
/* At least one answer or a comment. */
bool feedback_is_empty(const struct feedback_form *form);
/* More answers than this are refused: a form cannot have been filled in by so many. */
int64_t feedback_most(int64_t places, int64_t people);

struct url link_feedback(struct arena *a, const char *code);
/* The short link as people type it: the service's public address before it, or the one this page was
 * asked under. */
const char *feedback_address(const struct page *p, const char *code);

extern const struct operation give_feedback;
page_fn feedback_form_page, feedback_thanks_page, feedback_results_page, feedback_poster_page;

#endif
