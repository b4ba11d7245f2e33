#include <stdio.h>
#include <string.h>

#include "app/directory/register.h"
#include "base/arena.h"
#include "base/test.h"
#include "base/text.h"

#define REGISTER "tests/data/gias/establishments-surrey-hampshire-2022-04-20.csv"
#define LINKS "tests/data/gias/links-england-2025-04-22.csv"

static struct arena *a;

static struct bytes file_bytes(const char *path)
{
	struct buf b;
	FILE *f = fopen(path, "rb");
	char *space = arena_alloc(a, 65536);
	size_t n;

	buf_init(&b, a, (size_t)16 * 1024 * 1024);
	if (CHECK(f != NULL)) {
		while ((n = fread(space, 1, 65536, f)) > 0) {
			buf_add(&b, space, n);
		}
		fclose(f);
	}
	return (struct bytes){ (const unsigned char *)b.p, b.n };
}

static struct bytes text(const char *s)
{
	return (struct bytes){ (const unsigned char *)s, strlen(s) };
}

static struct err *read_la(const char *s, const char *la, struct register_file *out)
{
	struct register_options o = { .la_code = la, .on = { 2022, 4, 20 } };

	return register_read(a, text(s), &o, out);
}

/* The sentence of an error, or of the first problem as "LINE COLUMN: sentence". */
static const char *fault_of(const char *s)
{
	struct register_file f;
	struct err *e = read_la(s, NULL, &f);

	if (e != NULL) {
		return arena_strdup(a, e->sentence);
	}
	if (f.problems.n == 0) {
		return "no fault";
	}
	return arena_printf(a, "%lld %s: %s", (long long)f.problems.v[0].line, f.problems.v[0].column,
			    f.problems.v[0].sentence);
}

#define HAS(haystack, needle) CHECK(strstr((haystack), (needle)) != NULL)
#define FAULT(s, ...)                                                                              \
	do {                                                                                       \
		const char *fault_ = fault_of(s);                                                  \
		const char *const wants_[] = { __VA_ARGS__ };                                      \
		for (size_t i_ = 0; i_ < sizeof(wants_) / sizeof(wants_[0]); i_++) {               \
			if (!CHECK(strstr(fault_, wants_[i_]) != NULL)) {                          \
				fprintf(stderr, "  wanted \"%s\" in \"%s\"\n", wants_[i_], fault_); \
			}                                                                          \
		}                                                                                  \
	} while (0)

static const struct school *school(const struct register_file *f, int64_t urn)
{
	static const struct school none = { .la_code = "", .la_name = "", .name = "", .name_fold = "", .type = "",
					    .district = "", .gender = "", .town = "" };

	for (size_t i = 0; i < f->n; i++) {
		if (f->schools[i].urn == urn) {
			return &f->schools[i];
		}
	}
	CHECK_TEXT("the school is not there", "");
	return &none;
}

/* ---- the real file ---- */

