/*
 * Sessions of the demonstration that are more than a date and a list: a series to come, a joint event of today with its programme
 * (the three themes of the 2017 note, 5.7) and check-in open, and a session of last week with late arrivals and apologies.
 */
#include "app/directory/school.h"
#include "base/arena.h"
#include "cli/demo.h"

enum { PEOPLE = 14 };

static struct err *at(struct demo *d, struct date day, int hour, const char *course, const char *venue, const char *host,
		      const char *minutes, const char *times, const char **out)
{
	return demo_ask(d, "schedule-session", out, "course", course, "starts_at",
			instant_local_iso(d->arena, instant_of_local(day, hour, 0)), "duration_minutes", minutes, "venue", venue,
			"host", host, "places", "30", "trainer", d->users[DEMO_TRAINER], "repeat", times == NULL ? "" : "weekly",
			"times", times == NULL ? "" : times, NULL);
}

/* Who is expected: one has sent apologies. `sheet`: with the times that the trainer's list says, two of them late. */
static const char *people(struct demo *d, bool sheet)
{
	static const char *const times[] = { "8:52am", "8:55am", "8:55am", "8:58am", "9:22am" };
	struct buf b;

	buf_init(&b, d->arena, 1 << 14);
	buf_str(&b, "name,email,job,school,attendance,arrived,left\n");
	for (int i = 0; i < PEOPLE; i++) {
		const char *name = demo_name(d->arena, d->people++);
		const char *time = sheet ? times[i % 5] : "";
		bool away = i == 5;

		buf_printf(&b, "%s,%s,%s,%s,%s,%s,%s\n", name, demo_email(d->arena, name, "partners.example"), "Practitioner",
			   i % 2 == 0 ? "Adult social care" : "Early help service",
			   away ? "apologies" : sheet && i == 8 ? "part" : sheet ? "attended" : "booked", away ? "" : time,
			   sheet && i == 8 ? "9:40am" : "");
	}
	return b.p;
}

/* Schools in scope on a day, counted from the middle of the register. */
static const char *a_school(struct demo *d, size_t nth)
{
	size_t i = d->n_schools / 2;

	for (; i + 1 < d->n_schools; i++) {
		if (school_scope(&d->schools[i], "936", d->today) == SCOPE_IN && nth-- == 0) {
			break;
		}
	}
	return arena_printf(d->arena, "%lld", (long long)d->schools[i].urn);
}

static struct err *programme(struct demo *d, const char *session)
{
	static const char *const items[][5] = {
		{ "9am", "30", "Welcome and why we are here", "", "Chair of the safeguarding children partnership" },
		{ "9:30am", "75", "What works elsewhere: three areas", "national-practice", "Regional education co-ordinator" },
		{ "11am", "60", "The local picture", "local-threat", "Counter terrorism local profile lead" },
		{ "midday", "60", "Lunch", "", "" },
		{ "1pm", "120", "Who does what here, and how to reach them", "local-action", "Prevent co-ordinator" },
		{ "3:15pm", "75", "Cases in small groups", "local-action", "Trainers of the partnership" },
	};

	for (size_t i = 0; i < sizeof(items) / sizeof(items[0]); i++) {
		TRY(demo_ask(d, "add-programme-item", NULL, "{session}", session, "starts", items[i][0], "minutes", items[i][1],
			     "title", items[i][2], "theme", items[i][3], "speaker", items[i][4], NULL));
	}
	return NULL;
}

static struct err *event(struct demo *d, const char *course)
{
	const char *s;

	demo_at(d, date_add_days(d->today, -40), 10, 0);
	TRY(at(d, d->today, 9, course, "County Hall, Ashcombe suite", "Safeguarding children partnership", "480", NULL, &s));
	TRY(demo_ask(d, "add-session-host", NULL, "{session}", s, "host", "Safeguarding adults board", NULL));
	TRY(demo_ask(d, "add-session-host", NULL, "{session}", s, "host", a_school(d, 3), NULL));
	TRY(programme(d, s));
	TRY(demo_ask(d, "import-attendance", NULL, "{session}", s, "rows", people(d, false), NULL));
	TRY(demo_ask(d, "confirm-session", NULL, "{session}", s, NULL));
	demo_at(d, d->today, 8, 45);
	return demo_ask(d, "open-check-in", NULL, "{session}", s, NULL);
}

static struct err *last_week(struct demo *d, const char *course)
{
	struct date day = date_add_days(d->today, -6);
	const char *s;

	demo_at(d, date_add_days(d->today, -30), 10, 0);
	TRY(at(d, day, 9, course, "Riverside Hall", "Early help service", "90", NULL, &s));
	TRY(demo_ask(d, "confirm-session", NULL, "{session}", s, NULL));
	demo_at(d, day, 11, 0);
	TRY(demo_ask(d, "import-attendance", NULL, "{session}", s, "rows", people(d, true), NULL));
	return demo_ask(d, "deliver-session", NULL, "{session}", s, NULL);
}

struct err *demo_sessions(struct demo *d)
{
	const char *course, *briefing, *first;

	demo_at(d, date_add_days(d->today, -60), 10, 0);
	TRY(demo_ask(d, "add-course", &course, "title", "Safeguarding and radicalisation: joint event", "provider", "council",
		     "delivery", "face-to-face", "duration_minutes", "180", "objectives", "Know what works, the local picture and whom to call",
		     NULL));
	TRY(demo_ask(d, "add-course", &briefing, "title", "Prevent drop-in briefing", "provider", "council", "delivery", "webinar",
		     "duration_minutes", "45", "objectives", "Notice, check, share", NULL));
	TRY(at(d, date_add_days(d->today, 5), 12, briefing, "Online", "", "45", "4", &first));
	TRY(last_week(d, course));
	return event(d, course);
}
