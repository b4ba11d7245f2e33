/* Contacts: the list, the rows below an agency or a school, one contact, the forms. */
#include "app/directory/contact.sql.h"
#include "app/directory/partnership.h"
#include "app/directory/school.h"
#include "base/arena.h"
#include "base/text.h"

/* ---- the list ---- */

static struct url line_link(struct arena *a, const void *row)
{
	return link_contact(a, ((const struct contact_line *)row)->reference);
}

static const char *place_of(struct arena *a, const char *agency, const char *team, const char *school)
{
	const char *body = text_empty(agency) ? "" : agency;

	if (!text_empty(team)) {
		body = text_empty(body) ? team : arena_printf(a, "%s: %s", body, team);
	}
	if (text_empty(school) || text_empty(body)) {
		return text_empty(school) ? body : school;
	}
	return arena_printf(a, "%s; %s", school, body);
}

static const char *line_place(struct arena *a, const void *row)
{
	const struct contact_line *c = row;

	return place_of(a, c->agency, c->team, c->school);
}

static const char *line_presence(struct arena *a, const void *row)
{
	return date_is_set(((const struct contact_line *)row)->to_on) ? "Left" : "In post";
}

static const char *line_tag(const void *row)
{
	return date_is_set(((const struct contact_line *)row)->to_on) ? "grey" : "green";
}

static const struct column columns[] = {
	{ .field = "name", .link = line_link },
	{ .field = "reference", .export_only = true },
	{ .field = "kind" },
	{ .heading = "Agency or school", .text = line_place },
	{ .field = "establishment_urn", .export_only = true },
	{ .field = "job" },
	{ .field = "email" },
	{ .field = "telephone", .export_only = true },
	{ .field = "secure_email", .export_only = true },
	{ .field = "from_on", .export_only = true },
	{ .field = "to_on", .export_only = true },
	{ .heading = "State", .text = line_presence, .tag = line_tag },
	{ 0 },
};

static const struct sort sorts[] = {
	{ "name", "Name", &SQL_contacts_by_name, NULL },
	{ 0 },
};

static struct err *before_list(struct page *p, const void *args)
{
	if (page_may(p, PERM_agency_manage)) {
		ui_button(p->html, &(struct ui_button){ .text = "Add a contact", .href = URL("/partnership/contacts/new") });
	}
	return NULL;
}

static void defaults(struct page *p, void *args)
{
	struct contacts_args *a = args;

	a->today = p->today;
	a->presence = PRESENCE_CURRENT;
}

const struct list list_contacts = {
	.name = "contacts",
	.title = "Contacts",
	.caption = "Contacts by name",
	.empty = "There is no contact who fits. Change the filters, or add a contact.",
	.path = "/partnership/contacts",
	.permission = PERM_contact_read,
	.args = &contacts_args_record,
	.row = &contact_line_record,
	.columns = columns,
	.sorts = sorts,
	.before = before_list,
	.defaults = defaults,
};

/* ---- below an agency or a school ---- */

struct err *contacts_table(struct page *p, const struct contacts_of_arg *of)
{
	bool school = of->establishment_urn != 0;
	struct contact_line *rows;
	size_t n;
	static const struct ui_cell head[] = { { .text = "Name" }, { .text = "Contact as" }, { .text = "Job and team" },
					       { .text = "Work email" }, { .text = "State" } };
	const struct ui_table table = { .caption = "Contacts", .caption_classes = "govuk-table__caption--m",
					.head = head, .n_head = 5, .first_cell_is_header = true, .scrolls = true };

	TRY(school ? sql_contacts_of_school(p->arena, p->db, of, &rows, &n)
		   : sql_contacts_of_agency(p->arena, p->db, of, &rows, &n));
	if (n == 0) {
		ui_paragraph(p->html, school ? "This school has no contacts yet." : "This agency has no contacts yet.");
		return NULL;
	}
	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < n; i++) {
		const struct contact_line *c = &rows[i];
		const char *place = school ? place_of(p->arena, c->agency, c->team, NULL)
					   : place_of(p->arena, NULL, c->team, c->school);
		const char *job = text_empty(c->job) ? place : text_empty(place) ? c->job
							     : arena_printf(p->arena, "%s, %s", c->job, place);

		ui_row_begin(p->html);
		ui_cell(p->html, &(struct ui_cell){ .text = c->name, .header = true, .href = link_contact(p->arena, c->reference) });
		ui_cell(p->html, &(struct ui_cell){ .text = words_label(&contact_kind_words, c->kind) });
		ui_cell(p->html, &(struct ui_cell){ .text = job });
		ui_cell(p->html, &(struct ui_cell){ .text = c->email });
		ui_cell(p->html, &(struct ui_cell){ .text = date_is_set(c->to_on)
							     ? arena_printf(p->arena, "Left on %s", date_long(p->arena, c->to_on))
							     : "In post" });
		ui_row_end(p->html);
	}
	ui_table_end(p->html, &table);
	if (n == 100) {
		ui_paragraph(p->html, "Only the first 100 are shown here. The list of contacts has all of them.");
	}
	return NULL;
}

/* ---- one contact ---- */

static struct err *contact_of_page(struct page *p, struct contact *out)
{
	return contact_find(p->arena, p->db, p->who->authority_id, page_path(p, "contact"), out);
}

struct err *contact_relate(struct page *p, enum relation *out)
{
	struct contact c;

	TRY(contact_of_page(p, &c));
	*out = c.establishment_urn != 0 && c.establishment_urn == p->who->establishment_urn ? RELATION_OWN
											      : RELATION_NONE;
	return NULL;
}