static void the_real_register_has_its_schools(void)
{
	struct bytes file = file_bytes(REGISTER);
	struct register_options surrey = { .la_code = "936" }, hampshire = { .la_code = "850" }, all = { 0 };
	struct register_file f;
	const struct school *s;
	size_t open = 0, closed = 0, closing = 0, in_2022 = 0, in_2016 = 0;

	CHECK_OK(register_read(a, file, &hampshire, &f));
	CHECK_INT(f.n, 520);
	CHECK_OK(register_read(a, file, &all, &f));
	CHECK_INT(f.n, 1096);
	CHECK_OK(register_read(a, file, &surrey, &f));
	CHECK_INT(f.n, 576);
	CHECK_INT(f.rows, 1096);
	CHECK_INT(f.problems.all, 0);
	CHECK_TEXT(f.notes, "");
	CHECK_TEXT(f.missing, "");
	for (size_t i = 0; i < f.n; i++) {
		struct school_line line = { .la_code = f.schools[i].la_code, .type_group = f.schools[i].type_group,
					    .status = f.schools[i].status, .open_date = f.schools[i].open_date,
					    .close_date = f.schools[i].close_date };

		CHECK(i == 0 || f.schools[i - 1].urn < f.schools[i].urn);
		open += f.schools[i].status == STATUS_OPEN ? 1 : 0;
		closed += f.schools[i].status == STATUS_CLOSED ? 1 : 0;
		closing += f.schools[i].status == STATUS_CLOSING ? 1 : 0;
		in_2022 += school_scope(&line, "936", (struct date){ 2022, 4, 20 }) == SCOPE_IN ? 1 : 0;
		in_2016 += school_scope(&line, "936", (struct date){ 2016, 12, 31 }) == SCOPE_IN ? 1 : 0;
	}
	/* Counted in the file by other means (Python's csv module). */
	CHECK_INT(open, 299);
	CHECK_INT(closed, 275);
	CHECK_INT(closing, 2);
	CHECK_INT(in_2022, 301);
	CHECK_INT(in_2016, 302);
	s = school(&f, 124934);
	CHECK_TEXT(s->name, "Abinger Common First School");
	CHECK_TEXT(s->name_fold, "abinger common first school");
	CHECK_TEXT(s->la_name, "Surrey");
	CHECK_TEXT(s->type, "Community school");
	CHECK_INT(s->type_group, GROUP_MAINTAINED);
	CHECK_INT(s->phase, PHASE_PRIMARY);
	CHECK_INT(date_compare(s->close_date, (struct date){ 2010, 8, 31 }), 0);
	CHECK(!date_is_set(s->open_date));
	CHECK(s->low_age.set && s->low_age.v == 5 && s->high_age.v == 8);
	CHECK(!s->pupils.set);
	CHECK_TEXT(s->district, "Mole Valley");
	CHECK_TEXT(s->postcode, "RH5 6HZ");
}

/* ---- columns ---- */

static void urn_and_name_are_enough_and_the_rest_is_named(void)
{
	struct register_file f;

	CHECK_OK(read_la("EstablishmentName,URN\r\nHill School,100001\r\n", "936", &f));
	CHECK_INT(f.n, 1);
	CHECK_TEXT(school(&f, 100001)->name, "Hill School");
	CHECK_TEXT(school(&f, 100001)->la_code, "936");
	CHECK_INT(school(&f, 100001)->status, STATUS_OPEN);
	HAS(f.missing, "OpenDate\n");
	HAS(f.missing, "LA (code) or LA (name)\n");
	HAS(f.missing, "Gender (name)\n");
	HAS(f.notes, "every row is taken as a school of authority 936");
	CHECK(f.carried == (school_bit("urn") | school_bit("name") | school_bit("name_fold")));
}

static void without_status_a_past_close_date_means_closed(void)
{
	struct register_file f;

	CHECK_OK(read_la("URN,EstablishmentName,CloseDate\n100001,A,31-08-2019\n100002,B,31-08-2030\n", NULL, &f));
	CHECK_INT(school(&f, 100001)->status, STATUS_CLOSED);
	CHECK_INT(school(&f, 100002)->status, STATUS_OPEN);
}

