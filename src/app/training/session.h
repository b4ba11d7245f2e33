/*
 * Training: what other features may use. Courses, sessions, who came and what they said belong to
 * this folder; others read session_school (who was trained, by school) and link here.
 */
#ifndef APP_TRAINING_SESSION_H
#define APP_TRAINING_SESSION_H

#include "app/directory/agency.h"
#include "core/feature.h"

enum { SHOWN_FROM = 5 }; /* feedback of fewer could be guessed from who was there */

enum session_state { /* domain: PLANNED -> CONFIRMED -> DELIVERED -> CLOSED; any but CLOSED ->
			CANCELLED */
		     SESSION_PLANNED = 1,
		     SESSION_CONFIRMED,
		     SESSION_DELIVERED,
		     SESSION_CLOSED,
		     SESSION_CANCELLED
};

enum attendance_state {
	ATTENDANCE_BOOKED = 1,
	ATTENDANCE_ATTENDED, /* in full: the only one that counts as trained */
	ATTENDANCE_PART,
	ATTENDANCE_NO_SHOW,
	ATTENDANCE_APOLOGIES, /* told beforehand: takes no place, was not there, is not absence */
	ATTENDANCE_WAITING,  /* for a place: takes none */
	ATTENDANCE_CANCELLED /* given up before the session: takes no place, is not absence */
};

enum audience { /* what a person does: whom a course is for, and who needs which (domain reference 4.11) */
	AUDIENCE_SOCIAL_CARE = 1,
	AUDIENCE_EARLY_YEARS,
	AUDIENCE_HEALTH,
	AUDIENCE_FOSTER_CARERS,
	AUDIENCE_SCHOOL_STAFF,
	AUDIENCE_SAFEGUARDING_LEADS,
	AUDIENCE_GOVERNORS,
	AUDIENCE_COUNCIL_FRONTLINE,
	AUDIENCE_COUNCILLORS,
	AUDIENCE_VOLUNTARY,
	AUDIENCE_FAITH,
	AUDIENCE_PARENTS,
	AUDIENCE_TAXI_LICENSING,
	AUDIENCE_VENUE_MANAGERS,
	AUDIENCE_PANEL_MEMBERS,
	AUDIENCE_PANEL_CHAIRS,
	AUDIENCES /* one more than there are words */
};

/* What training covers: the five of the Workshop to Raise Awareness of Prevent (mission, paragraph 5.5). */
enum aspect { ASPECT_DUTY = 1, ASPECT_VULNERABILITIES, ASPECT_BEHAVIOURS, ASPECT_RISK, ASPECT_SUPPORT, ASPECTS = 5 };

enum standing { /* on a payroll or not (mission, paragraph 5.4) */
	STANDING_STAFF = 1,
	STANDING_FOSTER_CARER,
	STANDING_PRACTITIONER, /* works alone: a childminder, a locum, a tutor */
	STANDING_VOLUNTEER
};

enum provider {
	PROVIDER_HOME_OFFICE = 1,
	PROVIDER_HOME_OFFICE_WRAP,
	PROVIDER_COUNCIL,
	PROVIDER_POLICE,
	PROVIDER_AGENCY,
	PROVIDER_OTHER,
	PROVIDER_SCHOOL /* own delivery: the school trains its own staff */
};

enum delivery { DELIVERY_FACE_TO_FACE = 1, DELIVERY_WEBINAR, DELIVERY_E_LEARNING };

enum course_state { COURSE_OPEN = 1, COURSE_WITHDRAWN };

extern const struct words session_state_words, attendance_state_words;
/* What somebody may say of a person on a list. */
extern const struct words attendance_said_words;
extern const struct words audience_words, standing_words, aspect_words, review_subject_words;
extern const struct words provider_words, delivery_words, course_state_words;

/* A session's own page; a learner's; what a school has had. */
struct url link_session(struct arena *a, const char *reference);
struct url link_course(struct arena *a, const char *reference);
struct url link_learner(struct arena *a, const char *reference);
struct url link_school_training(struct arena *a, int64_t urn);

/* Colour of the tag of a state. */
const char *session_state_tag(int state);

/* Works out session_school, session_tally and session_people of one session, and what its people completed (completion.h),
 * from its attendance, host, feedback and state, inside the running transaction. To be called by whatever changes one of
 * those; feedback, which changes the tally alone, sees to that itself. */
struct err *session_recount(struct op *op, int64_t session_id) MUST_CHECK;

struct in_date {
	int64_t required, in_date; /* people */
};
/* People that some rule touches on a day, and those of them whose training is in date for every one (domain reference 5.4,
 * "Training in date"), by what they do; 0: all of them. Who was never trained is not in date, even before their day. What is
 * known today of the past is taken: who was trained since counts with that. */
struct err *need_in_date(struct arena *a, struct db *db, int64_t authority_id, struct date on, struct in_date out[AUDIENCES])
	MUST_CHECK;

/* For `dueregard check`: compares session_school, session_tally, session_people and completion with what they are worked out from, for every
 * authority. *wrong_out counts rows that differ; *first_out names the first, or is NULL. */
struct err *training_check(struct arena *a, struct db *db, int64_t *wrong_out,
			   const char **first_out) MUST_CHECK;

#endif
