/* Requests through the whole of the house: routes, pages, forms, redirects, errors. */
#include <string.h>

#include "core/dispatch.h"
#include "core/ticket_test.h"

static void test_who_is_not_signed_in_is_sent_to_sign_in(void)
{
	struct harness *h = harness_open();
	struct answer a = harness_get(h, ROLE_NOBODY, "/");

	CHECK_INT(a.status, 303);
	CHECK_INT(a.status, 303);
	CHECK_TEXT(a.location, "/sign-in");
	a = harness_get(h, ROLE_NOBODY, "/tickets/new?a=b");
	CHECK_TEXT(a.location, "/sign-in?then=%2Ftickets%2Fnew%3Fa%3Db");
	a = harness_post(h, ROLE_NOBODY, "/tickets/new", "title", "", NULL);
	CHECK_TEXT(a.location, "/sign-in?then=%2Ftickets%2Fnew");
	CHECK_INT(count_jobs(h), 0);
	harness_close(&h);
}

/* Half an hour at a long form, and the login is over: nothing typed is lost. */
static void test_what_was_typed_outlives_the_login(void)
{
	struct harness *h = harness_open();
	struct answer a = harness_post(h, ROLE_NOBODY, "/tickets/new", "title", "My <long> text", NULL);

	CHECK_INT(a.status, 403);
	CHECK(answer_has(&a, "You have been signed out"));
	CHECK(answer_has(&a, "name=\"title\" value=\"My &lt;long&gt; text\""));
	CHECK(answer_has(&a, "action=\"/tickets/new\""));
	CHECK(!answer_has(&a, "name=\"_csrf\""));
	CHECK_INT(count_jobs(h), 0);
	/* Signed in again, that page's form has no token of the new login. */
	a = harness_post(h, ROLE_COORDINATOR, "/tickets/new", "title", "My long text", "_csrf", "", NULL);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "open for too long"));
	CHECK(answer_has(&a, "My long text"));
	CHECK_INT(count_jobs(h), 0);
	harness_close(&h);
}

static void test_then_is_a_path_of_ours(void)
{
	CHECK_TEXT(dispatch_then("/tickets/new?a=b"), "/tickets/new?a=b");
	CHECK_TEXT(dispatch_then(NULL), "/");
	CHECK_TEXT(dispatch_then("//evil.example"), "/");
	CHECK_TEXT(dispatch_then("/\\evil.example"), "/");
	CHECK_TEXT(dispatch_then("https://evil.example"), "/");
	CHECK_TEXT(dispatch_then("/a\r\nSet-Cookie: x"), "/");
}

static void test_pages_that_are_not_there(void)
{
	struct harness *h = harness_open();
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/nope");

	CHECK_INT(a.status, 404);
	CHECK(answer_has(&a, "Page not found"));
	a = harness_get(h, ROLE_AUDITOR, "/tickets/new");
	CHECK_INT(a.status, 403);
	CHECK(answer_has(&a, "You cannot do this"));
	a = harness_post(h, ROLE_COORDINATOR, "/", NULL);
	CHECK_INT(a.status, 405);
	CHECK_TEXT(pairs_get(&a.headers, "Allow"), "GET, HEAD");
	a = harness_get(h, ROLE_COORDINATOR, "/tickets/refuse");
	CHECK_INT(a.status, 404); /* a ticket called "refuse": there is none */
	a = harness_get(h, ROLE_COORDINATOR, "/tickets/new/");
	CHECK_INT(a.status, 404);
	harness_close(&h);
}

static void test_hidden_and_absent_look_the_same(void)
{
	struct harness *h = harness_open();
	struct answer hidden, absent;

	harness_operation(h, ROLE_COORDINATOR, "add-ticket", "title", "Not theirs", NULL);
	harness_operation(h, ROLE_COORDINATOR, "add-ticket", "title",
			  harness_who(h, ROLE_TRAINER)->name, NULL);
	hidden = harness_get(h, ROLE_TRAINER, "/tickets/1");
	absent = harness_get(h, ROLE_TRAINER, "/tickets/99");
	CHECK_INT(hidden.status, 404);
	CHECK_INT(absent.status, 404);
	CHECK(strcmp(strstr(hidden.body, "<main"), strstr(absent.body, "<main")) == 0);
	CHECK_INT(harness_get(h, ROLE_TRAINER, "/tickets/2").status, 200);
	CHECK_INT(harness_get(h, ROLE_COORDINATOR, "/tickets/1").status, 200);
	harness_close(&h);
}

