/*
 * Two records of one person: found with a reason, joined, taken apart again exactly. Expected: merge guards of DHIS2 (peers 4.1),
 * the opposite of that peer in one thing: the record that goes survives. What a store holds is compared table by table.
 */
#include "app/training/merge.h"
#include "app/training/merge.sql.h"
#include "app/training/training_test.h"
#include "db/copy.h"
#include "db/migration.h"

/* ---- what a store holds ---- */

static void sum_begin(void *state)
{
	memset(state, 0, COPY_HASH_STATE);
}

static void sum_add(void *state, const void *p, size_t n)
{
	uint64_t *x = state;

	for (size_t i = 0; i < n; i++) {
		*x = (*x ^ ((const unsigned char *)p)[i]) * UINT64_C(0x100000001b3) + 1;
	}
}

static void sum_end(void *state, char hex[65])
{
	snprintf(hex, 65, "%016llx", (unsigned long long)*(uint64_t *)state);
}

static struct copy_plan plan;

static struct copy_sum *sums_now(void)
{
	struct copying c = { .arena = arena, .hash = { sum_begin, sum_add, sum_end } };
	int number = 0;

	while (migrations[number].number != 0) {
		number++;
	}
	CHECK_OK(copy_plan(arena, number, &plan));
	struct copy_sum *sums = ARENA_NEW(arena, struct copy_sum, plan.n);

	CHECK_OK(db_begin(harness_db(h)));
	CHECK_OK(copy_sums(&c, &plan, harness_db(h), sums));
	db_rollback(harness_db(h));
	return sums;
}

/* Kept for ever, or of the joining itself. */
static bool may_differ(const char *table)
{
	return text_starts(table, "audit") || text_starts(table, "learner_merge") || text_same(table, "kept_outcome") ||
	       text_starts(table, "remembered") || text_same(table, "learner_apart");
}

static void same_store(const struct copy_sum *before)
{
	const struct copy_sum *after = sums_now();

	for (size_t i = 0; i < plan.n; i++) {
		if (!may_differ(plan.tables[i].name) && !CHECK_TEXT(after[i].hash, before[i].hash)) {
			printf("    %s is not as it was: %lld rows, then %lld\n", plan.tables[i].name, (long long)before[i].rows,
			       (long long)after[i].rows);
		}
	}
}

static const struct copy_table *table_named(const char *name)
{
	for (size_t i = 0; i < plan.n; i++) {
		if (text_same(plan.tables[i].name, name)) {
			return &plan.tables[i];
		}
	}
	return NULL;
}

/* ---- people ---- */

static const char *add(const char *name, const char *email, const char *place)
{
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "add-person", "name", name, "standing", "staff", "email", email,
					     "place", place, NULL);

	CHECK_TEXT(told(&o), "");
	return o.reference == NULL ? "" : o.reference;
}

static struct learner now(const char *reference)
{
	struct learner l = { 0 };

	CHECK_OK(person_find(arena, harness_db(h), harness_authority(h), reference, &l));
	return l;
}

static struct outcome join(const char *first, const char *second, const char *stays)
{
	return harness_operation(h, ROLE_SYSTEM, "join-people", "{learner}", first, "{other}", second, "stays", stays, NULL);
}

static struct outcome part(const char *stays, const char *merge)
{
	return harness_operation(h, ROLE_SYSTEM, "part-people", "{learner}", stays, "{merge}", merge, NULL);
}

static int64_t list_length(const char *session)
{
	size_t n;

	list_of(session, &n);
	return (int64_t)n;
}

/* ---- the list of tables ---- */

