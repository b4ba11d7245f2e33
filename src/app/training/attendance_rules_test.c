/* Lists as people paste them, and what two records of one person make. */
#include <string.h>

#include "app/training/attendance.h"
#include "app/training/list_import.h"
#include "base/arena.h"
#include "base/test.h"
#include "base/text.h"

static struct arena *arena;

static struct attendees parse(const char *text)
{
	struct attendees out;

	attendance_parse(arena, text, &out);
	return out;
}

static void pasted_with_tabs_and_heading(void)
{
	struct attendees p = parse("Name\tE-mail address\tSchool\tJob title\tSector\tAttended\r\n"
				   "Ada Fern\tADA.FERN@oak.example.org\tOak Lane Primary "
				   "School\tTeacher\tSchool\tYes\r\n"
				   "\r\n"
				   "Ben Hale\t\t125404\tGovernor\t\tdid not attend\r\n");

	CHECK_INT(p.n, 2);
	CHECK_TEXT(p.v[0].name, "Ada Fern");
	CHECK_TEXT(p.v[0].email, "ada.fern@oak.example.org");
	CHECK_TEXT(p.v[0].school, "Oak Lane Primary School");
	CHECK_TEXT(p.v[0].job, "Teacher");
	CHECK_INT(p.v[0].sector, SECTOR_SCHOOL);
	CHECK_INT(p.v[0].state, ATTENDANCE_ATTENDED);
	CHECK_INT(p.v[0].line, 2);
	CHECK(p.v[0].fault == NULL);
	CHECK_INT(p.v[1].line, 4);
	CHECK_INT(p.v[1].state, ATTENDANCE_NO_SHOW);
	CHECK_INT(p.v[1].sector, 0);
}

static void without_a_heading(void)
{
	struct attendees p =
		parse("Ada Fern,ada@oak.example.org,\"Oak Lane, Lower School\",Head\nBen Hale");

	CHECK_INT(p.n, 2);
	CHECK_TEXT(p.v[0].school, "Oak Lane, Lower School");
	CHECK_TEXT(p.v[0].job, "Head");
	CHECK_TEXT(p.v[1].name, "Ben Hale");
	CHECK_INT(p.v[1].state, 0);
}

static void columns_in_any_order(void)
{
	struct attendees p =
		parse("Status;Surname;First name;Organisation\npart;Hale;Ben;St Olave’s Hospice\n");

	CHECK_INT(p.n, 1);
	CHECK_TEXT(p.v[0].name, "Ben Hale");
	CHECK_TEXT(p.v[0].school, "St Olave’s Hospice");
	CHECK_INT(p.v[0].state, ATTENDANCE_PART);
}

static void quotes(void)
{
	struct attendees p = parse("\"Fern, Ada\",ada@oak.example.org\n\"Ben \"\"Benny\"\" "
				   "Hale\",\n\"Never closed,x@y.example\n");

	CHECK_INT(p.n, 3);
	CHECK_TEXT(p.v[0].name, "Fern, Ada");
	CHECK_TEXT(p.v[1].name, "Ben \"Benny\" Hale");
	CHECK_TEXT(p.v[2].name, "\"Never closed");
	CHECK_TEXT(p.v[2].email, "x@y.example");
}

static void a_line_break_in_a_cell(void)
{
	struct attendees p = parse("name,job\n\"Ada\nFern\",Head\nBen Hale,Cook\n");

	CHECK_INT(p.n, 2);
	CHECK_TEXT(p.v[0].name, "Ada Fern");
	CHECK_INT(p.v[0].line, 2);
	CHECK_INT(p.v[1].line, 4);
}

static void bad_rows_say_why(void)
{
	struct attendees p = parse("name,email,school,job,sector,state\n"
				   ",ada@oak.example.org,,,,\n"
				   "Ada Fern,ada at oak,,,,\n"
				   "Ben Hale,,,,wizards,\n"
				   "Cara Moss,,,,,maybe\n"
				   "dan@oak.example.org,,,,,\n"
				   "Eve Lund,,,,,\n");

	CHECK_INT(p.n, 6);
	CHECK_TEXT(p.v[0].fault, "Enter the name");
	CHECK(strstr(p.v[1].fault, "like name@example.com") != NULL);
	CHECK(strstr(p.v[2].fault, "voluntary") != NULL);
	CHECK(strstr(p.v[3].fault, "no-show") != NULL);
	CHECK_TEXT(p.v[4].fault, "The name must be a person’s name");
	CHECK(p.v[5].fault == NULL);
}