static void test_a_form_is_drawn_from_its_table(void)
{
	struct harness *h = harness_open();
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/tickets/new");

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "Add a ticket"));
	CHECK(answer_has(&a, "name=\"_csrf\""));
	CHECK(answer_has(&a, "name=\"_key\""));
	CHECK(!answer_has(&a, "name=\"_version\""));
	CHECK(answer_has(&a, "Keep it short"));
	CHECK(answer_has(&a, "Notes (optional)"));
	CHECK(answer_has(&a, "data-maxlength=\"10000\""));
	CHECK(answer_has(&a, "type=\"email\""));
	CHECK(answer_has(&a, "type=\"password\""));
	CHECK(answer_has(&a, "type=\"radio\" value=\"some-day\""));
	CHECK(answer_has(&a, "name=\"wanted-month\""));
	CHECK(answer_has(&a, "name=\"call-time\""));
	CHECK(answer_has(&a, "type=\"checkbox\" value=\"yes\""));
	CHECK(answer_has(&a, "govuk-input--width-3\" id=\"places\""));
	CHECK(answer_has(&a, ">Cancel</a>"));
	CHECK_TEXT(pairs_get(&a.headers, "Cache-Control"), "no-store");
	harness_close(&h);
}

static void test_a_sound_form_goes_on_with_a_sentence(void)
{
	struct harness *h = harness_open();
	struct answer a =
		harness_post(h, ROLE_COORDINATOR, "/tickets/new", "title", "Chairs & tables",
			     "wanted-day", "27", "wanted-month", "3", "wanted-year", "2026", NULL);

	CHECK_INT(a.status, 303);
	CHECK_TEXT(a.location, "/tickets/new");
	CHECK_INT(count_jobs(h), 1);
	a = harness_follow(h, ROLE_COORDINATOR, a);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "Ticket “Chairs &amp; tables” added"));
	CHECK(strstr(pairs_get(&a.headers, "Set-Cookie"), "flash=; ") != NULL);
	harness_close(&h);
}

static void test_a_form_comes_back_with_what_was_typed(void)
{
	struct harness *h = harness_open();
	struct answer a =
		harness_post(h, ROLE_COORDINATOR, "/tickets/new", "title", "", "notes", "keep <me>",
			     "pin", "1234", "wanted-day", "31", "wanted-month", "2", "wanted-year",
			     "2026", "urgency", "soon", "loud", "yes", NULL);

	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "<title>Error: "));
	CHECK(answer_has(&a, "There is a problem"));
	CHECK(answer_has(&a, "href=\"#title\""));
	CHECK(answer_has(&a, "href=\"#wanted-day\""));
	CHECK_INT(answer_count(&a, "Date wanted must be a real date"), 2);
	CHECK_INT(answer_count(&a, "govuk-error-summary__title"), 1);
	CHECK(answer_has(&a, "keep &lt;me&gt;"));
	CHECK(answer_has(&a, "value=\"31\""));
	CHECK(!answer_has(&a, "1234"));
	CHECK(answer_has(&a, "value=\"soon\" checked"));
	CHECK(answer_has(&a, "value=\"yes\" checked"));
	CHECK_INT(count_jobs(h), 0);
	harness_close(&h);
}

static void test_a_conflict_is_told_and_the_new_version_offered(void)
{
	struct harness *h = harness_open();
	struct answer a;

	harness_operation(h, ROLE_COORDINATOR, "add-ticket", "title", "Chairs", NULL);
	a = harness_post(h, ROLE_COORDINATOR, "/tickets/1", "_version", "9", NULL);
	CHECK_INT(a.status, 409);
	CHECK(answer_has(&a, "Somebody else changed this"));
	CHECK_TEXT(answer_between(h, &a, "name=\"_version\" value=\"", "\""), "1");
	a = harness_post(h, ROLE_COORDINATOR, "/tickets/1", "_version", "1", NULL);
	CHECK_INT(a.status, 303);
	harness_close(&h);
}

