/* Coverage through conversion, merger, split and closure: nobody counted twice (domain.md E 14). */
#include "app/reporting/coverage.h"

#include "app/reporting/reporting.h"
#include "base/arena.h"
#include "base/test.h"

const struct feature *const features[] = { NULL };

static struct school_line school(int64_t urn, const char *name, struct date open, struct date close)
{
	return (struct school_line){
		.urn = urn,
		.la_code = "936",
		.name = name,
		.type = "Community school",
		.type_group = GROUP_MAINTAINED,
		.status = date_is_set(close) ? STATUS_CLOSED : STATUS_OPEN,
		.phase = PHASE_PRIMARY,
		.open_date = open,
		.close_date = close,
	};
}

static struct school_link successor(int64_t from, int64_t to, struct date on)
{
	return (struct school_link){ from, to, LINK_SUCCESSOR, "", on };
}

#define DAY(y, m, d) ((struct date){ (y), (m), (d) })
#define NO_DAY ((struct date){ 0, 0, 0 })

struct world_of {
	struct school_line schools[6];
	size_t n_schools;
	struct school_link links[4];
	size_t n_links;
	struct coverage_training training[4];
	size_t n_training;
	struct coverage_evidence evidence[4];
	size_t n_evidence;
	struct coverage_review reviews[6];
	size_t n_reviews;
	bool apart;
};

static struct coverage compute(struct arena *a, const struct world_of *w, struct date on)
{
	struct coverage c;
	struct succession *s = succession_new(a, w->links, w->n_links, w->schools, w->n_schools);

	coverage_compute(a, &(struct coverage_facts){ .schools = w->schools, .n_schools = w->n_schools, .succession = s,
						      .training = w->training, .n_training = w->n_training,
						      .evidence = w->evidence, .n_evidence = w->n_evidence,
						      .reviews = w->reviews, .n_reviews = w->n_reviews,
						      .la_code = "936", .on = on, .apart = w->apart }, &c);
	return c;
}

/* Scenario 14: trained in 2024, academy with a new URN in 2026. */
static struct world_of conversion(void)
{
	struct world_of w = { .n_schools = 3, .n_links = 1, .n_training = 1 };

	w.schools[0] = school(125001, "Mill Lane Primary School", NO_DAY, DAY(2026, 3, 31));
	w.schools[1] = school(125002, "Green Road School", NO_DAY, NO_DAY);
	w.schools[2] = school(150001, "Mill Lane Academy", DAY(2026, 4, 1), NO_DAY);
	w.links[0] = successor(125001, 150001, DAY(2026, 4, 1));
	w.training[0] =
		(struct coverage_training){ 125001, DAY(2024, 5, 2), NO_DAY, 1, 18 };
	return w;
}

static void a_converted_school_counts_once_under_its_successor(void)
{
	struct arena *a = arena_new(1 << 20);
	struct world_of w = conversion();
	struct coverage c = compute(a, &w, DAY(2026, 11, 24));

	CHECK_INT(c.n, 2);
	CHECK_INT(c.ways[TRAINED_DIRECTLY], 1);
	for (size_t i = 0; i < c.n; i++) {
		CHECK((c.rows[i].id == 150001) == (c.rows[i].trained == TRAINED_DIRECTLY));
	}
	CHECK_INT(c.rows[1].id, 150001);
	CHECK(date_compare(c.rows[1].last_on, DAY(2024, 5, 2)) == 0);
	CHECK_INT(c.rows[1].trained_as, 125001);
	arena_free(&a);
}

static void before_the_conversion_the_old_school_counts(void)
{
	struct arena *a = arena_new(1 << 20);
	struct world_of w = conversion();
	struct coverage c = compute(a, &w, DAY(2025, 1, 1));

	CHECK_INT(c.n, 2);
	CHECK_INT(c.ways[TRAINED_DIRECTLY], 1);
	CHECK_INT(c.rows[0].id, 125001);
	CHECK_INT(c.rows[0].trained, TRAINED_DIRECTLY);
	CHECK_INT(c.rows[0].trained_as, 0);
	arena_free(&a);
}

