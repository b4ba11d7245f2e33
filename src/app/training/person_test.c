/* People in their own right, through the whole house: on a payroll or not, before any training, after they have left. */
#include "app/training/merge.sql.h"
#include "app/training/person.h"
#include "app/training/training_test.h"
#include "trust/audit.sql.h"
#include "trust/statements.h"

static struct learner now(const char *reference)
{
	struct learner l = { 0 };

	CHECK_OK(person_find(arena, harness_db(h), harness_authority(h), reference, &l));
	return l;
}

static const char *add(const char *name, const char *standing, const char *audience, const char *email)
{
	struct outcome o = harness_operation(h, ROLE_TRAINING_OFFICER, "add-person", "name", name, "standing", standing,
					     "audience", audience, "email", email, NULL);

	CHECK_TEXT(told(&o), "");
	return o.reference == NULL ? "" : o.reference;
}

/* Mission, paragraph 5.4: foster carers and others outside a payroll have no school and no employer. */
static void outside_a_payroll(void)
{
	open_product();
	const char *ref = add("Ada Fern", "foster-carer", "foster-carers", "");
	struct learner l = now(ref);

	CHECK_INT(l.standing, STANDING_FOSTER_CARER);
	CHECK_INT(l.audience, AUDIENCE_FOSTER_CARERS);
	CHECK_INT(l.establishment_urn, 0);
	CHECK(l.kept);
	add("Ben Hale", "staff", "school-staff", "Ben.Hale@Oak.example.org");
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/training/learners?standing=foster-carer");

	CHECK(answer_has(&a, "Ada Fern") && !answer_has(&a, "Ben Hale"));
	a = harness_get(h, ROLE_COORDINATOR, "/training/learners?audience=school-staff");
	CHECK(!answer_has(&a, "Ada Fern") && answer_has(&a, "Ben Hale"));
	a = harness_get(h, ROLE_COORDINATOR, "/training/learners?find=ben.hale");
	CHECK(answer_has(&a, "Ben Hale"));
	struct outcome o = harness_operation(h, ROLE_SYSTEM, "add-person", "name", "B Hale", "standing", "staff", "email",
					     "ben.hale@oak.example.org", NULL);
	CHECK(text_starts(told(&o), "This email belongs to Ben Hale already"));
	close_product();
}

static void audit_names_nobody(void)
{
	struct audit_row *rows;
	size_t n, people = 0;

	CHECK_OK(sql_audit_all(arena, harness_db(h), &rows, &n));
	for (size_t i = 0; i < n; i++) {
		people += text_starts(rows[i].subject, "learner:");
		CHECK(rows[i].changes == NULL || strstr(rows[i].changes, "Ada") == NULL);
		CHECK(rows[i].changes == NULL || strstr(rows[i].changes, "trust.example.org") == NULL);
	}
	CHECK(people >= 4);
}

static void changed_and_left(void)
{
	open_product();
	struct outcome g = harness_operation(h, ROLE_SYSTEM, "add-agency", "name", "Newbridge Hospitals", "sch6", "hs",
					     "sector", "health", "state", "active", NULL);
	const char *ref = add("Ada Fern", "staff", "health", "ada@trust.example.org");
	struct outcome o = harness_operation(h, ROLE_COORDINATOR, "change-person", "{learner}", ref, "_version", "1", "name",
					     "Ada Moss", "standing", "practitioner", "audience", "health", "place", "125406",
					     "body", g.reference, "email", "ada@trust.example.org", NULL);

	CHECK_TEXT(told(&o), "");
	CHECK_TEXT(now(ref).name, "Ada Moss");
	CHECK_INT(now(ref).establishment_urn, HEATH);
	CHECK_INT(now(ref).sector, SECTOR_SCHOOL);
	CHECK_TEXT(now(ref).agency, "Newbridge Hospitals");
	o = harness_operation(h, ROLE_COORDINATOR, "change-person", "{learner}", ref, "_version", "1", "name", "Late", "standing",
			      "staff", NULL);
	CHECK(o.err != NULL && o.err->kind == ERR_CONFLICT);
	o = harness_operation(h, ROLE_SYSTEM, "end-person", "{learner}", ref, "ended_on", "2026-11-25", NULL);
	CHECK_TEXT(told(&o), "The last day must be today or in the past");
	o = harness_operation(h, ROLE_SYSTEM, "end-person", "{learner}", ref, "ended_on", "2026-11-20", NULL);
	CHECK_TEXT(told(&o), "");
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/training/learners");

	CHECK(!answer_has(&a, "Ada Moss"));
	a = harness_get(h, ROLE_COORDINATOR, "/training/learners?presence=left");
	CHECK(answer_has(&a, "Ada Moss"));
	CHECK(!answer_has(&a, "data-app-select-all") && !answer_has(&a, "selected people have left")); /* they have */
	o = harness_operation(h, ROLE_SYSTEM, "return-person", "{learner}", ref, NULL);
	a = harness_get(h, ROLE_COORDINATOR, "/training/learners");
	CHECK(answer_has(&a, "data-app-select-all") && answer_has(&a, "selected people have left"));
	CHECK(!date_is_set(now(ref).ended_on));
	o = harness_operation(h, ROLE_SYSTEM, "return-person", "{learner}", ref, NULL);
	CHECK_TEXT(told(&o), "This person has not left");
	audit_names_nobody();
	close_product();
}