/* Every table of the schema whose rows point to a person is in merge_tables, and no other; what keeps rows keeps all of them. */
static void no_table_is_forgotten(void)
{
	open_product();
	sums_now();
	for (size_t i = 0; i < plan.n; i++) {
		bool points = false, listed = false;

		for (size_t k = 0; k < plan.tables[i].parents.n; k++) {
			points = points || text_same(plan.tables[i].parents.v[k], "learner");
		}
		points = points || text_same(plan.tables[i].name, "learner");
		for (const struct merge_table *t = merge_tables; t->table != NULL; t++) {
			listed = listed || text_same(t->table, plan.tables[i].name);
		}
		if (!CHECK_INT(listed, points)) {
			printf("    %s: add it to merge_tables and say what becomes of its rows\n", plan.tables[i].name);
		}
	}
	CHECK_INT(table_named("learner_merge_attendance")->columns, table_named("attendance")->columns + 2);
	CHECK_INT(table_named("learner_merge_need")->columns, table_named("person_need")->columns + 1);
	/* all of a learner but id, authority, reference, merged_into, namesake; besides: merge, side */
	CHECK_INT(table_named("learner_merge_side")->columns, table_named("learner")->columns - 5 + 2);
	close_product();
}

/* ---- joined and apart ---- */

static void joined_and_apart_again(void)
{
	open_product();
	const char *a = add("Ada Fern", "ada@oak.example.org", "125404"), *b = add("Ada Fern", "", "125404");
	const char *s = schedule("2026-11-20T14:00", ""), *t = schedule("2026-11-19T14:00", "");

	CHECK_INT(import(s, "Ada Fern,ada@oak.example.org,125404\nBen Hale,,125404\n").problems.n, 0);
	CHECK_INT(import(t, "Ada Fern,ada@oak.example.org,125404,,,no-show\n").problems.n, 0);
	const struct copy_sum *before = sums_now();
	struct outcome o = join(a, b, "second");

	CHECK_TEXT(told(&o), "");
	const char *merge = o.reference;
	struct learner stays = now(b), gone = now(a);

	CHECK_TEXT(gone.merged_into, b);
	CHECK_TEXT(stays.email, "ada@oak.example.org"); /* one of them empty: what the other has */
	CHECK_TEXT(gone.email == NULL ? "" : gone.email, "");
	struct answer page = harness_get(h, ROLE_COORDINATOR, arena_printf(arena, "/training/learners/%s", a));

	CHECK_INT(page.status, 303);
	page = harness_get(h, ROLE_COORDINATOR, page.location);
	CHECK(answer_has(&page, "Take "));
	CHECK(answer_has(&page, "20 November 2026") && answer_has(&page, "19 November 2026"));
	page = harness_get(h, ROLE_COORDINATOR, "/training/learners.csv");
	CHECK(!answer_has(&page, a) && answer_has(&page, b));
	CHECK_INT(import(schedule("2026-11-18T14:00", ""), "A Fern,ada@oak.example.org\n").problems.n, 0); /* leads to the one */
	close_product();

	open_product();
	a = add("Ada Fern", "ada@oak.example.org", "125404");
	b = add("Ada Fern", "", "125404");
	s = schedule("2026-11-20T14:00", "");
	CHECK_INT(import(s, "Ada Fern,ada@oak.example.org,125404\n").problems.n, 0);
	before = sums_now();
	merge = join(a, b, "second").reference;
	o = part(b, merge);
	CHECK_TEXT(told(&o), "");
	same_store(before);
	o = part(b, merge);
	CHECK_TEXT(told(&o), "These two records have been taken apart already");
	close_product();
}

static const char *on_list(const char *session, const char *state, const char *first, const char *second_state)
{
	const char *rows = arena_printf(arena, "Ada Fern,%s,125404,,,%s\nAda Moss,moss@oak.example.org,125404,,,%s\n", first, state,
					second_state);

	CHECK_INT(import(session, rows).problems.n, 0);
	return session;
}

