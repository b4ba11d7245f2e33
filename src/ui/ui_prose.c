/*
 * Markdown as GOV.UK typography: libcmark parses, we walk its tree and write through the sink, so
 * what a person typed never becomes markup. Raw HTML is dropped, pictures leave their text.
 */
#include <cmark.h>
#include <string.h>

#include "base/arena.h"
#include "ui/components.h"
#include "ui/prose_marks.h"
#include "ui/write.h"

#define NEST 20 /* deeper lists and quotations keep their text and lose their frame */

struct prose {
	const struct ui_prose *options;
	struct html *h;
	struct arena *arena;
	int top;   /* the highest heading level in the text */
	int depth; /* block elements open */
	int section, paragraph;
	bool paragraph_open; /* numbered: the cell beside a number */
	bool in_link;
};

/* ---- numbered notes ---- */

static void close_paragraph(struct prose *p)
{
	if (p->paragraph_open) {
		LIT(p->h, "</div></div>");
		p->paragraph_open = false;
	}
}

static void open_paragraph(struct prose *p, bool counted)
{
	LIT(p->h, "<div class=\"app-note-paragraph\"><div class=\"govuk-body app-note-number\">");
	if (counted && p->section > 0) {
		html_format(p->h, "%d.%d", p->section, ++p->paragraph);
	}
	LIT(p->h, "</div><div>");
	p->paragraph_open = true;
}

static const char *sole_mark(const struct prose *p, cmark_node *node)
{
	return p->options->block != NULL ? prose_sole_mark(p->arena, node) : NULL;
}

/* Before a block at the top level of a numbered note. */
static void place_block(struct prose *p, cmark_node *node, cmark_node_type type)
{
	if (!p->options->numbered ||
	    cmark_node_get_type(cmark_node_parent(node)) != CMARK_NODE_DOCUMENT) {
		return;
	}
	if (type == CMARK_NODE_HEADING) {
		close_paragraph(p);
	} else if (type == CMARK_NODE_PARAGRAPH && sole_mark(p, node) == NULL) {
		close_paragraph(p);
		open_paragraph(p, true);
	} else if (!p->paragraph_open) {
		open_paragraph(p, false);
	}
}

/* ---- blocks ---- */

static int heading_level(const struct prose *p, cmark_node *node)
{
	int base = p->options->heading_level > 0 ? p->options->heading_level : 2;
	int level = base + cmark_node_get_heading_level(node) - p->top;

	return level > 6 ? 6 : level;
}

static bool is_section(const struct prose *p, cmark_node *node)
{
	return p->options->numbered && cmark_node_get_heading_level(node) == p->top &&
	       cmark_node_get_type(cmark_node_parent(node)) == CMARK_NODE_DOCUMENT;
}

static void heading(struct prose *p, cmark_node *node, bool enter)
{
	int level = heading_level(p, node);
	bool section = is_section(p, node);

	if (!enter) {
		if (section) {
			LIT(p->h, "</span>");
		}
		ui_heading_close(p->h, level);
		return;
	}
	ui_heading_open(p->h, level);
	LIT(p->h, " class=\"");
	html_text(p->h, level <= 2 ? "govuk-heading-m" : "govuk-heading-s");
	if (section) {
		p->section++;
		p->paragraph = 0;
		LIT(p->h, " app-note-heading\"><span class=\"app-note-number\">");
		html_int(p->h, p->section);
		LIT(p->h, "</span> <span>");
	} else {
		LIT(p->h, "\">");
	}
}

static bool in_tight_list(cmark_node *node)
{
	cmark_node *list = cmark_node_parent(cmark_node_parent(node));

	return list != NULL && cmark_node_get_type(list) == CMARK_NODE_LIST &&
	       cmark_node_get_list_tight(list);
}

static void paragraph(struct prose *p, cmark_node *node, bool enter)
{
	if (in_tight_list(node)) {
		return;
	}
	if (enter) {
		LIT(p->h, "<p class=\"govuk-body\">");
	} else {
		LIT(p->h, "</p>");
	}
}

static void list(struct prose *p, cmark_node *node, bool enter)
{
	bool numbers = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
	int start = cmark_node_get_list_start(node);

	if (!enter) {
		if (numbers) {
			LIT(p->h, "</ol>");
		} else {
			LIT(p->h, "</ul>");
		}
		return;
	}
	if (numbers) {
		LIT(p->h, "<ol class=\"govuk-list govuk-list--number\"");
		ui_number(p->h, "start", start == 1 ? 0 : start);
		LIT(p->h, ">");
	} else {
		LIT(p->h, "<ul class=\"govuk-list govuk-list--bullet\">");
	}
}

static void item(struct prose *p, bool enter)
{
	if (enter) {
		LIT(p->h, "<li>");
	} else {
		LIT(p->h, "</li>");
	}
}

static void quotation(struct prose *p, bool enter)
{
	if (enter) {
		LIT(p->h, "<blockquote class=\"govuk-inset-text\">");
	} else {
		LIT(p->h, "</blockquote>");
	}
}

static void code_block(struct prose *p, cmark_node *node)
{
	LIT(p->h, "<pre class=\"app-pre\"><code>");
	html_text(p->h, cmark_node_get_literal(node));
	LIT(p->h, "</code></pre>");
}

/* ---- text ---- */

