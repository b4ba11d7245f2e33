/* Agencies: the list, one agency with its teams and contacts, the forms. */
#include "app/directory/agency.sql.h"
#include "app/directory/partnership.h"
#include "base/arena.h"
#include "base/text.h"

/* ---- the list ---- */

static struct url line_link(struct arena *a, const void *row)
{
	return link_agency(a, ((const struct agency_line *)row)->reference);
}

static const char *state_tag(int state)
{
	return state == AGENCY_ACTIVE ? "green" : state == AGENCY_DORMANT ? "yellow" : "grey";
}

static const char *line_tag(const void *row)
{
	return state_tag(((const struct agency_line *)row)->state);
}

static const char *line_after(struct arena *a, const void *row)
{
	return ((const struct agency_line *)row)->name_fold;
}

static const struct column columns[] = {
	{ .field = "name", .link = line_link },
	{ .field = "reference", .export_only = true },
	{ .field = "sch6" },
	{ .field = "sector", .export_only = true },
	{ .field = "steering_group", .export_only = true },
	{ .field = "contacts", .heading = "Contacts", .numeric = true },
	{ .field = "last_contact_on" },
	{ .field = "agreement_review_on", .export_only = true },
	{ .field = "state", .tag = line_tag },
	{ 0 },
};

static const struct sort sorts[] = {
	{ "name", "Name", &SQL_agencies_by_name, line_after },
	{ 0 },
};

static struct err *before_list(struct page *p, const void *args)
{
	if (page_may(p, PERM_agency_manage)) {
		ui_button(p->html,
			  &(struct ui_button){ .text = "Add an agency", .href = URL("/partnership/agencies/new") });
	}
	return NULL;
}

const struct list list_agencies = {
	.name = "agencies",
	.title = "Agencies",
	.caption = "Agencies by name",
	.empty = "There is no agency that fits. Change the filters, or add an agency.",
	.path = "/partnership/agencies",
	.permission = PERM_agency_read,
	.args = &agencies_args_record,
	.row = &agency_line_record,
	.columns = columns,
	.sorts = sorts,
	.before = before_list,
};

/* ---- one agency ---- */

static struct err *agency_of_page(struct page *p, struct agency *out)
{
	return agency_find(p->arena, p->db, p->who->authority_id, page_path(p, "agency"), out);
}

static struct err *people(struct page *p, const struct agency *g)
{
	const struct part_arg args = { g->authority_id, g->id, "", p->today };
	struct agency_people n;

	if (!page_may(p, PERM_learner_read)) {
		return NULL;
	}
	TRY(sql_agency_people(p->arena, p->db, &args, &n));
	if (n.people == 0) {
		ui_paragraph(p->html, "Nobody who works here is recorded for training yet.");
		return NULL;
	}
	LIT(p->html, "<p class=\"govuk-body\">");
	ui_anchor(p->html, url_with(p->arena, URL("/training/learners"), "agency", g->reference),
		  arena_printf(p->arena, "%s %s of this agency", text_thousands(p->arena, n.people),
			       n.people == 1 ? "person" : "people"));
	html_text(p->html, arena_printf(p->arena, ", %s of them with training completed.",
					text_thousands(p->arena, n.trained)));
	LIT(p->html, "</p>");
	return NULL;
}

/* Who is due here: the line that a school's page has. */
static struct err *due(struct page *p, const struct agency *g)
{
	const struct part_arg args = { g->authority_id, g->id, "", p->today };
	struct agency_due n;

	if (policy_reach(p->who->role, PERM_need_read) != REACH_ALL) {
		return NULL;
	}
	TRY(sql_agency_due(p->arena, p->db, &args, &n));
	if (n.asked > 0) {
		LIT(p->html, "<p class=\"govuk-body\">");
		ui_anchor(p->html, url_with(p->arena, URL("/training/due"), "agency", g->reference),
			  arena_printf(p->arena, "Training in date: %s of %s that is asked for", text_thousands(p->arena, n.in_date),
				       text_thousands(p->arena, n.asked)));
		LIT(p->html, "</p>");
	}
	return NULL;
}

static struct err *teams(struct page *p, const struct agency *g)
{
	const struct part_arg args = { g->authority_id, g->id, "", p->today };
	bool manages = page_may(p, PERM_agency_manage);
	struct team *rows;
	size_t n;
	static const struct ui_cell head[] = { { .text = "Team" }, { .text = "State" } };
	const struct ui_table table = { .caption = "Teams", .caption_classes = "govuk-table__caption--m",
					.head = head, .n_head = 2, .first_cell_is_header = true };

