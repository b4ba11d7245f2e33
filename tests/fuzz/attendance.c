/*
 * Lists of people as pasted: whatever the bytes, the reader ends, keeps to its limits, says of every row
 * either that it can be used or why not, and reads its own file of refused rows back to the same rows.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/training/attendance.h"
#include "base/arena.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int holds)
{
	if (!holds) {
		abort();
	}
}

static void check_person(const struct attendee *p, int64_t last_line)
{
	require(p->name != NULL && p->email != NULL && p->school != NULL && p->job != NULL);
	require(p->line > last_line);
	require(text_is_utf8(p->name, strlen(p->name)) && strpbrk(p->name, "\r\n\t") == NULL);
	if (p->fault == NULL) {
		require(p->name[0] != '\0' && text_length(p->name) <= 200);
		require(p->email[0] == '\0' || text_is_email(p->email));
	}
}

/* A row that was refused must come back as itself when its file is read again. */
static void read_back(struct arena *a, const struct attendees *people)
{
	struct plan plan = { .v = ARENA_NEW(a, struct plan_row, people->n + 1), .n = people->n };
	struct attendees again;
	struct buf csv;
	size_t k = 0;

	for (size_t i = 0; i < people->n; i++) {
		plan.v[i] = (struct plan_row){ .in = people->v[i], .kind = PLAN_BAD, .reason = "It cannot be used" };
	}
	buf_init(&csv, a, 64u << 20);
	plan_bad_csv(&plan, &csv);
	attendance_parse(a, csv.p, &again);
	require(again.n == people->n);
	for (; k < again.n; k++) {
		require(strcmp(again.v[k].name, people->v[k].name) == 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(512u << 20);
	const char *text = text_is_utf8((const char *)data, size) ? arena_strndup(a, (const char *)data, size) :
								   text_from_cp1252(a, (const char *)data, size);
	const char *clean = text == NULL ? NULL : text_normalise(a, text, strlen(text));
	struct attendees people;
	int64_t line = 0;

	if (clean != NULL) {
		attendance_parse(a, clean, &people);
		require(people.n <= ATTENDEES_MAX);
		for (size_t i = 0; i < people.n; i++) {
			check_person(&people.v[i], line);
			line = people.v[i].line;
		}
		if (!people.too_many) {
			read_back(a, &people);
		}
	}
	arena_free(&a);
	return 0;
}
