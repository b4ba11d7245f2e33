/* Codes, scope and comparing: what is made of a register once it is read. */
#include <stdio.h>
#include <string.h>

#include "app/directory/register.h"
#include "base/arena.h"
#include "base/test.h"
#include "base/text.h"

static struct arena *a;

static struct bytes file_bytes(const char *path)
{
	struct buf b;
	FILE *f = fopen(path, "rb");
	char *space = arena_alloc(a, 65536);
	size_t n;

	buf_init(&b, a, (size_t)16 * 1024 * 1024);
	if (CHECK(f != NULL)) {
		while ((n = fread(space, 1, 65536, f)) > 0) {
			buf_add(&b, space, n);
		}
		fclose(f);
	}
	return (struct bytes){ (const unsigned char *)b.p, b.n };
}

static struct bytes text(const char *s)
{
	return (struct bytes){ (const unsigned char *)s, strlen(s) };
}

static struct err *read_la(const char *s, const char *la, struct register_file *out)
{
	struct register_options o = { .la_code = la, .on = { 2022, 4, 20 } };

	return register_read(a, text(s), &o, out);
}

static void the_table_of_types_is_the_published_one(void)
{
	struct bytes file = file_bytes("tests/data/gias/establishment-types-2025-04-22.csv");
	char *line = arena_strndup(a, (const char *)file.p, file.n), *next;
	int seen = 0;

	for (line = strchr(line, '\n') + 1; *line != '\0'; line = next) {
		int group, code;
		char name[100];
		const struct establishment_type *type;

		next = strchr(line, '\n');
		next = next == NULL ? line + strlen(line) : next + 1;
		if (sscanf(line, "%d,%*[^,],%d,%99[^,\r\n]", &group, &code, name) != 3) {
			CHECK_TEXT(line, "a line of the published table");
			continue;
		}
		type = establishment_type_by_code(code);
		seen++;
		if (CHECK(type != NULL)) {
			CHECK_INT(type->group, group);
			CHECK_TEXT(type->name, name);
			CHECK(establishment_type_by_name(name) == type);
			CHECK(words_by_code(&establishment_group_words, group) != NULL);
		}
	}
	CHECK(seen > 40);
}

static enum scope scope(int group, int status, struct date open, struct date close, struct date on)
{
	struct school_line s = { .la_code = "936", .type_group = group, .status = status, .open_date = open,
				 .close_date = close };

	return school_scope(&s, "936", on);
}

static void scope_follows_dates_status_and_type(void)
{
	struct date none = { 0 }, on = { 2020, 6, 1 }, before = { 2020, 5, 31 }, after = { 2020, 6, 2 };
	struct school_line other = { .la_code = "850", .type_group = GROUP_ACADEMY, .status = STATUS_OPEN };
	struct school_line gone = { .la_code = "936", .type_group = GROUP_ACADEMY, .status = STATUS_OPEN,
				    .vanished_on = { 2020, 6, 1 } };
	const int in[] = { GROUP_INDEPENDENT, GROUP_MAINTAINED, GROUP_SPECIAL, GROUP_ACADEMY, GROUP_FREE_SCHOOL };

	for (size_t i = 0; i < sizeof(in) / sizeof(in[0]); i++) {
		CHECK_INT(scope(in[i], STATUS_OPEN, none, none, on), SCOPE_IN);
		CHECK_INT(scope(in[i], STATUS_CLOSING, none, after, on), SCOPE_IN);
	}
	CHECK_INT(scope(GROUP_COLLEGE, STATUS_OPEN, none, none, on), SCOPE_COLLEGE);
	CHECK_INT(scope(GROUP_UNIVERSITY, STATUS_OPEN, none, none, on), SCOPE_UNIVERSITY);
	CHECK_INT(scope(GROUP_ONLINE, STATUS_OPEN, none, none, on), SCOPE_ONLINE);
	CHECK_INT(scope(GROUP_WELSH, STATUS_OPEN, none, none, on), SCOPE_WELSH);
	CHECK_INT(scope(GROUP_OTHER, STATUS_OPEN, none, none, on), SCOPE_OTHER_TYPE);
	CHECK_INT(scope(0, STATUS_OPEN, none, none, on), SCOPE_TYPE_UNKNOWN);
	CHECK_INT(scope(GROUP_ACADEMY, STATUS_PROPOSED, before, none, on), SCOPE_PROPOSED);
	CHECK_INT(scope(GROUP_ACADEMY, STATUS_OPEN, after, none, on), SCOPE_NOT_OPEN_YET);
	CHECK_INT(scope(GROUP_ACADEMY, STATUS_OPEN, on, none, on), SCOPE_IN);
	CHECK_INT(scope(GROUP_ACADEMY, STATUS_CLOSED, none, none, on), SCOPE_CLOSED);
	CHECK_INT(scope(GROUP_ACADEMY, STATUS_CLOSED, none, before, on), SCOPE_CLOSED);
	CHECK_INT(scope(GROUP_ACADEMY, STATUS_CLOSED, none, on, on), SCOPE_IN);
	CHECK_INT(scope(GROUP_ACADEMY, STATUS_CLOSED, none, after, on), SCOPE_IN);
	CHECK_INT(school_scope(&other, "936", on), SCOPE_OTHER_AUTHORITY);
	CHECK_INT(school_scope(&gone, "936", on), SCOPE_VANISHED);
	CHECK_INT(school_scope(&gone, "936", before), SCOPE_IN);
	for (int s = SCOPE_IN; s <= SCOPE_TYPE_UNKNOWN; s++) {
		CHECK(words_label(&scope_words, s)[0] != '\0');
	}
}

