/* A school's page: what the register says of it, and the schools before and after it. */
#include <string.h>

#include "app/directory/directory.h"
#include "app/directory/partnership.h"
#include "base/arena.h"
#include "base/text.h"

/* The URN of the address; 0: it is none. */
static int64_t page_urn(const struct page *p)
{
	return register_urn(page_path(p, "urn"));
}

struct err *school_relate(struct page *p, enum relation *out)
{
	int64_t urn = page_urn(p);

	*out = urn != 0 && urn == p->who->establishment_urn ? RELATION_OWN : RELATION_NONE;
	return NULL;
}

/* ---- before and after ---- */

struct relative {
	int64_t urn;
	const char *name;
	bool here; /* the register here has it */
	struct date on;
	int status;
};

static const char *relative_name(const struct school_family *f, int64_t urn)
{
	const struct school_line *s = school_in(f->schools, f->n_schools, urn);

	if (s != NULL) {
		return s->name;
	}
	for (size_t i = 0; i < f->n_links; i++) {
		if (f->links[i].link_urn == urn && !text_empty(f->links[i].link_name)) {
			return f->links[i].link_name;
		}
	}
	return "School of another register";
}

static bool among(struct urns urns, int64_t self, int64_t urn)
{
	for (size_t i = 0; i < urns.n; i++) {
		if (urns.v[i] == urn) {
			return true;
		}
	}
	return urn == self;
}

/* The date of the edge by which a relative was reached. */
static struct date reached_on(struct arena *a, const struct school_family *f, int64_t self, struct urns urns,
			      int64_t urn, enum succession_way way)
{
	size_t n;
	const struct succession_edge *back = succession_edges(a, f->succession, urn,
							      way == AFTER ? BEFORE : AFTER,
							      (struct date){ 0 }, &n);

	for (size_t i = 0; i < n; i++) {
		if (among(urns, self, back[i].urn) && date_is_set(back[i].on)) {
			return back[i].on;
		}
	}
	return (struct date){ 0 };
}

static void draw_relative(struct page *p, const struct relative *r)
{
	struct html *h = p->html;

	ui_row_begin(h);
	ui_cell(h, &(struct ui_cell){ .text = r->name, .header = true,
				      .href = r->here && page_may(p, PERM_school_read) && p->relation != RELATION_OWN ?
						      link_school(p->arena, r->urn) : (struct url){ NULL } });
	ui_cell(h, &(struct ui_cell){ .text = arena_printf(p->arena, "%lld", (long long)r->urn), .format = "numeric" });
	ui_cell(h, &(struct ui_cell){ .text = date_is_set(r->on) ? date_long(p->arena, r->on) : "Not in the register" });
	ui_cell(h, &(struct ui_cell){ .text = r->here ? words_label(&establishment_status_words, r->status) :
							"Not in the register here" });
	ui_row_end(h);
}

static void draw_relatives(struct page *p, const struct school_family *f, int64_t urn, enum succession_way way)
{
	struct urns urns = succession_of(p->arena, f->succession, urn, way, (struct date){ 0 });
	static const struct ui_cell head[] = { { .text = "School" }, { .text = "URN", .format = "numeric" },
					       { .text = "Date of the change" }, { .text = "Status" } };
	struct ui_table table = { .caption = way == BEFORE ? "Schools it came from" : "Schools it became",
				  .caption_classes = "govuk-table__caption--m", .head = head, .n_head = 4,
				  .first_cell_is_header = true, .scrolls = true };

	if (urns.n == 0) {
		return;
	}
	ui_table_begin(p->html, &table);
	for (size_t i = 0; i < urns.n; i++) {
		const struct school_line *s = school_in(f->schools, f->n_schools, urns.v[i]);
		struct relative r = { .urn = urns.v[i], .name = relative_name(f, urns.v[i]), .here = s != NULL,
				      .on = reached_on(p->arena, f, urn, urns, urns.v[i], way),
				      .status = s == NULL ? 0 : s->status };

		draw_relative(p, &r);
	}
	ui_table_end(p->html, &table);
	if (urns.cut) {
		ui_paragraph(p->html, "There are more than can be shown here.");
	}
}

/* ---- the page ---- */

/* Rows with nothing in them are left out: an extract with few columns leaves most of them empty. */
static void draw_school(struct page *p, const struct school *s, enum scope scope)
{
	size_t n = 0, most = record_count(&school_record) + 1;
	struct ui_summary_row *rows = ARENA_NEW(p->arena, struct ui_summary_row, most);

	for (const struct field *f = school_record.fields; f->name != NULL; f++) {
		const char *value = f->label == NULL || strcmp(f->name, "name") == 0 ? "" :
										       field_display(p->arena, f, s);

		if (!text_empty(value)) {
			rows[n++] = (struct ui_summary_row){ .key = f->label, .value = value };
		}
	}
	rows[n++] = (struct ui_summary_row){
		.key = "Counts among all schools today",
		.value = scope == SCOPE_IN ? "Yes" :
					     arena_printf(p->arena, "No: %s", words_label(&scope_words, (int)scope)),
	};
	ui_summary_list(p->html, &(struct ui_summary_list){ .rows = rows, .n_rows = n });
}

/* Who keeps accounts sees the school and not who its contacts are. */
static struct err *draw_contacts(struct page *p, int64_t urn)
{
	const struct contacts_of_arg of = { p->who->authority_id, 0, urn };

	if (!policy_allows(p->who->role, PERM_contact_read, p->relation)) {
		return NULL;
	}
	TRY(contacts_table(p, &of));
	if (page_may(p, PERM_agency_manage)) {
		LIT(p->html, "<p class=\"govuk-body\">");
		ui_anchor(p->html, url_with(p->arena, URL("/partnership/contacts/new"), "school",
					    arena_printf(p->arena, "%lld", (long long)urn)), "Add a contact");
		LIT(p->html, "</p>");
	}
	return NULL;
}

struct err *school_page(struct page *p)
{
	int64_t urn = page_urn(p);
	const struct school_line *line;
	struct school_family family;
	struct school s;

	if (urn == 0) {
		return ERR(ERR_NOT_FOUND, "There is no school with this URN in the register here.");
	}
	TRY(school_find(p->arena, p->db, p->who->authority_id, urn, &s));
	TRY(school_family(p->arena, p->db, p->who->authority_id, urn, &family));
	line = school_in(family.schools, family.n_schools, urn);
	if (line == NULL) {
		return ERR_DETAIL(ERR_BUG, "school %lld is not of its own family", (long long)urn);
	}
	page_begin(p, &(struct page_head){ .title = s.name, .caption = "School", .back = URL("/schools") });
	LIT(p->html, "<p class=\"govuk-body\">");
	ui_anchor(p->html, url_path(p->arena, "/schools/{}/training", arena_printf(p->arena, "%lld", (long long)urn)),
		  "Training of this school");
	LIT(p->html, "</p>");
	draw_school(p, &s, school_scope(line, p->authority->code, p->today));
	TRY(draw_contacts(p, urn));
	draw_relatives(p, &family, urn, BEFORE);
	draw_relatives(p, &family, urn, AFTER);
	page_end(p);
	return NULL;
}
