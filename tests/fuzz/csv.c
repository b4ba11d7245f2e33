/*
 * Fuzz target: the school register's reader. Input: first byte: bit 0 the links file, bit 1 only schools
 * of authority 936; then the file's bytes.
 *
 * What must hold for any input: what is kept is sound (URNs of 5 or 6 digits in order, names, real dates,
 * texts of UTF-8), every problem has a line and a sentence, at most 100 are kept, a preview packed
 * comes back as it was, and a register compared with itself changes nothing.
 */
#include <stdlib.h>
#include <string.h>

#include "app/directory/directory.h"
#include "base/arena.h"
#include "base/text.h"

static void must(int holds)
{
	if (!holds) {
		abort();
	}
}

static void must_be_text(const char *s)
{
	must(s != NULL && text_is_utf8(s, strlen(s)));
}

static void must_be_date(struct date d)
{
	must(!date_is_set(d) || date_is_valid(d));
}

static void check_problems(const struct register_problems *p)
{
	must(p->n <= REGISTER_PROBLEMS_MOST && p->all >= (int64_t)p->n);
	for (size_t i = 0; i < p->n; i++) {
		must(p->v[i].line > 0 && p->v[i].column != NULL);
		must_be_text(p->v[i].sentence);
	}
}

static void check_school(struct arena *a, const struct register_file *f, size_t i)
{
	const struct school *s = &f->schools[i];
	struct school back, after;

	must(s->urn >= 10000 && s->urn <= 999999);
	must(i == 0 || f->schools[i - 1].urn <= s->urn);
	for (const struct field *field = school_record.fields; field->name != NULL; field++) {
		if (field->kind == FIELD_TEXT) {
			must_be_text(*FIELD_IN(const char *, s, field));
		}
	}
	must(school_unpack(a, school_pack(a, s), &back) == NULL);
	must(school_changes(a, s, &back) == NULL);
	if (f->problems.all > 0) {
		return; /* refused: what was read is not used */
	}
	must(s->name[0] != '\0');
	must_be_date(s->open_date);
	must_be_date(s->close_date);
	must(words_by_code(&establishment_status_words, s->status) != NULL);
	must(school_compare(s, s, f->carried, &after) == CHANGE_NONE);
}

static void read_register(struct arena *a, struct bytes file, const char *la_code)
{
	const int64_t known[] = { 100001 };
	struct register_options options = { .la_code = la_code, .known = known, .n_known = 1, .on = { 2026, 1, 1 } };
	struct register_file f;
	struct err *e = register_read(a, file, &options, &f);

	must(e == NULL || e->kind == ERR_INVALID);
	must_be_text(f.missing);
	must_be_text(f.notes);
	check_problems(&f.problems);
	for (size_t i = 0; i < f.n; i++) {
		check_school(a, &f, i);
	}
}

static void read_links(struct arena *a, struct bytes file)
{
	const int64_t wanted[] = { 100001 };
	struct links_file f;
	struct err *e = links_read(a, file, &f);
	struct succession *s;

	must(e == NULL || e->kind == ERR_INVALID);
	check_problems(&f.problems);
	s = succession_new(a, f.links, f.n, NULL, 0);
	for (size_t i = 0; i < f.n; i++) {
		struct school_link back;

		must_be_text(f.links[i].link_name);
		must(words_by_code(&link_kind_words, f.links[i].kind) != NULL);
		must(succession_of(a, s, f.links[i].urn, AFTER, f.links[i].established_on).n <= SUCCESSION_MOST);
		must(succession_of(a, s, f.links[i].urn, BEFORE, (struct date){ 0 }).n <= SUCCESSION_MOST);
		must(link_unpack(a, link_pack(a, &f.links[i]), &back) == NULL);
	}
	links_keep(a, &f, wanted, 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a;
	struct bytes file;

	if (n == 0 || n > 1 << 16) {
		return 0;
	}
	a = arena_new((size_t)256 << 20);
	file = (struct bytes){ data + 1, n - 1 };
	if ((data[0] & 1) != 0) {
		read_links(a, file);
	} else {
		read_register(a, file, (data[0] & 2) != 0 ? "936" : NULL);
	}
	arena_free(&a);
	return 0;
}
