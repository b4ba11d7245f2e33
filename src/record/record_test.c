/* Decoding, encoding and changes. Sentences: GOV.UK Design System (text input, date input, radios).
 */
#include "record/record.h"

#include <string.h>

#include "base/arena.h"
#include "base/test.h"
#include "base/text.h"

static const struct word colour_items[] = {
	{ 1, "red", "Red", NULL },
	{ 2, "dark-blue", "Dark blue", NULL },
	{ 0, NULL, NULL, NULL },
};
static const struct words colours = { "colour", colour_items };

struct sample {
	int64_t places;
	int64_t urn;
	const char *venue;
	const char *notes;
	const char *email;
	const char *password;
	const char *la_code;
	bool agreed;
	int colour;
	struct date held_on;
	struct instant starts_at;
	double share;
	struct opt_int score;
	struct texts tags;
	const char *computed;
};

static const struct field sample_fields[] = {
	FIELD(struct sample, places, .label = "Places", .min = 1, .max = 5000),
	FIELD(struct sample, urn, .label = "URN", .flags = F_NULLABLE),
	FIELD(struct sample, venue, .label = "Venue", .flags = F_REQUIRED, .max = 20),
	FIELD(struct sample, notes, .label = "Notes", .flags = F_LONG),
	FIELD(struct sample, email, .label = "Email address", .flags = F_EMAIL | F_NULLABLE),
	FIELD(struct sample, password, .label = "Password", .flags = F_SECRET),
	FIELD(struct sample, la_code, .label = "LA code", .min = 3, .max = 3),
	FIELD(struct sample, agreed, .label = "I agree"),
	FIELD(struct sample, colour, .label = "Colour", .words = &colours),
	FIELD(struct sample, held_on, .label = "Start date", .flags = F_NULLABLE),
	FIELD(struct sample, starts_at, .label = "Date and time", .flags = F_NULLABLE),
	FIELD(struct sample, share, .label = "Share", .min = 0, .max = 1),
	FIELD(struct sample, score, .label = "Score", .min = 1, .max = 5),
	FIELD(struct sample, tags, .label = "Tags", .words = &colours),
	FIELD(struct sample, computed, .label = "Computed", .flags = F_COMPUTED),
	FIELD_END,
};
RECORD(sample, sample_fields);

static struct arena *arena;
static struct sample got;
static struct problems problems;

/* "name=value" ..., ended by NULL, decoded over a venue so that nothing is missing. */
static const char *decode(enum record_source source, const char *field, const char *const *raw)
{
	struct pairs pairs = { 0 };
	bool venue = false;

	problems = (struct problems){ 0 };
	for (; *raw != NULL; raw++) {
		const char *equals = strchr(*raw, '=');

		pairs_add(arena, &pairs, arena_strndup(arena, *raw, (size_t)(equals - *raw)),
			  equals + 1);
		venue = venue || text_starts(*raw, "venue=");
	}
	if (!venue) {
		pairs_add(arena, &pairs, "venue", "Hall");
	}
	record_decode(arena, &sample_record, &pairs, source, &got, &problems);
	return problem_of(&problems, field);
}

#define FORM(field, ...) decode(RECORD_FORM, field, (const char *const[]){ __VA_ARGS__, NULL })
#define FILE_(field, ...) decode(RECORD_FILE, field, (const char *const[]){ __VA_ARGS__, NULL })

static const char *repeat(const char *s, size_t times)
{
	struct buf b;

	buf_init(&b, arena, 1 << 20);
	for (size_t i = 0; i < times; i++) {
		buf_str(&b, s);
	}
	return b.p;
}

