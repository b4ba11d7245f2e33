/* Components that show: navigation, text, lists, tables, banners; MoJ's and our own. */
#ifndef UI_COMPONENTS_H
#define UI_COMPONENTS_H

#include "ui/controls.h"
#include "ui/parts.h"

struct arena;

/* ---------- links round a page ---------- */

struct ui_link { /* a crumb, a link of the footer */
	const char *text;
	struct html_fragment html;
	struct url href; /* {NULL}: text only */
	const struct ui_attribute *attributes;
};

struct ui_breadcrumbs {
	const struct ui_link *items;
	size_t n_items;
	bool collapse_on_mobile;
	const char *label_text; /* NULL: "Breadcrumb" */
	const char *classes;
	const struct ui_attribute *attributes;
};
void ui_breadcrumbs(struct html *h, const struct ui_breadcrumbs *o);

struct ui_back_link {
	const char *text; /* NULL: "Back" */
	struct html_fragment html;
	struct url href;
	const char *classes;
	const struct ui_attribute *attributes;
};
void ui_back_link(struct html *h, const struct ui_back_link *o);

struct ui_skip_link {
	const char *text;
	struct html_fragment html;
	struct url href;
	const char *classes;
	const struct ui_attribute *attributes;
};
void ui_skip_link(struct html *h, const struct ui_skip_link *o);

/* Keyset pages: give previous and next. Numbered pages: items too. */
struct ui_page_link {
	const char *text; /* NULL: "Previous page", "Next page" */
	struct html_fragment html;
	const char *label_text; /* "of sessions" below the word */
	struct url href;        /* {NULL}: not shown */
	const struct ui_attribute *attributes;
};
struct ui_page_number {
	const char *number;
	struct url href;
	bool current, ellipsis;
	const char *visually_hidden_text;
	const struct ui_attribute *attributes;
};
struct ui_pagination {
	const struct ui_page_number *items;
	size_t n_items;
	struct ui_page_link previous, next;
	const char *landmark_label; /* NULL: "Pagination" */
	const char *classes;
	const struct ui_attribute *attributes;
};
void ui_pagination(struct html *h, const struct ui_pagination *o);

struct ui_service_item {
	const char *text;
	struct html_fragment html;
	struct url href;
	bool current, active; /* this page; a page below it */
	const struct ui_attribute *attributes;
};
struct ui_service_navigation {
	const char *service_name;
	struct url service_url;
	const struct ui_service_item *navigation;
	size_t n_navigation;
	enum ui_flag collapse_navigation_on_mobile; /* UNSET: when there is more than one item */
	const char *aria_label, *menu_button_text, *menu_button_label;
	const char *navigation_label, *navigation_id, *navigation_classes;
	struct html_fragment slot_start, slot_end, slot_navigation_start, slot_navigation_end;
	bool slot_end_inline;
	const char *classes;
	const struct ui_attribute *attributes;
};
void ui_service_navigation(struct html *h, const struct ui_service_navigation *o);

struct ui_generic_header {
	struct url url; /* {NULL}: "/" */
	const char *logo_text;
	struct html_fragment logo_html;
	const char *container_classes; /* NULL: "govuk-width-container" */
	const char *classes;
	const struct ui_attribute *attributes;
};
void ui_generic_header(struct html *h, const struct ui_generic_header *o);

/* Our footer: links only. The package's carries the crown, which a council may not use. */
struct ui_footer {
	const struct ui_link *items;
	size_t n_items;
	const char *text; /* below the links */
};
void ui_footer(struct html *h, const struct ui_footer *o);

struct ui_phase_banner {
	const char *text;
	struct html_fragment html;
	const char *tag_text, *tag_classes;
	struct html_fragment tag_html;
	const char *classes;
	const struct ui_attribute *attributes;
};
void ui_phase_banner(struct html *h, const struct ui_phase_banner *o);

/* ---------- text and messages ---------- */

struct ui_tag {
	const char *text;
	struct html_fragment html;
	const char *classes; /* "govuk-tag--green" */
	const struct ui_attribute *attributes;
};
void ui_tag(struct html *h, const struct ui_tag *o);

struct ui_details {
	const char *id, *summary_text, *text;
	struct html_fragment summary_html, html;
	bool open;
	const char *classes;
	const struct ui_attribute *attributes;
};
void ui_details(struct html *h, const struct ui_details *o);
void ui_details_begin(struct html *h, const struct ui_details *o); /* the body is written between */
void ui_details_end(struct html *h);

struct ui_inset_text {
	const char *id, *text;
	struct html_fragment html;
	const char *classes;
	const struct ui_attribute *attributes;
};
void ui_inset_text(struct html *h, const struct ui_inset_text *o);

struct ui_warning_text {
	const char *text;
	struct html_fragment html;
	const char *icon_fallback_text; /* NULL: "Warning" */
	const char *classes;
	const struct ui_attribute *attributes;
};
void ui_warning_text(struct html *h, const struct ui_warning_text *o);