static void trained_before_and_after_is_one_school(void)
{
	struct arena *a = arena_new(1 << 20);
	struct world_of w = conversion();

	w.training[1] =
		(struct coverage_training){ 150001, DAY(2026, 9, 1), NO_DAY, 1, 5 };
	w.n_training = 2;
	struct coverage c = compute(a, &w, DAY(2026, 11, 24));
	CHECK_INT(c.ways[TRAINED_DIRECTLY], 1);
	CHECK_INT(c.rows[1].sessions, 2);
	CHECK_INT(c.rows[1].attended, 23);
	CHECK_INT(c.rows[1].trained_as, 0); /* the latest training is its own */
	arena_free(&a);
}

static void a_split_trains_each_successor_and_a_merger_one(void)
{
	struct arena *a = arena_new(1 << 20);
	struct world_of split = { .n_schools = 3, .n_links = 2, .n_training = 1 };
	struct world_of merger = { .n_schools = 3, .n_links = 2, .n_training = 2 };

	split.schools[0] = school(100001, "Old", NO_DAY, DAY(2020, 8, 31));
	split.schools[1] = school(100002, "North", DAY(2020, 9, 1), NO_DAY);
	split.schools[2] = school(100003, "South", DAY(2020, 9, 1), NO_DAY);
	split.links[0] = successor(100001, 100002, DAY(2020, 9, 1));
	split.links[1] = successor(100001, 100003, DAY(2020, 9, 1));
	split.training[0] =
		(struct coverage_training){ 100001, DAY(2019, 1, 9), NO_DAY, 1, 9 };
	CHECK_INT(compute(a, &split, DAY(2021, 1, 1)).ways[TRAINED_DIRECTLY], 2);
	merger.schools[0] = school(100001, "Infants", NO_DAY, DAY(2020, 8, 31));
	merger.schools[1] = school(100002, "Juniors", NO_DAY, DAY(2020, 8, 31));
	merger.schools[2] = school(100003, "Primary", DAY(2020, 9, 1), NO_DAY);
	merger.links[0] = successor(100001, 100003, DAY(2020, 9, 1));
	merger.links[1] = successor(100002, 100003, DAY(2020, 9, 1));
	merger.training[0] =
		(struct coverage_training){ 100001, DAY(2019, 1, 9), NO_DAY, 1, 9 };
	merger.training[1] =
		(struct coverage_training){ 100002, DAY(2019, 2, 9), NO_DAY, 1, 7 };
	struct coverage c = compute(a, &merger, DAY(2021, 1, 1));
	CHECK_INT(c.n, 1);
	CHECK_INT(c.ways[TRAINED_DIRECTLY], 1);
	CHECK_INT(c.rows[0].trained_as, 100002);
	arena_free(&a);
}

/* Scenario 22: trained by the council, own delivery, unknown; the council's counts first. */
static void three_ways_and_a_list_of_what_is_not_known(void)
{
	struct arena *a = arena_new(1 << 20);
	struct world_of w = { .n_schools = 3, .n_training = 2 };
	struct coverage_arg unknown = { .trained = TRAINED_NOT_KNOWN };
	struct coverage_row *rows;
	struct coverage c;

	w.schools[0] = school(100001, "Both ways", NO_DAY, NO_DAY);
	w.schools[1] = school(100002, "Own", NO_DAY, NO_DAY);
	w.schools[2] = school(100003, "Silent", NO_DAY, NO_DAY);
	w.training[0] = (struct coverage_training){ 100001, DAY(2019, 1, 9), DAY(2020, 2, 3), 2, 9 };
	w.training[1] = (struct coverage_training){ 100002, NO_DAY, DAY(2018, 5, 6), 1, 4 };
	c = compute(a, &w, DAY(2021, 1, 1));
	CHECK_INT(c.ways[TRAINED_DIRECTLY], 1);
	CHECK_INT(c.ways[TRAINED_OWN], 1);
	CHECK_INT(c.rows[0].trained, TRAINED_DIRECTLY);
	CHECK(date_compare(c.rows[0].last_on, DAY(2020, 2, 3)) == 0);
	CHECK_INT(c.rows[1].trained, TRAINED_OWN);
	CHECK_INT(coverage_filter(a, &c, &unknown, &rows), 1);
	CHECK_TEXT(rows[0].name, "Silent");
	arena_free(&a);
}