static void texts(void)
{
	CHECK_TEXT(FORM("venue", "venue="), "Enter the venue");
	CHECK_TEXT(FORM("venue", "venue=   "), "Enter the venue");
	CHECK_TEXT(FORM("venue", "venue=  Town\r\nHall "), NULL);
	CHECK_TEXT(got.venue, "Town Hall");
	CHECK_TEXT(got.notes, "");
	CHECK_TEXT(FORM("notes", "notes=one\r\ntwo\rthree"), NULL);
	CHECK_TEXT(got.notes, "one\ntwo\nthree");
	CHECK_TEXT(FORM("venue", arena_printf(arena, "venue=%s", repeat("é", 20))), NULL);
	CHECK_INT(strlen(got.venue), 40);
	CHECK_TEXT(FORM("venue", arena_printf(arena, "venue=%s", repeat("é", 21))),
		   "Venue must be 20 characters or fewer");
	CHECK_TEXT(got.venue, "");
	CHECK_TEXT(FORM("venue", "venue=e\xcc\x81"), NULL); /* e and acute: one character in NFC */
	CHECK_TEXT(got.venue, "\xc3\xa9");
	CHECK_TEXT(FORM("notes", arena_printf(arena, "notes=%s", repeat("n", 10001))),
		   "Notes must be 10,000 characters or fewer");
	CHECK_TEXT(FORM("venue", "venue=\xff\xfe"),
		   "Venue has characters that cannot be read. Type it again");
	CHECK_TEXT(FORM("venue", "venue=\xed\xa0\x80"), /* a surrogate: not UTF-8 */
		   "Venue has characters that cannot be read. Type it again");
	CHECK_TEXT(FORM("venue", "venue=\xc0\xaf"), /* an overlong "/" */
		   "Venue has characters that cannot be read. Type it again");
	CHECK_TEXT(FORM("la_code", "la_code=93"), "LA code must be 3 characters or more");
	CHECK_TEXT(FORM("la_code", "la_code=9366"), "LA code must be 3 characters or fewer");
	CHECK_TEXT(FORM("email", "email=nobody"),
		   "Enter an email address in the correct format, like name@example.com");
	CHECK_TEXT(FORM("email", "email=nobody@example.com"), NULL);
}

static void names(void)
{
	CHECK_TEXT(FORM(NULL, "other=1"),
		   "There is no field called “other”. Open the page again and fill it in");
	CHECK_TEXT(FORM(NULL, "_csrf=x", "_key=y", "_anything=z"), NULL);
	CHECK_INT(problems.n, 0);
	CHECK(FORM(NULL, "\xff=1") != NULL);
	CHECK(strchr(FORM(NULL, "\xff=1"), '\xff') == NULL);
	CHECK(FORM(NULL, "=1") != NULL);
	CHECK(FORM(NULL, "computed=1") != NULL);
	CHECK(FORM(NULL, "venue-day=1") != NULL);
	CHECK(FORM(NULL, "held_on-time=1") != NULL);
	CHECK(FORM(NULL, "held_on-dayx=1") != NULL);
	CHECK(FILE_(NULL, "held_on-day=1") != NULL);
	CHECK_TEXT(FORM("venue", "venue=a", "venue=b"),
		   "Venue was given more than once. Give it once");
	CHECK(FORM("held_on", "held_on-day=1", "held_on-day=2") != NULL);
	CHECK_TEXT(FILE_(NULL, "x=1"), "There is no field called “x”. Remove it and try again");
}

