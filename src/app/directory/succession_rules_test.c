#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/directory/register.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/test.h"
#include "trust/trust.h"

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

static struct date on(int year, int month, int day)
{
	return (struct date){ year, month, day };
}

static const struct date ever;

/* "2,3" for a closure, in the order it came. */
static const char *walk(const struct succession *s, int64_t urn, enum succession_way way, struct date day)
{
	struct urns u = succession_of(a, s, urn, way, day);
	struct buf b;

	buf_init(&b, a, 65536);
	for (size_t i = 0; i < u.n; i++) {
		buf_printf(&b, "%s%lld", i == 0 ? "" : ",", (long long)u.v[i]);
	}
	return b.n == 0 ? "" : b.p;
}

#define LINKS(...) ((struct school_link[]){ __VA_ARGS__ })
#define COUNT(...) (sizeof(LINKS(__VA_ARGS__)) / sizeof(struct school_link))
#define GRAPH(...) succession_new(a, LINKS(__VA_ARGS__), COUNT(__VA_ARGS__), NULL, 0)

static void a_converted_school_is_followed_from_its_date(void)
{
	struct succession *s = GRAPH({ 100001, 100002, LINK_SUCCESSOR, "New", { 2020, 9, 1 } },
				     { 100002, 100001, LINK_PREDECESSOR, "Old", { 2020, 9, 1 } });

	CHECK_TEXT(walk(s, 100001, AFTER, on(2020, 9, 1)), "100002");
	CHECK_TEXT(walk(s, 100001, AFTER, on(2020, 8, 31)), "");
	CHECK_TEXT(walk(s, 100002, BEFORE, on(2021, 1, 1)), "100001");
	CHECK_TEXT(walk(s, 100002, BEFORE, on(2020, 8, 31)), "");
	CHECK_TEXT(walk(s, 100002, AFTER, ever), "");
	CHECK_TEXT(walk(s, 100009, BEFORE, ever), "");
}

static void one_direction_is_enough(void)
{
	struct succession *s = GRAPH({ 100002, 100001, LINK_PREDECESSOR, "Old", { 0 } });

	CHECK_TEXT(walk(s, 100001, AFTER, on(2000, 1, 1)), "100002");
	CHECK_TEXT(walk(s, 100002, BEFORE, ever), "100001");
}

static void a_merger_has_several_predecessors(void)
{
	struct succession *s = GRAPH({ 100001, 100003, LINK_SUCCESSOR_MERGED, "C", { 2010, 1, 1 } },
				     { 100003, 100002, LINK_PREDECESSOR_MERGED, "B", { 2012, 1, 1 } });

	CHECK_TEXT(walk(s, 100003, BEFORE, ever), "100001,100002");
	CHECK_TEXT(walk(s, 100003, BEFORE, on(2011, 1, 1)), "100001");
	CHECK_TEXT(walk(s, 100002, AFTER, ever), "100003");
}

static void an_amalgamation_makes_one_of_two(void)
{
	struct succession *s = GRAPH({ 100001, 100003, LINK_RESULT_OF_AMALGAMATION, "C", { 2014, 9, 1 } },
				     { 100002, 100003, LINK_SUCCESSOR_AMALGAMATED, "C", { 2014, 9, 1 } },
				     { 100003, 100002, LINK_PREDECESSOR_AMALGAMATED, "B", { 2014, 9, 1 } });

	CHECK_TEXT(walk(s, 100003, BEFORE, ever), "100001,100002");
	CHECK_TEXT(walk(s, 100001, AFTER, ever), "100003");
}

static void each_part_of_a_split_inherits(void)
{
	struct succession *s = GRAPH({ 100001, 100002, LINK_SUCCESSOR_SPLIT, "B", { 2015, 9, 1 } },
				     { 100003, 100001, LINK_PREDECESSOR_SPLIT, "A", { 2015, 9, 1 } });

	CHECK_TEXT(walk(s, 100001, AFTER, ever), "100002,100003");
	CHECK_TEXT(walk(s, 100002, BEFORE, ever), "100001");
	CHECK_TEXT(walk(s, 100003, BEFORE, ever), "100001");
}

static void a_chain_is_followed_to_its_end_and_near_ones_come_first(void)
{
	struct succession *s = GRAPH({ 100009, 100005, LINK_SUCCESSOR, "", { 2001, 1, 1 } },
				     { 100005, 100007, LINK_SUCCESSOR, "", { 2010, 1, 1 } },
				     { 100007, 100001, LINK_SUCCESSOR, "", { 2020, 1, 1 } });

	CHECK_TEXT(walk(s, 100009, AFTER, ever), "100005,100007,100001");
	CHECK_TEXT(walk(s, 100009, AFTER, on(2015, 1, 1)), "100005,100007");
	CHECK_TEXT(walk(s, 100001, BEFORE, ever), "100007,100005,100009");
}

