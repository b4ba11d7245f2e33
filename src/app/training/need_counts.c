/* How many are overdue, due and in date: above the list, on a school's page, on Today, and for the figure. */
#include "app/training/need_counts.h"

#include "app/training/need_counts.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"
#include "db/db.h"

static const struct field need_counts_fields[] = {
	FIELD(struct need_counts, overdue, .label = "Overdue", .flags = F_NULLABLE),
	FIELD(struct need_counts, due, .label = "Due", .flags = F_NULLABLE),
	FIELD(struct need_counts, in_date, .label = "In date", .flags = F_NULLABLE),
	FIELD_END
};
RECORD(need_counts, need_counts_fields);

static const struct field need_standing_fields[] = {
	FIELD(struct need_standing, audience, .words = &audience_words, .flags = F_NULLABLE),
	FIELD(struct need_standing, required),
	FIELD(struct need_standing, in_date),
	FIELD_END
};
RECORD(need_standing, need_standing_fields);

/* The counts need the days of the statuses: today, and the first day that is in date. */
static struct due_args args_on(const struct page *p, const struct due_args *from)
{
	struct due_args args = *from;

	args.authority_id = p->who->authority_id;
	args.today = p->today;
	args.from_due = need_status_days(NEED_IN_DATE, p->today).from;
	return args;
}

static bool of_body(const struct due_args *args)
{
	return args->urn != 0 || !text_empty(args->agency);
}

/* ---- above the list ---- */

static struct url with_status(struct page *p, const struct due_args *args, int status)
{
	struct arena *a = p->arena;
	struct url u = url_with(a, URL("/training/due"), "status", words_word(&need_status_words, status));

	if (!text_empty(args->need)) {
		u = url_with(a, u, "need", args->need);
	}
	if (args->urn != 0 && args->own_user_id == 0) {
		u = url_with(a, u, "urn", arena_printf(a, "%lld", (long long)args->urn));
	}
	if (args->audience != 0) {
		u = url_with(a, u, "audience", words_word(&audience_words, args->audience));
	}
	return text_empty(args->agency) ? u : url_with(a, u, "agency", args->agency);
}

static void tile(struct page *p, const char *label, int64_t n, struct url href)
{
	ui_tile(p->html, &(struct ui_tile){ .label = label, .value = text_thousands(p->arena, n), .href = href });
}

static void tiles(struct page *p, const struct due_args *args, const struct need_counts *counts)
{
	ui_tiles_begin(p->html);
	tile(p, "Overdue", counts->overdue, with_status(p, args, NEED_OVERDUE));
	tile(p, "Due in the next 60 days", counts->due, with_status(p, args, NEED_DUE));
	tile(p, "In date", counts->in_date, with_status(p, args, NEED_IN_DATE));
	ui_tiles_end(p->html);
}

struct err *need_counts_draw(struct page *p, const struct due_args *given)
{
	struct due_args args = args_on(p, given);
	struct need_counts counts;

	if (args.own_user_id != 0) {
		args.urn = args.own_urn;
		args.agency = "";
	}
	if (of_body(&args)) {
		TRY(sql_need_counts_body(p->arena, p->db, &args, &counts));
	} else if (!text_empty(args.need)) {
		TRY(sql_need_counts_rule(p->arena, p->db, &args, &counts));
	} else {
		TRY(sql_need_counts_all(p->arena, p->db, &args, &counts));
	}
	tiles(p, &args, &counts);
	return NULL;
}

/* ---- on a school's page ---- */

struct err *need_of_school(struct page *p, int64_t urn)
{
	const struct due_args asked = { .urn = urn, .agency = "" };
	struct due_args args = args_on(p, &asked);
	struct need_counts all;
	int64_t n;

	TRY(sql_need_counts_body(p->arena, p->db, &args, &all));
	n = all.overdue + all.due + all.in_date;
	if (n == 0) {
		return NULL;
	}
	struct url who = URL("/training/due");

	if (policy_reach(p->who->role, PERM_need_read) == REACH_ALL) {
		who = url_with(p->arena, who, "urn", arena_printf(p->arena, "%lld", (long long)urn));
	}
	LIT(p->html, "<p class=\"govuk-body\">");
	ui_anchor(p->html, who, arena_printf(p->arena, "Training in date: %s of %s that is asked for", text_thousands(p->arena, all.in_date + all.due),
					     text_thousands(p->arena, n)));
	LIT(p->html, "</p>");
	return NULL;
}

/* ---- Today ---- */

/* A person and a course: somebody may need more than one. */
static const char *needs_text(struct arena *a, int64_t n)
{
	return n == 1 ? "1 training need" : arena_printf(a, "%s training needs", text_thousands(a, n));
}

struct err *need_today(struct page *p, struct today *out)
{
	bool own = policy_reach(p->who->role, PERM_need_read) == REACH_OWN;
	const struct due_args asked = { .urn = own ? p->who->establishment_urn : 0, .agency = "" };
	struct due_args args = args_on(p, &asked);
	struct need_counts count = { 0 };

	if (!page_may(p, PERM_training_manage) && !own) {
		return NULL; /* who only looks has nothing to do */
	}
	if (!own) {
		TRY(sql_need_counts_all(p->arena, p->db, &args, &count));
	} else if (args.urn != 0) {
		TRY(sql_need_counts_body(p->arena, p->db, &args, &count));
	}
	if (count.overdue > 0) {
		today_add(out, true, url_with(p->arena, URL("/training/due"), "status", "overdue"), "%s overdue",
			  needs_text(p->arena, count.overdue));
	}
	if (count.due > 0) {
		today_add(out, false, url_with(p->arena, URL("/training/due"), "status", "due"),
			  "%s due in the next %d days", needs_text(p->arena, count.due), NEED_DUE_DAYS);
	}
	return NULL;
}

/* ---- for the figure ---- */

static struct err *take_standing(void *context, const void *row)
{
	const struct need_standing *standing = row;
	struct in_date *out = context;

	out[0].required += standing->required;
	out[0].in_date += standing->in_date;
	if (standing->audience > 0 && standing->audience < AUDIENCES) {
		out[standing->audience] = (struct in_date){ standing->required, standing->in_date };
	}
	return NULL;
}

struct err *need_in_date(struct arena *a, struct db *db, int64_t authority_id, struct date on, struct in_date out[AUDIENCES])
{
	const struct due_args args = { .authority_id = authority_id, .to_due = on };

	for (int i = 0; i < AUDIENCES; i++) {
		out[i] = (struct in_date){ 0 };
	}
	return db_each(a, db, &SQL_need_standings, &args, take_standing, out);
}