static void training_without_a_school_in_scope_is_said_not_counted(void)
{
	struct arena *a = arena_new(1 << 20);
	struct world_of w = { .n_schools = 2, .n_training = 2 };

	w.schools[0] = school(100001, "Closed for good", NO_DAY, DAY(2018, 8, 31));
	w.schools[1] = school(100002, "Open", NO_DAY, NO_DAY);
	w.training[0] =
		(struct coverage_training){ 100001, DAY(2016, 1, 9), NO_DAY, 1, 9 };
	w.training[1] =
		(struct coverage_training){ 999999, DAY(2016, 1, 9), NO_DAY, 1, 9 };
	struct coverage c = compute(a, &w, DAY(2021, 1, 1));
	CHECK_INT(c.n, 1);
	CHECK_INT(c.ways[TRAINED_DIRECTLY], 0);
	CHECK_INT(c.trained_out_of_scope, 2);
	CHECK_INT(c.out_of_scope, 1);
	arena_free(&a);
}

static void a_circle_of_links_ends_and_counts_once(void)
{
	struct arena *a = arena_new(1 << 20);
	struct world_of w = { .n_schools = 2, .n_links = 2, .n_training = 1 };

	w.schools[0] = school(100001, "One", NO_DAY, NO_DAY);
	w.schools[1] = school(100002, "Two", NO_DAY, DAY(2015, 8, 31));
	w.links[0] = successor(100001, 100002, NO_DAY);
	w.links[1] = successor(100002, 100001, NO_DAY);
	w.training[0] =
		(struct coverage_training){ 100002, DAY(2014, 1, 9), NO_DAY, 1, 9 };
	struct coverage c = compute(a, &w, DAY(2021, 1, 1));
	CHECK_INT(c.n, 1);
	CHECK_INT(c.ways[TRAINED_DIRECTLY], 1);
	CHECK_INT(c.rows[0].sessions, 1);
	arena_free(&a);
}

/* Mission 3.6 and domain reference E 22: directly, verified elsewhere, by itself, claimed, none, not known: each school once,
 * by the strongest; claimed training is not a date of training. */
static void six_ways_and_the_strongest_counts(void)
{
	struct arena *a = arena_new(1 << 20);
	struct world_of w = { .n_schools = 6, .n_training = 2, .n_evidence = 4 };
	static const int expected[] = { TRAINED_DIRECTLY, TRAINED_VERIFIED, TRAINED_OWN,
					TRAINED_CLAIMED,  TRAINED_NONE,	    TRAINED_NOT_KNOWN };

	for (int i = 0; i < 6; i++) {
		w.schools[i] = school(100001 + i, "S", NO_DAY, NO_DAY);
	}
	w.training[0] = (struct coverage_training){ 100001, DAY(2019, 1, 9), NO_DAY, 1, 9 };
	w.training[1] = (struct coverage_training){ 100003, NO_DAY, DAY(2018, 5, 6), 1, 4 };
	w.evidence[0] = (struct coverage_evidence){ 100001, DAY(2020, 1, 1), NO_DAY, NO_DAY };
	w.evidence[1] = (struct coverage_evidence){ 100002, DAY(2020, 2, 1), DAY(2020, 9, 1), NO_DAY };
	w.evidence[2] = (struct coverage_evidence){ 100004, NO_DAY, DAY(2020, 9, 1), DAY(2019, 1, 1) };
	w.evidence[3] = (struct coverage_evidence){ 100005, NO_DAY, NO_DAY, DAY(2020, 9, 1) };
	struct coverage c = compute(a, &w, DAY(2021, 1, 1));

	for (int i = 0; i < 6; i++) {
		CHECK_INT(c.rows[i].trained, expected[i]);
		CHECK_INT(c.ways[expected[i]], 1);
	}
	CHECK(date_compare(c.rows[0].last_on, DAY(2020, 1, 1)) == 0); /* the latest, however it was given */
	CHECK(!date_is_set(c.rows[3].last_on));
	CHECK_INT(c.rows[3].staleness, STALE_NEVER);
	arena_free(&a);
}

