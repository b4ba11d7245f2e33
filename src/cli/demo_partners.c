/* Agencies of the demonstration, their teams and contacts, and people outside a payroll. Everybody is invented. */
#include <string.h>

#include "base/arena.h"
#include "cli/demo.h"

enum { ENTERED_DAYS_AGO = 30, NAMES_FROM = 3600, CARERS = 40, AGENCIES = 10, SCHOOL_CONTACTS = 12 }; /* names that nobody at a session has */

struct partner {
	const char *name, *sch6, *sector, *state, *domain;
	const char *teams[3];
	bool steering, panel;
};

static const struct partner partners[AGENCIES] = {
	{ "Wealdshire Police", "po", "police-justice", "active", "police.wealdshire.example", { "Prevent team", "Neighbourhoods" }, true, true },
	{ "Wealdshire Hospitals NHS Foundation Trust", "hs", "health", "active", "hospitals.wealdshire.example",
	  { "Safeguarding", "Emergency department", "Community nursing" }, true, true },
	{ "Heathland Community Health", "hs", "health", "active", "heathland.example", { "School nursing" }, false, true },
	{ "Probation Service, Weald delivery unit", "cj", "police-justice", "active", "probation.example", { NULL }, true, true },
	{ "HMP Northmoor", "cj", "police-justice", "active", "northmoor.example", { NULL }, false, false },
	{ "Wealdshire County Council, children’s services", "lg", "social-care", "active", "wealdshire.example",
	  { "Front door", "Fostering", "Early help" }, true, true },
	{ "Brookfield Borough Council", "lg", "council", "active", "brookfield.example", { "Housing", "Licensing" }, false, false },
	{ "Mole Valley Further Education College", "ed", "further-education", "active", "molecollege.example", { NULL }, false, false },
	{ "Wealdshire Inter-Faith Forum", "ns", "faith", "active", "interfaith.example", { NULL }, true, false },
	{ "Downs Youth Clubs", "ns", "out-of-school", "dormant", "downsyouth.example", { NULL }, false, false },
};

static const char *name_of(struct demo *d, size_t i)
{
	return demo_name(d->arena, NAMES_FROM + i);
}

static const char *day_before(struct demo *d, int days)
{
	char *iso = arena_alloc(d->arena, DATE_ISO_SIZE);

	date_iso(date_add_days(d->today, -ENTERED_DAYS_AGO - days), iso);
	return iso;
}

static struct err *contact(struct demo *d, const char *body, const char *urn, const char *kind, const char *job, size_t i,
			   const char *domain)
{
	const char *name = name_of(d, i), *reference;

	TRY(demo_ask(d, "add-contact", &reference, "name", name, "kind", kind, "job", job, "body", body, "establishment_urn", urn, "email",
		     demo_email(d->arena, name, domain), "telephone", arena_printf(d->arena, "01632 960%03d", (int)(100 + i)),
		     "from_on", day_before(d, 900 - (int)i * 11), NULL));
	if (i % 9 == 4) { /* somebody left and another came */
		TRY(demo_ask(d, "end-contact", NULL, "{contact}", reference, "to_on", day_before(d, 40), NULL));
		name = name_of(d, i + 200);
		TRY(demo_ask(d, "add-contact", NULL, "name", name, "kind", kind, "job", job, "body", body, "establishment_urn", urn,
			     "email", demo_email(d->arena, name, domain), "from_on", day_before(d, 39), NULL));
	}
	return NULL;
}

static struct err *agency(struct demo *d, size_t i, const char *references[AGENCIES], const char **fostering)
{
	const struct partner *p = &partners[i];
	const char *team;