static void every_word_reads_back(void)
{
	for (const struct word *w = attendance_said_words.items; w->word != NULL; w++) {
		CHECK_INT(attendance_state_read(arena, w->word), w->code);
		CHECK_INT(attendance_state_read(arena, w->label), w->code);
	}
	for (const struct word *w = sector_words.items; w->word != NULL; w++) {
		CHECK_INT(sector_read(arena, w->word), w->code);
		CHECK_INT(sector_read(arena, w->label), w->code);
	}
	CHECK_INT(attendance_state_read(arena, "\xe2\x9c\x93"), ATTENDANCE_ATTENDED);
	CHECK_INT(attendance_state_read(arena, "D.N.A."), ATTENDANCE_NO_SHOW);
	CHECK_INT(attendance_state_read(arena, "Cancelled"), ATTENDANCE_CANCELLED); /* is not absence: domain reference 3.11 */
	CHECK_INT(attendance_state_read(arena, "perhaps"), 0);
}

static void too_many_rows(void)
{
	struct buf b;

	buf_init(&b, arena, 1 << 20);
	for (int i = 0; i < ATTENDEES_MAX + 1; i++) {
		buf_printf(&b, "Person %c%c\n", 'a' + i % 26, 'a' + i / 26 % 26);
	}
	struct attendees p = parse(b.p);

	CHECK_INT(p.n, ATTENDEES_MAX);
	CHECK(p.too_many);
}

/* peers 4.2, pretix: a paper list entered later wins over a booking; the order of lists does not
 * matter; a list never takes attendance away. */
/* A file of a megabyte, whatever is in it, fits the memory of one request with room to spare; an
 * arena that is asked for more ends the process. */
static void heaps_of_cells(void)
{
	static const char *const pieces[] = { "a,", "\xc2\xa0,\n", "\"\",", " \t", ",\n" };

	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		struct arena *small = arena_new(16 << 20);
		struct buf b;
		struct attendees p;

		buf_init(&b, small, LIST_TEXT_MAX + 10);
		while (b.n < LIST_TEXT_MAX) {
			buf_str(&b, pieces[i]);
		}
		attendance_parse(small, b.p, &p);
		CHECK(p.n <= 1);
		arena_free(&small);
	}
}

static void merging(void)
{
	/* a list gives nobody a place who waits, and nobody who has cancelled was absent */
	const int all[] = { 0, ATTENDANCE_BOOKED, ATTENDANCE_NO_SHOW, ATTENDANCE_WAITING, ATTENDANCE_APOLOGIES,
			    ATTENDANCE_CANCELLED, ATTENDANCE_PART, ATTENDANCE_ATTENDED };

	for (size_t i = 0; i < 8; i++) {
		for (size_t j = 0; j < 8; j++) {
			CHECK_INT(attendance_merge(all[i], all[j]), all[i > j ? i : j]);
			CHECK_INT(attendance_merge(all[i], all[j]),
				  attendance_merge(all[j], all[i]));
		}
	}
	CHECK_INT(attendance_merge(ATTENDANCE_BOOKED, ATTENDANCE_NO_SHOW), ATTENDANCE_NO_SHOW);
	CHECK_INT(attendance_merge(ATTENDANCE_ATTENDED, ATTENDANCE_BOOKED), ATTENDANCE_ATTENDED);
}

static void when_it_may_be_recorded(void)
{
	const struct date day = { 2026, 11, 24 }, before = { 2026, 11, 23 };

	CHECK(attendance_state_fault(arena, SESSION_CONFIRMED, day, day, ATTENDANCE_ATTENDED) ==
	      NULL);
	CHECK(attendance_state_fault(arena, SESSION_CONFIRMED, day, before, ATTENDANCE_ATTENDED) !=
	      NULL);
	CHECK(attendance_state_fault(arena, SESSION_CONFIRMED, day, before, ATTENDANCE_BOOKED) ==
	      NULL);
	CHECK(attendance_state_fault(arena, SESSION_DELIVERED, before, day, ATTENDANCE_PART) ==
	      NULL);
	CHECK(attendance_state_fault(arena, SESSION_CLOSED, before, day, ATTENDANCE_BOOKED) !=
	      NULL);
	CHECK(attendance_state_fault(arena, SESSION_CANCELLED, day, before, ATTENDANCE_BOOKED) !=
	      NULL);
}

