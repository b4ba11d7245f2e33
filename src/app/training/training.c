/* Training: courses, sessions, attendance, feedback. Tables only. */
#include "app/training/training.h"

#include "app/training/attendance.h"
#include "app/training/chase.h"
#include "app/training/calendar.h"
#include "app/training/checkin.h"
#include "app/training/course.h"
#include "app/training/feedback.h"
#include "app/training/learner.h"
#include "app/training/merge.h"
#include "app/training/need.h"
#include "app/training/person_list.h"
#include "app/training/no_training.h"
#include "app/training/programme.h"
#include "app/training/session_close.h"
#include "app/training/provider.h"
#include "app/training/session_host.h"
#include "app/training/session_rows.h"
#include "app/training/sheet.h"
#include "app/training/trainer.h"

static const struct nav_item nav[] = {
	{ "Sessions", URL("/training/sessions"), PERM_training_read, NULL },
	{ "Courses", URL("/training/courses"), PERM_training_read, "Courses" },
	{ "Providers", URL("/training/providers"), PERM_training_read, "Courses" },
	{ "Trainers", URL("/training/trainers"), PERM_training_read, "Courses" },
	{ "People", URL("/training/learners"), PERM_learner_read, "People" },
	{ "Training elsewhere", URL("/training/evidence"), PERM_evidence_read, "People" },
	{ "Missing data", URL("/training/missing"), PERM_learner_read, "People" },
	{ "Who is due", URL("/training/due"), PERM_need_read, "Who is due" },
	{ "People to remind", URL("/training/chase"), PERM_training_manage, "Who is due" },
	{ "Who needs what", URL("/training/needs"), PERM_need_read, "Who is due" },
	{ "Quality reviews", URL("/training/reviews"), PERM_review_read, "Quality" },
	{ "What a review looks at", URL("/training/rubric"), PERM_review_read, "Quality" },
	{ 0 },
};

static const struct record *const records[] = {
	&course_record,	    &course_version_record, &course_question_record, &provider_body_record, &accreditation_record,
	&session_record,    &learner_record,	&attendance_record, &feedback_record,   &feedback_answer_record,
	&no_training_record, &need_record,	NULL,
};

static const struct operation *const operations[] = {
	&preview_people,    &import_people,
	&join_people,	    &part_people,	&tell_people_apart,
	&add_person,	    &change_person,	&end_person,	     &return_person,
	&add_course,	    &change_course,	&withdraw_course,    &schedule_session,
	&check_need,	    &add_need,		&change_need,	     &end_need,		 &work_out_need,
	&make_chase_list,   &mark_told,		&mark_not_told,
	&change_session,    &confirm_session,	&deliver_session,    &close_session,
	&cancel_session,    &record_attendance, &preview_attendance, &import_attendance,
	&remove_attendance, &open_feedback,	&give_feedback,	     &record_no_training,
	&add_programme_item, &remove_programme_item,
	&check_in,	    &open_check_in,	&end_check_in,	     &record_arrival,
	&settle_check_in,   &set_attendance,	&add_session_host,  &remove_session_host,
	&remove_no_training, &add_provider,	&change_provider,    &close_provider,
	&reopen_provider,   &add_trainer,	&change_trainer,     &accredit_trainer,
	&renew_trainer,	    &withdraw_trainer,	NULL,
};

static const struct list *const lists[] = {
	&session_list, &course_list, &provider_list, &trainer_list,
	&learner_list, &list_duplicates, &missing_list, &need_list,
	&due_list, &chase_list, &chased_list,
	NULL,
};

static const struct job *const jobs[] = { &work_out_need_job, NULL };