struct ui_panel { /* confirmation */
	const char *title_text, *text;
	struct html_fragment title_html, html;
	int heading_level; /* 0: 1 */
	const char *classes;
	const struct ui_attribute *attributes;
};
void ui_panel(struct html *h, const struct ui_panel *o);

struct ui_notification_banner {
	const char *text;
	struct html_fragment html;
	const char *title_text;
	struct html_fragment title_html;
	int title_heading_level; /* 0: 2 */
	const char *type;        /* "success" or NULL */
	const char *role, *title_id;
	enum ui_flag disable_auto_focus;
	const char *classes;
	const struct ui_attribute *attributes;
};
void ui_notification_banner(struct html *h, const struct ui_notification_banner *o);

/* <p class="govuk-body">: a sentence. */
void ui_paragraph(struct html *h, const char *text);
/* h2 to h4 with GOV.UK sizes m, s, s. */
void ui_subheading(struct html *h, int level, const char *text);
/* A link in running text or a cell, class govuk-link. */
void ui_anchor(struct html *h, struct url href, const char *text);

/* ---------- summary list ---------- */

struct ui_action {
	const char *text;
	struct html_fragment html;
	struct url href;
	const char *visually_hidden_text; /* what is changed: "date of session" */
	const char *classes;
	const struct ui_attribute *attributes;
};
struct ui_summary_row {
	const char *key, *value;
	struct html_fragment key_html, value_html;
	const char *classes, *key_classes;
	const char *value_classes; /* "app-lines" keeps line breaks of the text */
	struct url value_href;     /* ours: the value as a link */
	const struct ui_action *actions;
	size_t n_actions;
	const char *actions_classes;
};
struct ui_summary_card {
	const char *title;
	struct html_fragment title_html;
	int title_heading_level; /* 0: 2 */
	const char *title_classes;
	const struct ui_action *actions;
	size_t n_actions;
	const char *actions_classes;
	const char *classes;
	const struct ui_attribute *attributes;
};
struct ui_summary_list {
	const struct ui_summary_row *rows;
	size_t n_rows;
	const struct ui_summary_card *card; /* NULL: none */
	const char *classes;
	const struct ui_attribute *attributes;
};
void ui_summary_list(struct html *h, const struct ui_summary_list *o);

/* ---------- table ---------- */

struct ui_cell {
	const char *text;
	struct html_fragment html;
	struct url href;         /* ours: the text as a link */
	const char *tag_colour;  /* ours: the text as a tag of this colour, "green" */
	const char *format;      /* "numeric" */
	bool header;             /* row header; ui_table sets it by first_cell_is_header */
	const char *classes;
	int colspan, rowspan;
	const struct ui_attribute *attributes;
	const char *sort; /* ours, heads only: aria-sort "ascending", "descending" */
};
struct ui_row {
	const struct ui_cell *cells;
	size_t n_cells;
};
struct ui_table {
	const char *caption, *caption_classes; /* classes: "govuk-table__caption--m" */
	const struct ui_cell *head;
	size_t n_head;
	const struct ui_row *rows; /* ui_table only */
	size_t n_rows;
	bool first_cell_is_header;
	bool scrolls; /* ours: a wide table scrolls in a region of its own; needs a caption */
	const char *classes;
	const struct ui_attribute *attributes;
};
void ui_table(struct html *h, const struct ui_table *o);
/* The same, rows written one after the other. */
void ui_table_begin(struct html *h, const struct ui_table *o);
void ui_row_begin(struct html *h);
void ui_cell(struct html *h, const struct ui_cell *c);
void ui_cell_begin(struct html *h, const struct ui_cell *c); /* content is written between */
void ui_cell_end(struct html *h, const struct ui_cell *c);
void ui_row_end(struct html *h);
void ui_table_end(struct html *h, const struct ui_table *o);

/* ---------- Ministry of Justice ---------- */

struct ui_sub_item {
	const char *text;
	struct html_fragment html;
	struct url href;
	bool active;
	const char *classes;
	const struct ui_attribute *attributes;
};
struct ui_sub_navigation {
	const char *label; /* NULL: "Secondary navigation region" */
	const struct ui_sub_item *items;
	size_t n_items;
	const char *classes;
	const struct ui_attribute *attributes;
};
void ui_sub_navigation(struct html *h, const struct ui_sub_navigation *o);

/* Filter beside its results. Apply stands at both ends, so that a keyboard user need not go back.
 *   ui_filter_begin(h, &f); ...controls...; ui_filter_end(h, &f); ...results...; ui_filter_close(h); */
