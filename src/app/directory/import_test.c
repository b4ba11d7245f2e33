/* The import as a person and as a command meet it: upload, preview, apply. */
#include "app/directory/import_test.h"

const struct feature *const features[] = { &directory_feature, NULL };

/* ---- the way of a person ---- */

static void a_person_uploads_looks_and_applies(void)
{
	struct answer page;
	const char *where;

	begin();
	page = harness_get(h, ROLE_COORDINATOR, "/schools/imports/new");
	CHECK_INT(page.status, 200);
	page = harness_upload(h, ROLE_COORDINATOR, "/schools/imports/new", "edubase.csv", file_bytes(REGISTER), NULL);
	CHECK_INT(page.status, 303);
	where = page.location;
	if (!CHECK(where != NULL)) {
		end();
		return;
	}
	page = harness_get(h, ROLE_COORDINATOR, where);
	CHECK_INT(page.status, 200);
	CHECK(answer_has(&page, "Reading the file"));
	CHECK_TEXT(pairs_get(&page.headers, "Refresh"), "2");
	CHECK_INT(schools_held(), 0);
	CHECK_INT(harness_jobs(h), 1);
	page = harness_get(h, ROLE_COORDINATOR, where);
	CHECK(pairs_get(&page.headers, "Refresh") == NULL);
	CHECK(answer_has(&page, "Ready to apply"));
	CHECK(answer_has(&page, "576"));
	CHECK_INT(schools_held(), 0);
	page = harness_get(h, ROLE_COORDINATOR, arena_printf(a, "%s/changes/new", where));
	CHECK_INT(page.status, 200);
	CHECK(answer_has(&page, "Abinger Common First School"));
	CHECK(answer_has(&page, "Next page"));
	page = harness_get(h, ROLE_COORDINATOR, arena_printf(a, "%s/changes/wombat", where));
	CHECK_INT(page.status, 404);
	page = harness_get(h, ROLE_COORDINATOR, arena_printf(a, "%s/apply", where));
	CHECK(answer_has(&page, "Apply to the register"));
	page = harness_post(h, ROLE_COORDINATOR, arena_printf(a, "%s/apply", where), "_version",
			    answer_between(h, &page, "name=\"_version\" value=\"", "\""), NULL);
	CHECK_INT(page.status, 303);
	CHECK_INT(schools_held(), 576);
	page = harness_follow(h, ROLE_COORDINATOR, page);
	CHECK(answer_has(&page, "What it changed"));
	page = harness_get(h, ROLE_COORDINATOR, "/schools/imports");
	CHECK(answer_has(&page, "Applied"));
	page = harness_get(h, ROLE_COORDINATOR, "/schools?find=abinger");
	CHECK(answer_has(&page, "Abinger Common First School"));
	CHECK(!answer_has(&page, "Banstead Infant School"));
	page = harness_get(h, ROLE_COORDINATOR, "/schools?district=Woking&status=closed&la_code=936");
	CHECK_INT(page.status, 200);
	CHECK(!answer_has(&page, "Abinger"));
	page = harness_get(h, ROLE_COORDINATOR, "/schools/124934");
	CHECK_INT(page.status, 200);
	CHECK(answer_has(&page, "RH5 6HZ"));
	CHECK(answer_has(&page, "No: Closed on this date"));
	page = harness_get(h, ROLE_COORDINATOR, "/schools.csv");
	CHECK_INT(page.status, 200);
	CHECK_INT(answer_count(&page, "\r\n"), 577);
	end();
}

static void nothing_chosen_and_a_date_to_come_are_refused(void)
{
	struct answer page;

	begin();
	page = harness_upload(h, ROLE_COORDINATOR, "/schools/imports/new", "", text(""), NULL);
	CHECK_INT(page.status, 422);
	CHECK(answer_has(&page, "Select the register file") || answer_has(&page, "The selected file is empty"));
	page = harness_upload(h, ROLE_COORDINATOR, "/schools/imports/new", "x.csv", text("URN,EstablishmentName\n"),
			      "register_on-day", "1", "register_on-month", "1", "register_on-year", "2027", NULL);
	CHECK_INT(page.status, 422);
	CHECK(answer_has(&page, "must be today or in the past"));
	end();
}

