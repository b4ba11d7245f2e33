/* Bookings as lists: sessions to book, people to tell; and what other pages say of bookings. */
#include "app/training/booking.h"
#include "app/training/booking.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"
#include "db/args.h"

/* ---- sessions to come ---- */

static struct url bookable_link(struct arena *a, const void *row)
{
	return url_path(a, "/training/sessions/{}/book", ((const struct bookable_line *)row)->reference);
}

static const char *bookable_after(struct arena *a, const void *row)
{
	return arena_printf(a, "%lld", (long long)((const struct bookable_line *)row)->starts_at.ms);
}

static const char *bookable_left(struct arena *a, const void *row)
{
	const struct bookable_line *l = row;
	const struct booking_session s = { .places = l->places, .taken = l->taken, .waiting = l->waiting };

	return booking_places_text(a, &s);
}

static const struct column bookable_columns[] = {
	{ .field = "course", .link = bookable_link },
	{ .field = "reference", .export_only = true },
	{ .field = "starts_at" },
	{ .field = "venue" },
	{ .heading = "Places left", .text = bookable_left },
	{ .field = "places", .export_only = true },
	{ .field = "taken", .export_only = true },
	{ .field = "waiting", .numeric = true },
	{ 0 },
};

static const struct sort bookable_sorts[] = {
	{ "soonest", "Soonest first", &SQL_bookable_soonest, bookable_after },
	{ 0 },
};

static void bookable_defaults(struct page *p, void *args)
{
	struct bookable_args *a = args;

	a->today = p->today;
	a->now_ms = p->now.ms;
}

const struct list bookable_list = {
	.name = "sessions-to-book",
	.title = "Book a place",
	.caption = "Sessions to come",
	.empty = "There is no session that can be booked now.",
	.path = "/training/book",
	.permission = PERM_booking_make,
	.args = &bookable_args_record,
	.row = &bookable_line_record,
	.columns = bookable_columns,
	.sorts = bookable_sorts,
	.defaults = bookable_defaults,
};

/* ---- people to tell ---- */

static struct url tell_link(struct arena *a, const void *row)
{
	return url_path(a, "/training/sessions/{}/tell", ((const struct tell_line *)row)->session);
}

static const char *tell_after(struct arena *a, const void *row)
{
	return arena_printf(a, "%lld", (long long)((const struct tell_line *)row)->starts_at.ms);
}

static const struct column tell_columns[] = {
	{ .field = "name", .link = tell_link },
	{ .field = "email" },
	{ .field = "tell" },
	{ .field = "course" },
	{ .field = "session", .export_only = true },
	{ .field = "starts_at" },
	{ 0 },
};

static const struct sort tell_sorts[] = {
	{ "soonest", "Soonest first", &SQL_tell_soonest, tell_after },
	{ 0 },
};

static struct err *before_tell(struct page *p, const void *args)
{
	ui_paragraph(p->html, "This service sends no messages. Tell these people yourself, then mark them as told on the "
			      "page of their session.");
	return NULL;
}

const struct list tell_list = {
	.name = "people-to-tell",
	.title = "People to tell",
	.caption = "People whose booking has changed and who have not been told",
	.empty = "Everybody has been told.",
	.path = "/training/people-to-tell",
	.permission = PERM_training_deliver,
	.args = &tell_args_record,
	.row = &tell_line_record,
	.columns = tell_columns,
	.sorts = tell_sorts,
	.before = before_tell,
};

struct err *booking_today(struct page *p, struct today *out)
{
	const struct tell_args args = {
		.authority_id = p->who->authority_id,
		.own_user_id = policy_reach(p->who->role, PERM_training_deliver) == REACH_OWN ? p->who->user_id : 0,
	};
	struct count_row count;

	TRY(sql_tell_count(p->arena, p->db, &args, &count));
	if (count.n > 0) {
		today_add(out, false, URL("/training/people-to-tell"), "%lld %s to tell about a booking",
			  (long long)count.n, count.n == 1 ? "person" : "people");
	}
	return NULL;
}

/* ---- on the page of a session ---- */

static const char *who_may_book(struct arena *a, const struct booking_session *s)
{
	const char *who = words_label(&booking_words, s->booking);

	return date_is_set(s->booking_until) ? arena_printf(a, "%s, until %s", who, date_long(a, s->booking_until)) : who;
}

static void item(struct page *p, struct url href, const char *text)
{
	LIT(p->html, "<li>");
	ui_anchor(p->html, href, text);
	LIT(p->html, "</li>");
}

static void links(struct page *p, const struct booking_session *s)
{
	struct arena *a = p->arena;
	bool live = booking_is_live(s, p->now), delivers = policy_allows(p->who->role, PERM_training_deliver, p->relation);

	LIT(p->html, "<ul class=\"govuk-list\">");
	if (live && policy_allows(p->who->role, PERM_booking_make, p->relation)) {
		item(p, url_path(a, "/training/sessions/{}/book", s->reference), "Book a place");
	}
	if (policy_allows(p->who->role, PERM_booking_make, p->relation)) {
		item(p, url_path(a, "/training/sessions/{}/bookings", s->reference), "Bookings and the waiting list");
	}
	if (live && delivers) {
		item(p, url_path(a, "/training/sessions/{}/booking", s->reference), "Change who may book");
	}
	if (s->to_tell > 0 && delivers) {
		item(p, url_path(a, "/training/sessions/{}/tell", s->reference),
		     arena_printf(a, "People to tell (%lld)", (long long)s->to_tell));
	}
	LIT(p->html, "</ul>");
}

static void tile(struct page *p, const char *label, int64_t n)
{
	ui_tile(p->html, &(struct ui_tile){ .label = label, .value = text_thousands(p->arena, n) });
}

struct err *booking_section(struct page *p, const struct session *session)
{
	const struct booking_key key = { .id = session->id };
	struct booking_session s;
	bool found;

	TRY(sql_booking_session(p->arena, p->db, &key, &s, &found));
	if (!booking_is_live(&s, p->now) && s.waiting == 0 && s.to_tell == 0) {
		return NULL;
	}
	ui_subheading(p->html, 2, "Bookings");
	ui_tiles_begin(p->html);
	tile(p, "Places taken", s.taken);
	tile(p, "Places left", booking_free(&s));
	tile(p, "Waiting", s.waiting);
	ui_tiles_end(p->html);
	if (booking_is_live(&s, p->now)) {
		ui_paragraph(p->html, arena_printf(p->arena, "Who may book: %s.", who_may_book(p->arena, &s)));
	}
	if (booking_fault(&s, BY_LINK, p->now, p->today) == NULL) {
		LIT(p->html, "<p class=\"govuk-body app-address\">Link for bookings: ");
		ui_anchor(p->html, link_booking(p->arena, s.booking_code),
			  page_public_address(p, link_booking(p->arena, s.booking_code)));
		LIT(p->html, "</p>");
	}
	links(p, &s);
	return NULL;
}