static void test_a_file_is_uploaded(void)
{
	struct harness *h = harness_open();
	const struct bytes file = { (const unsigned char *)"a,b\r\n", 5 };
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/tickets/file");

	CHECK(answer_has(&a, "enctype=\"multipart/form-data\""));
	CHECK(answer_has(&a, "accept=\".csv\""));
	a = harness_upload(h, ROLE_COORDINATOR, "/tickets/file", "x.csv", file, NULL);
	CHECK_INT(a.status, 303);
	a = harness_follow(h, ROLE_COORDINATOR, a);
	CHECK(answer_has(&a, "a,b"));
	a = harness_post(h, ROLE_COORDINATOR, "/tickets/file", NULL);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(&a, "href=\"#file\""));
	CHECK(dispatch_body_limit(harness_settings(h), HTTP_POST, "/tickets/new",
				  &(struct pairs){ 0 }) == 256 * 1024);
	CHECK(dispatch_body_limit(harness_settings(h), HTTP_POST, "/tickets/file",
				  &(struct pairs){ 0 }) == 256 * 1024);
	CHECK_INT(dispatch_body_limit(harness_settings(h), HTTP_GET, "/tickets/file",
				      &(struct pairs){ 0 }),
		  0);
	harness_close(&h);
}

static struct answer post_to(struct harness *h, const char *path, const char *headers)
{
	const char *bytes = arena_printf(
		harness_arena(h),
		"POST %s HTTP/1.1\r\nHost: newbridge.example\r\n%s"
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 13\r\n\r\ntitle=Planted",
		path, headers);

	return harness_raw(h, bytes, strlen(bytes));
}

static struct answer post_from(struct harness *h, const char *headers)
{
	return post_to(h, "/tickets/refuse", headers);
}

static void test_forms_of_other_sites_are_refused(void)
{
	struct harness *h = harness_open();

	CHECK_INT(post_from(h, "Sec-Fetch-Site: cross-site\r\n").status, 403);
	CHECK_INT(post_from(h, "Sec-Fetch-Site: same-site\r\n").status, 403);
	CHECK_INT(post_from(h, "Origin: https://evil.example\r\n").status, 403);
	CHECK_INT(post_from(h, "Origin: null\r\n").status, 403);
	CHECK_INT(count_jobs(h), 0);
	/* who is signed out is offered their own form again, not one that another site filled in */
	struct answer a = post_to(h, "/tickets/new", "Origin: https://evil.example\r\n");
	CHECK_INT(a.status, 403);
	CHECK(!answer_has(&a, "Planted"));
	a = post_to(h, "/tickets/new", "Origin: http://newbridge.example\r\n");
	CHECK(answer_has(&a, "Planted"));
	CHECK_INT(post_from(h, "Sec-Fetch-Site: same-origin\r\n").status, 422);
	CHECK_INT(post_from(h, "Origin: http://newbridge.example\r\n").status, 422);
	CHECK_INT(count_jobs(h), 2);
	harness_close(&h);
}

static void test_a_fault_of_ours_has_a_reference(void)
{
	struct harness *h = harness_open();
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/tickets/broken");

	CHECK_INT(a.status, 500);
	CHECK(answer_has(&a, "Sorry, there is a problem with the service"));
	CHECK(answer_has(&a, "tell your administrator this reference: "));
	CHECK(!answer_has(&a, "Broken"));
	a = harness_post(h, ROLE_COORDINATOR, "/tickets/new", "title", "silent", NULL);
	CHECK_INT(a.status, 500);
	a = harness_raw(h, "GET / HTTP/1.1\r\n\r\n", 18);
	CHECK(a.status >= 400);
	harness_close(&h);
}

/* A disk may be well again in a minute: what was typed is kept until then. */
static void test_a_fault_of_the_disk_keeps_what_was_typed(void)
{
	struct harness *h = harness_open();
	struct answer a = harness_post(h, ROLE_COORDINATOR, "/tickets/new", "title", "unread", NULL);

	CHECK_INT(a.status, 503);
	CHECK(answer_has(&a, "The data could not be read from the disk."));
	CHECK(answer_has(&a, "value=\"unread\""));
	/* nor can the form be read: the page itself keeps it */
	a = harness_post(h, ROLE_COORDINATOR, "/tickets/new", "title", "unread twice", NULL);
	CHECK_INT(a.status, 503);
	CHECK(answer_has(&a, "What you typed is not lost"));
	CHECK(answer_has(&a, "name=\"title\" value=\"unread twice\""));
	CHECK(answer_has(&a, "name=\"_csrf\""));
	CHECK_INT(count_jobs(h), 0);
	harness_close(&h);
}

static void test_navigation_shows_what_the_role_may_use(void)
{
	struct harness *h = harness_open();
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/tickets/new");

	CHECK(answer_has(&a, "href=\"/squares\""));
	CHECK(answer_has(&a, "Newbridge Borough Council"));
	CHECK(answer_has(&a, "Colin Hartwell"));
	a = harness_get(h, ROLE_COUNCILLOR, "/");
	CHECK_INT(a.status, 200);
	CHECK(!answer_has(&a, "href=\"/squares\""));
	CHECK(!answer_has(&a, "Tickets"));
	harness_close(&h);
}

