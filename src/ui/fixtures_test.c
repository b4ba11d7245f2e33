/*
 * Conformance: the package's own fixtures, rendered through our components, must give the package's
 * HTML (white space and the order of attributes aside). Options that we do not have are listed with
 * a reason; an option in neither table fails. Each fixture counts as a test.
 */
#include "../../tests/support/fixture_controls.h"
#include "../../tests/support/fixture_shows.h"
#include "../../tests/support/html_tokens.h"

#define PACKAGE "node_modules/govuk-frontend/dist/govuk/components"

static const struct component {
	const char *name;
	void (*render)(struct fixture *f, json_t *options, struct html *h);
} components[] = {
	{ "back-link", do_back_link },
	{ "breadcrumbs", do_breadcrumbs },
	{ "button", do_button },
	{ "character-count", do_character_count },
	{ "checkboxes", do_checkboxes },
	{ "date-input", do_date_input },
	{ "details", do_details },
	{ "error-message", do_error_message },
	{ "error-summary", do_error_summary },
	{ "fieldset", do_fieldset },
	{ "file-upload", do_file_upload },
	{ "generic-header", do_generic_header },
	{ "hint", do_hint },
	{ "input", do_input },
	{ "inset-text", do_inset_text },
	{ "label", do_label },
	{ "notification-banner", do_notification_banner },
	{ "pagination", do_pagination },
	{ "panel", do_panel },
	{ "password-input", do_password_input },
	{ "phase-banner", do_phase_banner },
	{ "radios", do_radios },
	{ "select", do_select },
	{ "service-navigation", do_service_navigation },
	{ "skip-link", do_skip_link },
	{ "summary-list", do_summary_list },
	{ "table", do_table },
	{ "tag", do_tag },
	{ "textarea", do_textarea },
	{ "warning-text", do_warning_text },
};

struct tally {
	int passed, failed, excused;
};

static const char *canonical(struct arena *a, const char *s, size_t n)
{
	struct buf b;

	buf_init(&b, a, 1u << 20);
	html_tokens(&b, s, n, false);
	return b.p;
}

/* The first line in which two texts differ. */
static void show_difference(const char *got, const char *want)
{
	while (*got != '\0' && *want != '\0') {
		size_t g = strcspn(got, "\n");
		size_t w = strcspn(want, "\n");
		if (g != w || memcmp(got, want, g) != 0) {
			break;
		}
		got += g + (got[g] != '\0');
		want += w + (want[w] != '\0');
	}
	printf("      got  %.*s\n      want %.*s\n", (int)strcspn(got, "\n"), got,
	       (int)strcspn(want, "\n"), want);
}

static bool same(struct fixture *f, struct html *h, const char *want)
{
	struct bytes b = html_bytes(h);
	const char *got = canonical(f->arena, (const char *)b.p, b.n);
	const char *wanted = canonical(f->arena, want, strlen(want));

	if (html_finish(h) != NULL) {
		printf("    %s \"%s\": fault: %s\n", f->component, f->name, html_fault(h));
		return false;
	}
	if (strcmp(got, wanted) != 0) {
		printf("    %s \"%s\":\n", f->component, f->name);
		show_difference(got, wanted);
		return false;
	}
	return true;
}

static void run_fixture(struct arena *a, const struct component *c, json_t *entry, struct tally *t)
{
	struct fixture f = { .arena = a,
			     .component = c->name,
			     .name = json_string_value(json_object_get(entry, "name")) };
	json_t *options = json_deep_copy(json_object_get(entry, "options"));
	struct html *h = html_new(a, 1u << 20);

	arena_defer(a, release, options);
	c->render(&f, options, h);
	leftover(&f, options, "");
	if (f.unknown) {
		t->failed++;
	} else if (f.excuse != NULL) {
		printf("    left out: %s \"%s\": %s\n", f.component, f.name, f.excuse);
		t->excused++;
	} else if (same(&f, h, json_string_value(json_object_get(entry, "html")))) {
		t->passed++;
	} else {
		t->failed++;
	}
}

static void run_component(const struct component *c, struct tally *total)
{
	char path[300];
	json_error_t error;
	struct tally t = { 0, 0, 0 };
	json_t *file, *fixtures;

	snprintf(path, sizeof path, PACKAGE "/%s/fixtures.json", c->name);
	file = json_load_file(path, 0, &error);
	fixtures = json_object_get(file, "fixtures");
	if (json_array_size(fixtures) == 0) {
		printf("    %s: no fixtures (%s): run npm ci --ignore-scripts\n", path, error.text);
		t.failed++;
	}
	for (size_t i = 0; i < json_array_size(fixtures); i++) {
		struct arena *a = arena_new(16u << 20);
		run_fixture(a, c, json_array_get(fixtures, i), &t);
		arena_free(&a);
	}
	printf("%s %d of %d\n", c->name, t.passed, t.passed + t.failed + t.excused);
	json_decref(file);
	total->passed += t.passed;
	total->failed += t.failed;
	total->excused += t.excused;
}

int main(int argc, char **argv)
{
	struct tally total = { 0, 0, 0 };

	for (size_t i = 0; i < sizeof components / sizeof *components; i++) {
		if (argc < 2 || strcmp(argv[1], components[i].name) == 0) {
			run_component(&components[i], &total);
		}
	}
	printf("component fixtures: %d of %d as the package renders them, %d left out with a "
	       "reason\n",
	       total.passed, total.passed + total.failed + total.excused, total.excused);
	printf("%d passed, %d failed\n", total.passed, total.failed);
	return total.failed > 0 || total.passed == 0 ? 1 : 0;
}
