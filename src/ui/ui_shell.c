/* The page round every page: head, header with the authority's own name and colour, navigation,
 * footer. */
#include "ui/asset.h"
#include "ui/ui.h"
#include "ui/write.h"

#define ITEMS 32 /* more links than that are no navigation */

static void head(struct html *h, const struct ui_shell *o)
{
	LIT(h, "<!DOCTYPE html>\n<html lang=\"en\" class=\"govuk-template\"><head><meta "
	       "charset=\"utf-8\"><title>");
	if (o->error) {
		LIT(h, "Error: ");
	}
	html_text(h, o->title);
	html_text(h, " – ");
	html_text(h, o->service_name);
	if (ui_given(o->authority)) {
		html_text(h, " – ");
		html_text(h, o->authority);
	}
	LIT(h, "</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1, "
	       "viewport-fit=cover\">"
	       "<link rel=\"icon\" type=\"image/svg+xml\" href=\"");
	html_url(h, asset_url("favicon.svg"));
	LIT(h, "\"><link rel=\"stylesheet\" href=\"");
	html_url(h, asset_url("app.css"));
	LIT(h, "\">");
	if (ui_given(o->accent_class)) {
		LIT(h, "<link rel=\"stylesheet\" href=\"/style/accent.css\">");
	}
	LIT(h, "<script type=\"module\" src=\"");
	html_url(h, asset_url("app.js"));
	LIT(h, "\"></script></head>");
}

/* Who is signed in and the way out: beside the navigation. */
static struct html_fragment account(struct html *h, const struct ui_shell *o)
{
	struct html *part = html_part(h);

	LIT(part, "<div class=\"app-account\">");
	if (ui_given(o->account.s)) {
		LIT(part, "<a class=\"govuk-link govuk-link--no-visited-state\" href=\"");
		html_url(part, o->account);
		LIT(part, "\">");
		html_text(part, o->signed_in_as);
		LIT(part, "</a>");
	} else {
		LIT(part, "<span>");
		html_text(part, o->signed_in_as);
		LIT(part, "</span>");
	}
	if (ui_given(o->sign_out.s)) {
		LIT(part, "<form method=\"post\" action=\"");
		html_url(part, o->sign_out);
		LIT(part, "\">");
		ui_hidden(part, "_csrf", o->csrf);
		LIT(part, "<button type=\"submit\" class=\"app-link-button\">Sign "
			  "out</button></form>");
	}
	LIT(part, "</div>");
	return html_fragment(part);
}

static void service(struct html *h, const struct ui_shell *o)
{
	struct ui_service_item items[ITEMS];
	size_t n = 0;
	struct ui_service_navigation nav = { .service_name = o->service_name,
					     .service_url = URL("/") };

	for (const struct ui_nav_item *i = o->navigation; i != NULL && i->text != NULL && n < ITEMS;
	     i++) {
		items[n++] = (struct ui_service_item){ .text = i->text,
						       .href = i->href,
						       .active = i->active };
	}
	nav.navigation = items;
	nav.n_navigation = n;
	if (ui_given(o->signed_in_as)) {
		nav.slot_end = account(h, o);
		nav.slot_end_inline = true;
	}
	ui_service_navigation(h, &nav);
}

static void sub_navigation(struct html *h, const struct ui_shell *o)
{
	struct ui_sub_item items[ITEMS];
	size_t n = 0;

	for (const struct ui_nav_item *i = o->sub_navigation;
	     i != NULL && i->text != NULL && n < ITEMS; i++) {
		items[n++] = (struct ui_sub_item){ .text = i->text,
						   .href = i->href,
						   .active = i->active };
	}
	if (n > 0) {
		ui_sub_navigation(h, &(struct ui_sub_navigation){
					     .label = "Section", .items = items, .n_items = n });
	}
}

/* Quieter than the sub-navigation, which it stands under: plain links in a row. */
static void beside(struct html *h, const struct ui_shell *o)
{
	if (o->beside == NULL) {
		return;
	}
	LIT(h, "<nav class=\"app-beside\"");
	ATTRIBUTE(h, "aria-label", o->beside_label);
	LIT(h, "><ul class=\"app-beside__list\">");
	for (const struct ui_nav_item *i = o->beside; i->text != NULL; i++) {
		LIT(h, "<li><a class=\"govuk-link govuk-link--no-visited-state\"");
		ui_optional(h, "aria-current", i->active ? "page" : NULL);
		LIT(h, " href=\"");
		html_url(h, i->href);
		LIT(h, "\">");
		html_text(h, i->text);
		LIT(h, "</a></li>");
	}
	LIT(h, "</ul></nav>");
}

static void way_back(struct html *h, const struct ui_shell *o)
{
	struct ui_link items[ITEMS];
	size_t n = 0;

	for (const struct ui_crumb *c = o->crumbs; c != NULL && c->text != NULL && n < ITEMS; c++) {
		items[n++] = (struct ui_link){ .text = c->text, .href = c->href };
	}
	if (n > 0) {
		ui_breadcrumbs(h, &(struct ui_breadcrumbs){ .items = items,
							    .n_items = n,
							    .collapse_on_mobile = true });
	} else if (ui_given(o->back.s)) {
		/* A landmark of its own: whatever stands outside main is found by screen readers so. */
		LIT(h, "<nav aria-label=\"Back\">");
		ui_back_link(h, &(struct ui_back_link){ .href = o->back });
		LIT(h, "</nav>");
	}
}

static void container(struct html *h, const struct ui_shell *o)
{
	LIT(h, "<div class=\"govuk-width-container\">");
	sub_navigation(h, o);
	beside(h, o);
	way_back(h, o);
	LIT(h, "<main class=\"govuk-main-wrapper\" id=\"main-content\">");
	if (ui_given(o->flash)) {
		ui_notification_banner(
			h, &(struct ui_notification_banner){ .type = "success", .text = o->flash });
	}
}

void ui_shell_begin(struct html *h, const struct ui_shell *o)
{
	head(h, o);
	LIT(h, "<body class=\"govuk-template__body");
	ui_classes(h, o->accent_class);
	if (o->wide) {
		LIT(h, " app-wide");
	}
	LIT(h, "\">");
	ui_skip_link(h, &(struct ui_skip_link){ .text = "Skip to main content",
						.href = URL("#main-content") });
	LIT(h, "<header class=\"govuk-template__header\">");
	ui_generic_header(h, &(struct ui_generic_header){ .logo_text = ui_given(o->authority)
									       ? o->authority
									       : o->service_name });
	service(h, o);
	if (o->demo) {
		ui_phase_banner(h, &(struct ui_phase_banner){ .tag_text = "Demo",
							      .text = "This is a demonstration. "
								      "The people in it are "
								      "invented." });
	}
	LIT(h, "</header>");
	container(h, o);
}

void ui_shell_end(struct html *h, const struct ui_shell *o)
{
	static const struct ui_link links[] = { { .text = "Accessibility",
						  .href = URL("/accessibility") },
						{ .text = "Privacy", .href = URL("/privacy") },
						{ .text = "Cookies", .href = URL("/cookies") } };

	LIT(h, "</main></div><footer class=\"govuk-template__footer\">");
	ui_footer(h, &(struct ui_footer){ .items = links, .n_items = 3, .text = o->authority });
	LIT(h, "</footer></body></html>\n");
}
