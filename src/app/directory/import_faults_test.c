/* Imports that go wrong, or that somebody thinks better of. */
#include "app/directory/import_test.h"

const struct feature *const features[] = { &directory_feature, NULL };

static void a_bad_file_is_refused_whole_with_line_and_column(void)
{
	const char *reference;
	struct import_run run;
	struct answer page;

	begin();
	import(HEAD "100001,936,Hill School,Open,,,Woking\r\n");
	reference = upload(text(HEAD "100001,936,Other name,Open,,,Woking\r\n"
				     "100002,936,Dale School,Open,31-02-2020,,Woking\r\n"
				     "12,936,Short URN,Open,,,Woking\r\n"
				     "100003,936,Lake School,Asleep,,,Egham\r\n"));
	run = run_of(reference);
	CHECK_INT(run.state, IMPORT_REFUSED);
	CHECK_INT(run.refused_rows, 3);
	page = harness_get(h, ROLE_COORDINATOR, arena_printf(a, "/schools/imports/run/%s", reference));
	CHECK(answer_has(&page, "Nothing was imported"));
	CHECK(answer_has(&page, "31-02-2020"));
	CHECK(answer_has(&page, "OpenDate"));
	CHECK(answer_has(&page, "EstablishmentStatus"));
	CHECK(!file_is_there(reference));
	CHECK(apply(reference) != NULL);
	CHECK_TEXT(school_of(100001).name, "Hill School");
	CHECK_INT(schools_held(), 1);
	reference = upload(text("<html>"));
	run = run_of(reference);
	CHECK_INT(run.state, IMPORT_REFUSED);
	CHECK(strstr(run.fault, "web page") != NULL);
	end();
}

static void bad_links_refuse_the_register_too(void)
{
	const char *reference;
	struct outcome o;
	struct import_run run;

	begin();
	reference = upload(text("URN,EstablishmentName\n100001,A\n"));
	o = harness_operation_file(h, ROLE_SYSTEM, "add-school-links",
				   text("URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\n100001,x,B,Successor,\n"),
				   "{run}", reference, NULL);
	CHECK_OK(o.err);
	CHECK_INT(harness_jobs(h), 1);
	run = run_of(reference);
	CHECK_INT(run.state, IMPORT_REFUSED);
	CHECK_INT(run.refused_rows, 1);
	CHECK(apply(reference) != NULL);
	CHECK_INT(schools_held(), 0);
	o = harness_operation_file(h, ROLE_SYSTEM, "add-school-links", text("x"), "{run}", reference, NULL);
	CHECK(o.err != NULL);
	end();
}

static void a_preview_is_not_applied_over_another_import(void)
{
	const char *first, *second;
	struct err *e;

	begin();
	first = upload(text("URN,EstablishmentName\n100001,A\n"));
	second = upload(text("URN,EstablishmentName\n100001,B\n"));
	CHECK_OK(apply(second));
	e = apply(first);
	CHECK(e != NULL && e->kind == ERR_CONFLICT);
	CHECK_TEXT(school_of(100001).name, "B");
	end();
}

static void a_discarded_import_leaves_nothing(void)
{
	const char *reference;
	struct import_change_arg arg = { .kind = CHANGE_NEW, .row_limit = 10 };
	struct import_change *changes;
	struct answer page;
	size_t n;

	begin();
	reference = upload(text("URN,EstablishmentName\n100001,A\n"));
	arg.run_id = run_of(reference).id;
	page = harness_get(h, ROLE_COORDINATOR, arena_printf(a, "/schools/imports/run/%s/discard", reference));
	page = harness_post(h, ROLE_COORDINATOR, arena_printf(a, "/schools/imports/run/%s/discard", reference),
			    "_version", answer_between(h, &page, "name=\"_version\" value=\"", "\""), NULL);
	CHECK_INT(page.status, 303);
	CHECK_INT(run_of(reference).state, IMPORT_DISCARDED);
	CHECK(!file_is_there(reference));
	CHECK_OK(sql_import_changes_of(a, harness_db(h), &arg, &changes, &n));
	CHECK_INT(n, 0);
	CHECK(apply(reference) != NULL);
	/* Discarded while it waits to be read: the job finds nothing to do. */
	CHECK_OK(harness_operation_file(h, ROLE_SYSTEM, "upload-school-register", text("x"), NULL).err);
	end();
}

static void a_run_discarded_while_reading_stays_discarded(void)
{
	struct outcome o;

	begin();
	o = harness_operation_file(h, ROLE_SYSTEM, "upload-school-register", text("URN,EstablishmentName\n100001,A\n"),
				   NULL);
	CHECK_OK(harness_operation(h, ROLE_SYSTEM, "discard-school-import", "{run}", o.reference, NULL).err);
	CHECK_INT(harness_jobs(h), 1);
	CHECK_INT(run_of(o.reference).state, IMPORT_DISCARDED);
	end();
}

static void the_jobs_own_operations_are_not_for_people(void)
{
	struct outcome o;
	const char *reference;

	begin();
	reference = upload(text("URN,EstablishmentName\n100001,A\n"));
	o = harness_operation(h, ROLE_COORDINATOR, "finish-school-preview", "{run}", reference, NULL);
	CHECK(o.err != NULL && o.err->kind == ERR_DENIED);
	o = harness_operation(h, ROLE_COORDINATOR, "note-import-progress", "{run}", reference, "bytes_done", "1", NULL);
	CHECK(o.err != NULL && o.err->kind == ERR_DENIED);
	end();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(a_bad_file_is_refused_whole_with_line_and_column),
		TEST(bad_links_refuse_the_register_too),
		TEST(a_preview_is_not_applied_over_another_import),
		TEST(a_discarded_import_leaves_nothing),
		TEST(a_run_discarded_while_reading_stays_discarded),
		TEST(the_jobs_own_operations_are_not_for_people),
		TEST_END,
	};

	return test_main(argc, argv, tests);
}