static void who_is_the_same(void)
{
	const struct person_key ada = { "ada fern", "ada@oak.example.org", 125404, "" };
	const struct person_key ada_married = { "ada moss", "ada@oak.example.org", 0, "" };
	const struct person_key ada_no_email = { "ada fern", "", 125404, "" };
	const struct person_key ada_elsewhere = { "ada fern", "", 125405, "" };
	const struct person_key other_ada = { "ada fern", "afern@oak.example.org", 125404, "" };
	const struct person_key clinic = { "ada fern", "", 0, "oxted clinic" };

	CHECK(same_person(&ada, &ada_married));
	CHECK(same_person(&ada, &ada_no_email));
	CHECK(!same_person(&ada, &other_ada));
	CHECK(!same_person(&ada_no_email, &ada_elsewhere));
	CHECK(!same_person(&ada_no_email, &clinic));
}

static void places(void)
{
	const struct date on = { 2026, 11, 24 };
	const struct place_school two[] = { { 125404, "Oak Lane", "Oxted", { 2020, 8, 31 } },
					    { 146010, "Oak Lane", "Oxted", { 0, 0, 0 } } };
	const struct place_school open[] = { { 125404, "Oak Lane", "Oxted", { 0, 0, 0 } },
					     { 146010, "Oak Lane", "Egham", { 0, 0, 0 } } };

	CHECK_INT(place_urn("125404"), 125404);
	CHECK_INT(place_urn("Oak Lane, Oxted (146010)"), 146010);
	CHECK_INT(place_urn("Oak Lane (Lower School)"), 0);
	CHECK_INT(place_urn("12540"), 0);
	CHECK_INT(place_urn("Oak Lane"), 0);
	CHECK_INT(place_urn(")"), 0);
	CHECK_INT(place_choose(two, 2, on)->urn, 146010);
	CHECK_INT(place_choose(two, 1, on)->urn, 125404);
	CHECK(place_choose(two, 2, (struct date){ 2019, 1, 1 }) == NULL);
	CHECK(place_choose(open, 2, on) == NULL);
	CHECK_TEXT(place_label(arena, &open[1]), "Oak Lane, Egham (146010)");
}

static void the_grid(void)
{
	struct pairs raw = { 0 };
	struct attendees p;

	pairs_add(arena, &raw, "new-state-9", "attended"); /* a select always says something */
	pairs_add(arena, &raw, "new-name-2", " Ada Fern ");
	pairs_add(arena, &raw, "new-state-2", "no-show");
	pairs_add(arena, &raw, "new-email-4", "x@oak.example.org");
	pairs_add(arena, &raw, "new-name-100000", "Too Far");
	CHECK_INT(grid_last(&raw), 4);
	grid_read(arena, &raw, &p);
	CHECK_INT(p.n, 2);
	CHECK_INT(p.v[0].line, 2);
	CHECK_TEXT(p.v[0].name, "Ada Fern");
	CHECK_INT(p.v[0].state, ATTENDANCE_NO_SHOW);
	CHECK_TEXT(p.v[1].fault, "Enter the name");
}

const struct feature *const features[] = { NULL };

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(pasted_with_tabs_and_heading),
					     TEST(without_a_heading),
					     TEST(columns_in_any_order),
					     TEST(quotes),
					     TEST(a_line_break_in_a_cell),
					     TEST(bad_rows_say_why),
					     TEST(every_word_reads_back),
					     TEST(too_many_rows),
					     TEST(heaps_of_cells),
					     TEST(merging),
					     TEST(when_it_may_be_recorded),
					     TEST(who_is_the_same),
					     TEST(places),
					     TEST(the_grid),
					     TEST_END };

	arena = arena_new(64 << 20);
	int status = test_main(argc, argv, tests);

	arena_free(&arena);
	return status;
}