/* Who stood on a list only goes with it; who was entered for their own sake stays. */
static void kept_or_not(void)
{
	open_product();
	const char *ref = add("Ada Fern", "staff", "school-staff", "ada@oak.example.org");
	const char *s = schedule("2026-11-20T14:00", "");
	size_t n;

	CHECK_INT(import(s, "Ada Fern,ada@oak.example.org\nBen Hale,ben@oak.example.org\n").problems.n, 0);
	const struct attendance_line *rows = list_of(s, &n);

	CHECK_INT(n, 2);
	CHECK_TEXT(rows[0].learner, ref);
	for (size_t i = 0; i < n; i++) {
		harness_operation(h, ROLE_SYSTEM, "remove-attendance", "{session}", s, "{learner}", rows[i].learner, NULL);
	}
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/training/learners");

	CHECK(answer_has(&a, "Ada Fern") && !answer_has(&a, "Ben Hale"));
	close_product();
}

static void forms_keep_what_was_typed(void)
{
	open_product();
	struct answer a = harness_post(h, ROLE_COORDINATOR, "/training/learners/new", "name", "Ada Fern", "standing",
				       "volunteer", "place", "Oak Lane Primary School", NULL);

	CHECK_INT(a.status, 422); /* two schools of that name */
	CHECK(answer_has(&a, "2 schools are called Oak Lane Primary School"));
	CHECK(answer_has(&a, "value=\"Ada Fern\""));
	a = harness_post(h, ROLE_COORDINATOR, "/training/learners/new", "name", "Ada Fern", "standing", "volunteer", "place",
			 "125404", NULL);
	CHECK_INT(a.status, 303);
	a = harness_follow(h, ROLE_COORDINATOR, a);
	CHECK(answer_has(&a, "Person added") && answer_has(&a, "Oak Lane Primary School (125404)"));
	a = harness_get(h, ROLE_AUDITOR, "/training/learners");
	CHECK(answer_has(&a, "Ada Fern") && !answer_has(&a, "Add a person"));
	close_product();
}

static struct answer several_left(enum role role, const char *sure, const char *year, const char *a, const char *b)
{
	return harness_post(h, role, "/several", "list", "learners", "action", "end-person", "back", "/training/learners?urn=125404",
			    "sure", sure, "row", a, "row", b, arena_printf(arena, "name-%s", a), "Ada Fern, Oak Lane",
			    year == NULL ? "x" : "ended_on-day", "31", year == NULL ? "x" : "ended_on-month", "8",
			    year == NULL ? "x" : "ended_on-year", year, NULL);
}