static void a_cycle_ends_and_leaves_the_school_itself_out(void)
{
	struct succession *s = GRAPH({ 100001, 100002, LINK_SUCCESSOR, "", { 0 } },
				     { 100002, 100003, LINK_SUCCESSOR, "", { 0 } },
				     { 100003, 100001, LINK_SUCCESSOR, "", { 0 } },
				     { 100004, 100004, LINK_SUCCESSOR, "", { 0 } });

	CHECK_TEXT(walk(s, 100001, AFTER, ever), "100002,100003");
	CHECK_TEXT(walk(s, 100001, BEFORE, ever), "100003,100002");
	CHECK_TEXT(walk(s, 100004, AFTER, ever), "");
}

static void other_kinds_hand_nothing_on(void)
{
	struct succession *s = GRAPH({ 100001, 100002, LINK_SIXTH_FORM_LINK, "", { 0 } },
				     { 100001, 100003, LINK_OTHER, "", { 0 } },
				     { 100001, 100004, LINK_EXPANSION, "", { 0 } },
				     { 100001, 100005, LINK_MERGED_AGE, "", { 0 } },
				     { 100001, 100006, LINK_CLOSURE, "", { 0 } });

	CHECK_TEXT(walk(s, 100001, AFTER, ever), "");
	CHECK_TEXT(walk(s, 100005, BEFORE, ever), "");
}

static void an_edge_without_date_takes_the_schools_dates(void)
{
	const struct school_line schools[] = {
		{ .urn = 100001, .close_date = { 2019, 8, 31 }, .status = STATUS_CLOSED },
		{ .urn = 100002, .open_date = { 2019, 9, 1 }, .status = STATUS_OPEN },
		{ .urn = 100003, .status = STATUS_OPEN },
	};
	struct school_link links[] = { { 100001, 100002, LINK_SUCCESSOR, "", { 0 } },
				       { 100001, 100003, LINK_SUCCESSOR, "", { 0 } } };
	struct succession *s = succession_new(a, links, 2, schools, 3);

	CHECK_TEXT(walk(s, 100001, AFTER, on(2019, 8, 30)), "");
	CHECK_TEXT(walk(s, 100001, AFTER, on(2019, 8, 31)), "100003"); /* close date of the old one */
	CHECK_TEXT(walk(s, 100001, AFTER, on(2019, 9, 1)), "100002,100003");
}

static void of_two_that_name_each_other_the_closed_one_is_the_old_one(void)
{
	const struct school_line schools[] = {
		{ .urn = 101276, .status = STATUS_OPEN },
		{ .urn = 101277, .close_date = { 2014, 8, 31 }, .status = STATUS_CLOSED },
	};
	struct school_link links[] = {
		{ 101276, 101277, LINK_RESULT_OF_AMALGAMATION, "", { 2014, 8, 31 } },
		{ 101277, 101276, LINK_RESULT_OF_AMALGAMATION, "", { 2014, 9, 1 } },
	};
	struct succession *s = succession_new(a, links, 2, schools, 2);

	CHECK_TEXT(walk(s, 101277, AFTER, ever), "101276");
	CHECK_TEXT(walk(s, 101276, AFTER, ever), "");
	s = succession_new(a, links, 2, NULL, 0);
	CHECK_TEXT(walk(s, 101276, AFTER, ever), "101277");
	CHECK_TEXT(walk(s, 101277, AFTER, ever), "101276");
}

static void next_ones_come_with_their_dates(void)
{
	struct succession *s = GRAPH({ 100001, 100002, LINK_SUCCESSOR, "", { 0 } },
				     { 100002, 100001, LINK_PREDECESSOR, "", { 2020, 9, 1 } },
				     { 100002, 100003, LINK_SUCCESSOR, "", { 2021, 9, 1 } });
	size_t n;
	const struct succession_edge *e = succession_edges(a, s, 100001, AFTER, ever, &n);

	if (CHECK_INT(n, 1)) {
		CHECK_INT(e[0].urn, 100002);
		CHECK_INT(date_compare(e[0].on, on(2020, 9, 1)), 0);
	}
	succession_edges(a, s, 100002, BEFORE, on(2019, 1, 1), &n);
	CHECK_INT(n, 0);
}