/* ---- comparing ---- */

static void only_carried_columns_change_a_school(void)
{
	struct register_file first, second;
	struct school after;

	CHECK_OK(read_la("URN,EstablishmentName,Town,EstablishmentStatus (name)\n100001,A,Woking,Open\n", NULL, &first));
	CHECK_OK(read_la("URN,EstablishmentName\n100001,A\n", NULL, &second));
	CHECK_INT(school_compare(&first.schools[0], &second.schools[0], second.carried, &after), CHANGE_NONE);
	CHECK_TEXT(after.town, "Woking");
	CHECK_OK(read_la("URN,EstablishmentName,Town\n100001,B,\n", NULL, &second));
	CHECK_INT(school_compare(&first.schools[0], &second.schools[0], second.carried, &after), CHANGE_CHANGED);
	CHECK_TEXT(after.name, "B");
	CHECK_TEXT(after.name_fold, "b");
	CHECK_TEXT(after.town, "");
	CHECK_INT(after.status, STATUS_OPEN);
	CHECK_OK(read_la("URN,EstablishmentName,EstablishmentStatus (code)\n100001,A,2\n", NULL, &second));
	CHECK_INT(school_compare(&first.schools[0], &second.schools[0], second.carried, &after), CHANGE_CLOSED);
	CHECK_INT(school_compare(NULL, &second.schools[0], second.carried, &after), CHANGE_NEW);
}

static void a_school_that_comes_back_is_a_change(void)
{
	struct register_file f;
	struct school before, after;

	CHECK_OK(read_la("URN,EstablishmentName\n100001,A\n", NULL, &f));
	before = f.schools[0];
	before.vanished_on = (struct date){ 2020, 1, 1 };
	CHECK_INT(school_compare(&before, &f.schools[0], f.carried, &after), CHANGE_CHANGED);
	CHECK(!date_is_set(after.vanished_on));
}

struct tally {
	int n[CHANGE_LINK_REMOVED + 1];
};

static struct err *count_link(void *context, enum change_kind kind, const struct school_link *l)
{
	((struct tally *)context)->n[kind]++;
	return NULL;
}

static void links_are_compared_both_ways(void)
{
	struct school_link before[] = { { 3, 4, LINK_SUCCESSOR, "x", { 0 } }, { 1, 2, LINK_SUCCESSOR, "x", { 0 } },
					{ 5, 6, LINK_SUCCESSOR, "x", { 0 } } };
	struct school_link after[] = { { 7, 8, LINK_OTHER, "x", { 0 } }, { 1, 2, LINK_SUCCESSOR, "x", { 0 } },
				       { 3, 4, LINK_SUCCESSOR, "x", { 2020, 1, 1 } } };
	struct tally t = { { 0 } };

	CHECK_OK(links_compare(before, 3, after, 3, count_link, &t));
	CHECK_INT(t.n[CHANGE_LINK_NEW], 1);
	CHECK_INT(t.n[CHANGE_LINK_CHANGED], 1);
	CHECK_INT(t.n[CHANGE_LINK_REMOVED], 1);
}

static void links_of_a_family_are_kept_whole(void)
{
	struct links_file l;
	const int64_t wanted[] = { 100001, 999999 };

	CHECK_OK(links_read(a, text("URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\n"
				    "100001,100002,X,Successor,\n100002,100003,X,Successor,\n"
				    "100003,100004,X,Predecessor,\n200001,200002,X,Successor,\n"), &l));
	links_keep(a, &l, wanted, 2);
	CHECK_INT(l.n, 3);
	CHECK_INT(l.links[2].urn, 100003);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(the_table_of_types_is_the_published_one),
		TEST(scope_follows_dates_status_and_type),
		TEST(only_carried_columns_change_a_school),
		TEST(a_school_that_comes_back_is_a_change),
		TEST(links_are_compared_both_ways),
		TEST(links_of_a_family_are_kept_whole),
		TEST_END,
	};
	int status;

	a = arena_new((size_t)512 * 1024 * 1024);
	status = test_main(argc, argv, tests);
	arena_free(&a);
	return status;
}