static void either_half_of_a_pair_will_do(void)
{
	struct register_file f;
	const char *codes = "URN,EstablishmentName,LA (code),TypeOfEstablishment (code),EstablishmentTypeGroup (code),"
			    "EstablishmentStatus (code),PhaseOfEducation (code)\n"
			    "100001,A,936,02,4,3,0\n100002,B,936,34,10,2,7\n";
	const char *names = "URN,EstablishmentName,LA (name),TypeOfEstablishment (name),EstablishmentTypeGroup (name),"
			    "EstablishmentStatus (name),PhaseOfEducation (name)\n"
			    "100001,A,Surrey,Voluntary aided school,Local authority maintained schools,"
			    "\"Open, but proposed to close\",Not applicable\n"
			    "100002,B,Surrey,Academy converter,Academies,Closed,All-through\n";
	const char *files[] = { codes, names };

	for (size_t i = 0; i < 2; i++) {
		CHECK_OK(read_la(files[i], "936", &f));
		CHECK_INT(f.n, 2);
		CHECK_INT(f.problems.all, 0);
		CHECK_TEXT(f.notes, "");
		CHECK_TEXT(school(&f, 100001)->la_code, "936");
		CHECK_TEXT(school(&f, 100001)->la_name, "Surrey");
		CHECK_TEXT(school(&f, 100001)->type, "Voluntary aided school");
		CHECK_INT(school(&f, 100001)->type_group, GROUP_MAINTAINED);
		CHECK_INT(school(&f, 100001)->status, STATUS_CLOSING);
		CHECK_INT(school(&f, 100001)->phase, PHASE_NOT_APPLICABLE);
		CHECK_TEXT(school(&f, 100002)->type, "Academy converter");
		CHECK_INT(school(&f, 100002)->type_group, GROUP_ACADEMY);
		CHECK_INT(school(&f, 100002)->status, STATUS_CLOSED);
		CHECK_INT(school(&f, 100002)->phase, PHASE_ALL_THROUGH);
	}
}

static void the_code_is_preferred_to_the_name(void)
{
	struct register_file f;

	CHECK_OK(read_la("URN,EstablishmentName,EstablishmentStatus (name),EstablishmentStatus (code)\n"
			 "100001,A,Open,2\n", NULL, &f));
	CHECK_INT(school(&f, 100001)->status, STATUS_CLOSED);
}

static void the_type_alone_says_its_group(void)
{
	struct register_file f;

	CHECK_OK(read_la("URN,EstablishmentName,TypeOfEstablishment (name)\n100001,A,Pupil referral unit\n", NULL, &f));
	CHECK_INT(school(&f, 100001)->type_group, GROUP_MAINTAINED);
	CHECK((f.carried & school_bit("type_group")) != 0);
}

static void headings_and_unknown_columns_do_not_matter(void)
{
	struct register_file f;

	CHECK_OK(read_la("\xEF\xBB\xBFurn;Wombat; ESTABLISHMENTNAME ;Town\n100001;x;A;Woking\n", NULL, &f));
	CHECK_TEXT(school(&f, 100001)->town, "Woking");
}

static void unknown_types_are_kept_and_noted(void)
{
	struct register_file f;

	CHECK_OK(read_la("URN,EstablishmentName,TypeOfEstablishment (name),EstablishmentTypeGroup (code),"
			 "PhaseOfEducation (name)\n100001,A,Moon school,77,Evening\n", NULL, &f));
	CHECK_INT(f.problems.all, 0);
	CHECK_TEXT(school(&f, 100001)->type, "Moon school");
	CHECK_INT(school(&f, 100001)->type_group, 0);
	CHECK_INT(school(&f, 100001)->phase, 0);
	HAS(f.notes, "Line 2, TypeOfEstablishment: \"Moon school\"");
	HAS(f.notes, "Line 2, EstablishmentTypeGroup: \"77\"");
	HAS(f.notes, "Line 2, PhaseOfEducation: \"Evening\"");
}

static void dates_come_in_three_ways(void)
{
	struct register_file f;
	struct date want = { 2019, 9, 1 };

	CHECK_OK(read_la("URN,EstablishmentName,OpenDate\n100001,A,01-09-2019\n100002,B,01/09/2019\n"
			 "100003,C,2019-09-01\n100004,D,1/9/2019\n100005,E,\n", NULL, &f));
	for (int64_t urn = 100001; urn <= 100004; urn++) {
		CHECK_INT(date_compare(school(&f, urn)->open_date, want), 0);
	}
	CHECK(!date_is_set(school(&f, 100005)->open_date));
}

