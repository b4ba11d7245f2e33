/*
 * The one table of routes: those of features and, for every list, its page, CSV, ODS and JSON. Built
 * once at start, sorted so that the first fit is the right one: a literal segment before a capture.
 */
#include "core/route.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "core/house.h"
#include "core/page.h"

enum { TABLE_MAX = 512, PATTERN_MAX = 120 };

/* Written by route_table_build before the first request, read only afterwards. */
static struct entry table[TABLE_MAX];
static size_t table_n;
static char list_patterns[TABLE_MAX][PATTERN_MAX];

/* ---- patterns ---- */

/* Cuts "/a/{b}" into its segments; false when it is not of that form. */
static bool cut_pattern(struct entry *e)
{
	const char *s = e->route.pattern;

	e->n = 0;
	if (text_same(s, "/")) {
		return true;
	}
	while (*s == '/') {
		size_t n = strcspn(++s, "/");
		bool capture = s[0] == '{';

		if (n == 0 || e->n == ROUTE_SEGMENTS ||
		    (capture && (s[n - 1] != '}' || n < 3 || e->n == 0)) ||
		    (!capture && strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-.") < n)) {
			return false;
		}
		e->segments[e->n++] = capture ? (struct segment){ s + 1, n - 2, true } :
						(struct segment){ s, n, false };
		s += n;
	}
	return e->n > 0 && *s == '\0';
}

static int compare_text(const char *a, size_t an, const char *b, size_t bn)
{
	int order = memcmp(a, b, an < bn ? an : bn);

	return order != 0 ? order : (an > bn) - (an < bn);
}

/* By segments, literals before captures and shorter before longer; then by method. */
static int compare_entries(const void *pa, const void *pb)
{
	const struct entry *a = pa, *b = pb;

	for (size_t i = 0; i < a->n && i < b->n; i++) {
		const struct segment *x = &a->segments[i], *y = &b->segments[i];
		int order = x->capture || y->capture ? x->capture - y->capture :
						       compare_text(x->text, x->n, y->text, y->n);
		if (order != 0) {
			return order;
		}
	}
	if (a->n != b->n) {
		return a->n < b->n ? -1 : 1;
	}
	return (a->route.method > b->route.method) - (a->route.method < b->route.method);
}

/* Two patterns of one method that some path fits both, neither being the more special everywhere.
 */
static bool ambiguous(const struct entry *a, const struct entry *b)
{
	bool a_special = false, b_special = false;

	if (a->n != b->n || a->route.method != b->route.method) {
		return false;
	}
	for (size_t i = 0; i < a->n; i++) {
		const struct segment *x = &a->segments[i], *y = &b->segments[i];

		if (!x->capture && !y->capture && compare_text(x->text, x->n, y->text, y->n) != 0) {
			return false;
		}
		a_special = a_special || (!x->capture && y->capture);
		b_special = b_special || (x->capture && !y->capture);
	}
	return a_special == b_special;
}

/* ---- building ---- */

static struct err *add_entry(const struct route *route, const struct list *list, const char *format)
{
	struct entry *e = &table[table_n];

	TRY(route_check(route));
	if (table_n == TABLE_MAX) {
		return ERR_DETAIL(ERR_BUG, "more than %d routes", TABLE_MAX);
	}
	*e = (struct entry){ .route = *route, .list = list, .format = format };
	if (!cut_pattern(e)) {
		return ERR_DETAIL(ERR_BUG, "route %s: not a pattern", route->pattern);
	}
	table_n++;
	return NULL;
}

static struct err *list_page(struct page *p)
{
	return ERR_DETAIL(ERR_BUG, "the page of a list is list_serve");
}

static struct err *add_list(const struct list *list)
{
	static const struct {
		const char *extension, *format;
	} kinds[] = { { "", "html" }, { ".csv", "csv" }, { ".ods", "ods" }, { ".json", "json" } };

	TRY(list_check(list));
	for (size_t i = 0; list->path != NULL && i < sizeof(kinds) / sizeof(*kinds); i++) {
		char *pattern = list_patterns[table_n % TABLE_MAX];

		snprintf(pattern, PATTERN_MAX, "%s%s", list->path, kinds[i].extension);
		TRY(add_entry(&(struct route){ .method = HTTP_GET, .pattern = pattern,
					       .permission = list->permission, .page = list_page },
			      list, kinds[i].format));
	}
	return NULL;
}

static struct err *add_feature(const struct feature *f)
{
	for (const struct operation *const *o = f->operations; o != NULL && *o != NULL; o++) {
		TRY(operation_check(*o));
	}
	for (const struct list *const *l = f->lists; l != NULL && *l != NULL; l++) {
		TRY(add_list(*l));
	}
	for (const struct route *r = f->routes; r != NULL && r->pattern != NULL; r++) {
		TRY(add_entry(r, NULL, NULL));
	}
	return NULL;
}

struct err *route_table_build(void)
{
	const struct feature *f;

	table_n = 0;
	for (size_t i = 0; (f = feature_at(i)) != NULL; i++) {
		TRY(add_feature(f));
	}
	qsort(table, table_n, sizeof(*table), compare_entries);
	for (size_t i = 0; i < table_n; i++) {
		for (size_t j = i + 1; j < table_n; j++) {
			if (ambiguous(&table[i], &table[j])) {
				return ERR_DETAIL(ERR_BUG, "routes %s and %s: some path fits both",
						  table[i].route.pattern, table[j].route.pattern);
			}
		}
	}
	return NULL;
}

size_t route_count(void)
{
	return table_n;
}

const struct route *route_at(size_t i, const struct list **list_out)
{
	if (list_out != NULL) {
		*list_out = table[i].list;
	}
	return &table[i].route;
}

/* ---- matching ---- */

static size_t cut_path(const char *path, struct segment out[ROUTE_SEGMENTS])
{
	size_t n = 0;

	if (text_same(path, "/")) {
		return 0;
	}
	while (*path == '/' && n < ROUTE_SEGMENTS) {
		size_t length = strcspn(++path, "/");

		out[n++] = (struct segment){ path, length, false };
		path += length;
	}
	return n > 0 && *path == '\0' ? n : ROUTE_SEGMENTS + 1;
}

static bool fits(const struct entry *e, const struct segment *path, size_t n)
{
	if (e->n != n) {
		return false;
	}
	for (size_t i = 0; i < n; i++) {
		const struct segment *want = &e->segments[i];

		if (want->capture
			    ? path[i].n == 0
			    : compare_text(want->text, want->n, path[i].text, path[i].n) != 0) {
			return false;
		}
	}
	return true;
}

/* The first entry whose first segment is not before the path's: the first segment is never a
 * capture. */
static size_t first_candidate(const struct segment *path, size_t n)
{
	size_t low = 0, high = table_n;

	while (n > 0 && low < high) {
		size_t middle = (low + high) / 2;
		const struct entry *e = &table[middle];

		if (e->n == 0 || compare_text(e->segments[0].text, e->segments[0].n, path[0].text,
					      path[0].n) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

/* The entry for this method, else one for another method of the same path; NULL: no such path. */
static const struct entry *find_entry(enum http_method method, const struct segment *path, size_t n)
{
	const struct entry *other = NULL;

	for (size_t i = first_candidate(path, n); n <= ROUTE_SEGMENTS && i < table_n; i++) {
		const struct entry *e = &table[i];

		if (n > 0 && (e->n == 0 || compare_text(e->segments[0].text, e->segments[0].n,
							path[0].text, path[0].n) != 0)) {
			break;
		}
		if (fits(e, path, n)) {
			if (e->route.method == method) {
				return e;
			}
			other = e;
		}
	}
	return other;
}

bool route_match(struct arena *a, enum http_method method, const char *path, struct matched *out)
{
	struct segment segments[ROUTE_SEGMENTS];
	size_t n = cut_path(path, segments);
	const struct entry *e;

	method = method == HTTP_HEAD ? HTTP_GET : method;
	e = find_entry(method, segments, n);
	*out = (struct matched){ .other_method = e != NULL && e->route.method != method };
	if (e == NULL || out->other_method) {
		return false;
	}
	out->route = &e->route;
	out->list = e->list;
	out->format = e->format;
	for (size_t i = 0; i < e->n; i++) {
		const struct segment *s = &e->segments[i];

		if (s->capture) {
			pairs_add(a, &out->path, arena_strndup(a, s->text, s->n),
				  arena_strndup(a, segments[i].text, segments[i].n));
		}
	}
	return true;
}

size_t route_upload_limit(const char *path)
{
	struct segment segments[ROUTE_SEGMENTS];
	size_t n = cut_path(path, segments);
	const struct entry *e = find_entry(HTTP_POST, segments, n);

	return e != NULL && e->route.method == HTTP_POST ? e->route.operation->max_upload : 0;
}