/* What a browser calls a file is for people to see and goes into the audit: readable, or ours. */
static void the_name_of_a_file_is_made_fit_to_show(void)
{
	static const struct {
		const char *said, *shown;
	} names[] = {
		{ "edubase.csv", "edubase.csv" },
		{ "../../etc/passwd", "passwd" },
		{ "C:\\Users\\jo\\register.csv", "register.csv" },
		{ "a\xFF\xFE.csv", "register.csv" },
		{ "a\xE2\x80\xAEvsc.exe", "avsc.exe" },
	};
	begin();
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct answer page = harness_upload(h, ROLE_COORDINATOR, "/schools/imports/new", names[i].said,
						    text("URN,EstablishmentName\n100001,A\n"), NULL);
		if (CHECK(page.location != NULL)) {
			CHECK_TEXT(run_of(strrchr(page.location, '/') + 1).file_name, names[i].shown);
		}
	}
	end();
}

static void each_role_sees_what_is_theirs(void)
{
	const enum role denied[] = { ROLE_NOBODY, ROLE_ADMINISTRATOR, ROLE_TRAINING_OFFICER, ROLE_TRAINER,
				     ROLE_SCHOOL_LEAD, ROLE_COUNCILLOR, ROLE_AUDITOR };
	struct answer page;

	begin();
	import("URN,EstablishmentName\n100001,Hill School\n100002,Dale School\n");
	harness_school(h, 100002);
	for (size_t i = 0; i < sizeof(denied) / sizeof(denied[0]); i++) {
		page = harness_get(h, denied[i], "/schools/imports");
		CHECK(page.status == 403 || page.status == 404 || page.status == 303);
		page = harness_upload(h, denied[i], "/schools/imports/new", "x.csv",
				      text("URN,EstablishmentName\n100003,No School\n"), NULL);
		CHECK(page.status != 200);
		CHECK(page.location == NULL || strstr(page.location, "/run/") == NULL);
	}
	CHECK_INT(harness_jobs(h), 0);
	page = harness_get(h, ROLE_SCHOOL_LEAD, "/schools");
	CHECK(answer_has(&page, "Dale School"));
	CHECK(!answer_has(&page, "Hill School"));
	page = harness_get(h, ROLE_SCHOOL_LEAD, "/schools/100002");
	CHECK_INT(page.status, 200);
	page = harness_get(h, ROLE_SCHOOL_LEAD, "/schools/100001");
	CHECK_INT(page.status, 404);
	page = harness_get(h, ROLE_AUDITOR, "/schools/100001");
	CHECK_INT(page.status, 200);
	page = harness_get(h, ROLE_COUNCILLOR, "/schools/100001");
	CHECK(page.status == 403 || page.status == 404);
	page = harness_get(h, ROLE_COORDINATOR, "/schools/999999");
	CHECK_INT(page.status, 404);
	page = harness_get(h, ROLE_COORDINATOR, "/schools/wombat");
	CHECK_INT(page.status, 404);
	end();
}

/* ---- what it does ---- */

static void what_is_applied_is_what_was_shown(void)
{
	const char *reference;
	struct import_change_arg arg = { .kind = CHANGE_NEW, .row_limit = 2000 };
	struct import_change *changes;
	struct import_run run;
	size_t n;

	begin();
	reference = upload(file_bytes(REGISTER));
	CHECK(file_is_there(reference));
	run = run_of(reference);
	CHECK_TEXT(counts(&run), "new 576 changed 0 closed 0 vanished 0 unchanged 0");
	CHECK_OK(apply(reference));
	CHECK(!file_is_there(reference));
	arg.run_id = run.id;
	CHECK_OK(sql_import_changes_of(a, harness_db(h), &arg, &changes, &n));
	CHECK_INT(n, 576);
	for (size_t i = 0; i < n; i++) {
		struct school shown, held = school_of(changes[i].urn);

		CHECK_OK(school_unpack(a, changes[i].packed, &shown));
		CHECK(school_changes(a, &shown, &held) == NULL);
	}
	reference = upload(file_bytes(REGISTER));
	run = run_of(reference);
	CHECK_TEXT(counts(&run), "new 0 changed 0 closed 0 vanished 0 unchanged 576");
	CHECK_OK(apply(reference));
	CHECK_INT(schools_held(), 576);
	CHECK(apply(reference) != NULL);
	end();
}