static void a_family_larger_than_the_limit_is_cut(void)
{
	size_t n = SUCCESSION_MOST + 10;
	struct school_link *links = ARENA_NEW(a, struct school_link, n);
	struct urns u;

	for (size_t i = 0; i < n; i++) {
		links[i] = (struct school_link){ .urn = 200000, .link_urn = 300000 + (int64_t)i, .kind = LINK_SUCCESSOR };
	}
	u = succession_of(a, succession_new(a, links, n, NULL, 0), 200000, AFTER, ever);
	CHECK_INT(u.n, SUCCESSION_MOST);
	CHECK(u.cut);
}

/* ---- the real file against the second implementation ---- */

static int by_number(const void *x, const void *y)
{
	int64_t i = *(const int64_t *)x, j = *(const int64_t *)y;

	return (i > j) - (i < j);
}

static void write_closure(struct buf *b, const struct succession *s, int64_t urn, enum succession_way way)
{
	struct urns u = succession_of(a, s, urn, way, ever);
	int64_t sorted[SUCCESSION_MOST];

	CHECK(!u.cut);
	if (u.n > 0) {
		memcpy(sorted, u.v, u.n * sizeof(*sorted));
	}
	qsort(sorted, u.n, sizeof(*sorted), by_number);
	for (size_t i = 0; i < u.n; i++) {
		buf_printf(b, "%s%lld", i == 0 ? "" : ",", (long long)sorted[i]);
	}
}

static void every_school_of_the_real_links_agrees_with_the_second_implementation(void)
{
	struct bytes expected = file_bytes("tests/data/gias/closures.txt");
	struct links_file f;
	struct succession *s;
	size_t n = 0, blocks = 0;
	int64_t *urns;

	CHECK_OK(links_read(a, file_bytes("tests/data/gias/links-england-2025-04-22.csv"), &f));
	CHECK_INT(f.rows, 33801);
	CHECK_INT(f.n, 33801);
	CHECK_INT(f.problems.all, 0);
	CHECK_TEXT(f.notes, "");
	s = succession_new(a, f.links, f.n, NULL, 0);
	urns = ARENA_NEW(a, int64_t, f.n * 2);
	for (size_t i = 0; i < f.n; i++) {
		urns[2 * i] = f.links[i].urn;
		urns[2 * i + 1] = f.links[i].link_urn;
	}
	qsort(urns, f.n * 2, sizeof(*urns), by_number);
	for (size_t i = 0; i < f.n * 2;) {
		int64_t block = urns[i] / 1000;
		struct buf text;
		char hash[65];
		size_t lines = 0;

		buf_init(&text, a, (size_t)16 * 1024 * 1024);
		for (; i < f.n * 2 && urns[i] / 1000 == block; i++) {
			if (i > 0 && urns[i] == urns[i - 1]) {
				continue;
			}
			buf_printf(&text, "%lld>", (long long)urns[i]);
			write_closure(&text, s, urns[i], AFTER);
			buf_char(&text, '<');
			write_closure(&text, s, urns[i], BEFORE);
			buf_char(&text, '\n');
			lines++;
		}
		n += lines;
		blocks++;
		sha256_hex(text.p, text.n, hash);
		CHECK(strstr((const char *)expected.p,
			     arena_printf(a, "%lld %zu %s\n", (long long)block, lines, hash)) != NULL);
	}
	CHECK(n > 27000);
	CHECK(blocks > 40);
}

static void the_degree_of_a_name_is_read_from_windows_1252(void)
{
	struct links_file f;
	bool found = false;

	CHECK_OK(links_read(a, file_bytes("tests/data/gias/links-england-2025-04-22.csv"), &f));
	for (size_t i = 0; i < f.n; i++) {
		found = found || strstr(f.links[i].link_name, "St Thomas \xc3\xa0 Becket") != NULL;
	}
	CHECK(found);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(a_converted_school_is_followed_from_its_date),
		TEST(one_direction_is_enough),
		TEST(a_merger_has_several_predecessors),
		TEST(an_amalgamation_makes_one_of_two),
		TEST(each_part_of_a_split_inherits),
		TEST(a_chain_is_followed_to_its_end_and_near_ones_come_first),
		TEST(a_cycle_ends_and_leaves_the_school_itself_out),
		TEST(other_kinds_hand_nothing_on),
		TEST(an_edge_without_date_takes_the_schools_dates),
		TEST(of_two_that_name_each_other_the_closed_one_is_the_old_one),
		TEST(next_ones_come_with_their_dates),
		TEST(a_family_larger_than_the_limit_is_cut),
		TEST(every_school_of_the_real_links_agrees_with_the_second_implementation),
		TEST(the_degree_of_a_name_is_read_from_windows_1252),
		TEST_END,
	};
	int status;

	a = arena_new((size_t)512 * 1024 * 1024);
	status = test_main(argc, argv, tests);
	arena_free(&a);
	return status;
}