/* A fact wins over a booking, more over less, whichever record stays; the schools are counted anew. */
static void both_on_one_list(void)
{
	static const struct {
		const char *first, *second;
		int joined;
	} cases[] = { { "attended", "no-show", ATTENDANCE_ATTENDED },
		      { "no-show", "part", ATTENDANCE_PART },
		      { "attended", "attended", ATTENDANCE_ATTENDED },
		      { "booked", "no-show", ATTENDANCE_NO_SHOW } };

	for (size_t i = 0; i < 4; i++) {
		for (int side = 0; side < 2; side++) {
			open_product();
			const char *a = add("Ada Fern", "ada@oak.example.org", "125404");
			const char *b = add("Ada Moss", "moss@oak.example.org", "125404");
			const char *s = on_list(schedule("2026-11-20T14:00", ""), cases[i].first, "ada@oak.example.org",
						cases[i].second);
			const struct copy_sum *before;
			int64_t wrong;
			const char *which;
			size_t n;

			move(ROLE_TRAINER, "confirm-session", s);
			move(ROLE_TRAINER, "deliver-session", s);
			before = sums_now();
			struct outcome o = join(a, b, side == 0 ? "first" : "second");

			CHECK_TEXT(told(&o), "");
			const struct attendance_line *rows = list_of(s, &n);

			CHECK_INT(n, 1);
			CHECK_INT(rows[0].state, cases[i].joined);
			CHECK_OK(training_check(arena, harness_db(h), &wrong, &which));
			CHECK_INT(wrong, 0);
			o = part(side == 0 ? a : b, o.reference);
			CHECK_TEXT(told(&o), "");
			CHECK_INT(list_length(s), 2);
			same_store(before);
			CHECK_OK(training_check(arena, harness_db(h), &wrong, &which));
			CHECK_INT(wrong, 0);
			close_product();
		}
	}
}

/* ---- refused ---- */

static void refused_with_a_reason(void)
{
	open_product();
	const char *a = add("Ada Fern", "ada@oak.example.org", "125404"), *b = add("Ada Moss", "moss@oak.example.org", "125406");
	const char *c = add("Ada Ash", "ash@oak.example.org", "125404");
	const char *s = schedule("2026-11-20T14:00", "");

	CHECK_INT(import(s, "Ada Fern,ada@oak.example.org,125404\nAda Moss,moss@oak.example.org,125406\n").problems.n, 0);
	const struct copy_sum *before = sums_now();
	struct outcome o = join(a, a, "first");

	CHECK_TEXT(told(&o), "This is one record. Choose another to join it with");
	o = join(a, b, "first");
	CHECK(strstr(told(&o), "each from another school") != NULL);
	same_store(before);
	o = join(a, c, "first");
	const char *merge = o.reference;

	CHECK_TEXT(told(&o), "");
	o = join(c, b, "first"); /* was joined already */
	CHECK(strstr(told(&o), "was joined into another record already") != NULL);
	o = join(b, a, "first"); /* another was joined into it */
	CHECK(strstr(told(&o), "Let") != NULL || strstr(told(&o), "another school") != NULL);
	/* what was theirs belongs to somebody else by now */
	const struct learner gone = now(c);
	struct learner stays = now(a);

	CHECK_TEXT(gone.merged_into, a);
	o = harness_operation(h, ROLE_SYSTEM, "change-person", "{learner}", a, "name", "Ada Fern", "standing", "staff", "email",
			      "new@oak.example.org", NULL);
	CHECK_TEXT(told(&o), "");
	add("Eve Reed", "ada@oak.example.org", "");
	o = part(a, merge);
	CHECK(strstr(told(&o), "A work email that was theirs belongs to") != NULL);
	stays = now(a);
	CHECK_TEXT(stays.email, "new@oak.example.org");
	o = harness_operation(h, ROLE_TRAINER, "join-people", "{learner}", a, "{other}", b, "stays", "first", NULL);
	CHECK(o.err != NULL && o.err->kind == ERR_DENIED);
	close_product();
}

/* What somebody has changed since stays changed. */
static void later_changes_stay(void)
{
	open_product();
	const char *a = add("Ada Fern", "ada@oak.example.org", "125404"), *b = add("Ada Moss", "moss@oak.example.org", "125406");
	const char *merge = join(a, b, "first").reference;
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "change-person", "{learner}", a, "name", "Ada Fern", "standing",
					     "volunteer", "email", "ada@oak.example.org", "place", "125404", NULL);

	CHECK_TEXT(told(&o), "");
	o = part(a, merge);
	CHECK_TEXT(told(&o), "");
	CHECK_INT(now(a).standing, STANDING_VOLUNTEER);
	CHECK_TEXT(now(b).email, "moss@oak.example.org");
	CHECK_TEXT(text_empty(now(b).merged_into) ? "" : now(b).merged_into, "");
	close_product();
}

