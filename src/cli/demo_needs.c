/* Who needs which course, in the demonstration: foster carers, safeguarding leads and council frontline staff, some of them
 * overdue, some due soon; and a list of people to remind, half of them told. */
#include "app/training/need.h"
#include "app/training/need_due.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "cli/demo.h"
#include "core/jobs.h"

struct group { /* people of one kind, their course and the rule */
	const char *audience, *standing, *sector, *job, *place;
	const char *course, *months, *domain;
	int people;
};

static const struct group groups[] = {
	{ "foster-carers", "foster-carer", "foster-carers", "", "", "Prevent for foster carers", "24", "fostering.example", 14 },
	{ "safeguarding-leads", "staff", "school", "Designated safeguarding lead", NULL, "Prevent for safeguarding leads", "24",
	  "schools.example", 12 },
	{ "council-frontline", "staff", "council", "Customer services officer", "Customer services",
	  "Prevent awareness for council staff", "36", "council.example", 16 },
};
enum { GROUPS = sizeof(groups) / sizeof(groups[0]), MOST = 16 };

struct made {
	const char *course;
	const char *rows[MOST]; /* name, e-mail: as a list has them */
};

/* Months ago that each third of a group was trained: now overdue, now due soon, in date for long. A few never were. */
static const int trained[] = { 26, 23, 14 };

static struct err *add_people(struct demo *d, const struct group *g, struct made *m)
{
	demo_at(d, date_add_months(d->today, -30), 9, 0);
	TRY(demo_ask(d, "add-course", &m->course, "title", g->course, "provider", "council", "delivery", "face-to-face",
		     "duration_minutes", "90", "refresh_months", g->months, "objectives", "Know the duty and how to share a concern", NULL));
	for (int i = 0; i < g->people; i++) {
		const char *name = demo_name(d->arena, d->people++);
		const char *email = demo_email(d->arena, name, g->domain);
		const struct school_line *s = &d->schools[(size_t)i * DEMO_SCHOOL_STEP % d->n_schools];
		const char *place = g->place != NULL ? g->place : arena_printf(d->arena, "%lld", (long long)s->urn);

		m->rows[i] = arena_printf(d->arena, "%s,%s\n", name, email);
		TRY(demo_ask(d, "add-person", NULL, "name", name, "email", email, "job", g->job, "standing", g->standing, "audience",
			     g->audience, "sector", g->sector, "place", place, "body", "", NULL));
	}
	return NULL;
}

/* A session for every third person of a group; those at its end stay away. */
static struct err *teach(struct demo *d, const struct group *g, const struct made *m, int third)
{
	struct date day = date_add_days(date_add_months(d->today, -trained[third]), third == 1 ? -20 : 0);
	const char *list = "", *session;

	day = date_add_days(day, date_weekday(day) > 4 ? -2 : 0);
	for (int i = third; i < g->people - 3; i += 3) {
		list = arena_printf(d->arena, "%s%s", list, m->rows[i]);
	}
	demo_at(d, date_add_days(day, -30), 9, 0);
	TRY(demo_ask(d, "schedule-session", &session, "course", m->course, "starts_at",
		     instant_local_iso(d->arena, instant_of_local(day, 10, 0)), "duration_minutes", "90", "venue", "Committee room 2, Town Hall",
		     "host", "", "places", "30", "trainer", d->users[DEMO_TRAINER], NULL));
	TRY(demo_ask(d, "confirm-session", NULL, "{session}", session, NULL));
	demo_at(d, day, 18, 0);
	TRY(demo_ask(d, "import-attendance", NULL, "{session}", session, "rows", list, "sector", g->sector, NULL));
	TRY(demo_ask(d, "deliver-session", NULL, "{session}", session, NULL));
	demo_at(d, date_add_days(day, 20), 9, 0);
	return demo_ask(d, "close-session", NULL, "{session}", session, NULL);
}

static struct err *remind(struct demo *d, const char *need)
{
	struct due_args args = { .authority_id = d->authority_id,
				 .after_key = "",
				 .row_limit = 8,
				 .today = d->today,
				 .from_due = need_status_days(NEED_OVERDUE, d->today).from,
				 .to_due = need_status_days(NEED_OVERDUE, d->today).to,
				 .need = need };
	struct due_line *people;
	const char *list;
	size_t n;

	demo_at(d, date_add_days(d->today, -1), 15, 0);
	db_grant(d->db, policy_grant(ROLE_SYSTEM));
	TRY(sql_due_soonest(d->arena, d->db, &args, &people, &n));
	if (n < 3) {
		return ERR(ERR_BUG, "The demonstration cannot be made: fewer than three people are overdue");
	}
	TRY(demo_ask(d, "make-chase-list", &list, "need", need, "people", people[0].reference, "people", people[1].reference, "people",
		     people[2].reference, "subject", "Your Prevent training is due", "letter",
		     "Dear «Name»,\n\nYour training “Prevent for foster carers” was due on «Due». Please book a place on one of the next "
		     "sessions.\n\nWith kind regards", NULL));
	demo_at(d, d->today, 8, 0);
	return demo_ask(d, "mark-told", NULL, "{chase}", list, "people", people[0].reference, NULL);
}

struct err *demo_needs(struct demo *d)
{
	const char *needs[GROUPS];
	char from[DATE_ISO_SIZE];
	int ran;

	date_iso(date_add_months(d->today, -30), from);
	for (size_t g = 0; g < GROUPS; g++) {
		struct made *m = ARENA_NEW(d->arena, struct made, 1);

		TRY(add_people(d, &groups[g], m));
		for (int third = 0; third < 3; third++) {
			TRY(teach(d, &groups[g], m, third));
		}
		demo_at(d, d->today, 7, 0);
		TRY(demo_ask(d, "add-need", &needs[g], "course", m->course, "audience", groups[g].audience, "newcomer_days", "90", "from_on",
			     from, NULL));
	}
	TRY(jobs_run_due(d->db, d->door, &d->settings, &d->world, 10, &ran)); /* nobody else does */
	return remind(d, needs[0]);
}
