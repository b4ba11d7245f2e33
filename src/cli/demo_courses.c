/*
 * Courses of the demonstration in full: two providers outside, trainers of whom one lapses soon and one was withdrawn, and a
 * course for foster carers that has changed, with what people said of it.
 */
#include "base/arena.h"
#include "cli/demo.h"

static const struct date begins = { 2015, 7, 8 };

static const char *iso(struct demo *d, struct date day)
{
	char text[DATE_ISO_SIZE];

	date_iso(day, text);
	return arena_strdup(d->arena, text);
}

/* ---- who teaches ---- */

/* A trainer who is accredited from today, until that day (not set: without end). */
static struct err *trainer(struct demo *d, const char *name, const char *account, const char *provider, const char *kind,
			   const char *topics, struct date until, const char **reference_out)
{
	TRY(demo_ask(d, "add-trainer", reference_out, "name", name, "account", account, "provider", provider, "accreditation",
		     kind, "topics", topics, "languages", "English", NULL));
	return demo_ask(d, "accredit-trainer", NULL, "{trainer}", *reference_out, "accredited_on",
			iso(d, instant_date(d->world.fixed)), "expires_on", date_is_set(until) ? iso(d, until) : "", NULL);
}

struct err *demo_trainers(struct demo *d)
{
	static const struct {
		enum demo_account account;
		const char *name, *kind;
	} own[] = { { DEMO_COORDINATOR, "Morgan Ellery", "home-office" },
		    { DEMO_OFFICER, "Priya Nandwani", "internal" },
		    { DEMO_TRAINER, "Tom Alderslade", "wrap" } };
	const struct date no_end = { 0 };
	const char *unit, *charity, *made;

	demo_at(d, begins, 9, 0);
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
		TRY(trainer(d, own[i].name, d->users[own[i].account], "", own[i].kind, "", no_end, &made));
	}
	demo_at(d, date_add_days(d->today, -335), 9, 0);
	TRY(demo_ask(d, "add-provider", &unit, "name", "Regional Prevent unit", "kind", "police", "outside", "yes", NULL));
	TRY(demo_ask(d, "add-provider", &charity, "name", "Foster Voices Training", "kind", "other", "outside", "yes", NULL));
	TRY(trainer(d, "Petra Lingard-Hale", "", unit, "home-office", "Online harms", date_add_days(d->today, 30), &made));
	TRY(trainer(d, "Osman Whitcombe", "", charity, "internal", "Foster care", date_add_days(d->today, 400), &made));
	TRY(trainer(d, "Clare Dunmore-Reid", "", charity, "internal", "", no_end, &made));
	demo_at(d, date_add_days(d->today, -60), 9, 0);
	TRY(demo_ask(d, "withdraw-trainer", NULL, "{trainer}", made, "reason", "Has left the provider", NULL));
	return demo_ask(d, "add-trainer", NULL, "name", "Hamish Coppard-Singh", "provider", unit, "accreditation", "wrap",
			"topics", "Case studies", "languages", "English, Welsh", NULL);
}

/* ---- a course for foster carers ---- */

static struct err *add_course(struct demo *d, const char **course)
{
	demo_at(d, date_add_days(d->today, -300), 10, 0);
	return demo_ask(d, "add-course", course, "title", "Prevent in foster care", "provider", "council", "delivery",
			"face-to-face", "duration_minutes", "120", "refresh_months", "24", "audience", "foster-carers;social-care",
			"aspects", "duty;vulnerabilities;behaviours", "objectives",
			"Notice when a child in your care is drawn to harmful ideas\nKnow who listens to you and what happens then",
			"statements", "I know whom to ring out of hours", "questions", "What would you have liked to hear more about?",
			"asks_confidence", "yes", NULL);
}

static struct err *change_course(struct demo *d, const char *course)
{
	demo_at(d, date_add_days(d->today, -60), 10, 0);
	return demo_ask(d, "change-course", NULL, "{course}", course, "title", "Prevent in foster care", "provider", "council",
			"delivery", "face-to-face", "duration_minutes", "120", "refresh_months", "24", "audience",
			"foster-carers;social-care", "aspects", "duty;vulnerabilities;behaviours;risk;support", "objectives",
			"Notice when a child in your care is drawn to harmful ideas\nWeigh what you have seen\nKnow who listens to you "
			"and what happens then",
			"statements", "I know whom to ring out of hours\nThe case studies were close to my own home", "questions",
			"What would you have liked to hear more about?", "asks_confidence", "yes", "taught_from",
			iso(d, date_add_days(d->today, -45)), "changed", "Consideration of risk and the support there is, after what "
			"carers said of the first year", NULL);
}

/* The second version asks one statement more, so that what is answered in words is its third question. */
static struct err *answer(struct demo *d, const char *session, bool second, int i)
{
	static const char *const agree[] = { "strongly-agree", "agree", "agree" };
	static const char *const before[] = { "slightly", "not-at-all", "fairly", "slightly" };
	static const char *const after[] = { "very", "fairly", "very", "completely" };
	static const char *const said[] = { "What happens after a referral", "Games and chat rooms" };
	const char *code;

	TRY(demo_feedback_code(d, session, &code));
	return demo_ask(d, "give-feedback", NULL, "{code}", code, "understanding", agree[i % 3], "confidence", agree[i % 3],
			"knows_referral", "agree", "knows_channel", i % 4 == 3 ? "neither" : "agree", "would_act", "strongly-agree",
			"trainer_quality", agree[(i + 1) % 3], "balance", i % 6 == 5 ? "disagree" : "agree",
			"confidence_before", before[i % 4], "confidence_after", after[i % 4], "own_1", i % 5 == 4 ? "neither" : "agree",
			"own_2", second ? agree[i % 3] : said[i % 2], "own_3", second ? said[i % 2] : "", NULL);
}

static struct err *hold(struct demo *d, const char *course, struct date day, int people, int answers, bool second)
{
	const char *session;
	struct buf b;

	buf_init(&b, d->arena, 4096);
	buf_str(&b, "Name,E-mail,Job,Attendance\n");
	for (int i = 0; i < people; i++) {
		const char *name = demo_name(d->arena, d->people++);

		buf_printf(&b, "%s,%s,Foster carer,attended\n", name, demo_email(d->arena, name, "carers.example"));
	}
	demo_at(d, date_add_days(day, -20), 10, 0);
	TRY(demo_ask(d, "schedule-session", &session, "course", course, "starts_at",
		     instant_local_iso(d->arena, instant_of_local(day, 18, 30)), "venue", "Riverside Hall", "host",
		     "Fostering service", "places", "20", "trainer", d->users[DEMO_OFFICER], NULL));
	TRY(demo_ask(d, "confirm-session", NULL, "{session}", session, NULL));
	demo_at(d, day, 21, 0);
	TRY(demo_ask(d, "import-attendance", NULL, "{session}", session, "rows", b.p, "school", "Fostering service", "sector",
		     "foster-carers", NULL));
	TRY(demo_ask(d, "deliver-session", NULL, "{session}", session, NULL));
	demo_at(d, date_add_days(day, 1), 9, 0);
	for (int i = 0; i < answers; i++) {
		TRY(answer(d, session, second, i));
	}
	return NULL;
}

struct err *demo_courses(struct demo *d)
{
	const char *course;

	TRY(add_course(d, &course));
	TRY(hold(d, course, date_add_days(d->today, -120), 14, 11, false));
	TRY(change_course(d, course));
	return hold(d, course, date_add_days(d->today, -6), 12, 9, true);
}