	TRY(sql_teams_of_agency(p->arena, p->db, &args, &rows, &n));
	if (n > 0) {
		ui_table_begin(p->html, &table);
	}
	for (size_t i = 0; i < n; i++) {
		struct url edit = url_path(p->arena, "/partnership/agencies/{}/teams/{}/edit", g->reference, rows[i].reference);

		ui_row_begin(p->html);
		ui_cell(p->html, &(struct ui_cell){ .text = rows[i].name, .header = true,
						    .href = manages ? edit : (struct url){ NULL } });
		ui_cell(p->html, &(struct ui_cell){ .text = date_is_set(rows[i].ended_on)
							     ? arena_printf(p->arena, "Ended on %s", date_long(p->arena, rows[i].ended_on))
							     : "In place" });
		ui_row_end(p->html);
	}
	if (n > 0) {
		ui_table_end(p->html, &table);
	}
	if (manages) {
		LIT(p->html, "<p class=\"govuk-body\">");
		ui_anchor(p->html, url_path(p->arena, "/partnership/agencies/{}/teams/new", g->reference), "Add a team");
		LIT(p->html, "</p>");
	}
	return NULL;
}

struct err *agency_page(struct page *p)
{
	struct agency g;
	static const struct summary_action none[] = { { NULL, { NULL }, NULL } };

	TRY(agency_of_page(p, &g));
	const struct contacts_of_arg of = { g.authority_id, g.id, 0 };

	page_begin(p, &(struct page_head){ .title = g.name, .caption = "Agency", .back = URL("/partnership/agencies") });
	page_summary(p, &agency_record, &g, none);
	if (page_may(p, PERM_agency_manage)) {
		ui_button(p->html, &(struct ui_button){
					   .text = "Change this agency",
					   .classes = "govuk-button--secondary",
					   .href = url_path(p->arena, "/partnership/agencies/{}/edit", g.reference) });
	}
	TRY(teams(p, &g));
	TRY(contacts_table(p, &of));
	if (page_may(p, PERM_agency_manage) && g.state != AGENCY_CLOSED) {
		LIT(p->html, "<p class=\"govuk-body\">");
		ui_anchor(p->html, url_with(p->arena, URL("/partnership/contacts/new"), "agency", g.reference),
			  "Add a contact");
		LIT(p->html, "</p>");
	}
	TRY(people(p, &g));
	TRY(due(p, &g));
	page_end(p);
	return NULL;
}

/* ---- forms ---- */

struct err *agency_new_page(struct page *p)
{
	const struct agency initial = { .state = AGENCY_ACTIVE };

	page_begin(p, &(struct page_head){ .title = "Add an agency", .back = URL("/partnership/agencies") });
	TRY(page_form(p, &(struct form){ .record = &agency_record,
					 .action = URL("/partnership/agencies/new"),
					 .initial = &initial,
					 .submit = "Add agency",
					 .cancel = URL("/partnership/agencies") }));
	page_end(p);
	return NULL;
}

struct err *agency_edit_page(struct page *p)
{
	struct agency g;

	TRY(agency_of_page(p, &g));
	page_begin(p, &(struct page_head){ .title = "Change this agency",
					   .caption = g.name,
					   .back = link_agency(p->arena, g.reference) });
	TRY(page_form(p, &(struct form){ .record = &agency_record,
					 .action = url_path(p->arena, "/partnership/agencies/{}/edit", g.reference),
					 .submit = "Save changes",
					 .initial = &g,
					 .version = g.version,
					 .cancel = link_agency(p->arena, g.reference) }));
	page_end(p);
	return NULL;
}

struct err *team_new_page(struct page *p)
{
	struct agency g;
	static const char *const only[] = { "name", NULL };

	TRY(agency_of_page(p, &g));
	page_begin(p, &(struct page_head){ .title = "Add a team",
					   .caption = g.name,
					   .back = link_agency(p->arena, g.reference) });
	TRY(page_form(p, &(struct form){ .record = &team_form_record,
					 .action = url_path(p->arena, "/partnership/agencies/{}/teams/new", g.reference),
					 .only = only,
					 .submit = "Add team",
					 .cancel = link_agency(p->arena, g.reference) }));
	page_end(p);
	return NULL;
}

struct err *team_edit_page(struct page *p)
{
	struct agency g;
	struct team t;

	TRY(agency_of_page(p, &g));
	TRY(team_find(p->arena, p->db, &g, page_path(p, "team"), &t));
	const struct team_form initial = { t.name, t.ended_on };

	page_begin(p, &(struct page_head){ .title = "Change this team",
					   .caption = g.name,
					   .back = link_agency(p->arena, g.reference) });
	TRY(page_form(p, &(struct form){ .record = &team_form_record,
					 .action = url_path(p->arena, "/partnership/agencies/{}/teams/{}/edit", g.reference, t.reference),
					 .submit = "Save changes",
					 .initial = &initial,
					 .version = t.version,
					 .cancel = link_agency(p->arena, g.reference) }));
	page_end(p);
	return NULL;
}