/* A year ends on its day: 29 February clamps to the 28th. */
static void staleness_has_exact_edges(void)
{
	struct arena *a = arena_new(1 << 20);
	struct world_of w = { .n_schools = 1, .n_training = 1 };
	static const struct {
		struct date trained, on;
		int staleness;
	} cases[] = {
		{ { 2024, 5, 1 }, { 2025, 4, 30 }, STALE_WITHIN_1 }, { { 2024, 5, 1 }, { 2025, 5, 1 }, STALE_WITHIN_2 },
		{ { 2024, 5, 1 }, { 2026, 4, 30 }, STALE_WITHIN_2 }, { { 2024, 5, 1 }, { 2026, 5, 1 }, STALE_WITHIN_3 },
		{ { 2024, 5, 1 }, { 2027, 4, 30 }, STALE_WITHIN_3 }, { { 2024, 5, 1 }, { 2027, 5, 1 }, STALE_OVER_3 },
		{ { 2024, 2, 29 }, { 2025, 2, 27 }, STALE_WITHIN_1 }, { { 2024, 2, 29 }, { 2025, 2, 28 }, STALE_WITHIN_2 },
	};

	w.schools[0] = school(100001, "S", NO_DAY, NO_DAY);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		w.training[0] = (struct coverage_training){ 100001, cases[i].trained, NO_DAY, 1, 9 };
		CHECK_INT(compute(a, &w, cases[i].on).rows[0].staleness, cases[i].staleness);
	}
	arena_free(&a);
}

/* Trained and reviewed good: the latest rating decides; a refusal is said only where nothing is rated, and follows the
 * school through its conversion. */
static void the_latest_rating_decides(void)
{
	struct arena *a = arena_new(1 << 20);
	struct world_of w = conversion();

	w.n_reviews = 1;
	w.reviews[0] = (struct coverage_review){ 125001, DAY(2025, 1, 1), 0 };
	struct coverage c = compute(a, &w, DAY(2026, 11, 24));

	CHECK_INT(c.rows[1].reviewed, REVIEWED_REFUSED);
	CHECK_INT(c.good, 0);
	w.n_reviews = 4;
	w.reviews[0] = (struct coverage_review){ 125001, DAY(2025, 1, 1), 3 };
	w.reviews[1] = (struct coverage_review){ 125001, DAY(2025, 6, 1), 0 };
	w.reviews[2] = (struct coverage_review){ 150001, DAY(2024, 12, 1), 2 };
	w.reviews[3] = (struct coverage_review){ 125002, DAY(2024, 12, 1), 4 };
	c = compute(a, &w, DAY(2026, 11, 24));
	CHECK_INT(c.rows[1].reviewed, REVIEWED_GOOD);
	CHECK_INT(c.rows[0].reviewed, REVIEWED_GOOD);
	CHECK_INT(c.good, 1); /* the other school was never trained: there is nothing that could be good */
	w.reviews[2] = (struct coverage_review){ 150001, DAY(2025, 2, 1), 2 };
	CHECK_INT(compute(a, &w, DAY(2026, 11, 24)).rows[1].reviewed, REVIEWED_NOT_GOOD);
	arena_free(&a);
}