static const struct route routes[] = {
	{ HTTP_GET, "/training/courses/new", PERM_training_manage, course_new_page, NULL, NULL },
	{ HTTP_POST, "/training/courses/new", PERM_training_manage, course_new_page, &add_course,
	  NULL },
	{ HTTP_GET, "/training/courses/{course}", PERM_training_read, course_page, NULL,
	  course_relate },
	/* not a trainer's own: with the own sessions taken off, it would tell of a colleague's */
	{ HTTP_GET, "/training/courses/{course}/feedback", PERM_figure_rows, course_feedback_page, NULL, NULL },
	{ HTTP_GET, "/training/courses/{course}/edit", PERM_training_manage, course_edit_page, NULL,
	  NULL },
	{ HTTP_POST, "/training/courses/{course}/edit", PERM_training_manage, course_edit_page,
	  &change_course, NULL },
	{ HTTP_POST, "/training/courses/{course}/withdraw", PERM_training_manage, course_page,
	  &withdraw_course, NULL },

	{ HTTP_GET, "/training/providers/new", PERM_training_manage, provider_new_page, NULL, NULL },
	{ HTTP_POST, "/training/providers/new", PERM_training_manage, provider_new_page, &add_provider, NULL },
	{ HTTP_GET, "/training/providers/{provider}", PERM_training_read, provider_page, NULL, course_relate },
	{ HTTP_GET, "/training/providers/{provider}/edit", PERM_training_manage, provider_edit_page, NULL, NULL },
	{ HTTP_POST, "/training/providers/{provider}/edit", PERM_training_manage, provider_edit_page,
	  &change_provider, NULL },
	{ HTTP_POST, "/training/providers/{provider}/close", PERM_training_manage, provider_page, &close_provider, NULL },
	{ HTTP_POST, "/training/providers/{provider}/reopen", PERM_training_manage, provider_page, &reopen_provider,
	  NULL },

	{ HTTP_GET, "/training/trainers/new", PERM_trainer_accredit, trainer_new_page, NULL, NULL },
	{ HTTP_POST, "/training/trainers/new", PERM_trainer_accredit, trainer_new_page, &add_trainer, NULL },
	{ HTTP_GET, "/training/trainers/{trainer}", PERM_training_read, trainer_page, NULL, trainer_relate },
	{ HTTP_GET, "/training/trainers/{trainer}/feedback", PERM_training_deliver, trainer_feedback_page, NULL,
	  trainer_relate },
	{ HTTP_GET, "/training/trainers/{trainer}/edit", PERM_trainer_accredit, trainer_edit_page, NULL, NULL },
	{ HTTP_POST, "/training/trainers/{trainer}/edit", PERM_trainer_accredit, trainer_edit_page, &change_trainer, NULL },
	{ HTTP_GET, "/training/trainers/{trainer}/accredit", PERM_trainer_accredit, trainer_accredit_page, NULL, NULL },
	{ HTTP_POST, "/training/trainers/{trainer}/accredit", PERM_trainer_accredit, trainer_accredit_page,
	  &accredit_trainer, NULL },
	{ HTTP_GET, "/training/trainers/{trainer}/renew", PERM_trainer_accredit, trainer_renew_page, NULL, NULL },
	{ HTTP_POST, "/training/trainers/{trainer}/renew", PERM_trainer_accredit, trainer_renew_page, &renew_trainer, NULL },
	{ HTTP_GET, "/training/trainers/{trainer}/withdraw", PERM_trainer_accredit, trainer_withdraw_page, NULL, NULL },
	{ HTTP_POST, "/training/trainers/{trainer}/withdraw", PERM_trainer_accredit, trainer_withdraw_page,
	  &withdraw_trainer, NULL },

	{ HTTP_GET, "/training/sessions/new", PERM_training_manage, session_new_page, NULL, NULL },
	{ HTTP_POST, "/training/sessions/new", PERM_training_manage, session_new_page,
	  &schedule_session, NULL },
	{ HTTP_GET, "/training/sessions/{session}", PERM_training_read, session_page, NULL,
	  session_relate },
	{ HTTP_GET, "/training/sessions/{session}/edit", PERM_training_manage, session_edit_page,
	  NULL, NULL },
	{ HTTP_POST, "/training/sessions/{session}/edit", PERM_training_manage, session_edit_page,
	  &change_session, NULL },
	{ HTTP_GET, "/training/sessions/{session}/hosts", PERM_training_manage, session_hosts_page, NULL,
	  NULL },
	{ HTTP_POST, "/training/sessions/{session}/hosts", PERM_training_manage, session_hosts_page,
	  &add_session_host, NULL },
	{ HTTP_POST, "/training/sessions/{session}/hosts/{nth}/remove", PERM_training_manage,
	  session_hosts_page, &remove_session_host, NULL },
	{ HTTP_POST, "/training/sessions/{session}/confirm", PERM_training_deliver, session_page,
	  &confirm_session, session_relate },
	{ HTTP_POST, "/training/sessions/{session}/deliver", PERM_training_deliver, session_page,
	  &deliver_session, session_relate },
	{ HTTP_GET, "/training/sessions/{session}/close", PERM_training_manage, session_close_page, NULL,
	  session_relate },
	{ HTTP_POST, "/training/sessions/{session}/close", PERM_training_manage, session_close_page,
	  &close_session, session_relate },
	{ HTTP_GET, "/training/sessions/{session}/cancel", PERM_training_manage,
	  session_cancel_page, NULL, NULL },
	{ HTTP_POST, "/training/sessions/{session}/cancel", PERM_training_manage,
	  session_cancel_page, &cancel_session, NULL },

	{ HTTP_GET, "/training/sessions/{session}/attendance", PERM_training_deliver,
	  attendance_page, NULL, session_relate },
	{ HTTP_POST, "/training/sessions/{session}/attendance", PERM_training_deliver,
	  attendance_page, &record_attendance, session_relate },
	{ HTTP_GET, "/training/sessions/{session}/attendance/import", PERM_training_deliver,
	  attendance_import_page, NULL, session_relate },
	{ HTTP_POST, "/training/sessions/{session}/attendance/preview", PERM_training_deliver,
	  attendance_import_page, &preview_attendance, session_relate },
	{ HTTP_POST, "/training/sessions/{session}/attendance/bad-rows", PERM_training_deliver,
	  attendance_bad_rows_page, &preview_attendance, session_relate },
	{ HTTP_POST, "/training/sessions/{session}/attendance/import", PERM_training_deliver,
	  attendance_import_page, &import_attendance, session_relate },
	{ HTTP_GET, "/training/sessions/{session}/attendance/{learner}/remove",
	  PERM_training_deliver, attendance_remove_page, NULL, session_relate },
	{ HTTP_POST, "/training/sessions/{session}/attendance/{learner}/remove",
	  PERM_training_deliver, attendance_remove_page, &remove_attendance, session_relate },

	{ HTTP_GET, "/training/sessions/{session}/attendance/{learner}", PERM_training_deliver,
	  attendance_person_page, NULL, session_relate },
	{ HTTP_POST, "/training/sessions/{session}/attendance/{learner}", PERM_training_deliver,
	  attendance_person_page, &set_attendance, session_relate },

	{ HTTP_GET, "/training/sessions/{session}/calendar.ics", PERM_training_read, session_calendar_page,
	  NULL, session_relate },
	{ HTTP_GET, "/training/sessions/{session}/sign-in-sheet", PERM_training_deliver,
	  sign_in_sheet_page, NULL, session_relate },
	{ HTTP_GET, "/training/sessions/{session}/programme", PERM_training_read, programme_page, NULL,
	  session_relate },
	{ HTTP_POST, "/training/sessions/{session}/programme", PERM_training_manage, programme_page,
	  &add_programme_item, session_relate },
	{ HTTP_POST, "/training/sessions/{session}/programme/{nth}/remove", PERM_training_manage,
	  programme_page, &remove_programme_item, session_relate },

	{ HTTP_GET, "/training/sessions/{session}/check-in", PERM_training_deliver, checkin_page, NULL,
	  session_relate },
	{ HTTP_POST, "/training/sessions/{session}/check-in", PERM_training_deliver, checkin_page,
	  &record_arrival, session_relate },
	{ HTTP_POST, "/training/sessions/{session}/check-in/open", PERM_training_deliver, checkin_page,
	  &open_check_in, session_relate },
	{ HTTP_POST, "/training/sessions/{session}/check-in/end", PERM_training_deliver, checkin_page,
	  &end_check_in, session_relate },
	{ HTTP_POST, "/training/sessions/{session}/check-in/settle", PERM_training_deliver, checkin_page,
	  &settle_check_in, session_relate },
	{ HTTP_GET, "/c/{checkin}", PERM_public, checkin_form_page, NULL, NULL },
	{ HTTP_POST, "/c/{checkin}", PERM_public, checkin_form_page, &check_in, NULL },
	{ HTTP_GET, "/c/{checkin}/thanks", PERM_public, checkin_thanks_page, NULL, NULL },

	{ HTTP_GET, "/training/sessions/{session}/feedback", PERM_training_read,
	  feedback_results_page, NULL, session_relate },
	{ HTTP_GET, "/training/sessions/{session}/poster", PERM_training_read, feedback_poster_page,
	  NULL, session_relate },
	{ HTTP_GET, "/training/sessions/{session}/feedback-window", PERM_training_deliver,
	  session_feedback_window_page, NULL, session_relate },
	{ HTTP_POST, "/training/sessions/{session}/feedback-window", PERM_training_deliver,
	  session_feedback_window_page, &open_feedback, session_relate },
	{ HTTP_GET, "/f/{code}", PERM_public, feedback_form_page, NULL, NULL },
	{ HTTP_POST, "/f/{code}", PERM_public, feedback_form_page, &give_feedback, NULL },
	{ HTTP_GET, "/f/{code}/thanks", PERM_public, feedback_thanks_page, NULL, NULL },

	{ HTTP_GET, "/training/needs/new", PERM_training_manage, need_new_page, NULL, NULL },
	{ HTTP_POST, "/training/needs/new", PERM_training_manage, need_new_page, &add_need, NULL },
	{ HTTP_POST, "/training/needs/check", PERM_training_manage, need_new_page, &check_need, NULL },
	{ HTTP_GET, "/training/needs/{need}", PERM_need_read, need_page, NULL, course_relate },
	{ HTTP_GET, "/training/needs/{need}/edit", PERM_training_manage, need_edit_page, NULL, NULL },
	{ HTTP_POST, "/training/needs/{need}/edit", PERM_training_manage, need_edit_page, &change_need, NULL },
	{ HTTP_POST, "/training/needs/{need}/check", PERM_training_manage, need_edit_page, &check_need, NULL },
	{ HTTP_GET, "/training/needs/{need}/end", PERM_training_manage, need_end_page, NULL, NULL },
	{ HTTP_POST, "/training/needs/{need}/end", PERM_training_manage, need_end_page, &end_need, NULL },

	{ HTTP_GET, "/training/chase/new", PERM_training_manage, chase_new_page, NULL, NULL },
	{ HTTP_POST, "/training/chase/new", PERM_training_manage, chase_new_page, &make_chase_list, NULL },
	{ HTTP_GET, "/training/chase/{chase}", PERM_training_manage, chase_page, NULL, NULL },
	{ HTTP_POST, "/training/chase/{chase}/told", PERM_training_manage, chase_page, &mark_told, NULL },
	{ HTTP_POST, "/training/chase/{chase}/not-told", PERM_training_manage, chase_page, &mark_not_told, NULL },

	{ HTTP_GET, "/training/learners/new", PERM_training_manage, person_new_page, NULL, NULL },
	{ HTTP_POST, "/training/learners/new", PERM_training_manage, person_new_page, &add_person, NULL },
	{ HTTP_GET, "/training/learners/import", PERM_training_manage, people_import_page, NULL, NULL },
	{ HTTP_POST, "/training/learners/import", PERM_training_manage, people_import_page, &import_people, NULL },
	{ HTTP_POST, "/training/learners/import/preview", PERM_training_manage, people_import_page, &preview_people, NULL },
	{ HTTP_POST, "/training/learners/import/bad-rows", PERM_training_manage, people_bad_rows_page, &preview_people, NULL },
	{ HTTP_GET, "/training/learners/{learner}", PERM_learner_read, learner_page, NULL,
	  learner_relate },
	{ HTTP_GET, "/training/learners/{learner}/edit", PERM_training_manage, person_edit_page, NULL, NULL },
	{ HTTP_POST, "/training/learners/{learner}/edit", PERM_training_manage, person_edit_page, &change_person, NULL },
	{ HTTP_GET, "/training/learners/{learner}/leave", PERM_training_manage, person_leave_page, NULL, NULL },
	{ HTTP_POST, "/training/learners/{learner}/leave", PERM_training_manage, person_leave_page, &end_person, NULL },
	{ HTTP_POST, "/training/learners/{learner}/return", PERM_training_manage, learner_page, &return_person, learner_relate },
	{ HTTP_GET, "/training/learners/{learner}/merge/{other}", PERM_training_manage, merge_page, NULL, NULL },
	{ HTTP_POST, "/training/learners/{learner}/merge/{other}", PERM_training_manage, merge_page, &join_people, NULL },
	{ HTTP_POST, "/training/learners/{learner}/merge/{other}/apart", PERM_training_manage, merge_page, &tell_people_apart,
	  NULL },
	{ HTTP_POST, "/training/learners/{learner}/apart/{merge}", PERM_training_manage, learner_page, &part_people,
	  learner_relate },
	{ HTTP_GET, "/schools/{urn}/training", PERM_school_read, school_training_page, NULL,
	  school_training_relate },
	{ HTTP_GET, "/schools/{urn}/no-training", PERM_training_manage, no_training_page, NULL, NULL },
	{ HTTP_POST, "/schools/{urn}/no-training", PERM_training_manage, no_training_page, &record_no_training, NULL },
	{ HTTP_POST, "/schools/{urn}/no-training/{date}/remove", PERM_training_manage, no_training_page,
	  &remove_no_training, NULL },
	{ 0 },
};

const struct feature training_feature = {
	.name = "training",
	.title = "Training",
	.nav = nav,
	.records = records,
	.operations = operations,
	.lists = lists,
	.jobs = jobs,
	.routes = routes,
	.today = training_today,
};