	TRY(demo_ask(d, "add-agency", &references[i], "name", p->name, "sch6", p->sch6, "sector", p->sector, "state", p->state, "sch7",
		     p->panel ? "yes" : "no", "steering_group", p->steering ? "yes" : "no", "agreement_signed_on",
		     p->panel ? day_before(d, 500 + (int)i * 20) : "", "agreement_review_on", p->panel ? day_before(d, 130 - (int)i * 40) : "",
		     "last_contact_on", day_before(d, 9 + (int)(i * i) * 3), NULL));
	for (size_t t = 0; t < 3 && p->teams[t] != NULL; t++) {
		TRY(demo_ask(d, "add-team", &team, "{agency}", references[i], "name", p->teams[t], NULL));
		if (strcmp(p->teams[t], "Fostering") == 0) {
			*fostering = arena_printf(d->arena, "%s/%s", references[i], team);
		}
	}
	TRY(contact(d, references[i], "", p->panel ? "panel-rep" : p->sch6[0] == 'n' ? "community" : "prevent-lead", "Prevent lead", i,
		    p->domain));
	return NULL;
}

static struct err *schools(struct demo *d)
{
	static const char *const kinds[] = { "dsl", "head", "deputy-dsl", "governor" };
	static const char *const jobs[] = { "Designated safeguarding lead", "Head teacher", "Deputy head", "Chair of governors" };

	for (size_t i = 0; i < SCHOOL_CONTACTS; i++) {
		const struct school_line *s = &d->schools[(i / 2 * 31) % d->n_schools];
		const char *urn = arena_printf(d->arena, "%lld", (long long)s->urn);

		TRY(contact(d, "", urn, kinds[i % 4], jobs[i % 4], 20 + i, "school.example"));
	}
	return NULL;
}

/* Foster carers, childminders and volunteers: no employer, and training that they need all the same. */
static struct err *outside_a_payroll(struct demo *d, const char *const references[AGENCIES], const char *fostering)
{
	for (size_t i = 0; i < CARERS; i++) {
		bool carer = i % 2 == 0, practitioner = i % 4 == 1;
		const char *name = name_of(d, 60 + i), *reference;

		TRY(demo_ask(d, "add-person", &reference, "name", name, "standing",
			     carer ? "foster-carer" : practitioner ? "practitioner" : "volunteer", "audience",
			     carer ? "foster-carers" : practitioner ? "early-years" : i % 8 == 3 ? "faith" : "voluntary", "sector",
			     carer ? "foster-carers" : practitioner ? "early-years" : i % 8 == 3 ? "faith" : "voluntary", "job",
			     practitioner ? "Childminder" : carer ? "" : "Youth worker", "body",
			     carer ? fostering : practitioner ? "" : i % 8 == 3 ? references[8] : "", "email",
			     i % 5 == 0 ? "" : demo_email(d->arena, name, "post.example"), NULL));
		if (i % 13 == 6) {
			TRY(demo_ask(d, "end-person", NULL, "{learner}", reference, "ended_on", day_before(d, 60), NULL));
		}
	}
	return NULL;
}

/* What happens when lists come from two offices. */
static struct err *duplicates(struct demo *d)
{
	const char *mailbox = name_of(d, 61), *name = name_of(d, 63), *email = demo_email(d->arena, mailbox, "post.example");
	const char *at = strchr(email, '@');

	TRY(demo_ask(d, "add-person", NULL, "name", arena_printf(d->arena, "%c. %s", mailbox[0], strrchr(mailbox, ' ') + 1), "standing",
		     "practitioner", "audience", "early-years", "email",
		     arena_printf(d->arena, "%.*s+prevent%s", (int)(at - email), email, at), NULL));
	TRY(demo_ask(d, "add-person", NULL, "name", name, "standing", "volunteer", "audience", "voluntary", NULL));
	return demo_ask(d, "add-person", NULL, "name", name_of(d, 66), "standing", "foster-carer", "audience", "foster-carers", "place",
			arena_printf(d->arena, "%lld", (long long)d->schools[0].urn), NULL);
}

struct err *demo_partners(struct demo *d)
{
	const char *references[AGENCIES], *fostering = "";

	demo_at(d, date_add_days(d->today, -ENTERED_DAYS_AGO), 10, 0);
	for (size_t i = 0; i < AGENCIES; i++) {
		TRY(agency(d, i, references, &fostering));
	}
	TRY(schools(d));
	TRY(outside_a_payroll(d, references, fostering));
	return duplicates(d);
}
