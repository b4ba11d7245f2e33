/* A store copied and judged. */
#include "core/store_copy.h"

#include "base/arena.h"
#include "base/text.h"
#include "work/search.h"

/* The index of words is not copied: each engine has its own. */
static bool has_search(const struct copy_plan *plan)
{
	for (size_t i = 0; i < plan->n; i++) {
		if (text_same(plan->tables[i].name, "search_entry")) {
			return true;
		}
	}
	return false;
}

struct err *store_copy_fill(struct store_copy *s, struct db *from, struct db *to, struct instant now)
{
	int number = 0;

	s->copying.hash = sha256_hash;
	TRY(copy_number(s->copying.arena, from, &number));
	if (number == 0) {
		return ERR(ERR_USAGE, "There is no dueregard store in it");
	}
	TRY(copy_plan(s->copying.arena, number, &s->plan));
	s->sums = ARENA_NEW(s->copying.arena, struct copy_sum, s->plan.n + 1);
	TRY(copy_store(&s->copying, &s->plan, from, to, now, s->sums));
	s->rows = copy_digest(&s->copying, &s->plan, s->sums, s->digest);
	return has_search(&s->plan) ? search_rebuild(to) : NULL;
}

struct err *store_copy_compare(struct store_copy *s, struct db *there)
{
	struct copy_sum *sums = ARENA_NEW(s->copying.arena, struct copy_sum, s->plan.n + 1);

	TRY(copy_sums(&s->copying, &s->plan, there, sums));
	for (size_t i = 0; i < s->plan.n; i++) {
		if (sums[i].rows != s->sums[i].rows || !text_same(sums[i].hash, s->sums[i].hash)) {
			return ERR(ERR_IO, "The copy is not what was copied: the table %s differs. Look at the disk, then try "
					   "again", s->plan.tables[i].name);
		}
	}
	return NULL;
}

struct err *store_copy_check(struct store_copy *s, struct db *db)
{
	struct arena *a = s->copying.arena;
	const char *report = NULL;

	TRY(db_integrity(a, db, &report));
	if (report != NULL) {
		struct err *cause = ERR_DETAIL(ERR_IO, "%.300s", report);
		return ERR_WRAP(cause, ERR_IO, "The store is damaged; \"dueregard check\" says where");
	}
	TRY(db_schema_current(a, db));
	TRY(audit_verify(a, db, NULL, &s->audit));
	return s->audit.fault == NULL ? NULL : ERR(ERR_IO, "The audit is not whole: %s", s->audit.fault);
}
