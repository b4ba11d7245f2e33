#include "work/ods.h"

#include <string.h>

#include "base/arena.h"
#include "base/xml.h"
#include "work/zip.h"

enum {
	PIECE = 64 * 1024,
	PIECE_MAX = 16 * 1024 * 1024, /* one row of the longest texts */
	SHEET_NAME = 31               /* characters, as other spreadsheet programs allow */
};

struct ods {
	struct archive *archive;
	struct buf out;
	size_t rows, cells; /* whole ones; of the row */
};

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define NS "urn:oasis:names:tc:opendocument:xmlns:"

static const char manifest[] =
	XML "<manifest:manifest xmlns:manifest=\"" NS "manifest:1.0\" manifest:version=\"1.3\">"
	    "<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" manifest:media-type=\"" ODS_TYPE "\"/>"
	    "<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>"
	    "<manifest:file-entry manifest:full-path=\"styles.xml\" manifest:media-type=\"text/xml\"/>"
	    "</manifest:manifest>";

static const char styles[] =
	XML "<office:document-styles xmlns:office=\"" NS "office:1.0\" xmlns:style=\"" NS "style:1.0\" xmlns:fo=\"" NS
	    "xsl-fo-compatible:1.0\" office:version=\"1.3\"><office:styles>"
	    "<style:default-style style:family=\"table-cell\"><style:text-properties fo:language=\"en\" fo:country=\"GB\"/>"
	    "</style:default-style><style:style style:name=\"Default\" style:family=\"table-cell\"/>"
	    "</office:styles></office:document-styles>";

/* Dates as the CSV of the same list has them: every program reads them the same way, whatever its language. */
#define ISO                                                                                                            \
	"<number:year number:style=\"long\"/><number:text>-</number:text><number:month number:style=\"long\"/>"           \
	"<number:text>-</number:text><number:day number:style=\"long\"/>"

static const char content[] =
	XML "<office:document-content xmlns:office=\"" NS "office:1.0\" xmlns:table=\"" NS "table:1.0\" xmlns:text=\"" NS
	    "text:1.0\" xmlns:style=\"" NS "style:1.0\" xmlns:number=\"" NS "datastyle:1.0\" xmlns:fo=\"" NS
	    "xsl-fo-compatible:1.0\" office:version=\"1.3\"><office:automatic-styles>"
	    "<number:date-style style:name=\"nd\">" ISO "</number:date-style>"
	    "<number:date-style style:name=\"nt\">" ISO
	    "<number:text> </number:text><number:hours number:style=\"long\"/><number:text>:</number:text>"
	    "<number:minutes number:style=\"long\"/></number:date-style>"
	    "<style:style style:name=\"d\" style:family=\"table-cell\" style:data-style-name=\"nd\"/>"
	    "<style:style style:name=\"t\" style:family=\"table-cell\" style:data-style-name=\"nt\"/>"
	    "<style:style style:name=\"h\" style:family=\"table-cell\"><style:text-properties fo:font-weight=\"bold\"/>"
	    "</style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name=\"";

/* ---- text in XML ---- */

static const char *escape(unsigned char c)
{
	return c == '\t' ? "<text:tab/>" : c == '\n' ? "</text:p><text:p>" : xml_escape(c);
}

/* A space at either end of a line, or after another, would be lost (ODF 1.3 part 3, 6.1.2). */
static bool space_is_lost(const char *text, size_t i)
{
	return i == 0 || text[i - 1] == ' ' || text[i - 1] == '\n' || text[i + 1] == '\0' || text[i + 1] == '\n' ||
	       text[i + 1] == '\r';
}

static void add_paragraphs(struct buf *b, const char *text)
{
	size_t from = 0, i = 0;

	buf_str(b, "<text:p>");
	while (text[i] != '\0') {
		size_t drop = xml_forbidden((const unsigned char *)text + i);
		const char *other = escape((unsigned char)text[i]);

		if (text[i] == ' ' && space_is_lost(text, i)) {
			other = "<text:s/>";
		}
		if (drop == 0 && other == NULL) {
			i++;
			continue;
		}
		buf_add(b, text + from, i - from);
		buf_str(b, drop == 0 ? other : "");
		i += drop == 0 ? 1 : drop;
		from = i;
	}
	buf_add(b, text + from, i - from);
	buf_str(b, "</text:p>");
}

