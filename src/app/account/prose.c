/* The public pages that every service must have, as Markdown in assets/pages. */
#include "app/account/account.h"
#include "base/arena.h"
#include "base/text.h"
#include "ui/asset.h"

static const struct {
	const char *path, *title, *file;
} pages[] = {
	{ "/accessibility", "Accessibility statement", "accessibility.md" },
	{ "/privacy", "Privacy notice", "privacy.md" },
	{ "/cookies", "Cookies", "cookies.md" },
};

struct err *prose_page(struct page *p)
{
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		const struct page_head head = { .title = pages[i].title };

		if (!text_same(p->request->path, pages[i].path)) {
			continue;
		}
		const struct bytes file = asset_text(pages[i].file);
		const char *text = arena_strndup(p->arena, (const char *)file.p, file.n);

		page_begin(p, &head);
		ui_prose(p->html, p->arena, &(struct ui_prose){ .text = text });
		page_end(p);
		return NULL;
	}
	return ERR(ERR_NOT_FOUND, "There is nothing here under this address");
}