static void test_today_says_what_is_due_or_that_nothing_is(void)
{
	struct harness *h = harness_open();
	struct answer a = harness_get(h, ROLE_COORDINATOR, "/");

	CHECK(answer_has(&a, "3 tickets to add"));
	CHECK(answer_has(&a, "Overdue"));
	CHECK(answer_has(&a, "24 November 2026"));
	a = harness_get(h, ROLE_COUNCILLOR, "/");
	CHECK(answer_has(&a, "Nothing is due today."));
	harness_close(&h);
}

static void test_the_dictionary_names_every_field(void)
{
	struct harness *h = harness_open();
	struct answer a = harness_get(h, ROLE_ADMINISTRATOR, "/settings/dictionary");

	CHECK_INT(a.status, 200);
	CHECK(answer_has(&a, "One of: Soon (soon), Some day (some-day)"));
	CHECK(answer_has(&a, "up to 40 characters"));
	CHECK(answer_has(&a, "never shown"));
	CHECK_INT(harness_get(h, ROLE_COORDINATOR, "/settings/dictionary").status, 403);
	harness_close(&h);
}

static void test_the_accent_is_a_style_of_its_own(void)
{
	struct harness *h = harness_open();
	struct answer a = harness_get(h, ROLE_NOBODY, "/style/accent.css");

	CHECK_INT(a.status, 200);
	CHECK_TEXT(a.body, ".app-accent{--app-accent:#1d70b8}\n");
	CHECK_TEXT(a.type, "text/css; charset=utf-8");
	harness_close(&h);
}

static void test_a_login_ends_when_it_is_not_used(void)
{
	struct harness *h = harness_open();
	struct instant then = world_now(harness_world(h));
	const char *request = arena_printf(
		harness_arena(h),
		"GET /tickets/new HTTP/1.1\r\nHost: newbridge.example\r\nCookie: login=%s\r\n\r\n",
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");

	CHECK_INT(harness_raw(h, request, strlen(request)).status, 303);
	CHECK_INT(harness_get(h, ROLE_COORDINATOR, "/tickets/new").status, 200);
	harness_now(h, (struct instant){ then.ms + 3600000 });
	CHECK_INT(harness_get(h, ROLE_COORDINATOR, "/tickets/new").status, 200);
	harness_close(&h);
}

/* A proxy refuses a header of any length: nginx 4 KB unless told otherwise. */
static void test_a_long_address_is_not_carried_to_sign_in(void)
{
	struct harness *h = harness_open();
	char path[12000] = "/tickets/new?find=";
	size_t n = strlen(path);

	memset(path + n, 'b', 1900 - n);
	path[1900] = '\0';
	struct answer a = harness_get(h, ROLE_NOBODY, path);
	CHECK(a.location != NULL && strstr(a.location, "bbbb") != NULL);
	memset(path + n, 'b', 3500 - n);
	path[3500] = '\0';
	a = harness_get(h, ROLE_NOBODY, path);
	CHECK_INT(a.status, 303);
	CHECK_TEXT(a.location, "/sign-in");
	harness_close(&h);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_who_is_not_signed_in_is_sent_to_sign_in),
		TEST(test_what_was_typed_outlives_the_login),
	TEST(test_then_is_a_path_of_ours),
		TEST(test_pages_that_are_not_there),
		TEST(test_hidden_and_absent_look_the_same),
		TEST(test_a_form_is_drawn_from_its_table),
		TEST(test_a_sound_form_goes_on_with_a_sentence),
		TEST(test_a_form_comes_back_with_what_was_typed),
		TEST(test_a_conflict_is_told_and_the_new_version_offered),
		TEST(test_a_file_is_uploaded),
		TEST(test_forms_of_other_sites_are_refused),
		TEST(test_a_fault_of_ours_has_a_reference),
		TEST(test_a_fault_of_the_disk_keeps_what_was_typed),
		TEST(test_navigation_shows_what_the_role_may_use),
		TEST(test_today_says_what_is_due_or_that_nothing_is),
		TEST(test_the_dictionary_names_every_field),
		TEST(test_the_accent_is_a_style_of_its_own),
		TEST(test_a_login_ends_when_it_is_not_used),
		TEST(test_a_long_address_is_not_carried_to_sign_in),
		TEST_END,
	};

	return test_main(argc, argv, tests);
}