static void facts(struct page *p, const struct contact *c)
{
	struct arena *a = p->arena;
	bool agencies = page_may(p, PERM_agency_read);
	const struct ui_summary_row rows[] = {
		{ .key = "Contact as", .value = words_label(&contact_kind_words, c->kind) },
		{ .key = "Agency or team",
		  .value = text_empty(c->agency) ? "None" : place_of(a, c->agency, c->team, NULL),
		  .value_href = text_empty(c->agency) || !agencies ? (struct url){ NULL }
								   : link_agency(a, c->agency_reference) },
		{ .key = "School",
		  .value = c->establishment_urn == 0 ? "None"
						      : arena_printf(a, "%s (%lld)", c->school, (long long)c->establishment_urn),
		  .value_href = c->establishment_urn == 0 ? (struct url){ NULL } : link_school(a, c->establishment_urn) },
		{ .key = "Job", .value = text_empty(c->job) ? "Not recorded" : c->job },
		{ .key = "Work email", .value = text_empty(c->email) ? "Not recorded" : c->email },
		{ .key = "Secure email", .value = c->secure_email ? "Yes: personal data may be sent to it" : "No" },
		{ .key = "Work telephone", .value = text_empty(c->telephone) ? "Not recorded" : c->telephone },
		{ .key = "In the post since", .value = date_is_set(c->from_on) ? date_long(a, c->from_on) : "Not recorded" },
		{ .key = "Left on", .value = date_is_set(c->to_on) ? date_long(a, c->to_on) : "Has not left" },
	};

	ui_summary_list(p->html, &(struct ui_summary_list){ .rows = rows, .n_rows = sizeof(rows) / sizeof(*rows) });
}

static void buttons(struct page *p, const struct contact *c)
{
	struct arena *a = p->arena;

	LIT(p->html, "<div class=\"govuk-button-group\">");
	ui_button(p->html, &(struct ui_button){ .text = "Change this contact",
						.classes = "govuk-button--secondary",
						.href = url_path(a, "/partnership/contacts/{}/edit", c->reference) });
	if (date_is_set(c->to_on)) {
		page_button_form(p, url_path(a, "/partnership/contacts/{}/return", c->reference),
				 "They have not left", c->version, true);
	} else {
		ui_button(p->html, &(struct ui_button){ .text = "They have left",
							.classes = "govuk-button--secondary",
							.href = url_path(a, "/partnership/contacts/{}/leave", c->reference) });
	}
	LIT(p->html, "</div>");
}

struct err *contact_page(struct page *p)
{
	struct contact c;

	TRY(contact_of_page(p, &c));
	/* a title goes into the browser's history: no name in it */
	page_begin(p, &(struct page_head){ .title = "Contact", .no_heading = true, .back = URL("/partnership/contacts") });
	ui_heading(p->html, "Contact", c.name);
	facts(p, &c);
	if (page_may(p, PERM_agency_manage)) {
		buttons(p, &c);
	}
	page_end(p);
	return NULL;
}

/* ---- forms ---- */

static const char *body_of(struct arena *a, const struct contact *c)
{
	if (text_empty(c->agency_reference)) {
		return "";
	}
	return text_empty(c->team_reference) ? c->agency_reference
					     : arena_printf(a, "%s/%s", c->agency_reference, c->team_reference);
}

/* From an agency's or a school's page the form knows where the contact works. */
struct err *contact_new_page(struct page *p)
{
	const char *agency = page_query(p, "agency"), *urn = page_query(p, "school");
	struct contact_form initial = { .body = agency == NULL ? "" : agency };

	if (urn != NULL && !text_to_int(urn, 100000, 999999, &initial.establishment_urn)) {
		initial.establishment_urn = 0;
	}
	struct url back = initial.establishment_urn != 0 ? link_school(p->arena, initial.establishment_urn)
			  : !text_empty(agency)		 ? link_agency(p->arena, agency)
							 : URL("/partnership/contacts");

	page_begin(p, &(struct page_head){ .title = "Add a contact", .back = back });
	ui_paragraph(p->html, "Work details only. Nothing about their private life is recorded here.");
	TRY(page_form(p, &(struct form){ .record = &contact_form_record,
					 .action = URL("/partnership/contacts/new"),
					 .initial = &initial,
					 .submit = "Add contact",
					 .cancel = back }));
	page_end(p);
	return NULL;
}

struct err *contact_edit_page(struct page *p)
{
	struct contact c;

	TRY(contact_of_page(p, &c));
	const struct contact_form initial = { c.name, c.kind, c.job, body_of(p->arena, &c), c.establishment_urn,
					      c.email, c.telephone, c.secure_email, c.from_on };

	page_begin(p, &(struct page_head){ .title = "Change this contact", .back = link_contact(p->arena, c.reference) });
	TRY(page_form(p, &(struct form){ .record = &contact_form_record,
					 .action = url_path(p->arena, "/partnership/contacts/{}/edit", c.reference),
					 .submit = "Save changes",
					 .initial = &initial,
					 .version = c.version,
					 .cancel = link_contact(p->arena, c.reference) }));
	page_end(p);
	return NULL;
}

struct err *contact_leave_page(struct page *p)
{
	struct contact c;

	TRY(contact_of_page(p, &c));
	page_begin(p, &(struct page_head){ .title = "When did they leave?",
					   .caption = c.name,
					   .back = link_contact(p->arena, c.reference) });
	ui_paragraph(p->html, "The contact stays in the records and is no longer shown among those in post.");
	TRY(page_form(p, &(struct form){ .record = &contact_leave_record,
					 .action = url_path(p->arena, "/partnership/contacts/{}/leave", c.reference),
					 .submit = "Save",
					 .version = c.version,
					 .cancel = link_contact(p->arena, c.reference) }));
	page_end(p);
	return NULL;
}
