/* The links file: which school came before or after which. Pure: bytes in, links and problems out. */
#include <stdlib.h>
#include <string.h>

#include "app/directory/register.h"
#include "base/arena.h"
#include "base/text.h"

#define SCRATCH_CAP ((size_t)128 * 1024 * 1024)
#define NOTES_MOST 20

enum { URN, LINK_URN, LINK_NAME, LINK_TYPE, LINK_DATE, COLUMNS };

static const char *const headings[COLUMNS] = { "URN", "LinkURN", "LinkName", "LinkType",
					       "LinkEstablishedDate" };

struct reader {
	struct arena *arena;
	struct links_file *out;
	int places[COLUMNS];
	size_t heading_n, cap;
	int64_t last_line;
	bool matched;
	struct buf notes;
	int n_notes;
};

static struct err *read_heading(struct reader *r, const struct csv_row *row)
{
	struct buf missing;

	buf_init(&missing, r->arena, 1024);
	for (size_t c = 0; c < COLUMNS; c++) {
		r->places[c] = -1;
		for (size_t i = 0; i < row->n && r->places[c] < 0; i++) {
			if (register_same_heading(row->cells[i], headings[c])) {
				r->places[c] = (int)i;
			}
		}
		if (r->places[c] < 0) {
			buf_printf(&missing, "%s\n", headings[c]);
		}
	}
	if (r->places[URN] < 0 || r->places[LINK_URN] < 0 || r->places[LINK_TYPE] < 0) {
		return ERR(ERR_INVALID, "Line 1 of the links file must have the columns URN, LinkURN and LinkType. "
			   "Download \"Establishment links CSV\" from Get Information About Schools.");
	}
	r->matched = true;
	r->heading_n = row->n;
	r->out->missing = missing.n == 0 ? "" : missing.p;
	return NULL;
}

static const char *cell_of(const struct reader *r, const struct csv_row *row, int column)
{
	return r->places[column] < 0 ? "" : row->cells[r->places[column]];
}

static int64_t read_urn(struct reader *r, const struct csv_row *row, int column)
{
	int64_t urn = register_urn(cell_of(r, row, column));

	if (urn == 0) {
		register_problem(r->arena, &r->out->problems, row->line, headings[column],
				 "\"%s\" is not a URN: a URN is a number of 5 or 6 digits.",
				 register_quote(r->arena, cell_of(r, row, column)));
	}
	return urn;
}

static int read_kind(struct reader *r, const struct csv_row *row)
{
	const char *cell = cell_of(r, row, LINK_TYPE);
	const struct word *w = words_find(&link_kind_words, cell);

	if (w != NULL) {
		return w->code;
	}
	if (r->n_notes++ < NOTES_MOST) {
		buf_printf(&r->notes, "Links line %lld, LinkType: \"%s\" is not known to this program. "
			   "The link is kept as Other and nothing is handed on along it.\n",
			   (long long)row->line, register_quote(r->arena, cell));
	}
	return LINK_OTHER;
}

static struct err *read_row(void *context, const struct csv_row *row)
{
	struct reader *r = context;
	const char *name;
	struct school_link l = { 0 };

	r->last_line = row->line;
	if (!r->matched) {
		return read_heading(r, row);
	}
	r->out->rows++;
	if (row->n < r->heading_n) {
		register_problem(r->arena, &r->out->problems, row->line, "",
				 "The row has %zu cells and the heading has %zu. If it is the last row, the "
				 "file was cut short: download it again.", row->n, r->heading_n);
		return NULL;
	}
	l.urn = read_urn(r, row, URN);
	l.link_urn = read_urn(r, row, LINK_URN);
	if (!register_date(cell_of(r, row, LINK_DATE), &l.established_on)) {
		register_problem(r->arena, &r->out->problems, row->line, headings[LINK_DATE],
				 "\"%s\" is not a real date: write it as dd-mm-yyyy.",
				 register_quote(r->arena, cell_of(r, row, LINK_DATE)));
	}
	if (l.urn == 0 || l.link_urn == 0) {
		return NULL;
	}
	l.kind = read_kind(r, row);
	name = cell_of(r, row, LINK_NAME);
	l.link_name = name[0] == '\0' ? "" : text_normalise(r->arena, name, strlen(name));
	l.link_name = l.link_name == NULL ? "" : l.link_name;
	if (r->out->n == r->cap) {
		struct school_link *more = ARENA_NEW(r->arena, struct school_link, r->cap == 0 ? 1024 : 2 * r->cap);

		if (r->out->n > 0) {
			memcpy(more, r->out->links, r->out->n * sizeof(*more));
		}
		r->cap = r->cap == 0 ? 1024 : 2 * r->cap;
		r->out->links = more;
	}
	r->out->links[r->out->n++] = l;
	return NULL;
}