static void numbers(void)
{
	CHECK_TEXT(FORM("places", "places=1"), NULL);
	CHECK_INT(got.places, 1);
	CHECK_TEXT(FORM("places", "places=5,000"), NULL);
	CHECK_INT(got.places, 5000);
	CHECK_TEXT(FORM("places", "places=0"), "Places must be between 1 and 5,000");
	CHECK_TEXT(FORM("places", "places=5001"), "Places must be between 1 and 5,000");
	CHECK_TEXT(FORM("places", "places=-3"), "Places must be between 1 and 5,000");
	CHECK_TEXT(FORM("places", "places=99999999999999999999"),
		   "Places must be between 1 and 5,000");
	CHECK_TEXT(FORM("places", "places=2.5"), "Places must be a whole number");
	CHECK_TEXT(FORM("places", "places=ten"), "Places must be a number");
	CHECK_TEXT(FORM("places", "places=0x10"), "Places must be a number");
	CHECK_TEXT(FORM("places", "places=1e3"), "Places must be a number");
	CHECK_TEXT(FORM("places", "places="), NULL);
	CHECK_INT(got.places, 0);
	CHECK_TEXT(FORM("urn", "urn=9223372036854775807"), NULL);
	CHECK(got.urn == INT64_MAX);
	CHECK_TEXT(FORM("urn", "urn=9223372036854775808"), "URN must be a smaller number");
	CHECK_TEXT(FORM("share", "share=0.5"), NULL);
	CHECK(got.share > 0.49 && got.share < 0.51);
	CHECK_TEXT(FORM("share", "share=1.01"), "Share must be between 0 and 1");
	CHECK_TEXT(FORM("share", "share=inf"), "Share must be a number");
	CHECK_TEXT(FORM("share", "share=nan"), "Share must be a number");
	CHECK_TEXT(FORM("share", "share=1.2.3"), "Share must be a number");
	CHECK_TEXT(FORM("share", "share=."), "Share must be a number");
	CHECK_TEXT(FORM("score", "score=5"), NULL);
	CHECK(got.score.set && got.score.v == 5);
	CHECK_TEXT(FORM("score", "score=6"), "Score must be between 1 and 5");
	CHECK_TEXT(FORM("score", "score="), NULL);
	CHECK(!got.score.set);
}

static void picks(void)
{
	CHECK_TEXT(FORM("agreed", "agreed=yes"), NULL);
	CHECK(got.agreed);
	CHECK_TEXT(FORM("agreed", "agreed=no"), NULL);
	CHECK(!got.agreed);
	CHECK(FORM("agreed", "agreed=maybe") != NULL);
	CHECK(FORM("agreed", "agreed=1") != NULL);
	CHECK_TEXT(FILE_("agreed", "agreed=1"), NULL);
	CHECK(got.agreed);
	CHECK_TEXT(FILE_("agreed", "agreed=perhaps"), "I agree must be yes or no");
	CHECK_TEXT(FORM("colour", "colour=dark-blue"), NULL);
	CHECK_INT(got.colour, 2);
	CHECK_TEXT(FORM("colour", "colour=Dark blue"), "Select the colour");
	CHECK_TEXT(FILE_("colour", "colour=Dark blue"), NULL);
	CHECK_INT(got.colour, 2);
	CHECK_TEXT(FILE_("colour", "colour=pink"), "Colour must be one of: red, dark-blue");
	CHECK_TEXT(FORM("tags", "tags=red", "tags=", "tags=dark-blue"), NULL);
	CHECK_INT(got.tags.n, 2);
	CHECK_TEXT(got.tags.v[1], "dark-blue");
	CHECK_TEXT(FORM("tags", "tags=pink"), "Select the tags");
	CHECK_TEXT(FILE_("tags", "tags=red;Dark blue"), NULL);
	CHECK_INT(got.tags.n, 2);
}

