/* Figures: the interval of a share, how a value is written, where its page is. */
#include <math.h>

#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

/* Score interval, E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209-212; without continuity
 * correction. */
void wilson_interval(int64_t agree, int64_t answers, double *low, double *high)
{
	const double z = 1.959963984540054; /* 97.5% point of the normal distribution */
	double n = (double)answers;

	*low = 0;
	*high = 1;
	if (answers <= 0) {
		return;
	}
	double p = (double)agree / n;
	double middle = p + z * z / (2 * n);
	double half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n));
	double all = 1 + z * z / n;

	*low = agree <= 0 ? 0 : (middle - half) / all;
	*high = agree >= answers ? 1 : (middle + half) / all;
}

const char *figure_text(struct arena *a, const struct figure *f, const struct figure_value *v)
{
	if (!v->known) {
		return "not known";
	}
	if (f->kind == FIGURE_SHARE) {
		return arena_printf(a, "%.0f%%", round(v->value * 100));
	}
	return text_thousands(a, v->numerator);
}

struct url link_figure(struct arena *a, const struct figure *f, struct period period)
{
	char from[DATE_ISO_SIZE], to[DATE_ISO_SIZE];

	date_iso(period.from, from);
	date_iso(period.to, to);
	return url_with(a, url_with(a, url_path(a, "/reports/figures/{}", f->name), "from", from),
			"to", to);
}

/* ---- breakdowns ---- */

static const struct field figure_part_fields[] = {
	FIELD(struct figure_part, label, .flags = F_NULLABLE),
	FIELD(struct figure_part, numerator),
	FIELD(struct figure_part, denominator),
	FIELD_END
};
RECORD(figure_part, figure_part_fields);

/* The smallest part that is shown still and is not empty; n: none. */
static size_t smallest_shown(const struct figure_part *parts, size_t n, const bool *hidden)
{
	size_t found = n;

	for (size_t i = 0; i < n; i++) {
		if (!hidden[i] && parts[i].denominator > 0 &&
		    (found == n || parts[i].denominator < parts[found].denominator)) {
			found = i;
		}
	}
	return found;
}

void figure_hide(const struct figure_part *parts, size_t n, int64_t least, bool *hidden)
{
	int64_t sum = 0;

	for (size_t i = 0; i < n; i++) {
		hidden[i] = parts[i].denominator > 0 && parts[i].denominator < least;
		sum += hidden[i] ? parts[i].denominator : 0;
	}
	/* the total is known: what is hidden together must be too many to be guessed as well */
	while (sum > 0 && sum < least) {
		size_t next = smallest_shown(parts, n, hidden);

		if (next == n) {
			return;
		}
		hidden[next] = true;
		sum += parts[next].denominator;
	}
}
