/* What is derived from the declarations, and the dispatch. */
#ifndef CORE_CORE_H
#define CORE_CORE_H

#include "core/feature.h"
#include "ipc/ipc.h"

/* ---- the door: operations from wherever they are asked ---- */

struct login_limits;
struct door; /* to a running keeper by its control socket, or this process as the keeper */

/* Opens a door on a data directory: through DATA/control when a keeper listens, else by taking the
 * exclusive lock DATA/lock and opening the store for writing. Used by the command line. */
struct err *door_open(struct door **out, const struct settings *settings, const struct world *world) MUST_CHECK;
void door_close(struct door **door);
/* A door within this process over an open writing handle: tests and the keeper itself. */
struct door *door_local(struct arena *a, struct db *db, const struct settings *settings, const struct world *world);

struct ask { /* an operation asked for */
	const char *operation;
	const char *login_token; /* a browser's; NULL: the system (command line, job) or the public */
	const char *actor;       /* for the system: "cli:NAME", "job:NAME"; NULL otherwise */
	int64_t authority_id;    /* for the system */
	const char *csrf;        /* needed with a login token */
	const char *key;         /* idempotency: the same key and content answer the same outcome; NULL: none */
	const char *client;      /* a browser's address, for sign-in limits; NULL: not from the network */
	struct pairs path, raw;
	enum record_source source;
	const struct upload *upload;
};
struct err *door_ask(struct arena *a, struct door *door, const struct ask *ask, struct outcome *out) MUST_CHECK;

/* What arrives from a web process speaks for a browser only: takes away actor and authority. The keeper
 * calls it on every ask that did not come through DATA/control. */
void ask_distrust(struct ask *ask);
void ask_pack(struct packer *p, const struct ask *ask);
struct err *ask_unpack(struct arena *a, struct bytes b, int fd, struct ask *out) MUST_CHECK;
void outcome_pack(struct packer *p, const struct outcome *o);
struct err *outcome_unpack(struct arena *a, struct bytes b, struct outcome *out) MUST_CHECK;

/* The whole of it, in the keeper, inside an open transaction (a savepoint of its own):
 * who, permission and relation, decode, choices, guard, apply, audit; rolled back unless all is well.
 * Split in two where the operation has a slow half: first half ends with *needs_slow true.
 * What went wrong with the operation is in out->err; an error is returned only when the transaction
 * itself can no longer be trusted, and everything in it must be rolled back. */
struct err *operation_run(struct arena *a, struct db *db, const struct settings *settings,
			  const struct world *world, const struct ask *ask, struct bytes slow_answer,
			  bool slow_done, bool *needs_slow, struct outcome *out) MUST_CHECK;
/* The slow half, in the slow role. */
struct err *operation_slow(struct arena *a, struct db *db, const struct settings *settings,
			   const struct world *world, const struct ask *ask, struct bytes *answer) MUST_CHECK;

/* ---- dispatch: one table ---- */

/* The route of a method and path, captures filled in; NULL: none. Routes of features and those that
 * lists bring (path, path.csv, path.ods, path.json) are gathered once at start (route_table_build). */
struct matched {
	const struct route *route;
	const struct list *list; /* when the route is a list's */
	const char *format;      /* "html", "csv", "ods", "json" for a list */
	struct pairs path;
	bool other_method; /* the path exists for another method: 405 */
};
struct err *route_table_build(void) MUST_CHECK; /* ambiguous patterns, missing permissions, POST without operation: ERR_BUG */
bool route_match(struct arena *a, enum http_method method, const char *path, struct matched *out);
size_t route_count(void);
const struct route *route_at(size_t i, const struct list **list_out);

/* A GET, or a POST shown again with its outcome: permission, relation, page, shell. Hidden and
 * absent give the same answer. */
struct err *page_serve(struct page *p, const struct matched *m) MUST_CHECK;
/* The error page for an error, with the shell where a person is signed in. */
void page_error(struct page *p, const struct err *err);

/* ---- pages: what features call ---- */

struct page_head {
	const char *title;     /* also <title>; "Error: " is put before it when the form has problems */
	const char *caption;   /* small text above the heading */
	struct url back;       /* back link; {NULL}: none */
	bool no_heading;       /* the page writes its own h1 */
	bool wide;
	bool plain;            /* public page: no navigation */
	const struct ui_crumb *crumbs; /* ends with NULL text; instead of back */
};
void page_begin(struct page *p, const struct page_head *head);
void page_end(struct page *p);

/* Answers something other than a page: CSV, JSON, SVG. */
void page_bytes(struct page *p, const char *content_type, struct bytes body, const char *filename);

const char *page_path(const struct page *p, const char *name); /* capture, "" when absent */
const char *page_query(const struct page *p, const char *name); /* NULL when absent */
/* An address of this service as people type it: the public address before it, or the one that this page was asked
 * under. */
const char *page_public_address(const struct page *p, struct url path);
bool page_may(const struct page *p, enum permission permission); /* with any reach */

