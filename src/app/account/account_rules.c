/* Decisions without store, clock or request. */
#include "app/account/account.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"

static int hex_value(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c == '\0' ? NULL : strchr(digits, c | 0x20);

	return at == NULL ? -1 : (int)(at - digits);
}

/* Relative luminance of one channel: WCAG 2.2, definition of relative luminance. */
static double linear(int channel)
{
	double c = channel / 255.0;

	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

bool accent_contrast(const char *accent, double *out)
{
	static const double weights[] = { 0.2126, 0.7152, 0.0722 };
	double luminance = 0;

	if (strlen(accent) != 7 || accent[0] != '#') {
		return false;
	}
	for (int i = 0; i < 3; i++) {
		int high = hex_value(accent[1 + 2 * i]);
		int low = hex_value(accent[2 + 2 * i]);

		if (high < 0 || low < 0) {
			return false;
		}
		luminance += weights[i] * linear(16 * high + low);
	}
	*out = 1.05 / (luminance + 0.05);
	return true;
}

/* Cut, not rounded: 4.46 is not to be told as 4.5. */
static double cut(double contrast)
{
	return floor(contrast * 10) / 10;
}

const char *accent_sentence(struct arena *a, const char *accent)
{
	double contrast = 1;

	accent_contrast(accent, &contrast);
	return arena_printf(a, "white text on it has a contrast of %.1f to 1", cut(contrast));
}

void authority_check(struct arena *a, const char *code, const char *accent,
		     struct problems *problems)
{
	double contrast;

	if (strspn(code, "0123456789") != strlen(code)) {
		problem_add(a, problems, "code", "LA code must be 3 numbers, like 936");
	}
	if (!accent_contrast(accent, &contrast)) {
		problem_add(a, problems, "accent",
			    "Accent colour must be # and 6 letters or numbers, like %s",
			    ACCENT_DEFAULT);
	} else if (contrast < 4.5) { /* WCAG 2.2, 1.4.3 Contrast (minimum) */
		problem_add(a, problems, "accent",
			    "Accent colour is too light: %s. Choose a darker one, with at least "
			    "4.5 to 1",
			    accent_sentence(a, accent));
	}
}
