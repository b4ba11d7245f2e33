/* Fixtures of what shows: navigation, text, lists, tables. */
#ifndef TESTS_FIXTURE_SHOWS_H
#define TESTS_FIXTURE_SHOWS_H

#include "fixture_read.h"

static void do_breadcrumbs(struct fixture *f, json_t *o, struct html *h)
{
	json_t *items = list(f, o, "items");
	size_t n = json_array_size(items);
	struct ui_link *links = ARENA_NEW(f->arena, struct ui_link, n + 1);
	struct ui_breadcrumbs b = { .items = links,
				    .n_items = n,
				    .collapse_on_mobile = yes(f, o, "collapseOnMobile"),
				    .label_text = text(f, o, "labelText"),
				    .classes = text(f, o, "classes"),
				    .attributes = attributes(f, o, "attributes") };

	for (size_t i = 0; i < n; i++) {
		json_t *v = json_array_get(items, i);
		links[i] = (struct ui_link){ .text = text(f, v, "text"),
					     .html = fragment(f, v, "html"),
					     .href = address(f, v, "href"),
					     .attributes = attributes(f, v, "attributes") };
		leftover(f, v, ".items");
	}
	ui_breadcrumbs(h, &b);
}

static void do_back_link(struct fixture *f, json_t *o, struct html *h)
{
	struct ui_back_link b = { .text = text(f, o, "text"),
				  .html = fragment(f, o, "html"),
				  .href = address(f, o, "href"),
				  .classes = text(f, o, "classes"),
				  .attributes = attributes(f, o, "attributes") };

	ui_back_link(h, &b);
}

static void do_skip_link(struct fixture *f, json_t *o, struct html *h)
{
	struct ui_skip_link b = { .text = text(f, o, "text"),
				  .html = fragment(f, o, "html"),
				  .href = address(f, o, "href"),
				  .classes = text(f, o, "classes"),
				  .attributes = attributes(f, o, "attributes") };

	ui_skip_link(h, &b);
}

static struct ui_page_link page_link(struct fixture *f, json_t *o, const char *key)
{
	json_t *v = take(f, o, key);
	struct ui_page_link l = { 0 };

	if (json_is_object(v)) {
		l.text = text(f, v, "text");
		l.html = fragment(f, v, "html");
		l.label_text = text(f, v, "labelText");
		l.href = address(f, v, "href");
		l.attributes = attributes(f, v, "attributes");
		leftover(f, v, ".link");
	}
	return l;
}

static void do_pagination(struct fixture *f, json_t *o, struct html *h)
{
	json_t *items = list(f, o, "items");
	size_t n = json_array_size(items);
	struct ui_page_number *numbers = ARENA_NEW(f->arena, struct ui_page_number, n + 1);
	struct ui_pagination p = { .items = numbers,
				   .n_items = n,
				   .previous = page_link(f, o, "previous"),
				   .next = page_link(f, o, "next"),
				   .landmark_label = text(f, o, "landmarkLabel"),
				   .classes = text(f, o, "classes"),
				   .attributes = attributes(f, o, "attributes") };

	for (size_t i = 0; i < n; i++) {
		json_t *v = json_array_get(items, i);
		if (json_object_size(v) == 0) {
			excuse(f, "a list with holes: an array of ours has none");
		}
		numbers[i] =
			(struct ui_page_number){ .number = text(f, v, "number"),
						 .href = address(f, v, "href"),
						 .current = yes(f, v, "current"),
						 .ellipsis = yes(f, v, "ellipsis"),
						 .visually_hidden_text =
							 text(f, v, "visuallyHiddenText"),
						 .attributes = attributes(f, v, "attributes") };
		leftover(f, v, ".items");
	}
	ui_pagination(h, &p);
}

static void service_slots(struct fixture *f, json_t *o, struct ui_service_navigation *s)
{
	json_t *slots = take(f, o, "slots");
	json_t *end;

	if (!json_is_object(slots)) {
		return;
	}
	s->slot_start = fragment(f, slots, "start");
	s->slot_navigation_start = fragment(f, slots, "navigationStart");
	s->slot_navigation_end = fragment(f, slots, "navigationEnd");
	end = take(f, slots, "end");
	if (json_is_object(end)) {
		const char *align = text(f, end, "align");
		s->slot_end = fragment(f, end, "html");
		s->slot_end_inline = align != NULL && strcmp(align, "inline") == 0;
	} else if (json_is_string(end)) {
		s->slot_end =
			(struct html_fragment){ json_string_value(end), json_string_length(end) };
	}
	leftover(f, slots, ".slots");
}

