/* How many are overdue, due and in date: above the list, on a school's page, on Today, and for the figure. */
#include "app/training/need_counts.h"

#include "app/training/need_counts.sql.h"
#include "base/arena.h"
#include "base/ids.h"
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
	FIELD(struct need_standing, late, .flags = F_NULLABLE),
	FIELD(struct need_standing, in_date, .flags = F_NULLABLE),
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

static const char *many_text(struct arena *a, int64_t n)
{
	return n > NEED_TOUCHED_MOST ? arena_printf(a, "%s+", text_thousands(a, NEED_TOUCHED_MOST)) : text_thousands(a, n);
}

static void tile(struct page *p, const char *label, bool all, int64_t n, struct url href)
{
	ui_tile(p->html, &(struct ui_tile){ .label = label, .value = all ? many_text(p->arena, n) : text_thousands(p->arena, n), .href = href });
}

static void tiles(struct page *p, const struct due_args *args, bool all, const struct need_counts *counts)
{
	ui_tiles_begin(p->html);
	tile(p, "Overdue", all, counts->overdue, with_status(p, args, NEED_OVERDUE));
	tile(p, "Due in the next 60 days", all, counts->due, with_status(p, args, NEED_DUE));
	tile(p, "In date", all, counts->in_date, with_status(p, args, NEED_IN_DATE));
	ui_tiles_end(p->html);
}

struct err *need_counts_draw(struct page *p, const struct due_args *given)
{
	struct due_args args = args_on(p, given);
	struct need_counts counts;
	bool all = false;

	if (args.own_user_id != 0) {
		args.urn = args.own_urn;
		args.agency = "";
	}
	if (of_body(&args)) {
		TRY(sql_need_counts_body(p->arena, p->db, &args, &counts));
	} else if (!text_empty(args.need) || args.audience != 0) {
		TRY(sql_need_counts_filtered(p->arena, p->db, &args, &counts));
	} else {
		all = true;
		TRY(sql_need_counts_all(p->arena, p->db, &args, &counts));
	}
	tiles(p, &args, all, &counts);
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

static const char *people_text(struct arena *a, int64_t n)
{
	return n > NEED_TOUCHED_MOST ? arena_printf(a, "More than %s people", text_thousands(a, NEED_TOUCHED_MOST))
	       : n == 1		     ? "1 person"
				     : arena_printf(a, "%s people", text_thousands(a, n));
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
		today_add(out, true, url_with(p->arena, URL("/training/due"), "status", "overdue"), "%s with training overdue",
			  people_text(p->arena, count.overdue));
	}
	if (count.due > 0) {
		today_add(out, false, url_with(p->arena, URL("/training/due"), "status", "due"),
			  "%s with training due in the next %d days", people_text(p->arena, count.due), NEED_DUE_DAYS);
	}
	return NULL;
}

/* ---- for the figure ---- */

struct standings {
	struct arena *arena;
	struct ids required[AUDIENCES], late[AUDIENCES]; /* by what people do; 0: all */
};

static void take_people(struct standings *s, int audience, const struct need_standing *row)
{
	ids_add_list(s->arena, &s->required[audience], row->late);
	ids_add_list(s->arena, &s->required[audience], row->in_date);
	ids_add_list(s->arena, &s->late[audience], row->late);
}

static struct err *take_standing(void *context, const void *row)
{
	const struct need_standing *standing = row;
	struct standings *s = context;

	take_people(s, 0, standing);
	if (standing->audience > 0 && standing->audience < AUDIENCES) {
		take_people(s, standing->audience, standing);
	}
	return NULL;
}

struct err *need_in_date(struct arena *a, struct db *db, int64_t authority_id, struct date on, struct in_date out[AUDIENCES])
{
	const struct due_args args = { .authority_id = authority_id, .to_due = on };
	struct standings *s = ARENA_NEW(a, struct standings, 1);

	s->arena = a;
	TRY(db_each(a, db, &SQL_need_standings, &args, take_standing, s));
	for (int i = 0; i < AUDIENCES; i++) {
		out[i] = (struct in_date){ .required = s->required[i].n, .in_date = s->required[i].n - s->late[i].n };
	}
	return NULL;
}
