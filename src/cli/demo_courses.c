/* Who teaches in the demonstration: two providers outside, and trainers of whom one lapses soon and one was withdrawn. */
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
