#include "work/odt.h"

#include <string.h>

#include "base/arena.h"
#include "ui/odt_prose.h"
#include "work/zip.h"

enum { PART_MAX = 16 * 1024 * 1024 };

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define NS "urn:oasis:names:tc:opendocument:xmlns:"
#define NAMES                                                                                                          \
	" xmlns:office=\"" NS "office:1.0\" xmlns:style=\"" NS "style:1.0\" xmlns:text=\"" NS "text:1.0\" xmlns:table=\"" NS \
	"table:1.0\" xmlns:draw=\"" NS "drawing:1.0\" xmlns:svg=\"" NS "svg-compatible:1.0\" xmlns:fo=\"" NS           \
	"xsl-fo-compatible:1.0\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" " \
	"office:version=\"1.3\">"

#define PARAGRAPH(name, parent, properties)                                                                            \
	"<style:style style:name=\"" name "\" style:family=\"paragraph\" style:parent-style-name=\"" parent               \
	"\"><style:paragraph-properties " properties "/></style:style>"
#define WORDS(name, parent, properties, letters)                                                                       \
	"<style:style style:name=\"" name "\" style:family=\"paragraph\" style:parent-style-name=\"" parent               \
	"\"><style:paragraph-properties " properties "/><style:text-properties " letters "/></style:style>"
#define SPAN(name, letters)                                                                                            \
	"<style:style style:name=\"" name "\" style:family=\"text\"><style:text-properties " letters "/></style:style>"
#define HEADING(level, size)                                                                                           \
	"<style:style style:name=\"Heading_20_" level "\" style:display-name=\"Heading " level                            \
	"\" style:family=\"paragraph\" style:parent-style-name=\"Standard\" style:next-style-name=\"Body\" "              \
	"style:default-outline-level=\"" level "\"><style:paragraph-properties fo:margin-top=\"0.5cm\" "                  \
	"fo:margin-bottom=\"0.2cm\" fo:margin-left=\"1.5cm\" fo:text-indent=\"-1.5cm\" fo:keep-with-next=\"always\"/>"    \
	"<style:text-properties fo:font-size=\"" size "\" fo:font-weight=\"bold\"/></style:style>"
#define INDENT(step)                                                                                                   \
	"<style:list-level-properties text:list-level-position-and-space-mode=\"label-alignment\">"                       \
	"<style:list-level-label-alignment text:label-followed-by=\"listtab\" fo:margin-left=\"" step                     \
	"\" fo:text-indent=\"-0.6cm\"/></style:list-level-properties>"
#define BULLET(level, step)                                                                                            \
	"<text:list-level-style-bullet text:level=\"" level "\" text:bullet-char=\"\u2022\">" INDENT(step)                \
	"</text:list-level-style-bullet>"
#define NUMBER(level, step)                                                                                            \
	"<text:list-level-style-number text:level=\"" level "\" style:num-format=\"1\" style:num-suffix=\".\">"           \
	INDENT(step) "</text:list-level-style-number>"
#define TEN(of)                                                                                                        \
	of("1", "2.1cm") of("2", "2.7cm") of("3", "3.3cm") of("4", "3.9cm") of("5", "4.5cm") of("6", "5.1cm")             \
		of("7", "5.7cm") of("8", "6.3cm") of("9", "6.9cm") of("10", "7.5cm")

/* A4, the number of the page below; letters and distances as the printed page has them. */
static const char styles[] =
	XML "<office:document-styles" NAMES "<office:styles><style:default-style style:family=\"paragraph\">"
	    "<style:paragraph-properties fo:orphans=\"2\" fo:widows=\"2\"/><style:text-properties fo:font-family=\"Arial\" "
	    "style:font-family-generic=\"swiss\" fo:font-size=\"11pt\" fo:language=\"en\" fo:country=\"GB\"/>"
	    "</style:default-style><style:style style:name=\"Standard\" style:family=\"paragraph\"/>"
	HEADING("1", "14pt") HEADING("2", "12pt") HEADING("3", "11pt")
	WORDS("Title", "Standard", "fo:margin-bottom=\"0.4cm\"", "fo:font-size=\"18pt\" fo:font-weight=\"bold\"")
	PARAGRAPH("Label", "Standard", "fo:margin-left=\"3cm\" fo:text-indent=\"-3cm\" fo:margin-bottom=\"0.1cm\"")
	PARAGRAPH("Body", "Standard", "fo:margin-left=\"1.5cm\" fo:margin-bottom=\"0.25cm\"")
	PARAGRAPH("Numbered", "Body", "fo:margin-left=\"1.5cm\" fo:text-indent=\"-1.5cm\"")
	PARAGRAPH("Item", "Standard", "fo:margin-bottom=\"0.1cm\"")
	PARAGRAPH("Quotation", "Body", "fo:margin-left=\"2.5cm\" fo:margin-right=\"1cm\"")
	PARAGRAPH("Rule", "Body", "fo:border-bottom=\"0.5pt solid #505a5f\"")
	WORDS("Listing", "Body", "fo:margin-bottom=\"0cm\"", "fo:font-family=\"Liberation Mono\" fo:font-size=\"10pt\"")
	WORDS("Caption", "Body", "fo:keep-with-next=\"always\" fo:margin-top=\"0.2cm\"", "fo:font-weight=\"bold\"")
	PARAGRAPH("Cell", "Standard", "fo:padding=\"0cm\"")
	PARAGRAPH("CellNumber", "Cell", "fo:text-align=\"end\"")
	WORDS("CellHead", "Cell", "fo:text-align=\"start\"", "fo:font-weight=\"bold\"")
	WORDS("CellHeadNumber", "Cell", "fo:text-align=\"end\"", "fo:font-weight=\"bold\"")
	PARAGRAPH("Author", "Body", "fo:margin-top=\"0.5cm\"")
	SPAN("Emphasis", "fo:font-style=\"italic\"") SPAN("Strong", "fo:font-weight=\"bold\"")
	SPAN("Code", "fo:font-family=\"Liberation Mono\"")
	"<text:list-style style:name=\"Bullets\">" TEN(BULLET) "</text:list-style>"
	"<text:list-style style:name=\"Numbers\">" TEN(NUMBER) "</text:list-style>"
	"</office:styles><office:automatic-styles><style:page-layout style:name=\"A4\"><style:page-layout-properties "
	"fo:page-width=\"21cm\" fo:page-height=\"29.7cm\" fo:margin=\"2cm\"/><style:footer-style/></style:page-layout>"
	"</office:automatic-styles><office:master-styles><style:master-page style:name=\"Standard\" "
	"style:page-layout-name=\"A4\"><style:footer><text:p text:style-name=\"CellNumber\"><text:page-number/></text:p>"
	"</style:footer></style:master-page></office:master-styles></office:document-styles>";

