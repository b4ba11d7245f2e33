/* Joint hosts of a session: several schools or bodies hold one together, and each is served by it. */
#include "app/training/session_host.h"

#include "app/training/place.h"
#include "app/training/session_host.sql.h"
#include "app/training/session_rules.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"
#include "work/search.h"

static const struct field host_fields[] = {
	FIELD(struct host, id, .flags = F_COMPUTED),
	FIELD(struct host, session_id, .flags = F_COMPUTED),
	FIELD(struct host, nth, .label = "Place among the hosts"),
	FIELD(struct host, urn, .label = "Host school (URN)", .flags = F_NULLABLE),
	FIELD(struct host, school, .flags = F_NULLABLE),
	FIELD(struct host, organisation, .label = "Host organisation", .flags = F_NULLABLE),
	FIELD(struct host, agency_id, .flags = F_NULLABLE),
	FIELD_END
};
RECORD(host, host_fields);

static const struct field host_agency_arg_fields[] = {
	FIELD(struct host_agency_arg, authority_id),
	FIELD(struct host_agency_arg, name_fold),
	FIELD_END
};
RECORD(host_agency_arg, host_agency_arg_fields);

static const struct field host_form_fields[] = {
	FIELD(struct host_form, host, .label = "Another school or organisation that hosts",
	      .hint = "Name or URN of a school, or the name of another organisation",
	      .flags = F_REQUIRED, .asks = "Enter the school or organisation"),
	FIELD_END
};
RECORD(host_form, host_form_fields);

const char *host_name(struct arena *a, const struct host *h)
{
	return h->urn == 0 ? h->organisation : arena_printf(a, "%s (%lld)", h->school, (long long)h->urn);
}

struct err *session_hosts(struct arena *a, struct db *db, const struct session *s, struct host **out, size_t *n)
{
	struct session_arg args = { s->authority_id, s->id };

	return sql_host_list(a, db, &args, out, n);
}

struct err *session_searchable(struct op *op, const struct session *s, bool is_new)
{
	const char *texts[HOSTS_MAX + 3] = { s->venue };
	struct host *hosts;
	size_t n;

	TRY(session_hosts(op->arena, op->db, s, &hosts, &n));
	for (size_t i = 0; i < n && i < HOSTS_MAX; i++) {
		texts[i + 1] = hosts[i].urn != 0 ? hosts[i].school : hosts[i].organisation;
	}
	return search_put(op->arena, op->db, s->authority_id, SEARCH_SESSION, &(struct search_thing){ s->id, texts, is_new }, 1);
}

/* ---- changing them ---- */

static struct err *add_host(struct op *op, struct host *h)
{
	struct host_agency_arg key = { op->who->authority_id,
				       h->organisation == NULL ? "" : text_fold(op->arena, h->organisation) };
	struct id_row agency;
	bool found = false;

	if (h->urn == 0) {
		TRY(sql_host_agency(op->arena, op->db, &key, &agency, &found));
	}
	h->agency_id = found ? agency.id : 0;
	return sql_host_add(op->db, h, NULL);
}

struct err *session_host_keep(struct op *op, const struct session *s)
{
	struct host first = { .session_id = s->id, .nth = 1, .urn = s->host_urn, .organisation = s->host };

	TRY(sql_host_drop(op->db, &first, NULL));
	if (first.urn == 0 && text_empty(first.organisation)) {
		return sql_host_move_up(op->db, &first, NULL);
	}
	TRY(sql_host_drop_school(op->db, &first, NULL));
	return add_host(op, &first);
}

static const char *state_fault(struct arena *a, int state)
{
	return state != SESSION_CLOSED && state != SESSION_CANCELLED
		       ? NULL
		       : arena_printf(a, "This session is %s. Its hosts can no longer be changed",
				      words_word(&session_state_words, state));
}

static struct err *changed(struct op *op, const struct session *s, const char *flash)
{
	TRY(session_searchable(op, s, false));
	TRY(session_recount(op, s->id));
	op->reference = s->reference;
	op->location = url_path(op->arena, "/training/sessions/{}/hosts", s->reference);
	op->flash = flash;
	return NULL;
}

