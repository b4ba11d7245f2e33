#include "base/words.h"

#include "base/field.h"
#include "base/test.h"

enum state { PLANNED = 1, DELIVERED = 2 };
static const struct word state_items[] = { { PLANNED, "planned", "Planned", NULL },
					   { DELIVERED, "delivered-late", "Delivered late", "After the day" },
					   { 0, NULL, NULL, NULL } };
static const struct words states = { "state", state_items };

static void found_by_each_face(void)
{
	CHECK_INT(words_count(&states), 2);
	CHECK_TEXT(words_label(&states, DELIVERED), "Delivered late");
	CHECK_TEXT(words_word(&states, DELIVERED), "delivered-late");
	CHECK_INT(words_by_word(&states, "planned")->code, PLANNED);
	CHECK(words_by_word(&states, "Planned") == NULL);
	CHECK_INT(words_find(&states, "DELIVERED LATE")->code, DELIVERED);
	CHECK_INT(words_find(&states, "Delivered-Late")->code, DELIVERED);
}

static void unknown_is_empty(void)
{
	CHECK(words_by_code(&states, 0) == NULL && words_by_code(&states, 9) == NULL);
	CHECK(words_by_word(&states, NULL) == NULL && words_find(&states, NULL) == NULL);
	CHECK(words_find(&states, "") == NULL);
	CHECK_TEXT(words_label(&states, 9), "");
	CHECK_TEXT(words_word(&states, 0), "");
}

struct every {
	int64_t number;
	const char *text;
	bool yes;
	int word;
	struct date day;
	struct instant when;
	double share;
	struct opt_int maybe;
	struct texts many;
	struct bytes raw;
};
static const struct field every_fields[] = { FIELD(struct every, number, .label = "Number"),
					     FIELD(struct every, text, .flags = F_REQUIRED),
					     FIELD(struct every, yes),
					     FIELD(struct every, word, .words = &states),
					     FIELD(struct every, day),
					     FIELD(struct every, when),
					     FIELD(struct every, share),
					     FIELD(struct every, maybe),
					     FIELD(struct every, many),
					     FIELD(struct every, raw),
					     FIELD_END };
RECORD_DECLARE(every);
RECORD(every, every_fields);

static void field_tables_take_the_kind_from_the_member(void)
{
	CHECK_INT(record_count(&every_record), 10);
	for (int i = 0; i < 10; i++) {
		CHECK_INT(every_fields[i].kind, FIELD_INT + i);
	}
	CHECK_TEXT(every_record.name, "every");
	CHECK_INT(every_record.size, sizeof(struct every));
	struct every e = { .word = DELIVERED };
	const struct field *f = record_field(&every_record, "word");
	CHECK_INT(*FIELD_IN(int, &e, f), DELIVERED);
	*FIELD_AT(int, &e, f) = PLANNED;
	CHECK_INT(e.word, PLANNED);
	CHECK(record_field(&every_record, "wor") == NULL);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(found_by_each_face), TEST(unknown_is_empty),
					     TEST(field_tables_take_the_kind_from_the_member), TEST_END };
	return test_main(argc, argv, tests);
}