static void bytes_of_windows_1252_are_read(void)
{
	struct register_file f;

	CHECK_OK(read_la("URN,EstablishmentName\n100001,St Thomas \xE0 Becket\n", NULL, &f));
	CHECK(f.cp1252);
	CHECK_TEXT(school(&f, 100001)->name, "St Thomas \xC3\xA0 Becket");
	CHECK_TEXT(school(&f, 100001)->name_fold, "st thomas a becket");
	CHECK_OK(read_la("URN,EstablishmentName\n100001,St Thomas \xC3\xA0 Becket\n", NULL, &f));
	CHECK(!f.cp1252);
	CHECK_TEXT(school(&f, 100001)->name, "St Thomas \xC3\xA0 Becket");
}

static void a_school_that_moved_to_another_authority_is_kept_when_known(void)
{
	const int64_t known[] = { 100002 };
	struct register_options o = { .la_code = "928", .known = known, .n_known = 1 };
	struct register_file f;

	CHECK_OK(register_read(a, text("URN,EstablishmentName,LA (code)\n100001,A,940\n100002,B,940\n100003,C,928\n"), &o,
			       &f));
	CHECK_INT(f.n, 2);
	CHECK_TEXT(school(&f, 100002)->la_code, "940");
}

/* ---- faults ---- */

static void a_wrong_file_is_named(void)
{
	struct register_file f;
	struct links_file l;
	struct register_options o = { .la_code = "936" };

	FAULT("", "empty");
	FAULT("\r\n \r\n", "empty");
	FAULT("<!DOCTYPE html><html><body>Sign in</body></html>", "web page");
	FAULT("PK\x03\x04xyz", "zip or Excel");
	FAULT("Name,Town\nA,B\n", "Line 1", "URN");
	FAULT("URN,Town\n100001,B\n", "Line 1", "EstablishmentName");
	FAULT("URN,EstablishmentName\n", "no rows");
	FAULT("URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\n100001,100002,X,Successor,\n", "links file");
	CHECK(register_read(a, file_bytes(LINKS), &o, &f) != NULL);
	CHECK(links_read(a, file_bytes(REGISTER), &l) != NULL);
	CHECK(links_read(a, text(""), &l) != NULL);
}

static void a_truncated_file_is_named_by_line(void)
{
	struct bytes whole = file_bytes(REGISTER);
	struct register_options o = { 0 };
	struct register_file f;
	const char *fault = fault_of("URN,EstablishmentName,Town\n100001,A,B\n100002,\"Hill");

	HAS(fault, "line 3");
	HAS(fault, "EstablishmentName");
	FAULT("URN,EstablishmentName,Town\n100001,A,B\n100002,Hi", "3 :", "2 cells", "cut short");
	whole.n = whole.n / 2;
	CHECK_OK(register_read(a, whole, &o, &f));
	CHECK_INT(f.problems.all, 1);
	CHECK_INT(f.problems.v[0].line, f.rows + 1);
	FAULT("URN,EstablishmentName\r\n100001,A\r\n100002,Hill Sch", "3 :", "cut short");
	(void)read_la("\r\nURN,EstablishmentName", NULL, &f);
	CHECK(f.problems.n == 1 && f.problems.v[0].line == 2); /* the heading is its last row */
	FAULT("URN,EstablishmentName\n100001,Hill School", "no fault");
	/* Wherever the real file is cut, but at the end of a row or between links of its last column. */
	whole = file_bytes(REGISTER);
	for (size_t n = 500000; n < 500300; n++) {
		struct bytes part = { whole.p, n };

		CHECK(register_read(a, part, &o, &f) != NULL || f.problems.all > 0 ||
		      whole.p[n - 1] == '\n' || whole.p[n - 1] == ',');
	}
}