static int by_key(const void *a, const void *b)
{
	const struct school_link *x = a, *y = b;

	if (x->urn != y->urn) {
		return x->urn > y->urn ? 1 : -1;
	}
	if (x->link_urn != y->link_urn) {
		return x->link_urn > y->link_urn ? 1 : -1;
	}
	if (x->kind != y->kind) {
		return x->kind > y->kind ? 1 : -1;
	}
	return date_compare(x->established_on, y->established_on);
}

void links_sort(struct school_link *links, size_t n)
{
	if (n > 1) {
		qsort(links, n, sizeof(*links), by_key);
	}
}

/* In order, and each link once: of twins the last by date stays, which is the dated one. */
static void sort_links(struct links_file *f)
{
	size_t kept = 0;

	links_sort(f->links, f->n);
	for (size_t i = 0; i < f->n; i++) {
		const struct school_link *l = &f->links[i];
		bool twin = kept > 0 && f->links[kept - 1].urn == l->urn &&
			    f->links[kept - 1].link_urn == l->link_urn && f->links[kept - 1].kind == l->kind;

		f->links[twin ? kept - 1 : kept] = *l;
		kept += twin ? 0 : 1;
	}
	f->n = kept;
}

struct err *links_read(struct arena *a, struct bytes file, struct links_file *out)
{
	struct csv_options csv = { .max_columns = 100, .max_cell = 16384 };
	struct reader r = { .arena = a, .out = out };
	struct arena *scratch;
	struct err *e;

	memset(out, 0, sizeof(*out));
	out->missing = out->notes = "";
	TRY(register_sniff(file, "links file"));
	buf_init(&r.notes, a, 16384);
	scratch = arena_new(SCRATCH_CAP);
	e = csv_read(scratch, file, &csv, read_row, &r, NULL);
	arena_free(&scratch);
	if (e == NULL && out->problems.all == 0 && register_cut_short(file)) {
		register_problem(a, &out->problems, r.last_line, "", "The file ends in the middle of this row: it was "
				 "cut short. Download it again.");
	}
	sort_links(out);
	out->notes = r.notes.n == 0 ? "" : r.notes.p;
	return e;
}

/* ---- keeping whole families ---- */

struct family { /* union-find over the URNs of the links */
	int64_t *urns;
	size_t *parent;
	size_t n;
};

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static size_t place_of(const struct family *f, int64_t urn)
{
	const int64_t *p = f->n == 0 ? NULL : bsearch(&urn, f->urns, f->n, sizeof(urn), by_number);

	return p == NULL ? f->n : (size_t)(p - f->urns);
}

static size_t root_of(struct family *f, size_t i)
{
	while (f->parent[i] != i) {
		f->parent[i] = f->parent[f->parent[i]];
		i = f->parent[i];
	}
	return i;
}

static struct family families(struct arena *a, const struct links_file *links)
{
	struct family f = { .urns = ARENA_NEW(a, int64_t, links->n * 2 + 1), .n = 0 };
	size_t all = 0;

	for (size_t i = 0; i < links->n; i++) {
		f.urns[all++] = links->links[i].urn;
		f.urns[all++] = links->links[i].link_urn;
	}
	qsort(f.urns, all, sizeof(int64_t), by_number);
	for (size_t i = 0; i < all; i++) {
		if (f.n == 0 || f.urns[f.n - 1] != f.urns[i]) {
			f.urns[f.n++] = f.urns[i];
		}
	}
	f.parent = ARENA_NEW(a, size_t, f.n + 1);
	for (size_t i = 0; i < f.n; i++) {
		f.parent[i] = i;
	}
	for (size_t i = 0; i < links->n; i++) {
		size_t x = root_of(&f, place_of(&f, links->links[i].urn));
		size_t y = root_of(&f, place_of(&f, links->links[i].link_urn));

		f.parent[x] = y;
	}
	return f;
}

void links_keep(struct arena *a, struct links_file *links, const int64_t *urns, size_t n)
{
	struct family f = families(a, links);
	bool *wanted = ARENA_NEW(a, bool, f.n + 1);
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		size_t at = place_of(&f, urns[i]);

		if (at < f.n) {
			wanted[root_of(&f, at)] = true;
		}
	}
	for (size_t i = 0; i < links->n; i++) {
		if (wanted[root_of(&f, place_of(&f, links->links[i].urn))]) {
			links->links[kept++] = links->links[i];
		}
	}
	links->n = kept;
}
