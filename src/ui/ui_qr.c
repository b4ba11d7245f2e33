#include <qrencode.h>

#include "ui/components.h"
#include "ui/write.h"

#define QUIET 4 /* modules of white round the code, ISO/IEC 18004 section 9.1 */

/* Dark modules as one path, a run of them in a row at a time. */
static void modules(struct html *h, const QRcode *code)
{
	LIT(h, "<path fill=\"#000\" d=\"");
	for (int y = 0; y < code->width; y++) {
		const unsigned char *row = code->data + (size_t)y * (size_t)code->width;
		for (int x = 0; x < code->width; x++) {
			int run = 0;
			while (x + run < code->width && (row[x + run] & 1) != 0) {
				run++;
			}
			if (run > 0) {
				LIT(h, "M");
				html_int(h, x + QUIET);
				LIT(h, " ");
				html_int(h, y + QUIET);
				LIT(h, "h");
				html_int(h, run);
				LIT(h, "v1h-");
				html_int(h, run);
				LIT(h, "z");
				x += run;
			}
		}
	}
	LIT(h, "\"/>");
}

bool ui_qr(struct html *h, const struct ui_qr *o)
{
	/* Level M: readable with 15% of it lost, as printed sheets need. */
	QRcode *code = QRcode_encodeString(o->text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
	int size = o->size > 0 ? o->size : 200;

	if (code == NULL) {
		return false;
	}
	LIT(h, "<svg class=\"app-qr\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" "
	       "aria-label=\"");
	html_text(h, o->label);
	LIT(h, "\" focusable=\"false\" shape-rendering=\"crispEdges\" width=\"");
	html_int(h, size);
	LIT(h, "\" height=\"");
	html_int(h, size);
	LIT(h, "\" viewBox=\"0 0 ");
	html_int(h, code->width + 2 * QUIET);
	LIT(h, " ");
	html_int(h, code->width + 2 * QUIET);
	LIT(h, "\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>");
	modules(h, code);
	LIT(h, "</svg>");
	QRcode_free(code);
	return true;
}