static void a_bad_row_is_named_by_line_and_column(void)
{
	FAULT("URN,EstablishmentName\n100001,A\n1234,B\n", "3 URN:", "1234", "5 or 6 digits");
	FAULT("URN,EstablishmentName\n100001,A\nabcdef,B\n", "3 URN:");
	FAULT("URN,EstablishmentName\n100001,A\n100002,\n", "3 EstablishmentName:", "empty");
	FAULT("URN,EstablishmentName\n100001,A\n100002,B\n100001,C\n", "4 URN:", "second time", "line 2");
	FAULT("URN,EstablishmentName,OpenDate\n100001,A,31-02-2020\n", "2 OpenDate:", "31-02-2020", "real date");
	FAULT("URN,EstablishmentName,OpenDate\n100001,A,soon\n", "2 OpenDate:", "soon");
	FAULT("URN,EstablishmentName,EstablishmentStatus (name)\n100001,A,Sleeping\n", "2 EstablishmentStatus:",
	      "Sleeping");
	FAULT("URN,EstablishmentName,EstablishmentStatus (code)\n100001,A,\n", "2 EstablishmentStatus:");
	FAULT("URN,EstablishmentName,NumberOfPupils\n100001,A,many\n", "2 NumberOfPupils:", "many");
	FAULT("URN,EstablishmentName\n100001,A,x\n", "2 :", "3 cells", "quotation marks");
	FAULT("URN,EstablishmentName,Linked establishments\n100001,A,1 Successor, 2 Successor\n", "no fault");
	FAULT("URN,EstablishmentName\n100001,A,,\n", "no fault");
	FAULT("URN,EstablishmentName\n100001,A \"quoted\" B\n", "line 2");
}

static void problems_are_counted_and_the_first_hundred_kept(void)
{
	struct register_file f;
	struct buf b;

	buf_init(&b, a, 100000);
	buf_str(&b, "URN,EstablishmentName\n");
	for (int i = 0; i < 150; i++) {
		buf_str(&b, "x,A\n");
	}
	CHECK_OK(read_la(b.p, NULL, &f));
	CHECK_INT(f.problems.all, 150);
	CHECK_INT(f.problems.n, 100);
	CHECK_INT(f.problems.v[99].line, 101);
}

static void bad_rows_of_links_are_named(void)
{
	struct links_file l;

	CHECK_OK(links_read(a, text("URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\n"
				    "100001,1,X,Successor,\n100001,100002,X,Successor,32-01-2020\n"
				    "100001,100003,X,Marriage,\n100001,100004\n"), &l));
	CHECK_INT(l.problems.all, 3);
	CHECK_INT(l.problems.v[0].line, 2);
	CHECK_TEXT(l.problems.v[0].column, "LinkURN");
	CHECK_INT(l.problems.v[1].line, 3);
	CHECK_TEXT(l.problems.v[1].column, "LinkEstablishedDate");
	CHECK_INT(l.problems.v[2].line, 5);
	HAS(l.notes, "Marriage");
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(the_real_register_has_its_schools),
		TEST(urn_and_name_are_enough_and_the_rest_is_named),
		TEST(without_status_a_past_close_date_means_closed),
		TEST(either_half_of_a_pair_will_do),
		TEST(the_code_is_preferred_to_the_name),
		TEST(the_type_alone_says_its_group),
		TEST(headings_and_unknown_columns_do_not_matter),
		TEST(unknown_types_are_kept_and_noted),
		TEST(dates_come_in_three_ways),
		TEST(bytes_of_windows_1252_are_read),
		TEST(a_school_that_moved_to_another_authority_is_kept_when_known),
		TEST(a_wrong_file_is_named),
		TEST(a_truncated_file_is_named_by_line),
		TEST(a_bad_row_is_named_by_line_and_column),
		TEST(problems_are_counted_and_the_first_hundred_kept),
		TEST(bad_rows_of_links_are_named),
		TEST_END,
	};
	int status;

	a = arena_new((size_t)512 * 1024 * 1024);
	status = test_main(argc, argv, tests);
	arena_free(&a);
	return status;
}