static void three_monthly_registers_make_the_right_changes(void)
{
	const char *january = HEAD "100001,936,Hill School,Open,,,Woking\r\n"
				   "100002,936,Dale School,Open,,,Woking\r\n"
				   "100003,936,Lake School,Open,,,Egham\r\n"
				   "100004,850,Elsewhere School,Open,,,Andover\r\n";
	const char *february = HEAD "100001,936,Hill Academy,Open,,,Woking\r\n"
				    "100002,936,Dale School,Closed,,31-01-2020,Woking\r\n"
				    "100005,936,Dale Academy,Open,01-02-2020,,Woking\r\n"
				    "100004,850,Elsewhere School,Closed,,,Andover\r\n";
	const char *march = HEAD "100001,936,Hill Academy,Open,,,Woking\r\n"
				 "100002,936,Dale School,Closed,,31-01-2020,Woking\r\n"
				 "100003,936,Lake School,Open,,,Egham\r\n"
				 "100005,936,Dale Academy,Open,01-02-2020,,Woking\r\n";
	struct school s;

	begin();
	CHECK_TEXT(import(january), "new 3 changed 0 closed 0 vanished 0 unchanged 0");
	CHECK_TEXT(import(january), "new 0 changed 0 closed 0 vanished 0 unchanged 3");
	CHECK_TEXT(import(february), "new 1 changed 1 closed 1 vanished 1 unchanged 0");
	s = school_of(100001);
	CHECK_TEXT(s.name, "Hill Academy");
	s = school_of(100002);
	CHECK_INT(s.status, STATUS_CLOSED);
	s = school_of(100003);
	CHECK_INT(date_compare(s.vanished_on, (struct date){ 2026, 11, 24 }), 0);
	CHECK_TEXT(import(february), "new 0 changed 0 closed 0 vanished 0 unchanged 3");
	CHECK_TEXT(import(march), "new 0 changed 1 closed 0 vanished 0 unchanged 3");
	s = school_of(100003);
	CHECK(!date_is_set(s.vanished_on));
	CHECK_INT(schools_held(), 4);
	end();
}

static void before_and_after_are_shown(void)
{
	const char *reference;
	struct answer page;

	begin();
	import(HEAD "100001,936,Hill School,Open,,,Woking\r\n");
	reference = upload(text(HEAD "100001,936,Hill & Dale,Open,,,Woking\r\n"));
	page = harness_get(h, ROLE_COORDINATOR, arena_printf(a, "/schools/imports/run/%s/changes/changed", reference));
	CHECK(answer_has(&page, "Name: <del>Hill School</del> <ins>Hill &amp; Dale</ins>"));
	end();
}

static void a_subset_of_columns_leaves_the_rest_alone(void)
{
	const char *reference;
	struct import_run run;
	struct answer page;

	begin();
	import(HEAD "100001,936,Hill School,Open,,,Woking\r\n");
	/* Acceptance 13: OfstedRating is not read at all; a byte 0xE0 in a name; a column that we read is not there. */
	reference = upload(text("URN,EstablishmentName\r\n100001,Hill \xE0 School\r\n"));
	run = run_of(reference);
	CHECK_TEXT(counts(&run), "new 0 changed 1 closed 0 vanished 0 unchanged 0");
	page = harness_get(h, ROLE_COORDINATOR, arena_printf(a, "/schools/imports/run/%s", reference));
	CHECK(answer_has(&page, "Columns that the file does not carry"));
	CHECK(answer_has(&page, "<li>Town</li>"));
	CHECK_OK(apply(reference));
	CHECK_TEXT(school_of(100001).name, "Hill \xC3\xA0 School");
	CHECK_TEXT(school_of(100001).town, "Woking");
	end();
}

static void all_authorities_are_taken_when_asked(void)
{
	struct outcome o;
	struct import_run run;

	begin();
	o = harness_operation_file(h, ROLE_SYSTEM, "upload-school-register", file_bytes(REGISTER), "all_authorities",
				   "yes", NULL);
	CHECK_OK(o.err);
	CHECK_INT(harness_jobs(h), 1);
	run = run_of(o.reference);
	CHECK_INT(run.new_rows, 1096);
	CHECK_OK(apply(o.reference));
	CHECK_INT(schools_held(), 1096);
	o = harness_operation_file(h, ROLE_SYSTEM, "upload-school-register", file_bytes(REGISTER), "la_code", "850",
				   NULL);
	CHECK_INT(harness_jobs(h), 1);
	run = run_of(o.reference);
	CHECK_TEXT(counts(&run), "new 0 changed 0 closed 0 vanished 0 unchanged 520");
	o = harness_operation_file(h, ROLE_SYSTEM, "upload-school-register", file_bytes(REGISTER), "la_code", "84x",
				   NULL);
	CHECK_INT(o.problems.n, 1);
	o = harness_operation_file(h, ROLE_SYSTEM, "upload-school-register", file_bytes(REGISTER), "la_code", "331",
				   NULL);
	CHECK_INT(harness_jobs(h), 1);
	run = run_of(o.reference);
	CHECK_INT(run.state, IMPORT_REFUSED);
	CHECK(strstr(run.fault, "no school of authority 331") != NULL);
	end();
}

