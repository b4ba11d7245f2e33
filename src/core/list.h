/* A list as it is being asked: what pages, exports and the command line share. */
#ifndef CORE_LIST_H
#define CORE_LIST_H

#include "core/core.h"

enum { LIST_PAGE = 25, LIST_EXPORT_MAX = 100000 };

struct asked {
	struct page *p;
	const struct list *list;
	const struct sort *sort; /* NULL: the rows are made in C, in the order in which they come */
	char *args;              /* of list->args */
	struct pairs given;      /* what the query says of the filters */
	bool finds_nothing;      /* what is to be found holds no letter or digit */
	struct url here;         /* the page that the list stands on */
	const struct field **fields; /* of each column; NULL: the column makes its own text */
	size_t n_columns;
	struct choice_list *names;   /* of each column that is named (list_names) */
	bool selects;                /* rows of this page have check boxes (bulk_begin) */
	struct saved_view *views; /* of this person */
	size_t n_views;
};

struct rows {
	const char *v;     /* n structs of list->row */
	size_t n;
	bool more;         /* others follow */
	bool started;      /* others went before */
};

/* The filters of the query over the defaults; problems say what is wrong with them. */
void list_ask(struct asked *q, struct page *p, const struct list *list, struct problems *problems);
/* The same for args that the caller has filled in. */
void list_ask_fixed(struct asked *q, struct page *p, const struct list *list, void *args);
/* Whose rows: the authority's, narrowed to the person's own when their role reaches no further. */
void list_scope(const struct list *list, const struct who *who, char *args);

/* The options whose labels stand in columns: before a row is written. list_rows() asks for them itself. */
struct err *list_names(struct asked *q) MUST_CHECK;
struct err *list_rows(struct asked *q, struct rows *out) MUST_CHECK;
/* base with the filters as they are, and the order unless it is the first. */
struct url list_url(const struct asked *q, struct url base);
/* The filters that the query sets, each with the address of the list without it. */
struct err *list_tags(struct asked *q, struct ui_filter_tag **out, size_t *n_out) MUST_CHECK;
bool list_has_filters(const struct list *list);

/* Heading of a column and what a row says in it, as a person reads it. */
const char *column_heading(const struct asked *q, size_t i);
const char *column_text(struct arena *a, const struct asked *q, size_t i, const void *row);
bool column_is_date(const struct asked *q, size_t i);
/* Does a row hold the id of an option (choices.h)? Then the column says its label: column_name(). */
bool column_is_named(const struct asked *q, size_t i);
const char *column_name(const struct asked *q, size_t i, const void *row);

/* The check boxes and buttons of what this person may do to several of these rows (bulk.c): nothing when there is none. */
struct err *bulk_begin(struct asked *q, const struct rows *rows) MUST_CHECK; /* before the table */
void bulk_cell(struct asked *q, const char *row);
void bulk_end(struct asked *q, const struct rows *rows);

/* Says what the page will ask for (db_ahead): options of the filters, views, rows. */
struct err *list_ahead(struct asked *q) MUST_CHECK;
struct err *list_foresee(struct page *p, const struct list *list) MUST_CHECK; /* the same, of the page as it would be served */
struct err *views_ahead(struct asked *q) MUST_CHECK;

/* The person's views of this list (view.c): links, and the form that saves one more or removes one. */
struct err *views_links(struct asked *q) MUST_CHECK;
struct err *views_manage(struct asked *q) MUST_CHECK;

/* "csv", "ods" or "json", as the answer. A long one is made in steps (struct page): its q is on the page's arena. */
struct err *list_export(struct asked *q, const char *format) MUST_CHECK;
/* All rows into out; *all_out false: the first LIST_EXPORT_MAX of more. */
struct err *list_write(struct asked *q, const char *format, struct buf *out,
		       bool *all_out) MUST_CHECK;

#endif
