/* Code lists of training (domain reference 3.11, 4.11 and 4.12). */
#include "app/training/course_version.h"
#include "app/training/provider.h"
#include "app/training/session.h"
#include "app/training/feedback.h"

static const struct word session_states[] = {
	{ SESSION_PLANNED, "planned", "Planned", NULL },
	{ SESSION_CONFIRMED, "confirmed", "Confirmed", NULL },
	{ SESSION_DELIVERED, "delivered", "Delivered", NULL },
	{ SESSION_CLOSED, "closed", "Closed", NULL },
	{ SESSION_CANCELLED, "cancelled", "Cancelled", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words session_state_words = { "session-state", session_states };

static const struct word attendance_states[] = {
	{ ATTENDANCE_BOOKED, "booked", "Booked", NULL },
	{ ATTENDANCE_ATTENDED, "attended", "Attended in full", NULL },
	{ ATTENDANCE_PART, "part", "Attended in part", NULL },
	{ ATTENDANCE_NO_SHOW, "no-show", "Did not come", NULL },
	{ ATTENDANCE_APOLOGIES, "apologies", "Sent apologies", NULL },
	{ ATTENDANCE_WAITING, "waiting", "On the waiting list", NULL },
	{ ATTENDANCE_CANCELLED, "cancelled", "Booking cancelled", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words attendance_state_words = { "attendance-state", attendance_states };

static const struct word attendance_said[] = {
	{ ATTENDANCE_BOOKED, "booked", "Booked", NULL },
	{ ATTENDANCE_ATTENDED, "attended", "Attended in full", NULL },
	{ ATTENDANCE_PART, "part", "Attended in part", NULL },
	{ ATTENDANCE_NO_SHOW, "no-show", "Did not come", NULL },
	{ ATTENDANCE_APOLOGIES, "apologies", "Sent apologies", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words attendance_said_words = { "attendance-said", attendance_said };

static const struct word audiences[] = {
	{ AUDIENCE_SOCIAL_CARE, "social-care", "Social care", NULL },
	{ AUDIENCE_EARLY_YEARS, "early-years", "Early years", NULL },
	{ AUDIENCE_HEALTH, "health", "Health practitioners", NULL },
	{ AUDIENCE_FOSTER_CARERS, "foster-carers", "Foster carers", NULL },
	{ AUDIENCE_SCHOOL_STAFF, "school-staff", "School staff", NULL },
	{ AUDIENCE_SAFEGUARDING_LEADS, "safeguarding-leads", "Designated safeguarding leads", NULL },
	{ AUDIENCE_GOVERNORS, "governors", "Governors", NULL },
	{ AUDIENCE_COUNCIL_FRONTLINE, "council-frontline", "Council frontline staff", NULL },
	{ AUDIENCE_COUNCILLORS, "councillors", "Councillors", NULL },
	{ AUDIENCE_VOLUNTARY, "voluntary", "Voluntary and community", NULL },
	{ AUDIENCE_FAITH, "faith", "Faith", NULL },
	{ AUDIENCE_PARENTS, "parents", "Parents", NULL },
	{ AUDIENCE_TAXI_LICENSING, "taxi-licensing", "Taxi and licensing", NULL },
	{ AUDIENCE_VENUE_MANAGERS, "venue-managers", "Venue managers", NULL },
	{ AUDIENCE_PANEL_MEMBERS, "panel-members", "Channel panel members", NULL },
	{ AUDIENCE_PANEL_CHAIRS, "panel-chairs", "Channel panel chairs", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words audience_words = { "audience", audiences };

static const struct word standings[] = {
	{ STANDING_STAFF, "staff", "Member of staff", NULL },
	{ STANDING_FOSTER_CARER, "foster-carer", "Foster carer", NULL },
	{ STANDING_PRACTITIONER, "practitioner", "Practitioner outside a payroll", NULL },
	{ STANDING_VOLUNTEER, "volunteer", "Volunteer", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words standing_words = { "standing", standings };

static const struct word providers[] = {
	{ PROVIDER_HOME_OFFICE, "home-office", "Home Office (GOV.UK)", NULL },
	{ PROVIDER_HOME_OFFICE_WRAP, "home-office-wrap", "Home Office WRAP", NULL },
	{ PROVIDER_COUNCIL, "council", "Council", NULL },
	{ PROVIDER_POLICE, "police", "Police", NULL },
	{ PROVIDER_AGENCY, "agency", "Another agency", NULL },
	{ PROVIDER_SCHOOL, "school", "The school itself", NULL },
	{ PROVIDER_OTHER, "other", "Other", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words provider_words = { "provider", providers };

static const struct word deliveries[] = {
	{ DELIVERY_FACE_TO_FACE, "face-to-face", "Face to face", NULL },
	{ DELIVERY_WEBINAR, "webinar", "Webinar", NULL },
	{ DELIVERY_E_LEARNING, "e-learning", "E-learning", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words delivery_words = { "delivery", deliveries };

static const struct word course_states[] = {
	{ COURSE_OPEN, "open", "Open", NULL },
	{ COURSE_WITHDRAWN, "withdrawn", "Withdrawn", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words course_state_words = { "course-state", course_states };

/* What the Workshop to Raise Awareness of Prevent is to contain (mission, paragraph 5.5; domain reference 4.11). */
static const struct word aspects[] = {
	{ ASPECT_DUTY, "duty", "Awareness of the Prevent duty", NULL },
	{ ASPECT_VULNERABILITIES, "vulnerabilities", "Young people’s vulnerabilities", NULL },
	{ ASPECT_BEHAVIOURS, "behaviours", "Behaviours that suggest vulnerability", NULL },
	{ ASPECT_RISK, "risk", "Consideration of risk", NULL },
	{ ASPECT_SUPPORT, "support", "Support that is available and how to reach it", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words aspect_words = { "aspect", aspects };

static const struct word question_kinds[] = {
	{ QUESTION_AGREE, "agree", "Statement to agree with", NULL },
	{ QUESTION_TEXT, "text", "Answered in words", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words question_kind_words = { "question-kind", question_kinds };

static const struct word provider_states[] = {
	{ PROVIDER_OPEN, "open", "Open", NULL },
	{ PROVIDER_CLOSED, "closed", "Closed", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words provider_state_words = { "provider-state", provider_states };

/* Five-point agree scale; 5 is the strongest agreement, as in the store. */
static const struct word agreements[] = {
	{ 5, "strongly-agree", "Strongly agree", NULL },       { 4, "agree", "Agree", NULL },
	{ 3, "neither", "Neither agree nor disagree", NULL },  { 2, "disagree", "Disagree", NULL },
	{ 1, "strongly-disagree", "Strongly disagree", NULL }, { 0, NULL, NULL, NULL },
};
const struct words agreement_words = { "agreement", agreements };

static const struct word confidences[] = {
	{ 5, "completely", "Completely confident", NULL }, { 4, "very", "Very confident", NULL },
	{ 3, "fairly", "Fairly confident", NULL },	   { 2, "slightly", "Slightly confident", NULL },
	{ 1, "not-at-all", "Not at all confident", NULL }, { 0, NULL, NULL, NULL },
};
const struct words confidence_words = { "confidence", confidences };