/* ---- random pairs ---- */

static uint32_t seed = 2026;

static uint32_t any(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 16) % n;
}

static void random_pairs(void)
{
	static const char *const states[] = { "booked", "attended", "part", "no-show" };
	static const char *const places[] = { "", "125404", "Oxted Clinic" };
	const char *people[6], *sessions[3];
	int joined = 0;

	open_product();
	for (int i = 0; i < 6; i++) {
		people[i] = add(arena_printf(arena, "Person %c", 'A' + i), i % 2 ? arena_printf(arena, "p%d@oak.example.org", i) : "",
				places[any(3)]);
	}
	for (int i = 0; i < 3; i++) {
		sessions[i] = schedule(arena_printf(arena, "2026-11-%02dT14:00", 10 + i), "");
		for (int k = 0; k < 6; k++) {
			const struct learner l = now(people[k]);
			const char *place = l.establishment_urn != 0 ? "125404" : text_empty(l.organisation) ? "" : l.organisation;

			if (any(2)) {
				import(sessions[i], arena_printf(arena, "%s,%s,%s,,,%s\n", l.name, text_empty(l.email) ? "" : l.email, place,
								 states[any(4)]));
			}
		}
		move(ROLE_TRAINER, "confirm-session", sessions[i]);
		move(ROLE_TRAINER, "deliver-session", sessions[i]);
	}
	for (int i = 0; i < 12; i++) {
		const struct copy_sum *before = sums_now();
		const char *a = people[any(6)], *b = people[any(6)], *stays = any(2) ? "first" : "second";
		struct outcome o = join(a, b, stays);
		int64_t wrong;
		const char *which;

		if (o.problems.n == 0) {
			joined++;
			CHECK_OK(training_check(arena, harness_db(h), &wrong, &which));
			CHECK_INT(wrong, 0);
			o = part(text_same(stays, "first") ? a : b, o.reference);
			CHECK_TEXT(told(&o), "");
		}
		same_store(before);
	}
	CHECK(joined >= 6);
	close_product();
}

/* ---- duplicates ---- */

static void pairs_with_their_reason(void)
{
	open_product();
	const char *a = add("Ada Fern", "ada@oak.example.org", "125404"), *b = add("A Fern", "ada+prevent@oak.example.org", "125406");

	add("Ben Hale", "ben@oak.example.org", "125404");
	add("Ben Hale", "b.hale@heath.example.org", "125404");
	add("Cy Webb", "cy@oak.example.org", "125404");
	add("Cy Webb", "", "125406");
	add("Dee Ash", "dee@oak.example.org", "125404");
	add("Dee Ash", "dee@heath.example.org", "125406");
	add("Eve Moss", "eve@oak.example.org", "125404");
	struct answer page = harness_get(h, ROLE_COORDINATOR, "/training/learners/duplicates.csv");

	CHECK_INT(page.status, 200);
	CHECK_INT(answer_count(&page, "\n"), 4);
	CHECK(!answer_has(&page, "Eve Moss"));
	page = harness_get(h, ROLE_COORDINATOR, "/training/learners/duplicates.csv?sort=mailbox");
	CHECK_INT(answer_count(&page, "\n"), 2);
	CHECK(answer_has(&page, ",mailbox\r\n"));
	for (size_t i = 1; duplicate_reason_words.items[i].word != NULL; i++) {
		page = harness_get(h, ROLE_COORDINATOR, arena_printf(arena, "/training/learners/duplicates.csv?reason=%s",
								      duplicate_reason_words.items[i].word));
		CHECK_INT(answer_count(&page, "\n"), 2);
	}
	struct outcome o = harness_operation(h, ROLE_COORDINATOR, "tell-people-apart", "{learner}", b, "{other}", a, NULL);

	CHECK_TEXT(told(&o), "");
	page = harness_get(h, ROLE_COORDINATOR, "/training/learners/duplicates.csv?sort=mailbox");
	CHECK(!answer_has(&page, ",mailbox\r\n"));
	page = harness_get(h, ROLE_COORDINATOR, arena_printf(arena, "/training/learners/%s/merge/%s", a, b));
	CHECK(answer_has(&page, "Recorded as two people on 24 November 2026"));
	CHECK_INT(harness_get(h, ROLE_AUDITOR, "/training/learners/duplicates").status, 403);
	close_product();
}

