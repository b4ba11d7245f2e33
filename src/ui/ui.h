/*
 * GOV.UK and MoJ components as typed functions writing to the sink. Option structs carry the names
 * of the package's own macro options (camelCase to snake_case), so that a reader finds them in the
 * Design System and the package's fixtures test them. Components own ids, labels, hints, errors and
 * table scopes.
 *
 * Each component has its own pair of options struct and function below; see ui_<component>.c.
 * The conformance test (ui/fixtures_test.c) renders the package's fixtures.json through them.
 */
#ifndef UI_UI_H
#define UI_UI_H

#include "base/field.h"
#include "html/html.h"
#include "record/choices.h"
#include "record/record.h"

struct ui_crumb {
	const char *text;
	struct url href; /* {NULL}: the page itself */
};

struct ui_nav_item {
	const char *text;
	struct url href;
	bool active;
};

/* The shell round every page. */
struct ui_shell {
	const char *title;        /* of the page */
	const char *service_name; /* "Prevent duty" */
	const char *authority;    /* the authority's own name, in the generic header */
	const char *accent_class; /* body class that sets the accent colour from /style/accent.css */
	bool error;               /* "Error: " before the title */
	bool demo;                /* phase banner: demonstration */
	bool wide;
	const char *signed_in_as; /* NULL: nobody */
	struct url account, sign_out;
	const char *csrf;         /* for the sign-out button */
	const struct ui_nav_item *navigation; /* top level; ends with NULL text; NULL: none */
	const struct ui_nav_item *sub_navigation;
	const struct ui_nav_item *beside; /* pages under the active entry of the sub-navigation; ends with NULL text */
	const char *beside_label;         /* the entry */
	const struct ui_crumb *crumbs;
	struct url back;
	const char *flash;        /* success banner */
};
void ui_shell_begin(struct html *h, const struct ui_shell *shell);
void ui_shell_end(struct html *h, const struct ui_shell *shell);
void ui_heading(struct html *h, const char *caption, const char *text); /* h1 govuk-heading-l */

/* Components; further ones are added here as they are needed. */
#include "ui/components.h"

#endif
