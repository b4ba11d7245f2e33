/*
 * Every component on one page, as a user meets them: the page must be sound. With a folder as
 * argument the page and the embedded files are written there, to be looked at in a browser.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/test.h"
#include "ui/asset.h"
#include "ui/ui.h"

static struct arena *arena;

static const struct ui_nav_item top[] = { { "Today", URL("/"), false },
					  { "Training", URL("/training"), true },
					  { "Schools", URL("/schools"), false },
					  { "Reports", URL("/reports"), false },
					  { "Administration", URL("/admin"), false },
					  { NULL, { NULL }, false } };
static const struct ui_nav_item sub[] = { { "Sessions", URL("/training/sessions"), true },
					  { "Courses", URL("/training/courses"), false },
					  { "Coverage", URL("/training/coverage"), false },
					  { NULL, { NULL }, false } };
static const struct ui_crumb crumbs[] = { { "Training", URL("/training") },
					  { "Sessions", URL("/training/sessions") },
					  { NULL, { NULL } } };
static const struct ui_shell shell = { .title = "Sessions",
				       .service_name = "Prevent duty",
				       .authority = "Westshire County Council",
				       .demo = true,
				       .signed_in_as = "Priya Hartley",
				       .account = URL("/account"),
				       .sign_out = URL("/sign-out"),
				       .csrf = "x",
				       .navigation = top,
				       .sub_navigation = sub,
				       .crumbs = crumbs,
				       .flash = "Session scheduled" };

static void controls(struct html *h)
{
	const struct ui_fieldset when = { .legend = { .text = "Date of session",
						      .classes = "govuk-fieldset__legend--s" } };
	const struct ui_fieldset which = { .legend = { .text = "Where is it held?",
						       .classes = "govuk-fieldset__legend--s" } };
	const struct ui_item places[] = { { .text = "At a school",
					    .value = "school",
					    .hint = { .text = "One of the register" } },
					  { .text = "Online", .value = "online" },
					  { .divider = "or" },
					  { .text = "Somewhere else", .value = "else" } };
	const struct ui_option courses[] = { { .value = "", .text = "Choose a course" },
					     { .value = "1", .text = "Prevent awareness" } };
	const struct ui_error_line errors[] = { { .text = "Enter a venue", .href = URL("#venue") },
						{ .text = "Date of session must be a real date",
						  .href = URL("#starts_at") } };

	ui_error_summary(h, &(struct ui_error_summary){ .title_text = "There is a problem",
							.error_list = errors,
							.n_errors = 2 });
	LIT(h, "<form method=\"post\" action=\"/x\" novalidate>");
	ui_hidden(h, "_csrf", "x");
	ui_input(h, &(struct ui_input){ .name = "venue",
					.label = { .text = "Venue" },
					.hint = { .text = "Name and postcode" },
					.error_message = { .text = "Enter a venue" } });
	ui_date_input(h, &(struct ui_date_input){ .id = "starts_at",
						  .name_prefix = "starts_at",
						  .fieldset = &when,
						  .hint = { .text = "For example, 27 3 2026" },
						  .error_message = { .text = "Date of session must "
									     "be a real date" },
						  .day_value = "31",
						  .month_value = "2",
						  .year_value = "2026" });
	ui_time_input(h, &(struct ui_time_input){ .name = "starts_at-time", .value = "2:30pm" });
	ui_select(h, &(struct ui_select){ .name = "course",
					  .label = { .text = "Course" },
					  .items = courses,
					  .n_items = 2 });
	ui_radios(h, &(struct ui_radios){ .name = "place",
					  .fieldset = &which,
					  .items = places,
					  .n_items = 4,
					  .value = "online" });
	ui_checkboxes(
		h, &(struct ui_checkboxes){ .name = "needs", .items = places + 1, .n_items = 1 });
	ui_character_count(h, &(struct ui_character_count){ .name = "notes",
							    .label = { .text = "Notes" },
							    .maxlength = 2000,
							    .rows = 4 });
	ui_textarea(h, &(struct ui_textarea){
			       .name = "paste", .label = { .text = "Paste names" }, .rows = 3 });
	ui_password_input(h, &(struct ui_password_input){ .name = "password",
							  .label = { .text = "Password" } });
	ui_file_upload(h, &(struct ui_file_upload){ .name = "file",
						    .label = { .text = "School register" },
						    .hint = { .text = "A CSV file of up to 200 "
								      "MB" },
						    .javascript = true });
	LIT(h, "<div class=\"govuk-button-group\">");
	ui_button(h, &(struct ui_button){ .text = "Schedule session",
					  .prevent_double_click = UI_TRUE });
	ui_button(h, &(struct ui_button){ .text = "Save as draft",
					  .classes = "govuk-button--secondary" });
	ui_button(h, &(struct ui_button){ .text = "Cancel session",
					  .classes = "govuk-button--warning" });
	ui_anchor(h, URL("/x"), "Cancel");
	LIT(h, "</div></form>");
}

static void numbers(struct html *h)
{
	const struct ui_bar bars[] = { { "Primary", 0.68, "68%" },
				       { "Secondary", 0.91, "91%" },
				       { "Special schools and alternative provision", 0.4,
					 "40%" } };

	ui_subheading(h, 2, "Figures");
	ui_tiles_begin(h);
	ui_tile(h, &(struct ui_tile){ "Schools directly trained", "51", "of 396 in scope",
				      URL("/f/1") });
	ui_tile(h, &(struct ui_tile){ "Staff trained", "1,024", "October 2015 to January 2017",
				      URL("/f/2") });
	ui_tile(h, &(struct ui_tile){ "Better understanding", "98%", "of 640 answers", { NULL } });
	ui_tiles_end(h);
	ui_bar_chart(h, &(struct ui_bar_chart){ .id = "phase",
						.title = "Nine in ten secondary schools are "
							 "trained",
						.description = "Share of schools trained by phase",
						.max = 1,
						.bars = bars,
						.n_bars = 3 });
	ui_qr(h, &(struct ui_qr){ .text = "https://prevent.example.gov.uk/f/7HJKQ2",
				  .label = "QR code: feedback form" });
}

static void rows(struct html *h)
{
	const struct ui_cell head[] = { { .text = "Session", .sort = "ascending" },
					{ .text = "Venue" },
					{ .text = "Places", .format = "numeric" },
					{ .text = "State" } };
	const struct ui_table table = { .caption = "Sessions",
					.caption_classes = "govuk-table__caption--m",
					.head = head,
					.n_head = 4,
					.scrolls = true };

	ui_table_begin(h, &table);
	for (int i = 0; i < 4; i++) {
		ui_row_begin(h);
		ui_cell(h, &(struct ui_cell){ .text = "27 March 2026 at 2:30pm",
					      .href = URL("/s/2K7Q"),
					      .header = true });
		ui_cell(h, &(struct ui_cell){ .text = "St Example's Church of England Primary "
						      "School" });
		ui_cell(h, &(struct ui_cell){ .text = "30", .format = "numeric" });
		ui_cell(h, &(struct ui_cell){ .text = i < 2 ? "Confirmed" : "Delivered",
					      .tag_colour = i < 2 ? "blue" : "green" });
		ui_row_end(h);
	}
	ui_table_end(h, &table);
	ui_pagination(h, &(struct ui_pagination){ .previous = { .href = URL("?before=x") },
						  .next = { .href = URL("?after=x") } });
}

static void filtered(struct html *h)
{
	const struct ui_filter_tag tags[] = { { "State", "Confirmed", URL("/s") } };
	const struct ui_filter filter = {
		.action = URL("/s"), .selected = tags, .n_selected = 1, .clear = URL("/s")
	};

	ui_filter_begin(h, &filter);
	ui_input(h, &(struct ui_input){ .name = "q", .label = { .text = "Venue" } });
	ui_filter_end(h, &filter);
	rows(h);
	ui_filter_close(h);
}

static void summary(struct html *h)
{
	const struct ui_action change = { .text = "Change",
					  .href = URL("/c"),
					  .visually_hidden_text = "venue" };
	const struct ui_summary_row list[] = {
		{ .key = "Venue", .value = "Town hall", .actions = &change, .n_actions = 1 },
		{ .key = "Notes",
		  .value = "Bring badges\nRing the bell",
		  .value_classes = "app-lines" },
		{ .key = "School", .value = "St Example's", .value_href = URL("/schools/1") }
	};
	const struct ui_summary_card card = { .title = "Session 2K7Q" };

	ui_summary_list(h, &(struct ui_summary_list){ .rows = list, .n_rows = 3 });
	ui_summary_list(h,
			&(struct ui_summary_list){ .rows = list + 1, .n_rows = 2, .card = &card });
}

static void messages(struct html *h)
{
	ui_details(h, &(struct ui_details){ .summary_text = "What counts as trained",
					    .text = "Full attendance." });
	ui_inset_text(h, &(struct ui_inset_text){ .text = "The register was last imported on 1 "
							  "March 2026." });
	ui_warning_text(h, &(struct ui_warning_text){ .text = "You cannot undo this." });
	ui_alert(h, &(struct ui_alert){ .variant = "information",
					.title = "Import",
					.text = "The file is being read.",
					.dismissible = true });
	ui_alert(h, &(struct ui_alert){ .variant = "success",
					.title = "Import",
					.text = "396 schools are up to date." });
	ui_alert(h, &(struct ui_alert){ .variant = "warning",
					.title = "Import",
					.text = "Two rows were left out." });
	ui_alert(h, &(struct ui_alert){ .variant = "error",
					.title = "Import",
					.text = "The file could not be read." });
	ui_panel(h, &(struct ui_panel){ .title_text = "Thank you",
					.text = "Your answers have been recorded.",
					.heading_level = 2 });
	ui_identity_bar(h, &(struct ui_identity_bar){ .title = "Session 2K7Q" });
	ui_timeline_begin(h);
	ui_timeline_item(h, &(struct ui_timeline_item){ "Delivered",
							"Priya Hartley",
							"2026-03-27T14:30",
							"27 March 2026 at 2:30pm",
							"30 people came.",
							{ NULL, 0 } });
	ui_timeline_item(h, &(struct ui_timeline_item){ "Confirmed",
							"Sam Okafor",
							"2026-03-01T09:00",
							"1 March 2026 at 9am",
							"Venue booked.",
							{ NULL, 0 } });
	ui_timeline_end(h);
}

static void place(void *context, struct html *h, const char *inside)
{
	ui_anchor(h, url_path(arena, "/figures/{}", inside), "51");
}

static void note(struct html *h)
{
	static const char text[] = "## Purpose of the note\n\nTo brief members of the Scrutiny "
				   "Co-ordination Committee on the Prevent programme.\n\n"
				   "## Local response\n\nBetween October 2015 and January 2017, "
				   "{{figure schools-directly-trained}} schools have been "
				   "directly trained by the [co-ordinator](/people/1), with over "
				   "1,000 staff attending.\n\n"
				   "The key aspects of the course are:\n- Raising awareness of the "
				   "Prevent Duty\n- Consideration of the risk\n\n"
				   "## Background papers\n\n- Scrutiny minutes, 10 November 2016\n";

	LIT(h, "<div class=\"app-note\">");
	ui_prose(h, arena, &(struct ui_prose){ .text = text, .numbered = true, .place = place });
	LIT(h, "</div>");
}

static struct html *page(bool wide)
{
	struct html *h = html_new(arena, 1u << 20);
	struct ui_shell s = shell;
	const struct ui_button buttons[] = { { .text = "Confirm session", .href = URL("/a") },
					     { .text = "Print sign-in sheet",
					       .href = URL("/b"),
					       .classes = "govuk-button--secondary" } };

	s.wide = wide;
	ui_shell_begin(h, &s);
	ui_page_header_actions(h, &(struct ui_page_header_actions){ .caption = "Prevent awareness",
								    .heading = "Session 2K7Q",
								    .items = buttons,
								    .n_items = 2 });
	ui_paragraph(h, "Sessions held and planned, with the schools that took part.");
	numbers(h);
	filtered(h);
	summary(h);
	messages(h);
	note(h);
	controls(h);
	ui_shell_end(h, &s);
	return h;
}

static void test_whole_page_is_sound(void)
{
	arena_reset(arena);
	CHECK_TEXT(html_finish(page(false)), NULL);
	CHECK_TEXT(html_finish(page(true)), NULL);
}

static int put_file(const char *folder, const char *name, struct bytes b)
{
	char path[400];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	f = fopen(path, "wb");
	if (f == NULL || fwrite(b.p, 1, b.n, f) != b.n || fclose(f) != 0) {
		perror(path);
		return 1;
	}
	return 0;
}

static int put_all(const char *folder)
{
	char path[400];
	int failed = 0;

	snprintf(path, sizeof path, "%s/assets", folder);
	mkdir(path, 0755);
	for (size_t i = 0; i < n_assets; i++) {
		failed += put_file(folder, assets[i].path + 1, assets[i].plain);
	}
	failed += put_file(folder, "index.html", html_bytes(page(false)));
	failed += put_file(folder, "wide.html", html_bytes(page(true)));
	return failed > 0;
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(test_whole_page_is_sound), TEST_END };
	int status;

	arena = arena_new(64u << 20);
	status = argc > 1 ? put_all(argv[1]) : test_main(argc, argv, tests);
	arena_free(&arena);
	return status;
}