static const char content_head[] =
	XML "<office:document-content" NAMES "<office:automatic-styles><style:style style:name=\"Grid\" "
	    "style:family=\"table\"><style:table-properties table:align=\"margins\" fo:margin-left=\"1.5cm\" "
	    "fo:margin-bottom=\"0.4cm\"/></style:style><style:style style:name=\"Line\" style:family=\"table-cell\">"
	    "<style:table-cell-properties fo:padding=\"0.1cm\" fo:border-bottom=\"0.5pt solid #b1b4b6\"/></style:style>"
	    "</office:automatic-styles><office:body><office:text>";
static const char content_foot[] = "</office:text></office:body></office:document-content>";

static struct bytes bytes_of(const struct buf *b)
{
	return (struct bytes){ (const unsigned char *)b->p, b->n };
}

static struct bytes bytes_of_text(const char *text)
{
	return (struct bytes){ (const unsigned char *)text, strlen(text) };
}

static struct bytes manifest(struct arena *a, const struct odt_document *document)
{
	struct buf b;

	buf_init(&b, a, PART_MAX);
	buf_str(&b, XML "<manifest:manifest xmlns:manifest=\"" NS "manifest:1.0\" manifest:version=\"1.3\">"
			"<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" manifest:media-type=\"" ODT_TYPE
			"\"/><manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>"
			"<manifest:file-entry manifest:full-path=\"styles.xml\" manifest:media-type=\"text/xml\"/>"
			"<manifest:file-entry manifest:full-path=\"meta.xml\" manifest:media-type=\"text/xml\"/>");
	for (size_t i = 0; i < document->n_pictures; i++) {
		buf_printf(&b, "<manifest:file-entry manifest:full-path=\"Pictures/%s\" manifest:media-type=\"image/svg+xml\"/>",
			   document->pictures[i].name);
	}
	buf_str(&b, "</manifest:manifest>");
	return bytes_of(&b);
}

static struct bytes meta(struct arena *a, const struct odt_document *document)
{
	struct buf b;

	buf_init(&b, a, PART_MAX);
	buf_str(&b, XML "<office:document-meta" NAMES "<office:meta><dc:title>");
	odt_text(&b, document->title);
	buf_str(&b, "</dc:title><dc:language>en-GB</dc:language></office:meta></office:document-meta>");
	return bytes_of(&b);
}

static struct bytes content(struct arena *a, const struct odt_document *document)
{
	struct buf b;

	buf_init(&b, a, PART_MAX);
	buf_str(&b, content_head);
	buf_add(&b, (const char *)document->body.p, document->body.n);
	buf_str(&b, content_foot);
	return bytes_of(&b);
}

struct err *odt_make(struct arena *a, struct instant now, const struct odt_document *document, struct bytes *out)
{
	struct archive *z;

	TRY(archive_begin(a, now, &z));
	/* The type first and as it is, so that programs know the file by its first bytes (ODF 1.3 part 2, 3.3). */
	TRY(archive_add(z, "mimetype", bytes_of_text(ODT_TYPE), ARCHIVE_STORED));
	TRY(archive_add(z, "META-INF/manifest.xml", manifest(a, document), ARCHIVE_DEFLATED));
	TRY(archive_add(z, "styles.xml", bytes_of_text(styles), ARCHIVE_DEFLATED));
	TRY(archive_add(z, "meta.xml", meta(a, document), ARCHIVE_DEFLATED));
	TRY(archive_add(z, "content.xml", content(a, document), ARCHIVE_DEFLATED));
	for (size_t i = 0; i < document->n_pictures; i++) {
		TRY(archive_add(z, arena_printf(a, "Pictures/%s", document->pictures[i].name), document->pictures[i].svg,
				ARCHIVE_DEFLATED));
	}
	return archive_end(z, out);
}