static void text(struct prose *p, const char *s)
{
	const char *inside, *mark;
	size_t n;

	while (p->options->place != NULL && !p->in_link &&
	       (mark = prose_next_mark(s, &inside, &n)) != NULL) {
		html_textn(p->h, s, (size_t)(mark - s));
		p->options->place(p->options->context, p->h, arena_strndup(p->arena, inside, n));
		s = inside + n + 2;
	}
	html_text(p->h, s);
}

static struct url link_url(const struct prose *p, cmark_node *node)
{
	const char *s = cmark_node_get_url(node);
	struct url own = url_own(p->arena, s);

	return own.s != NULL ? own : url_foreign(p->arena, s);
}

static void link(struct prose *p, cmark_node *node, bool enter)
{
	struct url url = link_url(p, node);

	if (url.s == NULL) {
		return;
	}
	p->in_link = enter;
	if (enter) {
		LIT(p->h, "<a class=\"govuk-link\" href=\"");
		html_url(p->h, url);
		LIT(p->h, "\">");
	} else {
		LIT(p->h, "</a>");
	}
}

static void emphasis(struct prose *p, bool strong, bool enter)
{
	if (strong && enter) {
		LIT(p->h, "<strong>");
	} else if (strong) {
		LIT(p->h, "</strong>");
	} else if (enter) {
		LIT(p->h, "<em>");
	} else {
		LIT(p->h, "</em>");
	}
}

static void write_inline(struct prose *p, cmark_node *node, cmark_node_type type, bool enter)
{
	switch (type) {
	case CMARK_NODE_TEXT:
		text(p, cmark_node_get_literal(node));
		break;
	case CMARK_NODE_SOFTBREAK:
		html_text(p->h, "\n");
		break;
	case CMARK_NODE_LINEBREAK:
		LIT(p->h, "<br>");
		break;
	case CMARK_NODE_CODE:
		LIT(p->h, "<code>");
		html_text(p->h, cmark_node_get_literal(node));
		LIT(p->h, "</code>");
		break;
	case CMARK_NODE_EMPH:
	case CMARK_NODE_STRONG:
		if (p->depth <= NEST) {
			emphasis(p, type == CMARK_NODE_STRONG, enter);
		}
		break;
	case CMARK_NODE_LINK:
		link(p, node, enter);
		break;
	default: /* raw HTML is dropped, a picture's text stays */
		break;
	}
}

static void write_block(struct prose *p, cmark_node *node, cmark_node_type type, bool enter)
{
	if (enter) {
		place_block(p, node, type);
	}
	switch (type) {
	case CMARK_NODE_HEADING:
		heading(p, node, enter);
		break;
	case CMARK_NODE_PARAGRAPH:
		paragraph(p, node, enter);
		break;
	case CMARK_NODE_LIST:
		list(p, node, enter);
		break;
	case CMARK_NODE_ITEM:
		item(p, enter);
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		quotation(p, enter);
		break;
	case CMARK_NODE_CODE_BLOCK:
		code_block(p, node);
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		LIT(p->h, "<hr class=\"govuk-section-break govuk-section-break--m "
			  "govuk-section-break--visible\">");
		break;
	default:
		break;
	}
}

/* ---- walk ---- */

static bool is_leaf(cmark_node_type type)
{
	return type == CMARK_NODE_CODE_BLOCK || type == CMARK_NODE_HTML_BLOCK ||
	       type == CMARK_NODE_THEMATIC_BREAK || type == CMARK_NODE_TEXT ||
	       type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK ||
	       type == CMARK_NODE_CODE || type == CMARK_NODE_HTML_INLINE;
}

static void visit(struct prose *p, cmark_node *node, bool enter)
{
	cmark_node_type type = cmark_node_get_type(node);
	bool block = type >= CMARK_NODE_FIRST_BLOCK && type <= CMARK_NODE_LAST_BLOCK;

	if (type == CMARK_NODE_DOCUMENT) {
		return;
	}
	if (enter && !is_leaf(type)) {
		p->depth++;
	}
	if (!block) {
		write_inline(p, node, type, enter);
	} else if (p->depth <= NEST) {
		write_block(p, node, type, enter);
	}
	if (!enter) {
		p->depth--;
	}
}

static int top_heading(cmark_node *document)
{
	int top = 6;

	for (cmark_node *n = cmark_node_first_child(document); n != NULL; n = cmark_node_next(n)) {
		if (cmark_node_get_type(n) == CMARK_NODE_HEADING &&
		    cmark_node_get_heading_level(n) < top) {
			top = cmark_node_get_heading_level(n);
		}
	}
	return top;
}

void ui_prose(struct html *h, struct arena *a, const struct ui_prose *o)
{
	struct prose p = { .options = o, .h = h, .arena = a };
	cmark_node *document;
	cmark_iter *iter;
	cmark_event_type event;

	if (!ui_given(o->text)) {
		return;
	}
	document = cmark_parse_document(o->text, strlen(o->text), CMARK_OPT_VALIDATE_UTF8);
	cmark_consolidate_text_nodes(document);
	p.top = top_heading(document);
	iter = cmark_iter_new(document);
	LIT(h, "<div class=\"app-prose\">");
	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		const char *inside = event == CMARK_EVENT_ENTER ? sole_mark(&p, node) : NULL;

		if (inside != NULL && p.depth < NEST) {
			place_block(&p, node, cmark_node_get_type(node));
			o->block(o->context, h, inside);
			cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
			continue;
		}
		visit(&p, cmark_iter_get_node(iter), event == CMARK_EVENT_ENTER);
	}
	close_paragraph(&p);
	LIT(h, "</div>");
	cmark_iter_free(iter);
	cmark_node_free(document);
}
