#include "ui/components.h"
#include "ui/write.h"

static void action_link(struct html *h, const struct ui_action *o,
			const struct ui_summary_card *card)
{
	bool title = card != NULL && ui_has(card->title, card->title_html);

	LIT(h, "<a class=\"govuk-link");
	ui_classes(h, o->classes);
	LIT(h, "\" href=\"");
	html_url(h, ui_given(o->href.s) ? o->href : URL(""));
	LIT(h, "\"");
	ui_attributes(h, o->attributes);
	LIT(h, ">");
	ui_put(h, o->text, o->html);
	if (ui_given(o->visually_hidden_text) || title) {
		LIT(h, "<span class=\"govuk-visually-hidden\">");
		if (ui_given(o->visually_hidden_text)) {
			html_text(h, " ");
			html_text(h, o->visually_hidden_text);
		}
		if (title) {
			html_text(h, " (");
			ui_put(h, card->title, card->title_html);
			html_text(h, ")");
		}
		LIT(h, "</span>");
	}
	LIT(h, "</a>");
}

static void row_actions(struct html *h, const struct ui_summary_row *row,
			const struct ui_summary_card *card)
{
	if (row->n_actions == 0) {
		return;
	}
	LIT(h, "<dd class=\"govuk-summary-list__actions");
	ui_classes(h, row->actions_classes);
	LIT(h, "\">");
	if (row->n_actions == 1) {
		action_link(h, &row->actions[0], card);
	} else {
		LIT(h, "<ul class=\"govuk-summary-list__actions-list\">");
		for (size_t i = 0; i < row->n_actions; i++) {
			LIT(h, "<li class=\"govuk-summary-list__actions-list-item\">");
			action_link(h, &row->actions[i], card);
			LIT(h, "</li>");
		}
		LIT(h, "</ul>");
	}
	LIT(h, "</dd>");
}

static void write_row(struct html *h, const struct ui_summary_row *row,
		      const struct ui_summary_card *card, bool any_actions)
{
	LIT(h, "<div class=\"govuk-summary-list__row");
	if (any_actions && row->n_actions == 0) {
		LIT(h, " govuk-summary-list__row--no-actions");
	}
	ui_classes(h, row->classes);
	LIT(h, "\"><dt class=\"govuk-summary-list__key");
	ui_classes(h, row->key_classes);
	LIT(h, "\">");
	ui_put(h, row->key, row->key_html);
	LIT(h, "</dt><dd class=\"govuk-summary-list__value");
	ui_classes(h, row->value_classes);
	LIT(h, "\">");
	if (ui_given(row->value_href.s)) {
		ui_anchor(h, row->value_href, row->value);
	} else {
		ui_put(h, row->value, row->value_html);
	}
	LIT(h, "</dd>");
	row_actions(h, row, card);
	LIT(h, "</div>");
}

static void list(struct html *h, const struct ui_summary_list *o)
{
	bool any_actions = false;

	for (size_t i = 0; i < o->n_rows; i++) {
		any_actions = any_actions || o->rows[i].n_actions > 0;
	}
	LIT(h, "<dl class=\"govuk-summary-list");
	ui_classes(h, o->classes);
	LIT(h, "\"");
	ui_attributes(h, o->attributes);
	LIT(h, ">");
	for (size_t i = 0; i < o->n_rows; i++) {
		write_row(h, &o->rows[i], o->card, any_actions);
	}
	LIT(h, "</dl>");
}

static void card_actions(struct html *h, const struct ui_summary_card *o)
{
	if (o->n_actions == 1) {
		LIT(h, "<div class=\"govuk-summary-card__actions");
		ui_classes(h, o->actions_classes);
		LIT(h, "\">");
		action_link(h, &o->actions[0], o);
		LIT(h, "</div>");
	} else if (o->n_actions > 1) {
		LIT(h, "<ul class=\"govuk-summary-card__actions");
		ui_classes(h, o->actions_classes);
		LIT(h, "\">");
		for (size_t i = 0; i < o->n_actions; i++) {
			LIT(h, "<li class=\"govuk-summary-card__action\">");
			action_link(h, &o->actions[i], o);
			LIT(h, "</li>");
		}
		LIT(h, "</ul>");
	}
}

void ui_summary_list(struct html *h, const struct ui_summary_list *o)
{
	const struct ui_summary_card *card = o->card;

	if (card == NULL) {
		list(h, o);
		return;
	}
	LIT(h, "<div class=\"govuk-summary-card");
	ui_classes(h, card->classes);
	LIT(h, "\"");
	ui_attributes(h, card->attributes);
	LIT(h, "><div class=\"govuk-summary-card__title-wrapper\">");
	if (ui_has(card->title, card->title_html)) {
		int level = card->title_heading_level > 0 ? card->title_heading_level : 2;
		ui_heading_open(h, level);
		LIT(h, " class=\"govuk-summary-card__title");
		ui_classes(h, card->title_classes);
		LIT(h, "\">");
		ui_put(h, card->title, card->title_html);
		ui_heading_close(h, level);
	}
	card_actions(h, card);
	LIT(h, "</div><div class=\"govuk-summary-card__content\">");
	list(h, o);
	LIT(h, "</div></div>");
}
