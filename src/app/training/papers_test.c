/* What a session has on paper: the programme of an event, the sign-in sheet. The themes are those of the briefing note of 2017, 5.7. */
#include "app/training/programme.h"
#include "app/training/training_test.h"

static struct outcome add(enum role role, const char *s, const char *starts, const char *minutes, const char *title, const char *theme)
{
	return harness_operation(h, role, "add-programme-item", "{session}", s, "starts", starts, "minutes", minutes, "title", title,
				 "theme", theme, "speaker", "", NULL);
}

static struct programme_item *items(const char *reference, size_t *n)
{
	struct session s = session_of(reference);
	struct programme_item *v = NULL;

	CHECK_OK(session_programme(arena, harness_db(h), &s, &v, n));
	return v;
}

static void an_event_of_three_themes(void)
{
	static const char *const themes[] = { "National best practice", "Local threat and risk", "Local action and resources" };

	open_product();
	const char *s = schedule("2026-11-27T09:00", "");
	size_t n;

	CHECK_INT(words_count(&theme_words), 3);
	for (int i = 0; i < 3; i++) {
		CHECK_TEXT(words_label(&theme_words, i + 1), themes[i]);
	}
	/* entered in any order, shown in the order of the day */
	CHECK_OK(add(ROLE_COORDINATOR, s, "11am", "45", "What we do here", "local-action").err);
	CHECK_OK(add(ROLE_COORDINATOR, s, "9:30am", "60", "What works elsewhere", "national-practice").err);
	CHECK_OK(add(ROLE_COORDINATOR, s, "9am", "30", "Welcome", "").err);
	struct programme_item *v = items(s, &n);

	CHECK_INT(n, 3);
	CHECK_TEXT(v[0].title, "Welcome");
	CHECK_INT(v[0].theme, 0);
	CHECK_TEXT(v[2].title, "What we do here");
	struct answer a = harness_get(h, ROLE_AUDITOR, path_of(s, ""));

	CHECK(answer_has(&a, "9:30am to 10:30am") && answer_has(&a, "National best practice"));
	a = harness_get(h, ROLE_AUDITOR, path_of(s, "/programme"));
	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "data-app-print") && !answer_has(&a, "Add an item"));
	struct outcome o = add(ROLE_COORDINATOR, s, "soon", "30", "Tea", "");

	CHECK(strstr(told(&o), "Enter a time") != NULL);
	CHECK(add(ROLE_TRAINER, s, "9am", "30", "Tea", "").err != NULL);
	o = harness_operation(h, ROLE_COORDINATOR, "remove-programme-item", "{session}", s, "{item}",
			      arena_printf(arena, "%lld", (long long)v[0].id), NULL);
	CHECK_OK(o.err);
	items(s, &n);
	CHECK_INT(n, 2);
	o = harness_operation(h, ROLE_COORDINATOR, "remove-programme-item", "{session}", s, "{item}", "999", NULL);
	CHECK(strstr(told(&o), "not on the programme") != NULL);
	move(ROLE_COORDINATOR, "cancel-session", s);
	o = add(ROLE_COORDINATOR, s, "9am", "30", "Tea", "");
	CHECK(strstr(told(&o), "cancelled") != NULL);
	close_product();
}

static struct answer send(const char *path, const char *version, const char *starts, const char *title, const char *theme)
{
	return harness_post(h, ROLE_COORDINATOR, path, "_version", version, "starts", starts, "minutes", "45", "title", title, "theme",
			    theme, "speaker", "Head of service", NULL);
}

/* An item is changed, its theme taken back; who was second is shown what the first did; it stays on its own session. */
static void an_item_is_changed(void)
{
	open_product();
	const char *s = schedule("2026-11-27T09:00", ""), *other = schedule("2026-11-28T09:00", "");
	size_t n;

	CHECK_OK(add(ROLE_COORDINATOR, s, "9:30am", "60", "What works elsewhere", "national-practice").err);
	struct programme_item *v = items(s, &n);
	const char *edit = path_of(s, arena_printf(arena, "/programme/%lld/edit", (long long)v[0].id));
	struct answer a = harness_get(h, ROLE_COORDINATOR, path_of(s, "/programme"));

	CHECK(answer_has(&a, edit));
	a = harness_get(h, ROLE_COORDINATOR, edit);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "value=\"9:30am\"") && answer_has(&a, "value=\"national-practice\" checked"));
	CHECK(answer_has(&a, "None of these") && !answer_has(&a, "value=\"\" checked"));
	CHECK_INT(send(edit, "1", "10am", "What works", "").status, 303);
	v = items(s, &n);
	CHECK_INT(n, 1);
	CHECK_TEXT(v[0].title, "What works");
	CHECK_INT(v[0].starts_minute, 600);
	CHECK_INT(v[0].theme, 0);
	CHECK_INT(v[0].version, 2);
	a = harness_get(h, ROLE_COORDINATOR, edit);
	CHECK(answer_has(&a, "value=\"\" checked"));
	a = send(edit, "1", "11am", "Mine", "local-action"); /* as it stood before */
	CHECK_INT(a.status, 409);
	CHECK(answer_has(&a, "Mine") && answer_has(&a, "What works"));
	a = send(edit, "2", "soon", "Mine", "local-action");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "Enter a time") && answer_has(&a, "value=\"soon\""));
	CHECK_TEXT(items(s, &n)[0].title, "What works");
	const char *elsewhere = path_of(other, arena_printf(arena, "/programme/%lld/edit", (long long)v[0].id));

	CHECK_INT(send(elsewhere, "2", "10am", "Moved", "").status, 404);
	CHECK_INT(harness_get(h, ROLE_COORDINATOR, elsewhere).status, 404);
	CHECK_INT(harness_get(h, ROLE_AUDITOR, edit).status, 403);
	move(ROLE_COORDINATOR, "cancel-session", s);
	a = send(edit, "2", "10am", "Late", "");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "cancelled"));
	close_product();
}

/* Name, place of work, room to sign, and the code: nothing else about anybody. */
static void a_sheet_to_sign(void)
{
	open_product();
	const char *s = schedule("2026-11-27T09:00", "");

	CHECK_INT(import(s, "name,email,school,job,state\nAda Fern,ada@oak.example.org,125404,Head of year,booked\n"
			    "Ben Hale,,125404,,apologies")
			  .problems.n,
		  0);
	struct answer a = harness_get(h, ROLE_TRAINER, path_of(s, "/sign-in-sheet"));

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "Ada Fern") && answer_has(&a, "Oak Lane Primary School"));
	CHECK(!answer_has(&a, "ada@oak.example.org") && !answer_has(&a, "Head of year"));
	CHECK(!answer_has(&a, "Ben Hale")); /* is not expected */
	CHECK(answer_has(&a, arena_printf(arena, "/c/%s", session_of(s).checkin_code)));
	CHECK_INT(answer_count(&a, "<tr"), 1 + 1 + 5); /* heading, one person, room for others */
	((struct settings *)harness_settings(h))->public_address = "http://prevent.newbridge.example";
	a = harness_get(h, ROLE_TRAINER, path_of(s, "/sign-in-sheet"));
	CHECK(answer_has(&a, arena_printf(arena, "http://prevent.newbridge.example/c/%s", session_of(s).checkin_code)));
	CHECK_INT(harness_get(h, ROLE_AUDITOR, path_of(s, "/sign-in-sheet")).status, 403);
	close_product();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(an_event_of_three_themes), TEST(an_item_is_changed), TEST(a_sheet_to_sign), TEST_END };

	return test_main(argc, argv, tests);
}
