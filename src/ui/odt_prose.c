/* Walks libcmark's tree as ui_prose does. Raw HTML is dropped, pictures leave their text; a link keeps its address in
 * brackets, as the text is read on paper. */
#include "ui/odt_prose.h"

#include <cmark.h>
#include <string.h>

#include "base/arena.h"
#include "base/xml.h"
#include "html/url.h"
#include "ui/prose_marks.h"

enum { LEVELS = 10 }; /* of lists, as OpenDocument has them, and of emphasis; deeper ones keep their text */

struct odt {
	const struct odt_prose *options;
	struct buf *out;
	struct arena *arena;
	int top; /* the highest heading level in the text */
	int lists, quotes, spans;
	int section, paragraph;
	bool in_link;
};

/* ---- text ---- */

static const char *escape(const unsigned char *s, size_t i)
{
	switch (s[i]) {
	case '\t':
		return "<text:tab/>";
	case ' ':
		return i > 0 && s[i - 1] == ' ' ? "<text:s/>" : NULL;
	case '\n':
		return " ";
	default:
		return xml_escape(s[i]);
	}
}

void odt_text(struct buf *out, const char *text)
{
	const unsigned char *s = (const unsigned char *)text;

	for (size_t i = 0; s != NULL && s[i] != '\0'; i++) {
		const char *other = escape(s, i);
		size_t drop = xml_forbidden(s + i);

		if (drop > 0) {
			i += drop - 1;
		} else if (other != NULL) {
			buf_str(out, other);
		} else {
			buf_char(out, (char)s[i]);
		}
	}
}

static void text(struct odt *o, const char *s)
{
	const char *inside, *mark;
	size_t n;

	while (!o->in_link && (mark = prose_next_mark(s, &inside, &n)) != NULL) {
		odt_text(o->out, arena_strndup(o->arena, s, (size_t)(mark - s)));
		o->options->place(o->options->context, o->out, arena_strndup(o->arena, inside, n));
		s = inside + n + 2;
	}
	odt_text(o->out, s);
}

static void span(struct odt *o, const char *style, bool enter)
{
	o->spans += enter ? 1 : 0;
	if (o->spans <= LEVELS && enter) {
		buf_printf(o->out, "<text:span text:style-name=\"%s\">", style);
	} else if (o->spans <= LEVELS) {
		buf_str(o->out, "</text:span>");
	}
	o->spans -= enter ? 0 : 1;
}

static void link(struct odt *o, cmark_node *node, bool enter)
{
	struct url url = url_foreign(o->arena, cmark_node_get_url(node));

	if (url.s == NULL) { /* a path of our own leads nowhere from a file */
		return;
	}
	o->in_link = enter;
	if (enter) {
		buf_str(o->out, "<text:a xlink:type=\"simple\" xlink:href=\"");
		odt_text(o->out, url.s);
		buf_str(o->out, "\">");
		return;
	}
	buf_str(o->out, "</text:a> (");
	odt_text(o->out, url.s);
	buf_str(o->out, ")");
}

static void write_inline(struct odt *o, cmark_node *node, bool enter)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
		text(o, cmark_node_get_literal(node));
		break;
	case CMARK_NODE_SOFTBREAK:
		buf_char(o->out, ' ');
		break;
	case CMARK_NODE_LINEBREAK:
		buf_str(o->out, "<text:line-break/>");
		break;
	case CMARK_NODE_CODE:
		buf_str(o->out, "<text:span text:style-name=\"Code\">");
		odt_text(o->out, cmark_node_get_literal(node));
		buf_str(o->out, "</text:span>");
		break;
	case CMARK_NODE_EMPH:
		span(o, "Emphasis", enter);
		break;
	case CMARK_NODE_STRONG:
		span(o, "Strong", enter);
		break;
	case CMARK_NODE_LINK:
		link(o, node, enter);
		break;
	default:
		break;
	}
}

/* ---- blocks ---- */

static bool at_top(cmark_node *node)
{
	return cmark_node_get_type(cmark_node_parent(node)) == CMARK_NODE_DOCUMENT;
}

static void heading(struct odt *o, cmark_node *node, bool enter)
{
	int level = 1 + cmark_node_get_heading_level(node) - o->top;

	if (!enter) {
		buf_str(o->out, "</text:h>");
		return;
	}
	buf_printf(o->out, "<text:h text:style-name=\"Heading_20_%d\" text:outline-level=\"%d\">", level > 2 ? 3 : level, level);
	if (o->options->numbered && level == 1 && at_top(node)) {
		o->paragraph = 0;
		buf_printf(o->out, "%d<text:tab/>", ++o->section);
	}
}