static void who_next_says_why(void)
{
	struct arena *a = arena_new(1 << 20);
	struct world_of w = { .n_schools = 6, .n_training = 4, .n_evidence = 1, .n_reviews = 1 };
	struct coverage_row *rows;

	for (int i = 0; i < 6; i++) {
		w.schools[i] = school(100001 + i, "S", NO_DAY, NO_DAY);
	}
	w.training[0] = (struct coverage_training){ 100001, DAY(2026, 1, 9), NO_DAY, 1, 9 }; /* fresh, and poor */
	w.training[1] = (struct coverage_training){ 100002, DAY(2023, 1, 9), NO_DAY, 1, 9 };
	w.training[2] = (struct coverage_training){ 100003, DAY(2022, 1, 9), NO_DAY, 1, 9 };
	w.training[3] = (struct coverage_training){ 100004, DAY(2026, 1, 9), NO_DAY, 1, 9 }; /* nothing to do */
	w.evidence[0] = (struct coverage_evidence){ 100005, NO_DAY, DAY(2026, 2, 1), NO_DAY };
	w.reviews[0] = (struct coverage_review){ 100001, DAY(2026, 3, 1), 1 };
	struct coverage c = compute(a, &w, DAY(2026, 11, 24));
	static const int64_t order[] = { 100006, 100005, 100001, 100003, 100002 };

	CHECK_INT(coverage_next(a, &c, &(struct coverage_arg){ 0 }, &rows), 5);
	for (size_t i = 0; i < 5; i++) {
		CHECK_INT(rows[i].id, order[i]);
	}
	CHECK_TEXT(rows[0].reasons, "No training is known");
	CHECK_TEXT(rows[1].reasons, "Claims training on 1 February 2026 that nobody has verified");
	CHECK_TEXT(rows[2].reasons, "Reviewed on 1 March 2026 and not good");
	CHECK_TEXT(rows[3].reasons, "Last trained on 9 January 2022, over 3 years ago; nobody has reviewed it");
	arena_free(&a);
}

static void colleges_are_counted_apart(void)
{
	struct arena *a = arena_new(1 << 20);
	struct world_of w = { .n_schools = 3, .n_training = 1 };

	w.schools[0] = school(100001, "School", NO_DAY, NO_DAY);
	w.schools[1] = school(100002, "College", NO_DAY, NO_DAY);
	w.schools[2] = school(100003, "Closed college", NO_DAY, DAY(2018, 8, 31));
	w.schools[1].type_group = w.schools[2].type_group = GROUP_COLLEGE;
	w.training[0] = (struct coverage_training){ 100002, DAY(2020, 1, 9), NO_DAY, 1, 9 };
	CHECK_INT(compute(a, &w, DAY(2021, 1, 1)).n, 1);
	w.apart = true;
	struct coverage c = compute(a, &w, DAY(2021, 1, 1));

	CHECK_INT(c.n, 1);
	CHECK_INT(c.rows[0].id, 100002);
	CHECK_INT(c.ways[TRAINED_DIRECTLY], 1);
	arena_free(&a);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(a_converted_school_counts_once_under_its_successor),
		TEST(before_the_conversion_the_old_school_counts),
		TEST(trained_before_and_after_is_one_school),
		TEST(a_split_trains_each_successor_and_a_merger_one),
		TEST(three_ways_and_a_list_of_what_is_not_known),
		TEST(training_without_a_school_in_scope_is_said_not_counted),
		TEST(a_circle_of_links_ends_and_counts_once),
		TEST(six_ways_and_the_strongest_counts),
		TEST(staleness_has_exact_edges),
		TEST(the_latest_rating_decides),
		TEST(who_next_says_why),
		TEST(colleges_are_counted_apart),
		TEST_END,
	};

	return test_main(argc, argv, tests);
}