static void dates(void)
{
	CHECK_TEXT(FORM("held_on", "held_on-day=27", "held_on-month=3", "held_on-year=2026"), NULL);
	CHECK(date_compare(got.held_on, (struct date){ 2026, 3, 27 }) == 0);
	CHECK_TEXT(FORM("held_on", "held_on-day=27", "held_on-month=March", "held_on-year=2026"),
		   NULL);
	CHECK_INT(got.held_on.month, 3);
	CHECK_TEXT(FORM("held_on", "held_on-day=27", "held_on-month=DEC", "held_on-year=2026"),
		   NULL);
	CHECK_INT(got.held_on.month, 12);
	CHECK_TEXT(FORM("held_on", "held_on-day=27", "held_on-month=3", "held_on-year="),
		   "Start date must include a year");
	CHECK_TEXT(FORM("held_on", "held_on-day=", "held_on-month=", "held_on-year=2026"),
		   "Start date must include a day and month");
	CHECK_TEXT(FORM("held_on", "held_on-month=2"), "Start date must include a day and year");
	CHECK_TEXT(FORM("held_on", "held_on-day=29", "held_on-month=2", "held_on-year=2026"),
		   "Start date must be a real date");
	CHECK_TEXT(FORM("held_on", "held_on-day=29", "held_on-month=2", "held_on-year=2028"), NULL);
	CHECK_TEXT(FORM("held_on", "held_on-day=1", "held_on-month=13", "held_on-year=2026"),
		   "Start date must be a real date");
	CHECK_TEXT(FORM("held_on", "held_on-day=0", "held_on-month=1", "held_on-year=2026"),
		   "Start date must be a real date");
	CHECK_TEXT(FORM("held_on", "held_on-day=1", "held_on-month=1", "held_on-year=26"),
		   "Year must include 4 numbers");
	CHECK_TEXT(FORM("held_on", "held_on-day=1", "held_on-month=1", "held_on-year=1066"),
		   "Start date must be a real date");
	CHECK_TEXT(FORM("held_on", "held_on=27/3/2026"), NULL);
	CHECK_INT(got.held_on.day, 27);
	CHECK_TEXT(FORM("held_on", "held_on-day=", "held_on-month=", "held_on-year="), NULL);
	CHECK(!date_is_set(got.held_on));
	CHECK_TEXT(FILE_("held_on", "held_on=2026-03-27"), NULL);
	CHECK_TEXT(FILE_("held_on", "held_on=2026-02-30"),
		   "Start date must be a real date, like 2026-03-27");
}

static void instants(void)
{
	const struct instant half_past_two = instant_of_local((struct date){ 2026, 7, 1 }, 14, 30);

	CHECK_TEXT(FORM("starts_at", "starts_at-day=1", "starts_at-month=7", "starts_at-year=2026",
			"starts_at-time=2:30pm"),
		   NULL);
	CHECK_INT(got.starts_at.ms, half_past_two.ms);
	CHECK_TEXT(FORM("starts_at", "starts_at-day=1", "starts_at-month=7", "starts_at-year=2026"),
		   "Date and time must include a time");
	CHECK_TEXT(FORM("starts_at", "starts_at-time=9am"), "Date and time must include a date");
	CHECK_TEXT(FORM("starts_at", "starts_at-day=1", "starts_at-month=7", "starts_at-time=9am"),
		   "Date and time must include a year");
	CHECK_TEXT(FORM("starts_at", "starts_at-day=1", "starts_at-month=7", "starts_at-year=2026",
			"starts_at-time=25:00"),
		   "Date and time must include a real time, like 2:30pm");
	CHECK_TEXT(FORM("starts_at", "starts_at=1/7/2026", "starts_at-time=14:30"), NULL);
	CHECK_INT(got.starts_at.ms, half_past_two.ms);
	CHECK_TEXT(FORM("starts_at", "starts_at-day=31", "starts_at-month=6", "starts_at-year=2026",
			"starts_at-time=9am"),
		   "Date and time must be a real date");
	CHECK_TEXT(FILE_("starts_at", "starts_at=2026-07-01T14:30"), NULL);
	CHECK_INT(got.starts_at.ms, half_past_two.ms);
	CHECK(FILE_("starts_at", "starts_at=2026-07-01T24:30") != NULL);
}

static struct sample full(void)
{
	static const char *tags[] = { "red", "dark-blue" };

