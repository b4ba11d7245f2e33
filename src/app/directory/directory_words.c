/* Words of the school register: code lists of Get Information About Schools and of the import. */
#include "app/directory/directory.h"
#include "app/directory/school.h"

static const struct word statuses[] = {
	{ STATUS_OPEN, "open", "Open", NULL },
	{ STATUS_CLOSED, "closed", "Closed", NULL },
	{ STATUS_CLOSING, "open-proposed-to-close", "Open, but proposed to close", NULL },
	{ STATUS_PROPOSED, "proposed-to-open", "Proposed to open", NULL },
	{ 0, NULL, NULL, NULL }
};
const struct words establishment_status_words = { "establishment-status", statuses };

static const struct word groups[] = {
	{ GROUP_COLLEGE, "colleges", "Colleges", NULL },
	{ GROUP_UNIVERSITY, "universities", "Universities", NULL },
	{ GROUP_INDEPENDENT, "independent", "Independent schools", NULL },
	{ GROUP_MAINTAINED, "maintained", "Local authority maintained schools", NULL },
	{ GROUP_SPECIAL, "special", "Special schools", NULL },
	{ GROUP_WELSH, "welsh", "Welsh schools", NULL },
	{ GROUP_OTHER, "other", "Other types", NULL },
	{ GROUP_ACADEMY, "academies", "Academies", NULL },
	{ GROUP_FREE_SCHOOL, "free-schools", "Free Schools", NULL },
	{ GROUP_ONLINE, "online", "Online provider", NULL },
	{ 0, NULL, NULL, NULL }
};
const struct words establishment_group_words = { "establishment-group", groups };

static const struct word phases[] = {
	{ PHASE_NOT_APPLICABLE, "not-applicable", "Not applicable", NULL },
	{ PHASE_NURSERY, "nursery", "Nursery", NULL },
	{ PHASE_PRIMARY, "primary", "Primary", NULL },
	{ PHASE_MIDDLE_PRIMARY, "middle-deemed-primary", "Middle deemed primary", NULL },
	{ PHASE_SECONDARY, "secondary", "Secondary", NULL },
	{ PHASE_MIDDLE_SECONDARY, "middle-deemed-secondary", "Middle deemed secondary", NULL },
	{ PHASE_SIXTEEN_PLUS, "16-plus", "16 plus", NULL },
	{ PHASE_ALL_THROUGH, "all-through", "All-through", NULL },
	{ 0, NULL, NULL, NULL }
};
const struct words phase_words = { "phase", phases };

/* Labels are the register's own LinkType texts, "changer" as published. */
static const struct word link_kinds[] = {
	{ LINK_SUCCESSOR, "successor", "Successor", NULL },
	{ LINK_PREDECESSOR, "predecessor", "Predecessor", NULL },
	{ LINK_SUCCESSOR_MERGED, "successor-merged", "Successor - merged", NULL },
	{ LINK_PREDECESSOR_MERGED, "predecessor-merged", "Predecessor - merged", NULL },
	{ LINK_SUCCESSOR_AMALGAMATED, "successor-amalgamated", "Successor - amalgamated", NULL },
	{ LINK_PREDECESSOR_AMALGAMATED, "predecessor-amalgamated", "Predecessor - amalgamated", NULL },
	{ LINK_RESULT_OF_AMALGAMATION, "result-of-amalgamation", "Result of Amalgamation", NULL },
	{ LINK_SUCCESSOR_SPLIT, "successor-split", "Successor - Split School", NULL },
	{ LINK_PREDECESSOR_SPLIT, "predecessor-split", "Predecessor - Split School", NULL },
	{ LINK_SIXTH_FORM_SCHOOL, "sixth-form-centre-school", "Sixth Form Centre School", NULL },
	{ LINK_SIXTH_FORM_LINK, "sixth-form-centre-link", "Sixth Form Centre Link", NULL },
	{ LINK_MERGED_CAPACITY_AND_AGE, "merged-capacity-and-age",
	  "Merged - expansion in school capacity and changer in age range", NULL },
	{ LINK_MERGED_AGE, "merged-age", "Merged - change in age range", NULL },
	{ LINK_MERGED_CAPACITY, "merged-capacity", "Merged - expansion of school capacity", NULL },
	{ LINK_EXPANSION, "expansion", "Expansion", NULL },
	{ LINK_CLOSURE, "closure", "Closure", NULL },
	{ LINK_OTHER, "other", "Other", NULL },
	{ 0, NULL, NULL, NULL }
};
const struct words link_kind_words = { "link-kind", link_kinds };

static const struct word scopes[] = {
	{ SCOPE_IN, "in-scope", "In scope", NULL },
	{ SCOPE_OTHER_AUTHORITY, "other-authority", "School of another authority", NULL },
	{ SCOPE_PROPOSED, "proposed-to-open", "Proposed to open", NULL },
	{ SCOPE_NOT_OPEN_YET, "not-open-yet", "Not open on this date", NULL },
	{ SCOPE_CLOSED, "closed", "Closed on this date", NULL },
	{ SCOPE_VANISHED, "vanished", "No longer in the register", NULL },
	{ SCOPE_COLLEGE, "college", "College: reported separately", NULL },
	{ SCOPE_UNIVERSITY, "university", "University: reported separately", NULL },
	{ SCOPE_ONLINE, "online-provider", "Online provider: reported separately", NULL },
	{ SCOPE_WELSH, "welsh", "Welsh school: not under the duty as it applies in England", NULL },
	{ SCOPE_OTHER_TYPE, "other-type", "Other type of establishment: reported separately", NULL },
	{ SCOPE_TYPE_UNKNOWN, "type-not-known", "The register does not say what type it is", NULL },
	{ 0, NULL, NULL, NULL }
};
const struct words scope_words = { "school-scope", scopes };

static const struct word import_states[] = {
	{ IMPORT_READING, "reading", "Reading", NULL },
	{ IMPORT_READY, "ready", "Ready to apply", NULL },
	{ IMPORT_APPLIED, "applied", "Applied", NULL },
	{ IMPORT_DISCARDED, "discarded", "Discarded", NULL },
	{ IMPORT_REFUSED, "refused", "Refused", NULL },
	{ 0, NULL, NULL, NULL }
};
const struct words import_state_words = { "import-state", import_states };

static const struct word change_kinds[] = {
	{ CHANGE_NEW, "new", "New schools", NULL },
	{ CHANGE_CHANGED, "changed", "Changed schools", NULL },
	{ CHANGE_CLOSED, "closed", "Closed schools", NULL },
	{ CHANGE_VANISHED, "vanished", "Schools no longer in the register", NULL },
	{ CHANGE_LINK_NEW, "link-new", "New links between schools", NULL },
	{ CHANGE_LINK_CHANGED, "link-changed", "Changed links between schools", NULL },
	{ CHANGE_LINK_REMOVED, "link-removed", "Removed links between schools", NULL },
	{ 0, NULL, NULL, NULL }
};
const struct words change_kind_words = { "change-kind", change_kinds };
