/* Elements and attributes that the sink knows. What is not listed is not written. */
#include "html/names.h"

#include <string.h>
#include <strings.h>

struct element {
	const char *name;
	enum tag_kind kind;
};

/* In ASCII order. Left out on purpose: style (no inline styles), iframe, object, embed, base,
 * template, noscript (nothing in the house needs them and each opens a door). */
static const struct element elements[] = {
	{ "a", TAG_NORMAL },	      { "abbr", TAG_NORMAL },	  { "article", TAG_NORMAL },
	{ "aside", TAG_NORMAL },      { "b", TAG_NORMAL },	  { "blockquote", TAG_NORMAL },
	{ "body", TAG_NORMAL },	      { "br", TAG_VOID },	  { "button", TAG_NORMAL },
	{ "caption", TAG_NORMAL },    { "circle", TAG_EMPTY },	  { "code", TAG_NORMAL },
	{ "col", TAG_VOID },	      { "colgroup", TAG_NORMAL }, { "datalist", TAG_NORMAL },
	{ "dd", TAG_NORMAL },	      { "del", TAG_NORMAL },	  { "desc", TAG_NORMAL },
	{ "details", TAG_NORMAL },    { "div", TAG_NORMAL },	  { "dl", TAG_NORMAL },
	{ "dt", TAG_NORMAL },	      { "em", TAG_NORMAL },	  { "fieldset", TAG_NORMAL },
	{ "figcaption", TAG_NORMAL }, { "figure", TAG_NORMAL },	  { "footer", TAG_NORMAL },
	{ "form", TAG_NORMAL },	      { "g", TAG_NORMAL },	  { "h1", TAG_NORMAL },
	{ "h2", TAG_NORMAL },	      { "h3", TAG_NORMAL },	  { "h4", TAG_NORMAL },
	{ "h5", TAG_NORMAL },	      { "h6", TAG_NORMAL },	  { "head", TAG_NORMAL },
	{ "header", TAG_NORMAL },     { "hr", TAG_VOID },	  { "html", TAG_NORMAL },
	{ "i", TAG_NORMAL },	      { "img", TAG_VOID },	  { "input", TAG_VOID },
	{ "ins", TAG_NORMAL },	      { "kbd", TAG_NORMAL },	  { "label", TAG_NORMAL },
	{ "legend", TAG_NORMAL },     { "li", TAG_NORMAL },	  { "line", TAG_EMPTY },
	{ "link", TAG_VOID },	      { "main", TAG_NORMAL },	  { "meta", TAG_VOID },
	{ "nav", TAG_NORMAL },	      { "ol", TAG_NORMAL },	  { "optgroup", TAG_NORMAL },
	{ "option", TAG_NORMAL },     { "output", TAG_NORMAL },	  { "p", TAG_NORMAL },
	{ "path", TAG_EMPTY },	      { "pre", TAG_NORMAL },	  { "q", TAG_NORMAL },
	{ "rect", TAG_EMPTY },	      { "script", TAG_RAW },	  { "section", TAG_NORMAL },
	{ "select", TAG_NORMAL },     { "small", TAG_NORMAL },	  { "span", TAG_NORMAL },
	{ "strong", TAG_NORMAL },     { "sub", TAG_NORMAL },	  { "summary", TAG_NORMAL },
	{ "sup", TAG_NORMAL },	      { "svg", TAG_NORMAL },	  { "table", TAG_NORMAL },
	{ "tbody", TAG_NORMAL },      { "td", TAG_NORMAL },	  { "text", TAG_NORMAL },
	{ "textarea", TAG_RCDATA },   { "tfoot", TAG_NORMAL },	  { "th", TAG_NORMAL },
	{ "thead", TAG_NORMAL },      { "time", TAG_NORMAL },	  { "title", TAG_RCDATA },
	{ "tr", TAG_NORMAL },	      { "tspan", TAG_NORMAL },	  { "ul", TAG_NORMAL },
	{ "wbr", TAG_VOID },
};

#define N_ELEMENTS (sizeof elements / sizeof *elements)

static int compare(const char *name, size_t n, const char *known)
{
	int order = strncmp(name, known, n);

	return order != 0 ? order : (known[n] == '\0' ? 0 : -1);
}

unsigned char element_find(const char *name, size_t n, enum tag_kind *kind)
{
	size_t low = 0;
	size_t high = N_ELEMENTS;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = compare(name, n, elements[middle].name);
		if (order == 0) {
			*kind = elements[middle].kind;
			return (unsigned char)(middle + 1);
		}
		if (order < 0) {
			high = middle;
		} else {
			low = middle + 1;
		}
	}
	return 0;
}

const char *element_name(unsigned char element)
{
	return element >= 1 && element <= N_ELEMENTS ? elements[element - 1].name : "nothing";
}

static bool one_of(const char *name, size_t n, const char *const *list)
{
	for (; *list != NULL; list++) {
		if (strlen(*list) == n && strncasecmp(name, *list, n) == 0) {
			return true;
		}
	}
	return false;
}

enum attribute_class attribute_classify(const char *name, size_t n)
{
	/* Values that browsers fetch, follow or send to. */
	static const char *const addresses[] = { "href", "src",	   "action", "formaction",
						 "cite", "poster", NULL };
	/* Script, style, markup or addresses in a syntax of their own. */
	static const char *const refused[] = { "style",	      "srcdoc",	    "srcset",
					       "imagesrcset", "http-equiv", "ping",
					       "background",  "xlink:href", "data",
					       "manifest",    NULL };

	if ((n >= 2 && strncasecmp(name, "on", 2) == 0) || one_of(name, n, refused)) {
		return ATTRIBUTE_REFUSED;
	}
	return one_of(name, n, addresses) ? ATTRIBUTE_ADDRESS : ATTRIBUTE_PLAIN;
}

bool attribute_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == ':' || c == '_';
}