/* Without what a spreadsheet program takes for a part of an address. */
static void add_sheet_name(struct buf *b, const char *name)
{
	size_t characters = 0;

	for (const char *c = name; *c != '\0'; c++) {
		characters += ((unsigned char)*c & 0xc0) != 0x80;
		if (characters > SHEET_NAME) {
			break;
		}
		buf_char(b, strchr("[]*?:/\\<>&\"'", *c) != NULL ? ' ' : *c);
	}
}

/* ---- the file ---- */

static struct bytes bytes_of(const char *text)
{
	return (struct bytes){ (const unsigned char *)text, strlen(text) };
}

struct err *ods_begin(struct arena *a, struct instant now, const char *sheet, size_t n_columns, struct ods **out)
{
	struct ods *o = ARENA_NEW(a, struct ods, 1);

	TRY(archive_begin(a, now, &o->archive));
	/* The type first and as it is, so that programs know the file by its first bytes (ODF 1.3 part 2, 3.3). */
	TRY(archive_add(o->archive, "mimetype", bytes_of(ODS_TYPE), ARCHIVE_STORED));
	TRY(archive_add(o->archive, "META-INF/manifest.xml", bytes_of(manifest), ARCHIVE_DEFLATED));
	TRY(archive_add(o->archive, "styles.xml", bytes_of(styles), ARCHIVE_DEFLATED));
	TRY(archive_stream(o->archive, "content.xml"));
	buf_init(&o->out, a, PIECE_MAX);
	buf_reserve(&o->out, 2 * PIECE);
	buf_str(&o->out, content);
	add_sheet_name(&o->out, sheet);
	buf_printf(&o->out, "\"><table:table-column table:number-columns-repeated=\"%zu\"/>"
		   "<table:table-header-rows>", n_columns > 0 ? n_columns : 1);
	*out = o;
	return NULL;
}

void ods_cell(struct ods *o, enum ods_kind kind, const char *text)
{
	static const char *const before[] = {
		[ODS_TEXT] = "<table:table-cell office:value-type=\"string\">",
		[ODS_HEADING] = "<table:table-cell table:style-name=\"h\" office:value-type=\"string\">",
		[ODS_NUMBER] = "<table:table-cell office:value-type=\"float\" office:value=\"",
		[ODS_DATE] = "<table:table-cell table:style-name=\"d\" office:value-type=\"date\" office:date-value=\"",
		[ODS_INSTANT] = "<table:table-cell table:style-name=\"t\" office:value-type=\"date\" office:date-value=\"",
	};

	buf_str(&o->out, o->cells++ == 0 ? "<table:table-row>" : "");
	if (text[0] == '\0') {
		buf_str(&o->out, "<table:table-cell/>");
		return;
	}
	buf_str(&o->out, before[kind]);
	if (kind == ODS_TEXT || kind == ODS_HEADING) {
		add_paragraphs(&o->out, text);
		buf_str(&o->out, "</table:table-cell>");
		return;
	}
	buf_str(&o->out, text);
	buf_str(&o->out, kind == ODS_INSTANT ? ":00\"/>" : "\"/>");
}

static struct err *flush(struct ods *o)
{
	if (o->out.full) {
		return ERR(ERR_LIMIT, "A row of the list is too long for a spreadsheet. Use the CSV file instead");
	}
	TRY(archive_write(o->archive, (struct bytes){ (const unsigned char *)o->out.p, o->out.n }));
	o->out.n = 0;
	return NULL;
}

struct err *ods_end_row(struct ods *o)
{
	buf_str(&o->out, o->cells == 0 ? "<table:table-row><table:table-cell/>" : "");
	buf_str(&o->out, o->rows++ == 0 ? "</table:table-row></table:table-header-rows>" : "</table:table-row>");
	o->cells = 0;
	return o->out.n >= PIECE ? flush(o) : NULL;
}

struct err *ods_end(struct ods *o, struct bytes *out)
{
	buf_str(&o->out, "</table:table></office:spreadsheet></office:body></office:document-content>");
	TRY(flush(o));
	return archive_end(o->archive, out);
}

void ods_abandon(struct ods *o)
{
	archive_abandon(o->archive);
}
