/*
 * Training of the demonstration: the programme of October 2015 to January 2017 that the original
 * note reports (51 schools directly trained, over 1,000 staff, 98% of those who answered), and a
 * current year round today, with sessions in every state.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "cli/demo.h"

enum { SCHOOLS_2017 = 51, ANSWERS_2017 = 600, DISAGREED_2017 = 12, YEAR_SESSIONS = 36, MOST = 128 };

static const struct date first_2017 = { 2015, 10, 6 }, last_2017 = { 2017, 1, 31 };

struct planned { /* a session to be */
	struct date day;
	const struct school_line *school; /* host; NULL: not at a school */
	const char *venue, *host, *audience;
	int people, answers, disagree;
	size_t course;
	enum demo_account trainer;
	bool forgotten, cancelled; /* never marked as delivered; called off */
	const char *reference;
};

enum step { SCHEDULE, CONFIRM, CANCEL, DELIVER, FEEDBACK, CLOSE };

struct event {
	struct date day;
	enum step step;
	struct planned *session;
};

struct plan {
	struct demo *d;
	struct planned sessions[MOST];
	size_t n;
	struct event events[MOST * 6];
	size_t n_events;
	const char *courses[6];
};

/* ---- which schools ---- */

/* The school that became this one within the years of the note, still under its old URN. */
static const struct school_line *converted_from(struct demo *d, const struct school_line *s,
						struct date *on)
{
	size_t n;
	const struct succession_edge *edges =
		succession_edges(d->scratch, d->succession, s->urn, BEFORE, last_2017, &n);

	for (size_t i = 0; i < n; i++) {
		if (date_is_set(edges[i].on) &&
		    date_compare(edges[i].on, (struct date){ 2016, 3, 1 }) > 0) {
			*on = edges[i].on;
			return school_in(d->schools, d->n_schools, edges[i].urn);
		}
	}
	return NULL;
}

static struct date weekday(struct date day)
{
	int past_friday = date_weekday(day) - 4;

	return past_friday > 0 ? date_add_days(day, -past_friday) : day;
}

static struct planned *add(struct plan *plan, struct planned session)
{
	session.day = weekday(session.day);
	plan->sessions[plan->n] = session;
	return &plan->sessions[plan->n++];
}

/* Schools in scope at the end of the years of the note, evenly out of the register; first those
 * that changed their URN meanwhile, trained under the old one. */
static void plan_2017(struct plan *plan)
{
	struct demo *d = plan->d;
	const struct school_line *in_scope[1024];
	size_t n = 0, converted = 0;
	int days = date_to_days((struct date){ 2017, 1, 20 }) - date_to_days(first_2017);

	for (size_t i = 0; i < d->n_schools && n < 1024; i++) {
		if (school_scope(&d->schools[i], "936", last_2017) == SCOPE_IN) {
			in_scope[n++] = &d->schools[i];
		}
	}
	for (size_t i = 0; i < SCHOOLS_2017; i++) {
		const struct school_line *s = in_scope[i * n / SCHOOLS_2017];
		struct date on, day = date_add_days(first_2017, (int)i * days / SCHOOLS_2017);
		const struct school_line *before = converted_from(d, s, &on);

		if (before != NULL && converted < 4 && date_compare(day, on) >= 0) {
			day = date_add_days(on, -40 - (int)converted);
		}
		if (before != NULL && date_compare(day, on) < 0) {
			s = before;
			converted++;
		}
		add(plan,
		    (struct planned){ .day = day,
				      .school = s,
				      .venue = s->name,
				      .people = 18 + (int)(i % 6),
				      .answers = ANSWERS_2017 / SCHOOLS_2017 +
						 (i < ANSWERS_2017 % SCHOOLS_2017 ? 1 : 0),
				      .disagree = i % 4 == 0 && i / 4 < DISAGREED_2017 ? 1 : 0,
				      .course = 0,
				      .trainer = DEMO_COORDINATOR });
	}
}

struct audience {
	const char *word, *venue, *host;
	int people;
	size_t course;
};

static const struct audience others[] = {
	{ "social-care", "County Hall, committee room 2", "Children's services", 16, 1 },
	{ "early-years", "Meadow Children's Centre", "Early years team", 14, 1 },
	{ "health", "Online", "Community health trust", 22, 2 },
	{ "foster-carers", "Riverside Hall", "Fostering service", 12, 1 },
	{ "voluntary", "Voluntary action centre", "Voluntary action council", 15, 3 },
	{ "faith", "Online", "Inter-faith forum", 9, 3 },
};