struct ui_filter_tag {
	const char *heading; /* "Status": starts a category when it differs from the one before */
	const char *text;
	struct url href; /* the page without this filter */
};
struct ui_filter {
	struct url action;      /* GET */
	const char *heading;    /* NULL: "Filter" */
	const char *apply_text; /* NULL: "Apply filters" */
	const struct ui_filter_tag *selected;
	size_t n_selected;
	struct url clear;
};
void ui_filter_begin(struct html *h, const struct ui_filter *o);
void ui_filter_end(struct html *h, const struct ui_filter *o);
void ui_filter_close(struct html *h);

struct ui_alert {
	const char *variant; /* "information" (NULL), "success", "warning", "error" */
	const char *title;
	const char *text;
	struct html_fragment html;
	bool show_title_as_heading, dismissible, disable_auto_focus;
	int heading_level; /* 0: 2 */
	const char *role, *dismiss_text, *focus_on_dismiss_selector;
	const char *classes;
	const struct ui_attribute *attributes;
};
void ui_alert(struct html *h, const struct ui_alert *o);

struct ui_timeline_item {
	const char *label, *byline;
	const char *datetime; /* machine */
	const char *date;     /* person */
	const char *text;
	struct html_fragment html;
};
void ui_timeline_begin(struct html *h);
void ui_timeline_item(struct html *h, const struct ui_timeline_item *o);
void ui_timeline_end(struct html *h);

struct ui_page_header_actions {
	const char *heading, *caption;
	const struct ui_button *items; /* links as buttons; forms go between begin and end */
	size_t n_items;
};
void ui_page_header_actions(struct html *h, const struct ui_page_header_actions *o);
void ui_page_header_actions_begin(struct html *h, const struct ui_page_header_actions *o);
void ui_page_header_actions_end(struct html *h);

struct ui_identity_bar {
	const char *title;
	struct html_fragment title_html;
	const char *classes;
};
void ui_identity_bar(struct html *h, const struct ui_identity_bar *o);

/* ---------- our own ---------- */

/* Big numbers: tiles in a row, each a link to what stands behind it. */
struct ui_tile {
	const char *label; /* "Schools directly trained" */
	const char *value; /* "51" */
	const char *note;  /* "of 210 in scope"; NULL: none */
	struct url href;   /* {NULL}: not a link */
};
void ui_tiles_begin(struct html *h);
void ui_tile(struct html *h, const struct ui_tile *o);
void ui_tiles_end(struct html *h);

/* A horizontal bar chart: bars from zero, values as text at their ends. The table of the same
 * numbers is the caller's, below it. */
struct ui_bar {
	const char *label;
	double value;
	const char *value_text; /* "68%" */
};
struct ui_bar_chart {
	const char *id;    /* unique on the page */
	const char *title; /* what it says: "Two in three secondary schools are trained" */
	const char *description;
	double max; /* end of the scale; 0: the largest value */
	const struct ui_bar *bars;
	size_t n_bars;
};
void ui_bar_chart(struct html *h, const struct ui_bar_chart *o);

/* Columns side by side, one a period, from zero. The table of the same numbers is the caller's, below it. */
struct ui_column {
	double value;
	bool known;       /* false: no column */
	double low, high; /* an interval as a line over the column; both 0: none */
};
struct ui_column_chart {
	const char *id;    /* unique on the page */
	const char *title, *description;
	const char *top_text; /* of the end of the scale: "60" */
	const char *start_text, *end_text; /* below: "1 Apr 2025", "31 Mar 2026" */
	double max;           /* end of the scale */
	int width;            /* CSS pixels; 0: as wide as there is room */
	const struct ui_column *columns;
	size_t n_columns;
};
void ui_column_chart(struct html *h, const struct ui_column_chart *o);
/* A round number at or above the value, for the end of a scale: 1, 2, 3, 4, 5, 6, 8, 10, 20 ... */
double ui_scale_end(double value);

/* An address as a QR code (SVG), quiet zone included. False: too long, nothing written. */
struct ui_qr {
	const char *text;  /* what it encodes */
	const char *label; /* what it is: "QR code: feedback form" */
	int size;          /* CSS pixels; 0: 200 */
};
bool ui_qr(struct html *h, const struct ui_qr *o);

/* Markdown that people write, as GOV.UK typography. Raw HTML is dropped, links lead to own paths,
 * https, mailto and tel only. */
struct ui_prose {
	const char *text;
	int heading_level; /* what the highest heading in the text becomes; 0: h2 */
	/* Sections 1, 2 and paragraphs 1.1, 1.2 as in a note to a committee: the highest headings
	 * begin sections, paragraphs at the top level are counted within. */
	bool numbered;
	/* {{figure NAME FROM TO}} in running text: called with what stands between the braces after
	 * "figure ". NULL: the text stands as it was typed. */
	void (*place)(void *context, struct html *h, const char *inside);
	/* {{WORD ...}} that is a paragraph of its own, other than a figure: called with all that stands between the braces,
	 * where blocks may stand. NULL: text as well. */
	void (*block)(void *context, struct html *h, const char *inside);
	void *context;
};
void ui_prose(struct html *h, struct arena *a, const struct ui_prose *o);

#endif
