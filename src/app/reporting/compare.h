/* Below a figure on its page: beside another period, and the notes that said it. */
#ifndef APP_REPORTING_COMPARE_H
#define APP_REPORTING_COMPARE_H

#include "core/feature.h"

struct comparison {
	bool asked;
	struct period with; /* as asked; else the same days a year before */
};

/* with_from and with_to of the query. Before page_begin. */
void comparison_read(struct page *p, struct period period, struct comparison *out, struct problems *problems);
/* The form, and the two periods beside each other where that is asked for. */
struct err *comparison_draw(struct page *p, const struct figure *f, struct period period, const struct comparison *comparison,
			    const struct problems *problems) MUST_CHECK;
/* The newest notes that froze this figure, as far as this person sees them. */
struct err *released_draw(struct page *p, const struct figure *f) MUST_CHECK;

#endif