/* The day is asked once, then seen and done for all; what a row refuses does not keep back the others. */
static void several_leave_at_once(void)
{
	open_product();
	const char *ada = add("Ada Fern", "staff", "school-staff", "ada@oak.example.org");
	const char *ben = add("Ben Hale", "staff", "school-staff", "ben@oak.example.org");
	struct answer a = harness_get(h, ROLE_TRAINING_OFFICER, "/training/learners");

	CHECK(answer_has(&a, "value=\"end-person\""));
	CHECK(answer_has(&a, arena_printf(arena, "name=\"row\" value=\"%s\"", ada)));
	CHECK(!answer_has(&a, "Will be changed"));
	a = harness_get(h, ROLE_AUDITOR, "/training/learners");
	CHECK(!answer_has(&a, "end-person"));
	/* asked */
	a = several_left(ROLE_TRAINING_OFFICER, "", NULL, ada, ben);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "name=\"ended_on-day\"") && answer_has(&a, "<li>Ada Fern, Oak Lane</li>"));
	CHECK(answer_has(&a, arena_printf(arena, "name=\"row\" value=\"%s\"", ben)));
	CHECK(!answer_has(&a, "name=\"sure\""));
	/* wrong for all: asked again, with what was typed */
	a = several_left(ROLE_TRAINING_OFFICER, "", "2027", ada, ben);
	CHECK(answer_has(&a, "must be today or in the past") && answer_has(&a, "value=\"2027\""));
	CHECK(!answer_has(&a, "name=\"sure\""));
	/* seen */
	a = several_left(ROLE_TRAINING_OFFICER, "", "banana", ada, ben);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "There is a problem"));
	CHECK(answer_has(&a, "banana")); /* as it was typed */
	CHECK(!answer_has(&a, "Will stay as they are")); /* said once, not for each row */
	a = several_left(ROLE_TRAINING_OFFICER, "", "2026", ada, "NOSUCH");
	CHECK(answer_has(&a, "Will be changed (1)") && answer_has(&a, "It is no longer there"));
	CHECK(answer_has(&a, "type=\"hidden\" name=\"ended_on-year\" value=\"2026\""));
	CHECK(answer_has(&a, "Left on: 31 August 2026"));
	CHECK(!date_is_set(now(ada).ended_on));
	/* done */
	CHECK_INT(several_left(ROLE_AUDITOR, "yes", "2026", ada, ben).status, 200);
	CHECK(!date_is_set(now(ada).ended_on)); /* each row is refused to who may not */
	a = several_left(ROLE_TRAINING_OFFICER, "yes", "2026", ada, ben);
	CHECK(answer_has(&a, "2 recorded as left"));
	CHECK_INT(date_compare(now(ada).ended_on, (struct date){ 2026, 8, 31 }), 0);
	CHECK_INT(date_compare(now(ben).ended_on, (struct date){ 2026, 8, 31 }), 0);
	a = harness_get(h, ROLE_TRAINING_OFFICER, "/training/learners?presence=all");
	CHECK(answer_has(&a, "Ada Fern") && !answer_has(&a, arena_printf(arena, "name=\"row\" value=\"%s\"", ada)));
	close_product();
}

/* What the store holds of somebody's name: "", "marked", "shared", "marked, shared". */
static const char *name_of(const char *reference)
{
	const struct learner l = now(reference);
	const struct people_ids ids = { l.authority_id, people_json(arena, &l, 1) };
	struct learner_shared *rows;
	size_t n;

	CHECK_OK(sql_learners_shared(arena, harness_db(h), &ids, &rows, &n));
	return n == 0 ? "" : rows[0].marked ? rows[0].shared ? "marked, shared" : "marked" : "shared";
}

static void rename_to(const char *reference, const char *version, const char *name)
{
	struct outcome o = harness_operation(h, ROLE_COORDINATOR, "change-person", "{learner}", reference, "_version", version, "name",
					     name, "standing", "staff", NULL);

	CHECK_TEXT(told(&o), "");
}

static void who_shares_a_name_is_marked(void)
{
	open_product();
	const char *ada = add("Ada Fern", "staff", "school-staff", ""), *moss = add("Ida Moss", "staff", "school-staff", "");

	CHECK_TEXT(name_of(ada), "");
	const char *other = add("ada  FERN", "staff", "health", "");

	CHECK_TEXT(name_of(ada), "marked, shared");
	CHECK_TEXT(name_of(other), "marked, shared");
	rename_to(other, "1", "Ida Moss"); /* its mark holds for the new name, and the other Ida gets one */
	CHECK_TEXT(name_of(other), "marked, shared");
	CHECK_TEXT(name_of(moss), "marked, shared");
	rename_to(other, "2", "Eve Lund");
	CHECK_TEXT(name_of(other), "");
	CHECK_INT(import(schedule("2026-11-20T14:00", ""), "Eve Lund,,125404\nEve Lund,,125406\nCy Webb,,125404\n").problems.n, 0);
	CHECK_TEXT(name_of(other), "marked, shared");
	close_product();
}

/* A list says what was not known of somebody: they are found by it. */
static void found_by_what_a_list_said(void)
{
	open_product();
	add("Ada Fern", "staff", "school-staff", "ada@oak.example.org");
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/training/learners?find=caretaker");

	CHECK(!answer_has(&a, "Ada Fern"));
	CHECK_INT(import(schedule("2026-11-20T14:00", ""), "name,email,job\nAda Fern,ada@oak.example.org,Caretaker\n").problems.n, 0);
	a = harness_get(h, ROLE_COORDINATOR, "/training/learners?find=caretaker");
	CHECK(answer_has(&a, "Ada Fern"));
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(outside_a_payroll), TEST(changed_and_left), TEST(kept_or_not),
					     TEST(forms_keep_what_was_typed), TEST(several_leave_at_once),
					     TEST(who_shares_a_name_is_marked), TEST(found_by_what_a_list_said), TEST_END };

	return test_main(argc, argv, tests);
}
