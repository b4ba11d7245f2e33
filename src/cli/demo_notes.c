/*
 * The notes of the demonstration: the note of 2017, signed off, published, and corrected since by a list that came late;
 * this year's, still a draft.
 */
#include "base/arena.h"
#include "cli/demo.h"
#include "ui/asset.h"

static const char *text_of(struct demo *d, const char *name)
{
	struct bytes text = asset_text(name);

	return arena_strndup(d->arena, (const char *)text.p, text.n);
}

static struct err *this_years_note(struct demo *d)
{
	struct date month = { d->today.year, d->today.month, 1 }; /* twelve whole months, and the twelve before */
	struct period year = { date_add_months(month, -12), date_add_days(month, -1) };
	struct period before = { date_add_months(month, -24), date_add_days(year.from, -1) };
	char from[DATE_ISO_SIZE], to[DATE_ISO_SIZE], dated[DATE_ISO_SIZE], old_from[DATE_ISO_SIZE], old_to[DATE_ISO_SIZE];
	const char *information;

	date_iso(year.from, from);
	date_iso(year.to, to);
	date_iso(before.from, old_from);
	date_iso(before.to, old_to);
	date_iso(d->today, dated);
	information = arena_printf(
		d->arena,
		"In the past year {{figure schools-directly-trained %s %s}} schools were trained directly and "
		"{{figure staff-trained %s %s}} people attended in full.\n\n"
		"{{chart staff-trained %s %s by month}}\n\n"
		"Beside the year before:\n\n"
		"{{compare staff-trained %s %s with %s %s}}\n\n"
		"{{figure better-understanding %s %s}} of those who answered said that they understand better how Prevent "
		"fits their day-to-day job.\n\n## What comes next\n\nSchools without training are listed under coverage. "
		"They will be offered:\n- a session at the school\n- a place on a webinar\n",
		from, to, from, to, from, to, from, to, old_from, old_to, from, to);
	demo_at(d, d->today, 8, 30);
	return demo_ask(d, "add-note", NULL, "addressed_to", "Children and Education Scrutiny Board", "dated", dated,
			"subject", "Prevent training in schools: the past year", "purpose",
			"To report on Prevent training in the past year.", "recommendations",
			"The Board is asked to note the report.", "information", information, "background_papers",
			"[Prevent duty guidance: for England and Wales](https://www.gov.uk/government/publications/"
			"prevent-duty-guidance), December 2023\nKeeping children safe in education, September 2025",
			"author", "Morgan Ellery, Prevent Co-ordinator", NULL);
}

static struct err *note_of_2017(struct demo *d)
{
	const char *note;

	demo_at(d, (struct date){ 2017, 2, 6 }, 11, 0);
	TRY(demo_ask(d, "add-note", &note, "addressed_to", "Scrutiny Co-ordination Committee", "dated", "2017-02-08",
		     "subject", "Prevent Strategy", "purpose", text_of(d, "note-2017-purpose.md"), "recommendations",
		     text_of(d, "note-2017-recommendations.md"), "information", text_of(d, "note-2017-information.md"),
		     "background_papers", text_of(d, "note-2017-papers.txt"), "author",
		     "Morgan Ellery, Prevent Co-ordinator, People Directorate", NULL));
	TRY(demo_ask(d, "send-note-for-review", NULL, "{note}", note, NULL));
	demo_at(d, (struct date){ 2017, 2, 7 }, 15, 30);
	TRY(demo_sign_off(d, DEMO_COORDINATOR, note));
	demo_at(d, (struct date){ 2017, 2, 8 }, 9, 0);
	return demo_ask(d, "publish-note", NULL, "{note}", note, NULL);
}

/* Two of the council's own staff whose list lay in a drawer: people trained, no school more. */
static struct err *late_list(struct demo *d)
{
	const char *session;

	demo_at(d, (struct date){ 2017, 2, 20 }, 10, 0);
	TRY(demo_ask(d, "schedule-session", &session, "course", d->course, "starts_at", "2017-01-24T09:30", "duration_minutes",
		     "90", "venue", "Council offices", "host", "", "places", "20", "trainer", d->users[DEMO_TRAINER], NULL));
	TRY(demo_ask(d, "import-attendance", NULL, "{session}", session, "rows",
		     "Name,E-mail,Attendance\nOdette Marlow,odette.marlow@newbridge.example,attended\n"
		     "Piers Tolland,piers.tolland@newbridge.example,attended\n",
		     "sector", "council", NULL));
	TRY(demo_ask(d, "confirm-session", NULL, "{session}", session, NULL));
	TRY(demo_ask(d, "deliver-session", NULL, "{session}", session, NULL));
	return demo_ask(d, "close-session", NULL, "{session}", session, NULL);
}

struct err *demo_notes(struct demo *d)
{
	TRY(note_of_2017(d));
	TRY(late_list(d));
	return this_years_note(d);
}