	return (struct sample){
		.places = 1200,
		.urn = 125001,
		.venue = "Town Hall",
		.notes = "a\nb",
		.email = "sam@example.com",
		.password = "never shown",
		.la_code = "936",
		.agreed = true,
		.colour = 2,
		.held_on = { 2026, 3, 27 },
		.starts_at = instant_of_local((struct date){ 2026, 7, 1 }, 14, 30),
		.share = 0.1,
		.score = { true, 4 },
		.tags = { tags, 2 },
		.computed = "x",
	};
}

/* What a form shows again, it reads back the same; what a file holds, too. */
static void round_trips(void)
{
	struct sample s = full();
	struct pairs form = { 0 }, file = { 0 };
	struct sample back;

	problems = (struct problems){ 0 };
	record_to_pairs(arena, &sample_record, &s, &form);
	CHECK(pairs_get(&form, "password") == NULL);
	CHECK_TEXT(pairs_get(&form, "starts_at-time"), "2:30pm");
	record_decode(arena, &sample_record, &form, RECORD_FORM, &back, &problems);
	for (const struct field *f = sample_fields; f->name != NULL; f++) {
		if ((f->flags & (F_SECRET | F_COMPUTED)) == 0) {
			CHECK(field_equal(f, &s, &back));
			pairs_add(arena, &file, f->name, field_exchange(arena, f, &s));
		}
	}
	record_decode(arena, &sample_record, &file, RECORD_FILE, &back, &problems);
	CHECK_INT(problems.n, 0);
	for (const struct field *f = sample_fields; f->name != NULL; f++) {
		if ((f->flags & (F_SECRET | F_COMPUTED)) == 0) {
			CHECK(field_equal(f, &s, &back));
		}
	}
}

static const char *shown(const char *name, const struct sample *s)
{
	return field_display(arena, record_field(&sample_record, name), s);
}

static void display(void)
{
	struct sample s = full();
	struct sample nothing = { 0 };

	CHECK_TEXT(shown("places", &s), "1,200");
	CHECK_TEXT(shown("urn", &s), "125001");
	CHECK_TEXT(shown("held_on", &s), "27 March 2026");
	CHECK_TEXT(shown("starts_at", &s), "1 July 2026 at 2:30pm");
	CHECK_TEXT(shown("colour", &s), "Dark blue");
	CHECK_TEXT(shown("agreed", &s), "Yes");
	CHECK_TEXT(shown("tags", &s), "Red, Dark blue");
	CHECK_TEXT(shown("share", &s), "0.1");
	CHECK_TEXT(shown("password", &s), "");
	CHECK_TEXT(shown("urn", &nothing), "");
	CHECK_TEXT(shown("held_on", &nothing), "");
	CHECK_TEXT(shown("venue", &nothing), "");
	CHECK_TEXT(shown("score", &nothing), "");
}

static void changes(void)
{
	struct sample before = full(), after = full();

	CHECK_TEXT(record_changes(arena, &sample_record, &before, &after), "{}");
	after.venue = "The \"Annexe\"";
	after.password = "another";
	after.urn = 0;
	CHECK_TEXT(record_changes(arena, &sample_record, &before, &after),
		   "{\"urn\":[125001,null],\"venue\":[\"Town Hall\",\"The \\\"Annexe\\\"\"],"
		   "\"password\":[\"secret\",\"secret\"]}");
	struct sample made = { .venue = "Hall", .held_on = { 2026, 3, 27 } };

	CHECK_TEXT(record_changes(arena, &sample_record, NULL, &made),
		   "{\"venue\":[null,\"Hall\"],\"held_on\":[null,\"2026-03-27\"]}");
	CHECK_TEXT(record_changes(arena, &sample_record, &made, NULL),
		   "{\"venue\":[\"Hall\",null],\"held_on\":[\"2026-03-27\",null]}");
	CHECK(strstr(record_changes(arena, &sample_record, NULL, &before), "never shown") == NULL);
}