/* What is wrong with one more host among these; NULL: nothing. */
static const char *host_fault(const struct host *hosts, size_t n, const struct place *place)
{
	if (place->fault != NULL) {
		return place->fault;
	}
	if (n >= HOSTS_MAX) {
		return "A session can have 20 hosts at most";
	}
	for (size_t i = 0; i < n; i++) {
		if (place->urn != 0 ? hosts[i].urn == place->urn
				    : text_same(hosts[i].organisation, place->organisation)) {
			return "This school or organisation is a host already";
		}
	}
	return NULL;
}

static struct err *add(struct op *op, const void *input)
{
	const struct host_form *form = input;
	struct session s;
	struct place place;
	struct host *hosts;
	size_t n;

	TRY(session_of_op(op, &s));
	const char *fault = state_fault(op->arena, s.state);

	if (fault != NULL) {
		problem_add(op->arena, op->problems, NULL, "%s", fault);
		return NULL;
	}
	TRY(place_resolve(op->arena, op->db, s.authority_id, s.held_on, form->host, NULL, &place));
	TRY(session_hosts(op->arena, op->db, &s, &hosts, &n));
	fault = host_fault(hosts, n, &place);
	if (fault != NULL) {
		problem_add(op->arena, op->problems, "host", "%s", fault);
		return NULL;
	}
	struct host h = { .session_id = s.id,
			  .nth = n == 0 ? 1 : hosts[n - 1].nth + 1,
			  .urn = place.urn,
			  .organisation = place.urn == 0 ? place.organisation : "" };

	TRY(add_host(op, &h));
	TRY(op_audit(op, "session", s.reference, &host_record, NULL, &h));
	return changed(op, &s, "Host added");
}

static struct err *remove_it(struct op *op, const void *input)
{
	struct session s;
	struct host *hosts, *found = NULL;
	size_t n;
	int64_t nth = 0;

	(void)input;
	TRY(session_of_op(op, &s));
	TRY(session_hosts(op->arena, op->db, &s, &hosts, &n));
	for (size_t i = 0; text_to_int(op_path(op, "nth"), 1, INT32_MAX, &nth) && i < n; i++) {
		found = hosts[i].nth == nth ? &hosts[i] : found;
	}
	const char *fault = found == NULL ? "This school or organisation is no host of this session any more"
					  : state_fault(op->arena, s.state);

	if (fault != NULL) {
		problem_add(op->arena, op->problems, NULL, "%s", fault);
		return NULL;
	}
	TRY(sql_host_drop(op->db, found, NULL));
	if (nth == 1) {
		TRY(sql_host_move_up(op->db, found, NULL));
	}
	TRY(op_audit(op, "session", s.reference, &host_record, found, NULL));
	return changed(op, &s, "Host taken off");
}

/* ---- the page ---- */

struct err *session_hosts_page(struct page *p)
{
	struct session s;
	struct host *hosts;
	size_t n;

	TRY(session_of_page(p, &s));
	TRY(session_hosts(p->arena, p->db, &s, &hosts, &n));
	struct url back = link_session(p->arena, s.reference);
	const char *fault = state_fault(p->arena, s.state);

	page_begin(p, &(struct page_head){ .title = "Hosts of this session", .caption = s.course, .back = back });
	ui_paragraph(p->html, "Each school that hosts counts as served by the session, once, also when nobody of "
			      "its own comes. Lists name the first host.");
	for (size_t i = 0; i < n; i++) {
		ui_subheading(p->html, 2, host_name(p->arena, &hosts[i]));
		if (fault == NULL) {
			page_button_form(p,
					 url_path(p->arena, "/training/sessions/{}/hosts/{}/remove", s.reference,
						  arena_printf(p->arena, "%lld", (long long)hosts[i].nth)),
					 arena_printf(p->arena, "Take off %s", host_name(p->arena, &hosts[i])), 0, true);
		}
	}
	if (fault != NULL) {
		ui_paragraph(p->html, fault);
	} else {
		TRY(page_form(p, &(struct form){ .record = &host_form_record,
						 .submit = "Add host",
						 .action = url_path(p->arena, "/training/sessions/{}/hosts", s.reference),
						 .cancel = back }));
	}
	page_end(p);
	return NULL;
}

const struct operation add_session_host = {
	.name = "add-session-host",
	.label = "Add a host of a session",
	.permission = PERM_training_manage,
	.input = &host_form_record,
	.apply = add,
};
const struct operation remove_session_host = {
	.name = "remove-session-host",
	.label = "Take a host off a session",
	.permission = PERM_training_manage,
	.apply = remove_it,
};
