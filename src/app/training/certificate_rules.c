/* Who gets a certificate, how long it is valid, and what a code looks like. */
#include <ctype.h>
#include <string.h>

#include "app/training/certificate.h"
#include "base/arena.h"
#include "base/text.h"

const char *certificate_fault(int session_state, int attendance_state)
{
	if (session_state != SESSION_DELIVERED && session_state != SESSION_CLOSED) {
		return "The session has not been marked as delivered";
	}
	switch (attendance_state) {
	case ATTENDANCE_ATTENDED:
		return NULL;
	case ATTENDANCE_PART:
		return "Attended in part only";
	case ATTENDANCE_NO_SHOW:
		return "Did not come";
	case ATTENDANCE_APOLOGIES:
		return "Sent apologies";
	case ATTENDANCE_BOOKED:
		return "Nobody has recorded whether they came";
	default:
		return "Was not at the session";
	}
}

struct date certificate_until(struct date completed_on, int64_t refresh_months)
{
	return refresh_months > 0 ? date_add_months(completed_on, (int)refresh_months) : (struct date){ 0 };
}

int certificate_state(struct date completed_on, int64_t refresh_months, bool attended, struct date revoked_on,
		      struct date today)
{
	struct date until = certificate_until(completed_on, refresh_months);

	if (date_is_set(revoked_on) || !attended) {
		return CERTIFICATE_WITHDRAWN;
	}
	return date_is_set(until) && date_compare(today, until) > 0 ? CERTIFICATE_EXPIRED : CERTIFICATE_VALID;
}

static const char letters[] = "23456789CDFGHJKMNPQRTVWXY"; /* of world_reference */

static int value_of(char c)
{
	const char *at = c == '\0' ? NULL : strchr(letters, c);

	return at == NULL ? -1 : (int)(at - letters);
}

/* No weight is a multiple of 5, as there are 25 letters: one wrong letter is always noticed. */
static char check_letter(const char *random)
{
	static const int weights[CODE_RANDOM] = { 1, 2, 3, 4, 6, 7, 8, 9, 11, 12, 13, 14, 16, 17 };
	int sum = 0;

	for (int i = 0; i < CODE_RANDOM; i++) {
		sum += weights[i] * value_of(random[i]);
	}
	return letters[sum % 25];
}

const char *certificate_code(struct arena *a, const char *random)
{
	return arena_printf(a, "%s%c", random, check_letter(random));
}

const char *certificate_code_read(struct arena *a, const char *typed)
{
	char *code = arena_alloc(a, CODE_LENGTH + 1);
	size_t n = 0;

	for (const char *c = typed; *c != '\0'; c++) {
		char upper = (char)toupper((unsigned char)*c);

		if (*c == '-' || *c == ' ') {
			continue;
		}
		if (n == CODE_LENGTH || value_of(upper) < 0) {
			return NULL;
		}
		code[n++] = upper;
	}
	code[n] = '\0';
	return n == CODE_LENGTH && check_letter(code) == code[CODE_RANDOM] ? code : NULL;
}

const char *certificate_code_text(struct arena *a, const char *code)
{
	return arena_printf(a, "%.4s-%.4s-%.4s-%s", code, code + 4, code + 8, code + 12);
}
