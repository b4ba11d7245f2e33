#include "ui/ui.h"

#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/test.h"

static struct arena *arena;

static struct html *sink(void)
{
	arena_reset(arena);
	return html_new(arena, 1u << 20);
}

static const char *written(struct html *h)
{
	const char *fault = html_finish(h);

	return fault != NULL ? fault : (const char *)html_bytes(h).p;
}

#define CHECK_HAS(got, part) CHECK(strstr((got), (part)) != NULL)
#define CHECK_LACKS(got, part) CHECK(strstr((got), (part)) == NULL)

/* ---- shell ---- */

static const struct ui_nav_item nav[] = { { "Training", URL("/training"), true },
					  { "Schools", URL("/schools"), false },
					  { NULL, { NULL }, false } };
static const struct ui_crumb crumbs[] = { { "Sessions", URL("/training/sessions") },
					  { NULL, { NULL } } };

static void test_shell(void)
{
	struct html *h = sink();
	const struct ui_shell shell = { .title = "Sessions <all>",
					.service_name = "Prevent duty",
					.authority = "Test & Example Council",
					.accent_class = "accent-1",
					.error = true,
					.demo = true,
					.wide = true,
					.signed_in_as = "Alex Example",
					.account = URL("/account"),
					.sign_out = URL("/sign-out"),
					.csrf = "token",
					.navigation = nav,
					.sub_navigation = nav,
					.crumbs = crumbs,
					.flash = "Session scheduled" };
	const char *s;

	ui_shell_begin(h, &shell);
	ui_heading(h, "Spring", "Sessions");
	ui_shell_end(h, &shell);
	s = written(h);
	CHECK(strncmp(s, "<!DOCTYPE html>\n<html lang=\"en\"", 30) == 0);
	CHECK_HAS(s, "<title>Error: Sessions &lt;all&gt; – Prevent duty – Test &amp; Example "
		     "Council</title>");
	CHECK_HAS(s, "<link rel=\"stylesheet\" href=\"/style/accent.css\">");
	CHECK_HAS(s, "<a href=\"#main-content\" class=\"govuk-skip-link\"");
	CHECK_HAS(s, "Test &amp; Example Council</a></div></div></div>");
	CHECK_HAS(s, "<form method=\"post\" action=\"/sign-out\"><input type=\"hidden\" "
		     "name=\"_csrf\" value=\"token\">");
	CHECK_HAS(s, "aria-current=\"true\"");
	CHECK_HAS(s, "govuk-notification-banner--success");
	CHECK_HAS(s, "<main class=\"govuk-main-wrapper\" id=\"main-content\">");
	CHECK_HAS(s, "href=\"/accessibility\">Accessibility</a>");
	CHECK_HAS(s, "href=\"/privacy\">Privacy</a>");
	CHECK_HAS(s, "href=\"/cookies\">Cookies</a>");
	CHECK_LACKS(s, "<script>");
	CHECK_LACKS(s, "style=");
	CHECK_LACKS(s, "crown");
}

static void test_shell_of_a_stranger(void)
{
	struct html *h = sink();
	const struct ui_shell shell = { .title = "Sign in",
					.service_name = "Prevent duty",
					.back = URL("/") };
	const char *s;

	ui_shell_begin(h, &shell);
	ui_shell_end(h, &shell);
	s = written(h);
	CHECK_HAS(s, "<title>Sign in – Prevent duty</title>");
	CHECK_HAS(s, "<a href=\"/\" class=\"govuk-back-link\">Back</a>");
	CHECK_LACKS(s, "Sign out");
	CHECK_LACKS(s, "/style/accent.css");
	CHECK_LACKS(s, "govuk-breadcrumbs");
	CHECK_LACKS(s, "govuk-service-navigation__list");
}

/* ---- MoJ: class names and structure of the package's templates ---- */

static void test_alert(void)
{
	struct html *h = sink();
	const char *s;

	ui_alert(h, &(struct ui_alert){
			    .variant = "warning", .title = "Two rows", .text = "were left out" });
	s = written(h);
	CHECK_HAS(s, "<div role=\"region\" class=\"moj-alert moj-alert--warning\" "
		     "aria-label=\"warning: Two rows\" "
		     "data-module=\"moj-alert\">");
	CHECK_HAS(s, "<div class=\"moj-alert__content\">were left out</div>");
	CHECK_HAS(s, "<button class=\"moj-alert__dismiss\" hidden>Dismiss</button>");
}