/* A year round today: some eleven months back, two ahead. */
static void plan_year(struct plan *plan)
{
	struct demo *d = plan->d;

	for (size_t i = 0; i < YEAR_SESSIONS; i++) {
		struct date day = date_add_days(d->today, -330 + (int)i * 11);
		size_t turn = i % 3;
		struct planned session = { .day = day,
					   .answers = 6 + (int)(i % 7),
					   .disagree = i % 9 == 0,
					   .trainer = i % 2 == 0 ? DEMO_TRAINER : DEMO_OFFICER };

		if (turn == 2) {
			const struct audience *o =
				&others[i / 3 % (sizeof(others) / sizeof(others[0]))];

			session.venue = o->venue;
			session.host = o->host;
			session.audience = o->word;
			session.people = o->people;
			session.course = o->course;
		} else {
			size_t at = (i * 37 + 11) % d->n_schools;

			while (school_scope(&d->schools[at], "936", d->today) != SCOPE_IN) {
				at = (at + 1) % d->n_schools;
			}
			session.school = &d->schools[at];
			session.venue = d->schools[at].name;
			session.people = 12 + (int)(i % 9);
			session.course = i % 9 == 4 ? 5 : turn == 0 ? 1 : 4;
		}
		session.forgotten = i == 29;
		session.cancelled = i == 22 || i == 33;
		add(plan, session);
	}
}

/* ---- what happens ---- */

static void happens(struct plan *plan, struct planned *s, enum step step, int days)
{
	struct date day = date_add_days(s->day, days);

	if (date_compare(day, plan->d->today) <= 0) {
		plan->events[plan->n_events++] = (struct event){ day, step, s };
	}
}

static void plan_events(struct plan *plan)
{
	for (size_t i = 0; i < plan->n; i++) {
		struct planned *s = &plan->sessions[i];

		if (date_compare(date_add_days(s->day, -70), plan->d->today) > 0) {
			continue;
		}
		happens(plan, s, SCHEDULE, -70);
		if (s->cancelled) {
			happens(plan, s, CANCEL, -9);
			continue;
		}
		happens(plan, s, CONFIRM, -21);
		if (s->forgotten) {
			continue;
		}
		happens(plan, s, DELIVER, 0);
		happens(plan, s, FEEDBACK, 1);
		happens(plan, s, CLOSE, 16);
	}
}

static int by_day(const void *x, const void *y)
{
	const struct event *a = x, *b = y;
	int order = date_compare(a->day, b->day);

	if (order == 0) {
		order = (int)a->step - (int)b->step;
	}
	return order != 0 ? order : (a->session > b->session) - (a->session < b->session);
}

static struct err *schedule(struct plan *plan, struct planned *s)
{
	struct demo *d = plan->d;
	const char *host = s->school != NULL
				   ? arena_printf(d->arena, "%lld", (long long)s->school->urn)
				   : s->host;

	return demo_ask(
		d, "schedule-session", &s->reference, "course", plan->courses[s->course],
		"starts_at",
		instant_local_iso(d->arena, instant_of_local(s->day, s->school != NULL ? 15 : 10,
							     s->school != NULL ? 45 : 0)),
		"duration_minutes", s->school != NULL ? "75" : "90", "venue", s->venue, "host",
		host, "places", "30", "trainer", d->users[s->trainer], NULL);
}

static const char *const jobs[] = { "Teacher",
				    "Teaching assistant",
				    "Office manager",
				    "Deputy head teacher",
				    "Designated safeguarding lead",
				    "Midday supervisor" };

/* The sign-in sheet as a spreadsheet would hold it: most came, one left early, one did not come. */
static const char *sheet(struct plan *plan, const struct planned *s)
{
	struct demo *d = plan->d;
	struct buf b;

	buf_init(&b, d->arena, 1 << 16);
	buf_str(&b, "Name,E-mail,Job,Attendance\n");
	for (int i = 0; i < s->people + 2; i++) {
		const char *name = demo_name(d->arena, d->people);
		const char *domain = s->school != NULL
					     ? arena_printf(d->arena, "school-%lld.example",
							    (long long)s->school->urn)
					     : "county.example";
		bool no_email = d->people % 9 == 8;

		d->people++;
		buf_printf(&b, "%s,%s,%s,%s\n", name,
			   no_email ? "" : demo_email(d->arena, name, domain),
			   s->school != NULL ? jobs[(size_t)i % (sizeof(jobs) / sizeof(jobs[0]))]
					     : "Practitioner",
			   i < s->people    ? "attended"
			   : i == s->people ? "part"
					    : "no-show");
	}
	return b.p;
}

