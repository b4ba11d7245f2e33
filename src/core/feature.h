/*
 * The four declarations - record, operation, list, figure - and the feature that holds them.
 *
 * A feature (app/<name>/<name>.c) is a set of tables. What is generic is derived from them once:
 * pages and exports of a list, the POST route, the CLI verb and the audit entry of an operation, the
 * page and the rows of a figure, the data dictionary of a record.
 */
#ifndef CORE_FEATURE_H
#define CORE_FEATURE_H

#include "base/field.h"
#include "base/world.h"
#include "core/settings.h"
#include "db/db.h"
#include "html/html.h"
#include "http/http.h"
#include "record/choices.h"
#include "record/record.h"
#include "trust/permission.h"
#include "ui/ui.h"

/* ---------- operation: the one door for change ---------- */

struct op { /* one run of an operation, inside the keeper's transaction */
	struct arena *arena;
	struct db *db;
	const struct who *who;
	const struct world *world;
	struct instant now;
	struct date today;
	const struct settings *settings;
	const struct operation *operation;
	const struct pairs *path;   /* captures of the route: "session" -> "2K7Q" */
	const struct pairs *raw;    /* fields as sent, for operations that read more than their record */
	const struct upload *upload;/* the file, or NULL */
	const char *client;         /* address of the browser, for sign-in limits; NULL: not from the network */
	struct bytes slow;          /* what the slow half answered */
	struct problems *problems;  /* guard and apply add what the person must mend */
	/* Said by apply: */
	struct url location;        /* where the browser goes next */
	const char *flash;          /* sentence shown there once, "Session scheduled" */
	const char *reference;      /* of what was made, for CLI and API */
	struct pairs *result;       /* further name/value answers for the CLI, JSON */
	const char *login_token;    /* sign-in only: set as cookie; "" clears it */
	bool keep;                  /* commit although there are problems: a sign-in that failed counts */
	bool audited;               /* house-keeping of op_audit, as is what follows */
	struct audit_event *entries; /* written together when the operation has come to its end */
	size_t n_entries, entries_cap;
	bool several;               /* one of several, picked in a list: nobody has looked at a form of it */
};

struct operation {
	const char *name;   /* "schedule-session": CLI verb, audit action, message to the keeper */
	const char *label;  /* "Schedule a session" */
	enum permission permission;
	const struct record *input; /* NULL: no fields */
	/* More than the field table can say: adds to op->problems; an error when the thing itself is not there. */
	struct err *(*guard)(struct op *op, const void *input);
	/* Runs in the slow role before apply, with a read-only store: hashing. Answer lies in op->slow. */
	struct err *(*slow)(struct op *op, const void *input, struct bytes *answer);
	/* Makes the change and says what happened (op_audit at least once, unless flag OP_NO_AUDIT). */
	struct err *(*apply)(struct op *op, const void *input);
	/* How the asker stands to the thing named in op->path; NULL: RELATION_NONE. ERR_NOT_FOUND: no such thing. */
	struct err *(*relate)(struct op *op, enum relation *out);
	unsigned flags;
	size_t max_upload; /* bytes; 0: takes no file */
};

enum operation_flag {
	OP_NO_AUDIT = 1 << 0, /* anonymous feedback: an entry would say when who answered */
	OP_ANY_FIELDS = 1 << 1, /* raw fields beyond the record (attendance grid) */
	OP_SECRET_ANSWER = 1 << 2, /* op->result holds a one-time link: never kept for a form sent twice; the
				    * browser is not sent on, the POST route's page shows p->outcome->result */
	OP_ONCE = 1 << 3, /* asked twice it changes once by itself: may be asked again without a key */
	OP_SHOWN = 1 << 4 /* the browser is not sent on: the POST route's page shows p->outcome->result */
};

struct outcome { /* what an operation said, as it crosses from keeper to web */
	struct err *err;             /* NULL, or why it was refused as a whole */
	struct problems problems;    /* n > 0: nothing was changed */
	struct pairs raw;            /* what was typed, to show again */
	const char *location, *flash, *reference, *login_token;
	struct pairs result;
};

/* The audit entry, in the same transaction: subject "session:2K7Q", what changed from before to after. It is written when
 * the operation has come to its end, so nothing on op->arena is rewound over it. */
struct err *op_audit(struct op *op, const char *subject_kind, const char *subject_ref,
		     const struct record *record, const void *before, const void *after) MUST_CHECK;
/* The same under another action name (an import that closes schools, a sign-in that failed). */
struct err *op_audit_as(struct op *op, const char *action, const char *subject_kind, const char *subject_ref,
			const struct record *record, const void *before, const void *after) MUST_CHECK;