/* Every pair once, over the pages. */
static void pages_of_pairs(void)
{
	open_product();
	for (int i = 0; i < 9; i++) {
		add("Ada Fern", arena_printf(arena, "ada%d@oak.example.org", i), "125404");
	}
	struct answer page = harness_get(h, ROLE_COORDINATOR, "/training/learners/duplicates.csv");

	CHECK_INT(answer_count(&page, "\n"), 1 + 9 * 8 / 2);
	page = harness_get(h, ROLE_COORDINATOR, "/training/learners/duplicates");
	CHECK(answer_has(&page, "first 25"));
	close_product();
}

static void the_page_joins(void)
{
	open_product();
	const char *a = add("Ada Fern", "ada@oak.example.org", "125404"), *b = add("Ada Moss", "", "125406");
	const char *path = arena_printf(arena, "/training/learners/%s/merge/%s", a, b);
	struct answer page = harness_get(h, ROLE_COORDINATOR, path);

	CHECK_INT(page.status, 200);
	CHECK(answer_has(&page, "Ada Fern") && answer_has(&page, "Ada Moss") && answer_has(&page, "Heathfield School"));
	page = harness_post(h, ROLE_COORDINATOR, path, "_version", "1", "second_version", "1", NULL);
	CHECK_INT(page.status, 422);
	CHECK(answer_has(&page, "Select the record that stays"));
	page = harness_post(h, ROLE_COORDINATOR, path, "_version", "1", "second_version", "9", "stays", "first", NULL);
	CHECK_INT(page.status, 409);
	page = harness_post(h, ROLE_COORDINATOR, path, "_version", "1", "second_version", "1", "stays", "first", "name", "second",
			    "place", "first", NULL);
	CHECK_INT(page.status, 303);
	CHECK_TEXT(now(a).name, "Ada Moss");
	CHECK_INT(now(a).establishment_urn, OAK);
	close_product();
}

/* Each pair of addresses that lead to one mailbox once, whether one of them or both have a plus sign. */
static void mailboxes_with_plus_signs(void)
{
	open_product();
	add("Ada Fern", "ada@oak.example.org", "125404");
	add("A Fern", "ada+prevent@oak.example.org", "125406");
	add("A. Fern", "ada+safe@oak.example.org", "125404");
	add("Ben Hale", "ben+a@oak.example.org", "125404"); /* nobody has the mailbox itself */
	add("B Hale", "ben+b@oak.example.org", "125404");
	add("Cy Webb", "cy+a@oak.example.org", "125404"); /* not the same host */
	add("C Webb", "cy+a@heath.example.org", "125404");
	const struct answer page = harness_get(h, ROLE_COORDINATOR, "/training/learners/duplicates.csv?sort=mailbox");

	CHECK_INT(answer_count(&page, ",mailbox\r\n"), 3 + 1);
	CHECK_INT(answer_count(&page, "A Fern,"), 2);
	CHECK(!answer_has(&page, "Webb"));
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(no_table_is_forgotten), TEST(joined_and_apart_again), TEST(both_on_one_list),
					     TEST(refused_with_a_reason), TEST(later_changes_stay), TEST(random_pairs),
					     TEST(pairs_with_their_reason), TEST(mailboxes_with_plus_signs), TEST(pages_of_pairs), TEST(the_page_joins), TEST_END };

	return test_main(argc, argv, tests);
}