static void test_filter_applies_at_both_ends(void)
{
	struct html *h = sink();
	const struct ui_filter_tag tags[] = { { "Status", "Open", URL("/s?phase=primary") },
					      { "Status", "Closed", URL("/s") },
					      { "Phase", "Primary", URL("/s?status=open") } };
	const struct ui_filter filter = {
		.action = URL("/s"), .selected = tags, .n_selected = 3, .clear = URL("/s")
	};
	const char *s, *first;

	ui_filter_begin(h, &filter);
	LIT(h, "<p>controls</p>");
	ui_filter_end(h, &filter);
	LIT(h, "<p>results</p>");
	ui_filter_close(h);
	s = written(h);
	first = strstr(s, "Apply filters</button>");
	CHECK(first != NULL && strstr(first + 1, "Apply filters</button>") != NULL);
	CHECK(strstr(first + 1, "Apply filters</button>") > strstr(s, "controls"));
	CHECK_HAS(s, ">Status</h3><ul class=\"moj-filter-tags\"><li>");
	CHECK_HAS(s, "</li></ul><h3 class=\"govuk-heading-s govuk-!-margin-bottom-0\">Phase</h3>");
	CHECK_HAS(s, "href=\"/s?phase=primary\"><span class=\"govuk-visually-hidden\">Remove this "
		     "filter</span> Open");
}

static void test_timeline_and_bars(void)
{
	struct html *h = sink();
	const char *s;

	ui_timeline_begin(h);
	ui_timeline_item(h, &(struct ui_timeline_item){ .label = "Delivered",
							.byline = "Alex",
							.datetime = "2026-03-27T14:30",
							.date = "27 March 2026 at 2:30pm",
							.text = "30 people" });
	ui_timeline_end(h);
	ui_identity_bar(h, &(struct ui_identity_bar){ .title = "Session 2K7Q" });
	ui_page_header_actions(
		h, &(struct ui_page_header_actions){
			   .heading = "Session",
			   .items = &(struct ui_button){ .text = "Close", .href = URL("/x") },
			   .n_items = 1 });
	ui_tiles_begin(h);
	ui_tile(h, &(struct ui_tile){
			   .label = "Schools", .value = "51", .note = "of 60", .href = URL("/f") });
	ui_tiles_end(h);
	s = written(h);
	CHECK_HAS(s, "<time datetime=\"2026-03-27T14:30\">27 March 2026 at 2:30pm</time>");
	CHECK_HAS(s, "<span class=\"moj-identity-bar__title\">Session 2K7Q</span>");
	CHECK_HAS(s, "<div class=\"moj-button-group moj-button-group--inline\"><a href=\"/x\" "
		     "role=\"button\"");
	CHECK_HAS(s, "<span class=\"app-tile__value\">51</span>");
}

/* ---- our additions to the package's components ---- */

static void test_table_cells(void)
{
	struct html *h = sink();
	const struct ui_cell head[] = { { .text = "Name", .sort = "ascending" },
					{ .text = "Places", .format = "numeric" } };
	const struct ui_table table = {
		.caption = "Sessions", .head = head, .n_head = 2, .scrolls = true
	};
	const char *s;

	ui_table_begin(h, &table);
	ui_row_begin(h);
	ui_cell(h, &(struct ui_cell){ .text = "A&B", .href = URL("/a"), .header = true });
	ui_cell(h, &(struct ui_cell){ .text = "Open", .tag_colour = "green" });
	ui_row_end(h);
	ui_table_end(h, &table);
	s = written(h);
	CHECK_HAS(s, "<div class=\"app-table-scroll\" role=\"region\" tabindex=\"0\" "
		     "aria-label=\"Sessions\">");
	CHECK_HAS(s, "<th scope=\"col\" class=\"govuk-table__header\" "
		     "aria-sort=\"ascending\">Name</th>");
	CHECK_HAS(s, "<th scope=\"row\" class=\"govuk-table__header\"><a class=\"govuk-link\" "
		     "href=\"/a\">A&amp;B</a></th>");
	CHECK_HAS(s, "<td class=\"govuk-table__cell\"><strong class=\"govuk-tag "
		     "govuk-tag--green\">Open</strong></td>");
}

