/*
 * Schools of the register (Get Information About Schools): the public side of feature directory.
 *
 * A school keeps its history when its URN changes. struct succession says which URNs came before
 * and after one; school_scope() says whether a school belongs to "all schools" on a date.
 * Everything here but the functions that take a database is pure: no store, no clock.
 */
#ifndef APP_DIRECTORY_SCHOOL_H
#define APP_DIRECTORY_SCHOOL_H

#include "base/err.h"
#include "base/field.h"
#include "html/url.h"

struct arena;
struct db;

/* ---- words of the register; the numbers of status and group are GIAS's own codes ---- */

enum establishment_status {
	STATUS_OPEN = 1,
	STATUS_CLOSED = 2,
	STATUS_CLOSING = 3, /* "Open, but proposed to close" */
	STATUS_PROPOSED = 4 /* "Proposed to open" */
};

enum establishment_group {
	GROUP_COLLEGE = 1,
	GROUP_UNIVERSITY = 2,
	GROUP_INDEPENDENT = 3,
	GROUP_MAINTAINED = 4,
	GROUP_SPECIAL = 5,
	GROUP_WELSH = 6,
	GROUP_OTHER = 9,
	GROUP_ACADEMY = 10,
	GROUP_FREE_SCHOOL = 11,
	GROUP_ONLINE = 13
};

enum phase { /* GIAS's code + 1 */
	PHASE_NOT_APPLICABLE = 1,
	PHASE_NURSERY,
	PHASE_PRIMARY,
	PHASE_MIDDLE_PRIMARY,
	PHASE_SECONDARY,
	PHASE_MIDDLE_SECONDARY,
	PHASE_SIXTEEN_PLUS,
	PHASE_ALL_THROUGH
};

enum link_kind {
	LINK_SUCCESSOR = 1,
	LINK_PREDECESSOR,
	LINK_SUCCESSOR_MERGED,
	LINK_PREDECESSOR_MERGED,
	LINK_SUCCESSOR_AMALGAMATED,
	LINK_PREDECESSOR_AMALGAMATED,
	LINK_RESULT_OF_AMALGAMATION,
	LINK_SUCCESSOR_SPLIT,
	LINK_PREDECESSOR_SPLIT,
	LINK_SIXTH_FORM_SCHOOL,
	LINK_SIXTH_FORM_LINK,
	LINK_MERGED_CAPACITY_AND_AGE,
	LINK_MERGED_AGE,
	LINK_MERGED_CAPACITY,
	LINK_EXPANSION,
	LINK_CLOSURE,
	LINK_OTHER
};

extern const struct words establishment_status_words, establishment_group_words, phase_words,
	link_kind_words, scope_words;

/* ---- a school ---- */

struct school { /* a row of establishment */
	int64_t urn, authority_id;
	const char *la_code, *la_name, *number, *ukprn, *name, *name_fold, *type;
	int type_group, status, phase;
	struct date open_date, close_date;
	struct opt_int low_age, high_age;
	const char *gender, *religious_character;
	struct opt_int pupils;
	const char *trust_name, *street, *locality, *town, *county, *postcode, *district, *ward;
	const char *website, *telephone;
	struct date last_changed, vanished_on;
};
RECORD_DECLARE(school);

struct school_line { /* what scope, succession and coverage need of a school, and no more */
	int64_t urn;
	const char *la_code, *name, *type;
	int type_group, status, phase;
	const char *district, *trust_name;
	struct date open_date, close_date, vanished_on;
};
RECORD_DECLARE(school_line);

struct school_link { /* a row of the links file */
	int64_t urn, link_urn;
	int kind;
	const char *link_name;
	struct date established_on;
};
RECORD_DECLARE(school_link);

/* The school's page. */
struct url link_school(struct arena *a, int64_t urn);

/* One school of the authority; ERR_NOT_FOUND. The caller has checked who may see it. */
struct err *school_find(struct arena *a, struct db *db, int64_t authority_id, int64_t urn,
			struct school *out) MUST_CHECK;

/* All schools of the register that this authority holds, in order of URN (closed ones too). Open
 * data: any signed-in role may run it. */
struct err *schools_all(struct arena *a, struct db *db, int64_t authority_id, struct school_line **out,
			size_t *n_out) MUST_CHECK;

/* The school of this URN in rows that are in order of URN; NULL: not there. */
const struct school_line *school_in(const struct school_line *rows, size_t n, int64_t urn);

/* ---- in scope ---- */

/*
 * Whether a school counts among "all schools" of an authority on a date, or why not.
 * Counter-Terrorism and Security Act 2015, Schedule 6: maintained and independent schools, academies
 * and free schools. Colleges, universities and online providers are reported apart.
 */
enum scope {
	SCOPE_IN = 1,
	SCOPE_OTHER_AUTHORITY,
	SCOPE_PROPOSED,
	SCOPE_NOT_OPEN_YET,
	SCOPE_CLOSED,
	SCOPE_VANISHED,
	SCOPE_COLLEGE,
	SCOPE_UNIVERSITY,
	SCOPE_ONLINE,
	SCOPE_WELSH,
	SCOPE_OTHER_TYPE,
	SCOPE_TYPE_UNKNOWN
};
/* la_code: of the authority. The date that a school closes is its last day open. */
enum scope school_scope(const struct school_line *s, const char *la_code, struct date on);

/* ---- succession ---- */

/* A closure never holds more URNs than this; the largest of England's register of 2025 holds 14. */
#define SUCCESSION_MOST 256

enum succession_way { BEFORE, AFTER };

struct succession; /* links made into a graph: old school -> new school, dated */

struct succession_edge {
	int64_t urn;     /* the school at the other end */
	struct date on;  /* not set: the register gives no date; the edge then always holds */
};

struct urns {
	const int64_t *v;
	size_t n;
	bool cut; /* there were more than SUCCESSION_MOST */
};

/*
 * Links that carry identity (successor, predecessor, merged, amalgamated, split, result of an
 * amalgamation), both directions made one edge. An edge without a date takes the open date of the
 * new school, else the close date of the old one. Where the register calls each of two schools the
 * other's successor ("Result of Amalgamation" stands on both), the one that closed is the old one;
 * if that does not tell, both edges stay. schools: in order of URN; may be NULL with n 0.
 */
struct succession *succession_new(struct arena *a, const struct school_link *links, size_t n_links,
				  const struct school_line *schools, size_t n_schools);

/* Every school that a school came from (BEFORE) or went into (AFTER), near ones first, along edges
 * dated up to `on` (not set: all edges). The school itself is not among them, cycles or no. */
struct urns succession_of(struct arena *a, const struct succession *s, int64_t urn,
			  enum succession_way way, struct date on);

/* The next ones only, with dates; in order of URN. */
const struct succession_edge *succession_edges(struct arena *a, const struct succession *s, int64_t urn,
					       enum succession_way way, struct date on, size_t *n_out);

/* The graph of the store's links. schools as schools_all() gave them. */
struct err *succession_load(struct arena *a, struct db *db, const struct school_line *schools,
			    size_t n_schools, struct succession **out) MUST_CHECK;

/* A school, and all that it came from or went into: small, whatever the size of the register. */
struct school_family {
	struct school_line *schools; /* in order of URN; those of the register here */
	size_t n_schools;
	struct school_link *links;
	size_t n_links;
	struct succession *succession;
};
struct err *school_family(struct arena *a, struct db *db, int64_t authority_id, int64_t urn,
			  struct school_family *out) MUST_CHECK;

#endif