static void changes_back(void)
{
	struct sample before = full(), after = full();
	struct change *v;

	after.venue = "The \"Annexe\"\\ \xc3\xa9";
	after.notes = "a\n\tb\x01";
	after.urn = 0;
	after.tags.n = 1;
	after.agreed = false;
	CHECK_INT(changes_read(arena, record_changes(arena, &sample_record, &before, &after), &v),
		  5);
	CHECK_TEXT(v[0].field, "urn");
	CHECK_TEXT(v[0].before, "125001");
	CHECK_TEXT(v[0].after, "");
	CHECK_TEXT(v[1].before, "Town Hall");
	CHECK_TEXT(v[1].after, after.venue);
	CHECK_TEXT(v[2].after, after.notes);
	CHECK_TEXT(v[3].before, "true");
	CHECK_TEXT(v[4].before, "red, dark-blue");
	CHECK_TEXT(v[4].after, "red");
	CHECK_INT(changes_read(arena, "", &v), 0);
	CHECK_INT(changes_read(arena, "{}", &v), 0);
	CHECK_INT(changes_read(arena, "{\"a\":[", &v), 1);
	CHECK_INT(changes_read(arena, "{\"a\":[[[[}}", &v), 1);
	CHECK_INT(changes_read(arena, "{\"a\":1}", &v), 0);
}

static void json(void)
{
	struct sample s = full();
	struct buf b;
	struct json j;

	buf_init(&b, arena, 10000);
	json_begin(&j, &b, false);
	record_json(arena, &sample_record, &s, &j);
	CHECK_TEXT(b.p,
		   "{\"places\":1200,\"urn\":125001,\"venue\":\"Town Hall\",\"notes\":\"a\\nb\","
		   "\"email\":\"sam@example.com\",\"la_code\":\"936\",\"agreed\":true,\"colour\":"
		   "\"dark-blue\","
		   "\"held_on\":\"2026-03-27\",\"starts_at\":\"2026-07-01T13:30:00.000Z\","
		   "\"share\":0.1,"
		   "\"score\":4,\"tags\":[\"red\",\"dark-blue\"],\"computed\":\"x\"}");
}

static void sentences(void)
{
	static const struct field fields[] = {
		FIELD(struct sample, venue, .label = "Your name", .flags = F_REQUIRED),
		FIELD(struct sample, notes, .label = "What went well?", .flags = F_REQUIRED),
		FIELD(struct sample, email, .label = "Email", .flags = F_REQUIRED,
		      .asks = "Enter a work email"),
		FIELD(struct sample, colour, .label = "LA colour", .words = &colours,
		      .flags = F_REQUIRED),
		FIELD(struct sample, held_on, .label = "Start date", .flags = F_REQUIRED),
		FIELD(struct sample, tags, .flags = F_REQUIRED),
		FIELD_END
	};
	const struct record r = { "sentences", sizeof(struct sample), fields };
	struct pairs none = { 0 };

	problems = (struct problems){ 0 };
	record_decode(arena, &r, &none, RECORD_FORM, &got, &problems);
	CHECK_TEXT(problem_of(&problems, "venue"), "Enter your name");
	CHECK_TEXT(problem_of(&problems, "notes"), "Enter an answer to “What went well?”");
	CHECK_TEXT(problem_of(&problems, "email"), "Enter a work email");
	CHECK_TEXT(problem_of(&problems, "colour"), "Select the LA colour");
	CHECK_TEXT(problem_of(&problems, "held_on"), "Enter the start date");
	CHECK_TEXT(problem_of(&problems, "tags"), "Select the tags");
	CHECK_INT(problems.n, 6);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(texts),	TEST(names),	   TEST(numbers), TEST(picks),	 TEST(dates),
		TEST(instants), TEST(round_trips), TEST(display), TEST(changes), TEST(changes_back),
		TEST(json),	TEST(sentences),   TEST_END,
	};
	arena = arena_new((size_t)64 << 20);
	int status = test_main(argc, argv, tests);

	arena_free(&arena);
	return status;
}