static void do_service_navigation(struct fixture *f, json_t *o, struct html *h)
{
	json_t *items = list(f, o, "navigation");
	size_t n = json_array_size(items);
	struct ui_service_item *links = ARENA_NEW(f->arena, struct ui_service_item, n + 1);
	struct ui_service_navigation s = {
		.service_name = text(f, o, "serviceName"),
		.service_url = address(f, o, "serviceUrl"),
		.navigation = links,
		.n_navigation = n,
		.collapse_navigation_on_mobile = flag(f, o, "collapseNavigationOnMobile"),
		.aria_label = text(f, o, "ariaLabel"),
		.menu_button_text = text(f, o, "menuButtonText"),
		.menu_button_label = text(f, o, "menuButtonLabel"),
		.navigation_label = text(f, o, "navigationLabel"),
		.navigation_id = text(f, o, "navigationId"),
		.navigation_classes = text(f, o, "navigationClasses"),
		.classes = text(f, o, "classes"),
		.attributes = attributes(f, o, "attributes"),
	};

	service_slots(f, o, &s);
	for (size_t i = 0; i < n; i++) {
		json_t *v = json_array_get(items, i);
		links[i] = (struct ui_service_item){ .text = text(f, v, "text"),
						     .html = fragment(f, v, "html"),
						     .href = address(f, v, "href"),
						     .current = yes(f, v, "current"),
						     .active = yes(f, v, "active"),
						     .attributes = attributes(f, v, "attributes") };
		leftover(f, v, ".navigation");
	}
	ui_service_navigation(h, &s);
}

static void do_generic_header(struct fixture *f, json_t *o, struct html *h)
{
	struct ui_generic_header g = { .url = address(f, o, "url"),
				       .logo_text = text(f, o, "logoText"),
				       .logo_html = fragment(f, o, "logoHtml"),
				       .container_classes = text(f, o, "containerClasses"),
				       .classes = text(f, o, "classes"),
				       .attributes = attributes(f, o, "attributes") };

	ui_generic_header(h, &g);
}

static void do_phase_banner(struct fixture *f, json_t *o, struct html *h)
{
	json_t *tag = take(f, o, "tag");
	struct ui_phase_banner b = { .text = text(f, o, "text"),
				     .html = fragment(f, o, "html"),
				     .classes = text(f, o, "classes"),
				     .attributes = attributes(f, o, "attributes") };

	if (json_is_object(tag)) {
		b.tag_text = text(f, tag, "text");
		b.tag_html = fragment(f, tag, "html");
		b.tag_classes = text(f, tag, "classes");
		leftover(f, tag, ".tag");
	}
	ui_phase_banner(h, &b);
}

static void do_tag(struct fixture *f, json_t *o, struct html *h)
{
	struct ui_tag t = { .text = text(f, o, "text"),
			    .html = fragment(f, o, "html"),
			    .classes = text(f, o, "classes"),
			    .attributes = attributes(f, o, "attributes") };

	ui_tag(h, &t);
}

static void do_details(struct fixture *f, json_t *o, struct html *h)
{
	struct ui_details d = { .id = text(f, o, "id"),
				.summary_text = text(f, o, "summaryText"),
				.text = text(f, o, "text"),
				.summary_html = fragment(f, o, "summaryHtml"),
				.html = fragment(f, o, "html"),
				.open = yes(f, o, "open"),
				.classes = text(f, o, "classes"),
				.attributes = attributes(f, o, "attributes") };

	ui_details(h, &d);
}

static void do_inset_text(struct fixture *f, json_t *o, struct html *h)
{
	struct ui_inset_text t = { .id = text(f, o, "id"),
				   .text = text(f, o, "text"),
				   .html = fragment(f, o, "html"),
				   .classes = text(f, o, "classes"),
				   .attributes = attributes(f, o, "attributes") };

	ui_inset_text(h, &t);
}

static void do_warning_text(struct fixture *f, json_t *o, struct html *h)
{
	struct ui_warning_text t = { .text = text(f, o, "text"),
				     .html = fragment(f, o, "html"),
				     .icon_fallback_text = text(f, o, "iconFallbackText"),
				     .classes = text(f, o, "classes"),
				     .attributes = attributes(f, o, "attributes") };

	ui_warning_text(h, &t);
}

static void do_panel(struct fixture *f, json_t *o, struct html *h)
{
	struct ui_panel p = { .title_text = text(f, o, "titleText"),
			      .text = text(f, o, "text"),
			      .title_html = fragment(f, o, "titleHtml"),
			      .html = fragment(f, o, "html"),
			      .heading_level = number(f, o, "headingLevel"),
			      .classes = text(f, o, "classes"),
			      .attributes = attributes(f, o, "attributes") };

	ui_panel(h, &p);
}

static void do_notification_banner(struct fixture *f, json_t *o, struct html *h)
{
	struct ui_notification_banner b = { .text = text(f, o, "text"),
					    .html = fragment(f, o, "html"),
					    .title_text = text(f, o, "titleText"),
					    .title_html = fragment(f, o, "titleHtml"),
					    .title_heading_level =
						    number(f, o, "titleHeadingLevel"),
					    .type = text(f, o, "type"),
					    .role = text(f, o, "role"),
					    .title_id = text(f, o, "titleId"),
					    .disable_auto_focus = flag(f, o, "disableAutoFocus"),
					    .classes = text(f, o, "classes"),
					    .attributes = attributes(f, o, "attributes") };

	ui_notification_banner(h, &b);
}

static struct ui_action *actions(struct fixture *f, json_t *o, size_t *n, const char **classes)
{
	json_t *v = take(f, o, "actions");
	json_t *items;
	struct ui_action *out;