/* HTML: the parser drops one line break after <textarea>. */
static void test_textarea_keeps_its_first_line_break(void)
{
	struct html *h = sink();

	ui_textarea(h, &(struct ui_textarea){ .name = "t", .value = "\nfirst" });
	CHECK_HAS(written(h), ">\n\nfirst</textarea>");
}

static void test_time_input(void)
{
	struct html *h = sink();

	ui_time_input(h, &(struct ui_time_input){
				 .name = "starts_at-time", .value = "2:30pm", .error = true });
	CHECK_TEXT(written(h), "<div class=\"govuk-form-group\"><label class=\"govuk-label\" "
			       "for=\"starts_at-time\">Time"
			       "</label><input class=\"govuk-input govuk-input--width-5 "
			       "govuk-input--error\" "
			       "id=\"starts_at-time\" name=\"starts_at-time\" type=\"text\" "
			       "spellcheck=\"false\" "
			       "value=\"2:30pm\"></div>");
}

static void test_chart(void)
{
	struct html *h = sink();
	const struct ui_bar bars[] = { { "Primary", 30, "30 of 40" },
				       { "Secondary <x>", 40, "40" },
				       { "None", -1, "0" } };
	const char *s;

	ui_bar_chart(h, &(struct ui_bar_chart){ .id = "c",
						.title = "Most are trained",
						.description = "By phase",
						.bars = bars,
						.n_bars = 3 });
	s = written(h);
	CHECK_HAS(s, "role=\"img\" aria-labelledby=\"c-title c-desc\"");
	CHECK_HAS(s, "<title id=\"c-title\">Most are trained</title><desc id=\"c-desc\">By "
		     "phase</desc>");
	CHECK_HAS(s, "width=\"75.00%\"");
	CHECK_HAS(s, "width=\"100.00%\"");
	CHECK_HAS(s, "width=\"0.00%\"");
	CHECK_HAS(s, "30 of 40</tspan>");
	CHECK_HAS(s, "Secondary &lt;x&gt;");
	CHECK_LACKS(s, "style=");
}

/* Two of three periods are known; the scale is 0 to 60, 180 pixels high from 26 down. */
static void test_columns(void)
{
	struct html *h = sink();
	const struct ui_column columns[] = { { .value = 30, .known = true },
					     { .known = false },
					     { .value = 60, .known = true, .low = 15, .high = 45 } };
	const char *s;

	ui_column_chart(h, &(struct ui_column_chart){ .id = "c",
						      .title = "Staff <trained>",
						      .description = "By month",
						      .top_text = "60",
						      .start_text = "1 Apr 2026",
						      .end_text = "30 Jun 2026",
						      .max = 60,
						      .columns = columns,
						      .n_columns = 3 });
	s = written(h);
	CHECK_HAS(s, "role=\"img\" aria-labelledby=\"c-title c-desc\"");
	CHECK_HAS(s, "<title id=\"c-title\">Staff &lt;trained&gt;</title><desc id=\"c-desc\">By month</desc>");
	CHECK_HAS(s, "x=\"5.00%\" width=\"23.33%\" y=\"116.0\" height=\"90.0\"");
	CHECK_HAS(s, "x=\"71.67%\" width=\"23.33%\" y=\"26.0\" height=\"180.0\"");
	CHECK_HAS(s, "x1=\"83.33%\" x2=\"83.33%\" y1=\"161.0\" y2=\"71.0\"");
	CHECK_LACKS(s, "style=");
	CHECK_INT(ui_scale_end(0), 1);
	CHECK_INT(ui_scale_end(59), 60);
	CHECK_INT(ui_scale_end(81), 100);
	CHECK_INT(ui_scale_end(1043), 2000);
}