/* The same of an event whose person or authority are not those who ask. Its texts live on op->arena, or longer. */
void op_audit_event(struct op *op, const struct audit_event *event);
/* Edit conflict: the form's _version against the row's. ERR_CONFLICT with a sentence. */
struct err *op_expect_version(struct op *op, int64_t version) MUST_CHECK;
/* A capture of the route; never NULL ("" when absent). */
const char *op_path(const struct op *op, const char *name);

/* ---------- page: a GET ---------- */

struct page {
	struct arena *arena;
	struct db *db; /* read-only, one snapshot for the whole page */
	const struct who *who;
	const struct authority *authority;
	const struct world *world;
	struct instant now;
	struct date today;
	const struct settings *settings;
	const struct request *request;
	const struct pairs *path;
	enum relation relation;        /* as the route's relate said */
	const struct outcome *outcome; /* not NULL: the form is shown again with these problems and values */
	const char *flash;
	struct html *html;             /* page functions write here between page_begin and page_end */
	struct response *response;
	/* House-keeping of the forms of a page: */
	const struct record *input;    /* whose problems and values the outcome holds */
	struct pairs values;           /* of the form being drawn */
	bool summarised;               /* the error summary stands already */
	struct offered *offered;       /* options that it has asked for (page_choices) */
	/* Set by a long answer instead of a body: made step by step, in one snapshot, while others are answered. */
	struct err *(*step)(struct page *p, void *context, bool *done_out);
	void *step_context;
};

typedef struct err *page_fn(struct page *p);
typedef struct err *relate_fn(struct page *p, enum relation *out);

struct route {
	enum http_method method;
	const char *pattern;        /* "/training/sessions/{session}" ; a capture is one segment */
	enum permission permission; /* of a POST: the operation's */
	page_fn *page;              /* GET: the page. POST: the page shown again when there are problems */
	const struct operation *operation; /* POST only */
	relate_fn *relate;          /* NULL: RELATION_NONE. A POST whose operation relates and that shows a page
				     * again needs it too */
};

/* ---------- list: a question that returns rows ---------- */

struct column {
	const char *field;   /* of the row record */
	const char *heading; /* NULL: the field's label */
	struct url (*link)(struct arena *a, const void *row); /* first column usually */
	const char *(*tag)(const void *row); /* colour of a tag ("green"), NULL: plain text */
	bool numeric;
	bool export_only;    /* in CSV, ODS and JSON, not on the page */
	const char *(*text)(struct arena *a, const void *row); /* made of several fields; NULL: the field */
	bool date;           /* what text makes is a date: it stays on one line, as a field that is one does */
};

struct sort { /* an order is a statement of its own with its own index; the first is the default */
	const char *key, *label;
	const struct statement *statement;
	const char *(*after)(struct arena *a, const void *row); /* the sort value of a row, as text, for the next page */
};

/* An operation done to several rows at once: check boxes, a preview that says which rows it would be done to and which
 * are refused, then each in one transaction with its own audit entry. The refused stay as they are, and are told. */
struct bulk {
	const struct operation *operation; /* listed in a feature, without a slow half or a file */
	const char *capture;               /* of its route: "session" */
	const char *field;                 /* of the row, a text: what the capture is */
	const char *label;                 /* of the button: "Confirm" */
	const char *question;              /* heading of the preview: "Confirm these sessions?" */
	const char *done;                  /* after a number: "3 confirmed" */
	const char *const *values;         /* name, value, ..., NULL: fields that the operation needs; NULL: none */
	const char *const *asks;           /* fields of its input that the person enters for all of them; ends with NULL */
	bool (*offers)(const void *row);   /* false: this row has no check box; NULL: every row has. A page without any has no button */
	bool warning;                      /* cannot be taken back */
};

/* Every list statement's args record has these members; the rest are filters (fields with a label)
 * and are read from the query: authority_id, own_user_id, own_urn, after_key (text, "" = first page),
 * after_id, row_limit. A row record has `id`. When the reach of the person's role is REACH_ALL, own_user_id and
 * own_urn are both 0; when it is REACH_OWN both are set (own_urn -1 for a person without a school), so
 * a statement says: `:own_user_id = 0 OR s.trainer_id = :own_user_id OR EXISTS (... urn = :own_urn)`. */