/* A form of a record: error summary, every field with label, hint, error and value; the hidden
 * fields _csrf, _key, _version. Values: what was typed (outcome), else `initial`, else empty. */
struct form {
	const struct record *record;
	struct url action;
	const char *submit;          /* "Schedule session"; NULL: the page draws its own buttons */
	const void *initial;         /* struct of the record, or NULL */
	int64_t version;             /* 0: a new thing */
	struct url cancel;           /* {NULL}: none */
	bool multipart;              /* has a file */
	const char *file_label, *file_hint, *file_accept; /* multipart: the file field "file" */
	bool warning;                /* the submit is destructive: warning button */
	const char *const *only;     /* show only these fields, in this order; NULL: all with a label */
};
struct err *page_form(struct page *p, const struct form *form) MUST_CHECK;
/* For pages with controls of their own between begin and end. */
struct err *page_form_begin(struct page *p, const struct form *form) MUST_CHECK;
struct err *page_form_field(struct page *p, const struct form *form, const char *name) MUST_CHECK;
void page_form_end(struct page *p, const struct form *form);
/* One button that runs an operation without fields ("Confirm session"). */
void page_button_form(struct page *p, struct url action, const char *label, int64_t version, bool secondary);
/* The error summary stands by itself above the heading; a page that draws controls of its own may say whose
 * fields they are before page_begin (p->input). Does nothing when it was drawn already. */
void page_error_summary(struct page *p, const struct record *record);

/* Summary list of a struct by its table: label and value of every field that has a label. */
struct summary_action {
	const char *field;
	struct url url;
	const char *text; /* "Change" */
};
void page_summary(struct page *p, const struct record *record, const void *in, const struct summary_action *actions);

/* A list as a page, CSV, ODS or JSON by p->... (called by dispatch; features call it to embed one). */
struct err *list_serve(struct page *p, const struct list *list, const char *format) MUST_CHECK;
/* Only the table and the pages below it, for a thing's own page; fixed args are set by the caller. */
struct err *list_table(struct page *p, const struct list *list, void *args) MUST_CHECK;
/* For the CLI: all rows, as text table, JSON, CSV or ODS into buf. */
struct err *list_print(struct arena *a, struct db *db, const struct who *who, const struct list *list,
		       const void *args, const char *format, struct buf *out) MUST_CHECK;

/* ---- figures ---- */
void wilson_interval(int64_t agree, int64_t answers, double *low, double *high); /* 95%; Wilson 1927 */
/* Which parts of a breakdown may be shown: hidden[i] says that part i may not (struct figure_breakdown). Pure. */
void figure_hide(const struct figure_part *parts, size_t n, int64_t least, bool *hidden);
const char *figure_text(struct arena *a, const struct figure *f, const struct figure_value *v); /* "51", "98%" */
/* "/reports/figures/NAME?from=...&to=...": the page of a figure is the reporting feature's. */
struct url link_figure(struct arena *a, const struct figure *f, struct period period);

/* ---- Today ---- */
struct today_line {
	const char *text; /* "3 sessions to close" */
	struct url url;
	bool overdue;
};
struct today {
	struct arena *arena;
	struct today_line *v;
	size_t n, cap;
};
void today_add(struct today *t, bool overdue, struct url url, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* When a login ends, as the settings say (trust/trust.h). */
struct login_limits login_limits_of(const struct settings *settings);

/* ---- roles: loops that do not return until drained ---- */
struct role_sockets {
	int listen_fd;  /* web */
	int control_fd; /* keeper: DATA/control */
	int *web;       /* keeper's ends, one a web process; web: its own in [0] */
	size_t n_web;
	int slow;       /* keeper <-> slow */
	int jobs;       /* keeper <-> jobs: only ever a wake */
	int status;     /* to the parent: IPC_PONG once when answering, IPC_OUTCOME why not; -1: nobody asks */
};
struct err *web_run(const struct settings *settings, const struct world *world, const struct role_sockets *sockets) MUST_CHECK;
struct err *keeper_run(const struct settings *settings, const struct world *world, const struct role_sockets *sockets) MUST_CHECK;
/* The slow half of operations: password hashing. */
struct err *slow_run(const struct settings *settings, const struct world *world, const struct role_sockets *sockets) MUST_CHECK;
/* Work in the background: jobs that are due; their changes go through DATA/control. */
struct err *jobs_run(const struct settings *settings, const struct world *world, const struct role_sockets *sockets) MUST_CHECK;

/* Parent: binds, opens DATA/lock, starts the roles, replaces those that die, replaces all of them on SIGHUP, drains
 * on SIGTERM. */
struct serve {
	const struct settings *settings;
	const struct world *world;
	const char *const *environment; /* NULL-terminated; tells of a socket that systemd has opened */
	/* Called once, when the first web process answers, with "http://127.0.0.1:8080" or "unix:/path". */
	void (*ready)(void *context, const char *address);
	/* The settings as they are now, on SIGHUP; NULL: the same. */
	struct err *(*reread)(void *context, struct arena *a, struct settings *out);
	void *context;
};
struct err *serve_run(const struct serve *serve) MUST_CHECK;

#endif
