/*
 * Who gets a certificate: domain reference 3.11 (CERTIFIED only from ATTENDED; EXPIRED computed from refresh_months); peers
 * 4.2, Moodle attendance and certificate threads: only for attendance reached, its date is the date of completion, an
 * apology is not absence.
 */
#include "app/training/certificate.h"
#include "base/arena.h"
#include "base/test.h"
#include "base/text.h"

static void every_state_tried(void)
{
	for (int session = SESSION_PLANNED; session <= SESSION_CANCELLED; session++) {
		size_t n = 0;

		for (const struct word *w = attendance_state_words.items; w->word != NULL; w++) {
			bool held = session == SESSION_DELIVERED || session == SESSION_CLOSED;
			bool want = held && text_same(w->word, "attended");

			n++;
			CHECK((certificate_fault(session, w->code) == NULL) == want);
		}
		CHECK_INT(n, words_count(&attendance_state_words));
	}
}

static void valid_expired_withdrawn(void)
{
	const struct date done = { 2024, 11, 23 }, none = { 0 };

	CHECK_INT(date_compare(certificate_until(done, 24), (struct date){ 2026, 11, 23 }), 0);
	CHECK_INT(date_compare(certificate_until((struct date){ 2024, 2, 29 }, 12), (struct date){ 2025, 2, 28 }), 0);
	CHECK(!date_is_set(certificate_until(done, 0)));
	CHECK_INT(certificate_state(done, 24, true, none, (struct date){ 2026, 11, 23 }), CERTIFICATE_VALID);
	CHECK_INT(certificate_state(done, 24, true, none, (struct date){ 2026, 11, 24 }), CERTIFICATE_EXPIRED);
	CHECK_INT(certificate_state(done, 0, true, none, (struct date){ 2036, 11, 24 }), CERTIFICATE_VALID);
	CHECK_INT(certificate_state(done, 0, false, none, done), CERTIFICATE_WITHDRAWN);
	CHECK_INT(certificate_state(done, 0, true, done, done), CERTIFICATE_WITHDRAWN);
}

static void codes(void)
{
	struct arena *a = arena_new(1 << 20);
	const char *code = certificate_code(a, "23456789CDFGHJ");

	CHECK_INT(text_length(code), CODE_LENGTH);
	CHECK_TEXT(certificate_code_read(a, code), code);
	CHECK_TEXT(certificate_code_read(a, certificate_code_text(a, code)), code);
	CHECK_TEXT(certificate_code_read(a, "2345-6789-cdfg-hj"), NULL);
	CHECK_TEXT(certificate_code_read(a, ""), NULL);
	/* every single slip is noticed */
	for (int i = 0; i < CODE_LENGTH; i++) {
		for (const char *c = "23456789CDFGHJKMNPQRTVWXY"; *c != '\0'; c++) {
			char *wrong = arena_strdup(a, code);

			wrong[i] = *c;
			CHECK((certificate_code_read(a, wrong) != NULL) == (*c == code[i]));
		}
	}
	arena_free(&a);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(every_state_tried), TEST(valid_expired_withdrawn), TEST(codes), TEST_END };

	return test_main(argc, argv, tests);
}