	*n = 0;
	*classes = NULL;
	if (!json_is_object(v)) {
		return NULL;
	}
	*classes = text(f, v, "classes");
	items = list(f, v, "items");
	*n = json_array_size(items);
	out = ARENA_NEW(f->arena, struct ui_action, *n + 1);
	for (size_t i = 0; i < *n; i++) {
		json_t *item = json_array_get(items, i);
		out[i] = (struct ui_action){ .text = text(f, item, "text"),
					     .html = fragment(f, item, "html"),
					     .href = address(f, item, "href"),
					     .visually_hidden_text =
						     text(f, item, "visuallyHiddenText"),
					     .classes = text(f, item, "classes"),
					     .attributes = attributes(f, item, "attributes") };
		leftover(f, item, ".actions.items");
	}
	leftover(f, v, ".actions");
	return out;
}

static struct ui_summary_row summary_row(struct fixture *f, json_t *v)
{
	json_t *key = take(f, v, "key");
	json_t *value = take(f, v, "value");
	struct ui_summary_row row = { .classes = text(f, v, "classes") };

	row.actions = actions(f, v, &row.n_actions, &row.actions_classes);
	if (json_is_object(key)) {
		row.key = text(f, key, "text");
		row.key_html = fragment(f, key, "html");
		row.key_classes = text(f, key, "classes");
		leftover(f, key, ".rows.key");
	}
	if (json_is_object(value)) {
		row.value = text(f, value, "text");
		row.value_html = fragment(f, value, "html");
		row.value_classes = text(f, value, "classes");
		leftover(f, value, ".rows.value");
	}
	leftover(f, v, ".rows");
	return row;
}

static const struct ui_summary_card *summary_card(struct fixture *f, json_t *o)
{
	json_t *v = take(f, o, "card");
	json_t *title;
	struct ui_summary_card *card;

	if (!json_is_object(v)) {
		return NULL;
	}
	card = ARENA_NEW(f->arena, struct ui_summary_card, 1);
	card->classes = text(f, v, "classes");
	card->attributes = attributes(f, v, "attributes");
	card->actions = actions(f, v, &card->n_actions, &card->actions_classes);
	title = take(f, v, "title");
	if (json_is_object(title)) {
		card->title = text(f, title, "text");
		card->title_html = fragment(f, title, "html");
		card->title_heading_level = number(f, title, "headingLevel");
		card->title_classes = text(f, title, "classes");
		leftover(f, title, ".card.title");
	}
	leftover(f, v, ".card");
	return card;
}

static void do_summary_list(struct fixture *f, json_t *o, struct html *h)
{
	json_t *rows = list(f, o, "rows");
	size_t n = json_array_size(rows);
	struct ui_summary_row *out = ARENA_NEW(f->arena, struct ui_summary_row, n + 1);
	struct ui_summary_list s = { .rows = out,
				     .n_rows = n,
				     .card = summary_card(f, o),
				     .classes = text(f, o, "classes"),
				     .attributes = attributes(f, o, "attributes") };

	for (size_t i = 0; i < n; i++) {
		out[i] = summary_row(f, json_array_get(rows, i));
		if (out[i].actions != NULL && out[i].n_actions == 0) {
			excuse(f, "actions that are there and empty: ours are there or not");
		}
	}
	ui_summary_list(h, &s);
}

static struct ui_cell cell(struct fixture *f, json_t *v)
{
	struct ui_cell c = { .text = text(f, v, "text"),
			     .html = fragment(f, v, "html"),
			     .format = text(f, v, "format"),
			     .classes = text(f, v, "classes"),
			     .colspan = number(f, v, "colspan"),
			     .rowspan = number(f, v, "rowspan"),
			     .attributes = attributes(f, v, "attributes") };

	leftover(f, v, ".cell");
	return c;
}

static struct ui_cell *cells(struct fixture *f, json_t *v)
{
	struct ui_cell *out = ARENA_NEW(f->arena, struct ui_cell, json_array_size(v) + 1);

	for (size_t i = 0; i < json_array_size(v); i++) {
		out[i] = cell(f, json_array_get(v, i));
	}
	return out;
}

static void do_table(struct fixture *f, json_t *o, struct html *h)
{
	json_t *head = list(f, o, "head");
	json_t *rows = list(f, o, "rows");
	size_t n = json_array_size(rows);
	struct ui_row *out = ARENA_NEW(f->arena, struct ui_row, n + 1);
	struct ui_table t = { .caption = text(f, o, "caption"),
			      .caption_classes = text(f, o, "captionClasses"),
			      .head = cells(f, head),
			      .n_head = json_array_size(head),
			      .rows = out,
			      .n_rows = n,
			      .first_cell_is_header = yes(f, o, "firstCellIsHeader"),
			      .classes = text(f, o, "classes"),
			      .attributes = attributes(f, o, "attributes") };

	for (size_t i = 0; i < n; i++) {
		json_t *row = json_array_get(rows, i);
		out[i] = (struct ui_row){ cells(f, row), json_array_size(row) };
	}
	ui_table(h, &t);
}

#endif