static void paragraph(struct odt *o, cmark_node *node, bool enter)
{
	if (!enter) {
		buf_str(o->out, "</text:p>");
	} else if (o->options->numbered && at_top(node) && o->section > 0) {
		buf_printf(o->out, "<text:p text:style-name=\"Numbered\">%d.%d<text:tab/>", o->section, ++o->paragraph);
	} else {
		buf_printf(o->out, "<text:p text:style-name=\"%s\">", o->lists > 0 ? "Item" : o->quotes > 0 ? "Quotation" : "Body");
	}
}

static void list(struct odt *o, cmark_node *node, bool enter)
{
	bool numbers = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;

	o->lists += enter ? 1 : 0;
	if (o->lists <= LEVELS && enter) {
		buf_printf(o->out, "<text:list text:style-name=\"%s\">", numbers ? "Numbers" : "Bullets");
	} else if (o->lists <= LEVELS) {
		buf_str(o->out, "</text:list>");
	}
	o->lists -= enter ? 0 : 1;
}

static void item(struct odt *o, cmark_node *node, bool enter)
{
	cmark_node *parent = cmark_node_parent(node);
	int start = cmark_node_get_list_start(parent);

	if (o->lists > LEVELS) {
		return;
	}
	if (!enter) {
		buf_str(o->out, "</text:list-item>");
	} else if (start > 1 && cmark_node_previous(node) == NULL) {
		buf_printf(o->out, "<text:list-item text:start-value=\"%d\">", start);
	} else {
		buf_str(o->out, "<text:list-item>");
	}
}

static void code_block(struct odt *o, const char *s)
{
	while (*s != '\0') {
		size_t n = strcspn(s, "\n");

		buf_str(o->out, "<text:p text:style-name=\"Listing\">");
		odt_text(o->out, arena_strndup(o->arena, s, n));
		buf_str(o->out, "</text:p>");
		s += n + (s[n] == '\n' ? 1 : 0);
	}
}

static void write_block(struct odt *o, cmark_node *node, bool enter)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_HEADING:
		heading(o, node, enter);
		break;
	case CMARK_NODE_PARAGRAPH:
		paragraph(o, node, enter);
		break;
	case CMARK_NODE_LIST:
		list(o, node, enter);
		break;
	case CMARK_NODE_ITEM:
		item(o, node, enter);
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		o->quotes += enter ? 1 : -1;
		break;
	case CMARK_NODE_CODE_BLOCK:
		code_block(o, cmark_node_get_literal(node));
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		buf_str(o->out, "<text:p text:style-name=\"Rule\"/>");
		break;
	default:
		break;
	}
}

/* ---- walk ---- */

static int top_heading(cmark_node *document)
{
	int top = 6;

	for (cmark_node *n = cmark_node_first_child(document); n != NULL; n = cmark_node_next(n)) {
		if (cmark_node_get_type(n) == CMARK_NODE_HEADING && cmark_node_get_heading_level(n) < top) {
			top = cmark_node_get_heading_level(n);
		}
	}
	return top;
}

static void visit(struct odt *o, cmark_iter *iter, bool enter)
{
	cmark_node *node = cmark_iter_get_node(iter);
	cmark_node_type type = cmark_node_get_type(node);
	const char *inside = enter && at_top(node) ? prose_sole_mark(o->arena, node) : NULL;

	if (inside != NULL) {
		o->options->block(o->options->context, o->out, inside);
		cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
	} else if (type >= CMARK_NODE_FIRST_BLOCK && type <= CMARK_NODE_LAST_BLOCK) {
		write_block(o, node, enter);
	} else {
		write_inline(o, node, enter);
	}
}

void odt_prose(struct buf *out, struct arena *a, const struct odt_prose *options)
{
	struct odt o = { .options = options, .out = out, .arena = a };
	cmark_node *document;
	cmark_event_type event;
	cmark_iter *iter;

	document = cmark_parse_document(options->text, strlen(options->text), CMARK_OPT_VALIDATE_UTF8);
	cmark_consolidate_text_nodes(document);
	o.top = top_heading(document);
	iter = cmark_iter_new(document);
	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		visit(&o, iter, event == CMARK_EVENT_ENTER);
	}
	cmark_iter_free(iter);
	cmark_node_free(document);
}