/* The path, drawn again module by module, is the code that the library made. */
static void test_qr(void)
{
	struct html *h = sink();
	const char *address = "https://prevent.example.gov.uk/f/7HJKQ2";
	QRcode *code = QRcode_encodeString(address, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
	unsigned char *drawn = ARENA_NEW(arena, unsigned char, (size_t)(code->width * code->width));
	bool same = true;
	const char *p;
	int x, y, run;

	CHECK(ui_qr(h, &(struct ui_qr){ .text = address, .label = "QR code: feedback form" }));
	p = strstr(written(h), " d=\"");
	CHECK(p != NULL);
	for (p += 4; sscanf(p, "M%d %dh%dv1h-%*dz", &x, &y, &run) == 3; p = strchr(p, 'z') + 1) {
		memset(drawn + (y - 4) * code->width + x - 4, 1, (size_t)run);
	}
	CHECK(*p == '"');
	for (int i = 0; i < code->width * code->width; i++) {
		same = same && drawn[i] == (code->data[i] & 1);
	}
	CHECK(same);
	QRcode_free(code);
}

static void test_qr_too_long(void)
{
	struct html *h = sink();
	char *text = ARENA_NEW(arena, char, 8001);

	memset(text, 'a', 8000);
	CHECK(!ui_qr(h, &(struct ui_qr){ .text = text, .label = "x" }));
	CHECK_TEXT(written(h), "");
}

/* ---- prose ---- */

static void place_figure(void *context, struct html *h, const char *inside)
{
	(*(int *)context)++;
	LIT(h, "<a class=\"govuk-link\" href=\"");
	html_url(h, url_path(arena, "/figures/{}", inside));
	LIT(h, "\">51</a>");
}

static const char *prose(const char *text, bool numbered, int *figures)
{
	struct html *h = sink();

	ui_prose(h, arena,
		 &(struct ui_prose){ .text = text,
				     .numbered = numbered,
				     .place = figures != NULL ? place_figure : NULL,
				     .context = figures });
	return written(h);
}

static void test_prose(void)
{
	CHECK_TEXT(
		prose("# Title\n\nOne *two* **three**  \nfour `code`\n\n- a\n- b\n", false, NULL),
		"<div class=\"app-prose\"><h2 class=\"govuk-heading-m\">Title</h2><p "
		"class=\"govuk-body\">One "
		"<em>two</em> <strong>three</strong><br>four <code>code</code></p>"
		"<ul class=\"govuk-list govuk-list--bullet\"><li>a</li><li>b</li></ul></div>");
	CHECK_TEXT(prose("### A\n\n#### B\n", false, NULL), "<div class=\"app-prose\"><h2 "
							    "class=\"govuk-heading-m\">A</h2><h3 "
							    "class=\"govuk-heading-s\">B</h3></"
							    "div>");
	CHECK_TEXT(prose("3. c\n4. d\n\n> q\n\n---\n", false, NULL),
		   "<div class=\"app-prose\"><ol class=\"govuk-list govuk-list--number\" "
		   "start=\"3\"><li>c</li><li>d</li></ol>"
		   "<blockquote class=\"govuk-inset-text\"><p "
		   "class=\"govuk-body\">q</p></blockquote><hr "
		   "class=\"govuk-section-break govuk-section-break--m "
		   "govuk-section-break--visible\"></div>");
	CHECK_TEXT(prose("", false, NULL), "");
	CHECK_TEXT(prose(NULL, false, NULL), "");
}

static void test_prose_is_never_markup(void)
{
	const char *s = prose("<script>alert(1)</script>\n\nText <b onclick=\"x\">bold</b> & <img "
			      "src=x> [a](javascript:alert(1)) "
			      "[b](//evil.example) [c](data:text/html,x) ![alt <i>](x.png) "
			      "[own](/schools) "
			      "[gov](https://www.gov.uk/prevent)\n",
			      false, NULL);

	CHECK_LACKS(s, "<script");
	CHECK_LACKS(s, "onclick");
	CHECK_LACKS(s, "javascript");
	CHECK_LACKS(s, "evil");
	CHECK_LACKS(s, "data:");
	CHECK_LACKS(s, "<img");
	CHECK_LACKS(s, "<i>");
	CHECK_HAS(s, "Text bold &amp; ");
	CHECK_HAS(s, "<a class=\"govuk-link\" href=\"/schools\">own</a>");
	CHECK_HAS(s, "<a class=\"govuk-link\" href=\"https://www.gov.uk/prevent\">gov</a>");
}

static void test_prose_figures(void)
{
	int n = 0;
	const char *s = prose("During that time {{figure schools-directly-trained 2015-10-01 "
			      "2017-01-31}} schools, "
			      "{{figure x}}; {{figure }} {{figure w}} {{figure open [{{figure "
			      "y}}](/z) `{{figure z}}`\n",
			      false, &n);

	CHECK_INT(n, 3);
	CHECK_HAS(s, "href=\"/figures/schools-directly-trained%202015-10-01%202017-01-31\">51</a> "
		     "schools");
	CHECK_HAS(s, "<a class=\"govuk-link\" href=\"/z\">{{figure y}}</a>");
	CHECK_HAS(s, "<code>{{figure z}}</code>");
	CHECK_HAS(prose("{{figure x}}\n", false, NULL), "<p class=\"govuk-body\">{{figure x}}</p>");
}

static void test_prose_numbered(void)
{
	CHECK_TEXT(prose("## Purpose\n\nTo brief.\n\nAgain:\n- a\n\n## Papers\n\n- b\n\n### "
			 "Sub\n\nEnd\n",
			 true, NULL),
		   "<div class=\"app-prose\"><h2 class=\"govuk-heading-m app-note-heading\"><span "
		   "class=\"app-note-number\">1"
		   "</span> <span>Purpose</span></h2>"
		   "<div class=\"app-note-paragraph\"><div class=\"govuk-body "
		   "app-note-number\">1.1</div><div>"
		   "<p class=\"govuk-body\">To brief.</p></div></div>"
		   "<div class=\"app-note-paragraph\"><div class=\"govuk-body "
		   "app-note-number\">1.2</div><div>"
		   "<p class=\"govuk-body\">Again:</p><ul class=\"govuk-list "
		   "govuk-list--bullet\"><li>a</li></ul></div></div>"
		   "<h2 class=\"govuk-heading-m app-note-heading\"><span "
		   "class=\"app-note-number\">2</span> <span>Papers"
		   "</span></h2><div class=\"app-note-paragraph\"><div class=\"govuk-body "
		   "app-note-number\"></div><div>"
		   "<ul class=\"govuk-list govuk-list--bullet\"><li>b</li></ul></div></div>"
		   "<h3 class=\"govuk-heading-s\">Sub</h3>"
		   "<div class=\"app-note-paragraph\"><div class=\"govuk-body "
		   "app-note-number\">2.1</div><div>"
		   "<p class=\"govuk-body\">End</p></div></div></div>");
}

/* Nesting without end must neither fault the page nor grow the stack. */
static void test_prose_nested_deep(void)
{
	char *text = malloc(60001);

	memset(text, '>', 30000);
	memset(text + 30000, '*', 30000);
	text[60000] = '\0';
	CHECK_HAS(prose(text, true, NULL), "</blockquote>");
	for (size_t i = 0; i < 20000; i += 2) {
		text[i] = i % 4 == 0 ? '-' : '+'; /* "- - -" would be a line across */
		text[i + 1] = ' ';
	}
	text[20000] = '\0';
	CHECK_HAS(prose(text, false, NULL), "</ul>");
	free(text);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_shell),
		TEST(test_shell_of_a_stranger),
		TEST(test_alert),
		TEST(test_filter_applies_at_both_ends),
		TEST(test_timeline_and_bars),
		TEST(test_table_cells),
		TEST(test_textarea_keeps_its_first_line_break),
		TEST(test_time_input),
		TEST(test_chart),
		TEST(test_columns),
		TEST(test_qr),
		TEST(test_qr_too_long),
		TEST(test_prose),
		TEST(test_prose_is_never_markup),
		TEST(test_prose_figures),
		TEST(test_prose_numbered),
		TEST(test_prose_nested_deep),
		TEST_END,
	};

	arena = arena_new(64u << 20);
	int status = test_main(argc, argv, tests);
	arena_free(&arena);
	return status;
}
