/* Writing RFC 5545: content lines (3.1), text (3.3.11), an event (3.6.1), its state (3.8.1.11) and sequence (3.8.7.4). */
#include "app/training/calendar.h"


#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "core/core.h"

enum { LINE_OCTETS = 75, FILE_MAX = 64 * 1024, MINUTE = 60 * 1000 };

/* One content line, folded: a line that goes on begins with a space. No character is cut in two. */
static void put_line(struct buf *b, const char *line)
{
	size_t used = 0;

	for (const char *s = line; *s != '\0';) {
		size_t n = 1;

		while (((unsigned char)s[n] & 0xc0) == 0x80) {
			n++;
		}
		if (used + n > LINE_OCTETS) {
			buf_str(b, "\r\n ");
			used = 1;
		}
		buf_add(b, s, n);
		used += n;
		s += n;
	}
	buf_str(b, "\r\n");
}

static void put_text(struct buf *b, const char *name, const char *text)
{
	struct buf line;

	if (text_empty(text)) {
		return;
	}
	buf_init(&line, b->arena, FILE_MAX);
	buf_printf(&line, "%s:", name);
	for (const char *s = text; *s != '\0'; s++) {
		if (*s == '\n') {
			buf_str(&line, "\\n");
			continue;
		}
		if (*s == '\\' || *s == ';' || *s == ',') {
			buf_char(&line, '\\');
		}
		buf_char(&line, *s);
	}
	put_line(b, line.p);
}

static void put_instant(struct buf *b, const char *name, struct instant t)
{
	const char *iso = instant_utc_iso(b->arena, t); /* 2026-03-27T14:30:00.000Z */

	put_line(b, arena_printf(b->arena, "%s:%.4s%.2s%.2sT%.2s%.2s%.2sZ", name, iso, iso + 5, iso + 8, iso + 11, iso + 14,
				 iso + 17));
}

static const char *status_of(int state)
{
	switch (state) {
	case SESSION_PLANNED:
		return "TENTATIVE";
	case SESSION_CANCELLED:
		return "CANCELLED";
	default:
		return "CONFIRMED";
	}
}

struct bytes session_calendar(struct arena *a, const struct calendar_event *e)
{
	struct buf b;

	buf_init(&b, a, FILE_MAX);
	put_line(&b, "BEGIN:VCALENDAR");
	put_line(&b, "VERSION:2.0");
	put_line(&b, "PRODID:-//dueregard//Prevent training//EN");
	put_line(&b, "BEGIN:VEVENT");
	put_text(&b, "UID", e->uid);
	put_line(&b, arena_printf(a, "SEQUENCE:%lld", (long long)e->sequence));
	put_instant(&b, "DTSTAMP", e->stamp);
	put_instant(&b, "DTSTART", e->starts_at);
	put_instant(&b, "DTEND", (struct instant){ e->starts_at.ms + e->minutes * MINUTE });
	put_line(&b, arena_printf(a, "STATUS:%s", status_of(e->state)));
	put_text(&b, "SUMMARY", e->summary);
	put_text(&b, "LOCATION", e->location);
	put_text(&b, "DESCRIPTION", e->description);
	if (!text_empty(e->address)) {
		put_line(&b, arena_printf(a, "URL:%s", e->address));
	}
	put_line(&b, "END:VEVENT");
	put_line(&b, "END:VCALENDAR");
	return (struct bytes){ (const unsigned char *)b.p, b.n };
}

const char *calendar_uid(struct arena *a, const char *reference, const char *authority_code)
{
	return arena_printf(a, "session-%s-%s@dueregard", reference, authority_code);
}

struct calendar_event calendar_of(struct arena *a, const struct session *s, const char *authority_code, struct instant stamp)
{
	return (struct calendar_event){ .uid = calendar_uid(a, s->reference, authority_code),
					.sequence = s->version,
					.state = s->state,
					.starts_at = s->starts_at,
					.minutes = s->duration_minutes,
					.summary = s->course,
					.location = s->venue,
					.stamp = stamp };
}

struct err *session_calendar_page(struct page *p)
{
	struct session s;

	TRY(session_of_page(p, &s));
	struct calendar_event e = calendar_of(p->arena, &s, p->authority->code, p->now);

	if (!text_empty(p->settings->public_address)) {
		e.address = arena_printf(p->arena, "%s%s", p->settings->public_address,
					 link_session(p->arena, s.reference).s);
	}
	page_bytes(p, "text/calendar; charset=utf-8", session_calendar(p->arena, &e),
		   arena_printf(p->arena, "session-%s.ics", s.reference));
	return NULL;
}