static struct err *deliver(struct plan *plan, struct planned *s)
{
	struct demo *d = plan->d;
	const char *school = s->school != NULL
				     ? arena_printf(d->arena, "%lld", (long long)s->school->urn)
				     : s->host;

	demo_at(d, s->day, 18, 0);
	TRY(demo_ask(d, "import-attendance", NULL, "{session}", s->reference, "rows",
		     sheet(plan, s), "school", school, "sector",
		     s->school != NULL ? "school" : s->audience, NULL));
	return demo_ask(d, "deliver-session", NULL, "{session}", s->reference, NULL);
}

static struct err *answer(struct plan *plan, const struct planned *s)
{
	static const char *const comments[] = { "Clear and useful", "The case studies helped",
						"More time for questions, please", NULL, NULL };
	static const char *const agree[] = { "strongly-agree", "agree", "agree" };
	struct demo *d = plan->d;

	for (int i = 0; i < s->answers; i++) {
		const char *yes = agree[i % 3];
		const char *comment = comments[(size_t)i % 5];
		const char *code;

		TRY(demo_feedback_code(d, s->reference, &code));
		TRY(demo_ask(d, "give-feedback", NULL, "{code}", code, "understanding",
			     i < s->disagree ? "neither" : yes, "confidence", yes, "knows_referral",
			     yes, "knows_channel", i % 4 == 3 ? "neither" : "agree", "would_act",
			     yes, "trainer_quality", yes, "balance",
			     i % 5 == 4 ? "neither" : "agree", "comment",
			     comment != NULL ? comment : "", NULL));
	}
	return NULL;
}

static struct err *happen(struct plan *plan, const struct event *e)
{
	struct demo *d = plan->d;
	struct planned *s = e->session;

	demo_at(d, e->day, 9, 30);
	switch (e->step) {
	case SCHEDULE:
		return schedule(plan, s);
	case CONFIRM:
		return demo_ask(d, "confirm-session", NULL, "{session}", s->reference, NULL);
	case CANCEL:
		return demo_ask(d, "cancel-session", NULL, "{session}", s->reference, "reason",
				"Too few places were taken up", NULL);
	case DELIVER:
		return deliver(plan, s);
	case FEEDBACK:
		return answer(plan, s);
	case CLOSE:
		return demo_ask(d, "close-session", NULL, "{session}", s->reference, NULL);
	}
	return NULL;
}

/* ---- courses ---- */

static struct err *courses(struct plan *plan)
{
	static const char *const rows[6][5] = {
		{ "Workshop to Raise Awareness of Prevent (WRAP)", "home-office-wrap",
		  "face-to-face", "75", "24" },
		{ "Prevent: awareness and recognition", "council", "face-to-face", "90", "24" },
		{ "Prevent for health practitioners", "council", "webinar", "60", "24" },
		{ "Prevent for community groups", "council", "face-to-face", "90", "36" },
		{ "Refresher for schools", "council", "face-to-face", "45", "12" },
		{ "Staff briefing given by the school", "school", "face-to-face", "30", "12" },
	};

	demo_at(plan->d, (struct date){ 2015, 7, 10 }, 10, 0);
	for (size_t i = 0; i < 6; i++) {
		TRY(demo_ask(plan->d, "add-course", &plan->courses[i], "title", rows[i][0],
			     "provider", rows[i][1], "delivery", rows[i][2], "duration_minutes",
			     rows[i][3], "refresh_months", rows[i][4], "objectives",
			     "Know the duty, notice concerns, check them and share them", NULL));
	}
	return NULL;
}

struct err *demo_training(struct demo *d)
{
	struct plan *plan = ARENA_NEW(d->arena, struct plan, 1);

	plan->d = d;
	TRY(courses(plan));
	d->course = plan->courses[1];
	plan_2017(plan);
	plan_year(plan);
	plan_events(plan);
	qsort(plan->events, plan->n_events, sizeof(plan->events[0]), by_day);
	for (size_t i = 0; i < plan->n_events; i++) {
		TRY(happen(plan, &plan->events[i]));
	}
	return NULL;
}
