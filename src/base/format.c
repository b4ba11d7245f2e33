#include "base/format.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct place { /* what is still free */
	char *p;
	size_t room;
};

static bool put(struct place *to, const char *s, size_t n)
{
	if (n >= to->room) { /* the NUL needs one more */
		return false;
	}
	memcpy(to->p, s, n);
	to->p += n;
	to->room -= n;
	return true;
}

static bool put_text(struct place *to, const char *s, int most)
{
	if (s == NULL) {
		return false;
	}
	return put(to, s, most < 0 ? strlen(s) : strnlen(s, (size_t)most));
}

static bool put_natural(struct place *to, uint64_t n, bool negative)
{
	char digits[24];
	char *p = digits + sizeof(digits);
	do {
		*--p = (char)('0' + n % 10);
		n /= 10;
	} while (n > 0);
	if (negative) {
		*--p = '-';
	}
	return put(to, p, (size_t)(digits + sizeof(digits) - p));
}

static bool put_number(struct place *to, int64_t n)
{
	return put_natural(to, n < 0 ? 0 - (uint64_t)n : (uint64_t)n, n < 0);
}

static size_t plain_run(const char *f)
{
	size_t n = 0;
	while (f[n] != '%' && f[n] != '\0') {
		n++;
	}
	return n;
}

int format_brief(char *out, size_t room, const char *format, va_list args)
{
	struct place to = { out, room };
	bool good = true;
	for (const char *f = format; good && *f != '\0'; f++) {
		size_t plain = plain_run(f);
		if (plain > 0) {
			good = put(&to, f, plain);
			f += plain - 1;
		} else if (f[1] == '%') {
			good = put(&to, f, 1);
			f += 1;
		} else if (f[1] == 's') {
			good = put_text(&to, va_arg(args, const char *), -1);
			f += 1;
		} else if (f[1] == 'd') {
			good = put_number(&to, va_arg(args, int));
			f += 1;
		} else if (f[1] == 'l' && f[2] == 'l' && f[3] == 'd') {
			good = put_number(&to, va_arg(args, long long));
			f += 3;
		} else if (f[1] == 'z' && f[2] == 'u') {
			good = put_natural(&to, va_arg(args, size_t), false);
			f += 2;
		} else if (f[1] == '.' && f[2] == '*' && f[3] == 's') {
			int most = va_arg(args, int);
			good = put_text(&to, va_arg(args, const char *), most);
			f += 3;
		} else {
			good = false;
		}
	}
	if (!good || room == 0) {
		return -1;
	}
	*to.p = '\0';
	return (int)(to.p - out);
}