static void links_come_with_the_register_or_later(void)
{
	const char *reference;
	struct import_run run;
	struct school_family family;
	struct urns after;
	struct outcome o;
	struct answer page;

	begin();
	o = harness_operation_file(h, ROLE_SYSTEM, "upload-school-register", file_bytes(REGISTER), "links_follow",
				   "yes", NULL);
	reference = o.reference;
	CHECK_INT(harness_jobs(h), 0);
	o = harness_operation_file(h, ROLE_SYSTEM, "add-school-links", file_bytes(LINKS), "{run}", reference, NULL);
	CHECK_OK(o.err);
	CHECK_INT(harness_jobs(h), 1);
	run = run_of(reference);
	CHECK_INT(run.state, IMPORT_READY);
	CHECK_INT(run.new_rows, 576);
	CHECK(run.link_rows > 300 && run.link_rows < 2000);
	CHECK_INT(run.link_changes, run.link_rows);
	CHECK_OK(apply(reference));
	/* Abinger Common First School (124934) became 135953 in the register of 2022. */
	CHECK_OK(school_family(a, harness_db(h), harness_authority(h), 124934, &family));
	after = succession_of(a, family.succession, 124934, AFTER, (struct date){ 0 });
	CHECK(after.n > 0 && after.v[0] == 135953);
	page = harness_get(h, ROLE_COORDINATOR, "/schools/124934");
	CHECK(answer_has(&page, "Schools it became"));
	CHECK(answer_has(&page, "135953"));
	CHECK(page.statements <= 12);
	/* Again, from the pages, the links added to a preview. */
	reference = upload(file_bytes(REGISTER));
	CHECK_INT(run_of(reference).link_changes, 0);
	page = harness_get(h, ROLE_COORDINATOR, arena_printf(a, "/schools/imports/run/%s/links", reference));
	CHECK_INT(page.status, 200);
	page = harness_upload(h, ROLE_COORDINATOR, arena_printf(a, "/schools/imports/run/%s/links", reference),
			      "links.csv", file_bytes(LINKS), NULL);
	CHECK_INT(page.status, 303);
	CHECK_INT(run_of(reference).state, IMPORT_READING);
	CHECK_INT(harness_jobs(h), 1);
	run = run_of(reference);
	CHECK_INT(run.state, IMPORT_READY);
	CHECK_INT(run.link_changes, 0);
	CHECK_INT(run.unchanged_rows, 576);
	end();
}

static void links_that_are_gone_or_changed_follow_the_file(void)
{
	static const char *const files[] = {
		"URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\n100001,100002,Dale,Successor,\n"
		"100001,100003,Lake,Successor,\n",
		"URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\n100001,100002,Dale,Successor,01-09-2020\n"
		"100002,100009,Far,Successor,\n",
	};
	const int64_t changes[] = { 2, 3 };
	struct school_link *links;
	size_t n;

	begin();
	for (size_t i = 0; i < 2; i++) {
		const char *reference = upload(text("URN,EstablishmentName\n100001,A\n100002,B\n"));
		struct outcome o = harness_operation_file(h, ROLE_SYSTEM, "add-school-links", text(files[i]), "{run}",
							  reference, NULL);

		CHECK_OK(o.err);
		CHECK_INT(harness_jobs(h), 1);
		CHECK_INT(run_of(reference).link_changes, changes[i]);
		CHECK_OK(apply(reference));
	}
	CHECK_OK(sql_links_every(a, harness_db(h), &links, &n));
	CHECK_INT(n, 2);
	CHECK_INT(date_compare(links[0].established_on, (struct date){ 2020, 9, 1 }), 0);
	CHECK_INT(links[1].link_urn, 100009);
	end();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(a_person_uploads_looks_and_applies),
		TEST(nothing_chosen_and_a_date_to_come_are_refused),
		TEST(the_name_of_a_file_is_made_fit_to_show),
		TEST(each_role_sees_what_is_theirs),
		TEST(what_is_applied_is_what_was_shown),
		TEST(three_monthly_registers_make_the_right_changes),
		TEST(before_and_after_are_shown),
		TEST(a_subset_of_columns_leaves_the_rest_alone),
		TEST(all_authorities_are_taken_when_asked),
		TEST(links_come_with_the_register_or_later),
		TEST(links_that_are_gone_or_changed_follow_the_file),
		TEST_END,
	};

	return test_main(argc, argv, tests);
}