struct list {
	const char *name;   /* "sessions" */
	const char *title;  /* "Training sessions" */
	const char *caption;/* of the table */
	const char *empty;  /* sentence when there is nothing */
	const char *path;   /* "/training/sessions": routes path, path.csv, path.ods, path.json come by themselves */
	enum permission permission;
	const struct record *args;
	const struct record *row;
	const struct column *columns; /* ends with a NULL field and NULL text */
	const struct sort *sorts;     /* ends with a NULL key */
	/* Rows made in C instead of by a statement (coverage): sorts is then NULL. Same args. */
	struct err *(*rows)(struct page *p, const void *args, void *rows_out, size_t *n_out);
	struct err *(*before)(struct page *p, const void *args); /* drawn above the table: tiles, buttons */
	int page_size; /* 0: 25 */
	/* Fills args that have no text (dates by default): before the query is decoded over them. */
	void (*defaults)(struct page *p, void *args);
	/* Works out what the statement needs besides (bounds of its sort key from filters): after both. */
	void (*settle)(void *args);
	const struct bulk *bulk; /* ends with a NULL operation; NULL: none */
};

/* ---------- figure: a question that returns a number ---------- */

enum figure_kind { FIGURE_COUNT, FIGURE_SHARE };

struct period {
	struct date from, to; /* both included */
};

struct figure_value {
	int64_t numerator, denominator; /* denominator 0: not of this figure */
	double value;                   /* count: numerator; share: 0 to 1 */
	bool known;                     /* false: nothing to count (a share of nothing) */
	const char *excluded;           /* what was left out and how many: sentences */
	/* shares only: */
	int64_t asked;      /* those who could have answered; 0: not of this figure */
	double low, high;   /* Wilson 95% interval */
};

struct figure_call { /* who asks and how: pages, notes, CLI and jobs share it */
	struct arena *arena;
	struct db *db;
	int64_t authority_id;
	struct period period;
	void **kept; /* where figures measured one after another leave what they need not work out twice; NULL: nowhere */
};

struct figure_part { /* of a breakdown: "Schools: 40 of 52" */
	const char *label; /* or a word of the breakdown's words */
	int64_t numerator, denominator;
};
RECORD_DECLARE(figure_part);

struct figure_breakdown {
	const char *label;	   /* "By sector"; NULL ends the list */
	const char *first;	   /* heading of the first column, "Sector" */
	const struct words *words; /* labels of the parts; NULL: they say it themselves */
	struct err *(*measure)(const struct figure_call *call, struct figure_part **out, size_t *n_out);
	/* Shares of fewer than this many (answers) are not shown, nor as many others as it takes that subtraction does not
	 * tell them (domain reference 7.6). 0: all are shown. */
	int64_t least;
};

struct figure {
	const char *name;        /* "schools-directly-trained" */
	const char *label;       /* "Schools directly trained" */
	enum figure_kind kind;
	int version;             /* of the definition */
	const char *definition;  /* sentences; names the source */
	const char *numerator_label, *denominator_label; /* "schools trained", "schools in scope" */
	enum permission permission, rows_permission;
	struct err *(*measure)(const struct figure_call *call, struct figure_value *out);
	/* The rows behind the number; list->args has `from` and `to` dates besides the usual. */
	const struct list *rows;
	const struct figure_breakdown *breakdowns; /* the same number by sector, by course ...; NULL: none */
};

/* ---------- job: work outside requests, in the slow role ---------- */

struct job_call {
	struct arena *arena;
	struct db *db; /* read-only */
	const struct world *world;
	const struct settings *settings;
	int64_t authority_id;
	const char *subject; /* reference of the thing to work on */
	struct door *door;   /* changes go through operations, as the system */
};

struct job {
	const char *name; /* "read-school-register" */
	struct err *(*run)(struct job_call *call);
};

/* ---------- feature ---------- */

struct today; /* core/core.h */

struct nav_item {
	const char *label;
	struct url url;
	enum permission permission;
	/* The entry of the sub-navigation that this stands under, together with others that name it and stand next to it:
	 * they are shown side by side once one of them is open. NULL: an entry of its own. */
	const char *group;
};

struct feature {
	const char *name;  /* "training" */
	const char *title; /* top level of the navigation, or NULL */
	const struct nav_item *nav;   /* sub-navigation; the first is where the title leads; ends with NULL label */
	const struct record *const *records;       /* for the data dictionary; NULL-terminated */
	const struct operation *const *operations; /* NULL-terminated */
	const struct list *const *lists;
	const struct figure *const *figures;
	const struct route *routes; /* ends with a NULL pattern */
	const struct job *const *jobs;
	/* What is due for this person: lines of the Today page. May be NULL. */
	struct err *(*today)(struct page *p, struct today *out);
};

extern const struct feature *const features[]; /* app/features.c, in reading order, NULL-terminated */

const struct operation *operation_find(const char *name);
const struct figure *figure_find(const char *name);
const struct list *list_find(const char *name);
const struct job *job_find(const char *name);

#endif
