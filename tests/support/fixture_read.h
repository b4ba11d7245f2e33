/*
 * Reads the options of a component fixture. Every option read is taken out of the object, so what
 * is left at the end is what we do not support: it must stand in the table of excuses, or the test
 * fails.
 */
#ifndef TESTS_FIXTURE_READ_H
#define TESTS_FIXTURE_READ_H

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "ui/ui.h"

struct fixture {
	struct arena *arena;
	const char *component, *name;
	const char *excuse; /* why this one is not rendered */
	bool unknown;	    /* an option in neither table */
};

static const struct excuse {
	const char *option; /* COMPONENT.PATH */
	const char *reason;
} excuses[] = {
	{ "panel.actions", "a panel of ours confirms and has no actions" },
	{ "date-input.year", "a part left out: give the list of items" },
	{ "date-input.day", "a part left out: give the list of items" },
};

static void excuse(struct fixture *f, const char *reason)
{
	if (f->excuse == NULL) {
		f->excuse = reason;
	}
}

static void release(void *json)
{
	json_decref(json);
}

static json_t *take(struct fixture *f, json_t *o, const char *key)
{
	json_t *v = json_object_get(o, key);

	if (v != NULL) {
		json_incref(v);
		arena_defer(f->arena, release, v);
		json_object_del(o, key);
	}
	return v;
}

/* What was not taken. */
static void leftover(struct fixture *f, json_t *o, const char *path)
{
	const char *key;
	json_t *value;

	json_object_foreach (o, key, value) {
		char option[200];
		bool excused = false;
		snprintf(option, sizeof option, "%s%s.%s", f->component, path, key);
		for (size_t i = 0; i < sizeof excuses / sizeof *excuses; i++) {
			if (strcmp(option, excuses[i].option) == 0) {
				excuse(f, excuses[i].reason);
				excused = true;
			}
		}
		if (!excused) {
			printf("    unknown option %s in \"%s\"\n", option, f->name);
			f->unknown = true;
		}
	}
}

static const char *as_text(struct fixture *f, const json_t *v)
{
	if (json_is_string(v)) {
		return json_string_value(v);
	}
	if (json_is_integer(v)) {
		return arena_printf(f->arena, "%lld", (long long)json_integer_value(v));
	}
	return json_is_true(v) ? "true" : NULL;
}

static const char *text(struct fixture *f, json_t *o, const char *key)
{
	return as_text(f, take(f, o, key));
}

static struct html_fragment fragment(struct fixture *f, json_t *o, const char *key)
{
	const char *s = text(f, o, key);

	return s == NULL ? (struct html_fragment){ NULL, 0 }
			 : (struct html_fragment){ s, strlen(s) };
}

static struct url address(struct fixture *f, json_t *o, const char *key)
{
	return (struct url){ text(f, o, key) };
}

static bool yes(struct fixture *f, json_t *o, const char *key)
{
	const json_t *v = take(f, o, key);

	return v != NULL && !json_is_false(v) && !json_is_null(v);
}

static enum ui_flag flag(struct fixture *f, json_t *o, const char *key)
{
	const json_t *v = take(f, o, key);

	return v == NULL || json_is_null(v) ? UI_UNSET : json_is_false(v) ? UI_FALSE : UI_TRUE;
}

static int number(struct fixture *f, json_t *o, const char *key)
{
	const char *s = text(f, o, key);

	return s == NULL ? 0 : (int)strtol(s, NULL, 10);
}

/* {"value": ..., "optional": true} as the package's attributes macro reads it. */
static bool optional_attribute(struct fixture *f, json_t *v, const char **value)
{
	json_t *inner = json_object_get(v, "value");

	if (json_is_true(json_object_get(v, "optional"))) {
		*value = json_is_true(inner) ? NULL : as_text(f, inner);
		return json_is_true(inner) || *value != NULL;
	}
	*value = as_text(f, inner);
	*value = *value == NULL ? "" : *value;
	return true;
}

static const struct ui_attribute *attributes(struct fixture *f, json_t *o, const char *key)
{
	json_t *v = take(f, o, key);
	struct ui_attribute *list;
	const char *name;
	json_t *value;
	size_t n = 0;

	if (v == NULL || json_is_null(v)) {
		return NULL;
	}
	if (!json_is_object(v)) {
		excuse(f, "attributes as a piece of HTML");
		return NULL;
	}
	list = ARENA_NEW(f->arena, struct ui_attribute, json_object_size(v) + 1);
	json_object_foreach (v, name, value) {
		const char *s = as_text(f, value);
		bool shown = true;
		if (json_is_object(value)) {
			shown = optional_attribute(f, value, &s);
		} else if (s == NULL) {
			s = json_is_false(value) ? "false" : "";
		}
		if (shown) {
			list[n++] = (struct ui_attribute){ arena_strdup(f->arena, name), s };
		}
	}
	return list;
}

static struct ui_text slot(struct fixture *f, json_t *o, const char *key, const char *path)
{
	json_t *v = take(f, o, key);
	struct ui_text t = { NULL, { NULL, 0 } };

	if (json_is_object(v)) {
		t.text = text(f, v, "text");
		t.html = fragment(f, v, "html");
		leftover(f, v, path);
	}
	return t;
}

static struct ui_label label(struct fixture *f, json_t *o, const char *key)
{
	json_t *v = key == NULL ? o : take(f, o, key);
	struct ui_label l = { 0 };

	if (json_is_object(v)) {
		l.text = text(f, v, "text");
		l.html = fragment(f, v, "html");
		l.for_ = text(f, v, "for");
		l.is_page_heading = yes(f, v, "isPageHeading");
		l.classes = text(f, v, "classes");
		l.attributes = attributes(f, v, "attributes");
		leftover(f, v, key == NULL ? "" : ".label");
	}
	return l;
}

static struct ui_hint hint(struct fixture *f, json_t *o, const char *key)
{
	json_t *v = key == NULL ? o : take(f, o, key);
	struct ui_hint t = { 0 };

	if (json_is_object(v)) {
		t.text = text(f, v, "text");
		t.html = fragment(f, v, "html");
		t.id = text(f, v, "id");
		t.classes = text(f, v, "classes");
		t.attributes = attributes(f, v, "attributes");
		leftover(f, v, key == NULL ? "" : ".hint");
	}
	return t;
}

static struct ui_error_message error_message(struct fixture *f, json_t *o, const char *key)
{
	json_t *v = key == NULL ? o : take(f, o, key);
	struct ui_error_message t = { 0 };

	if (json_is_object(v)) {
		t.text = text(f, v, "text");
		t.html = fragment(f, v, "html");
		t.id = text(f, v, "id");
		t.classes = text(f, v, "classes");
		t.attributes = attributes(f, v, "attributes");
		json_t *hidden = take(f, v, "visuallyHiddenText");
		t.visually_hidden_text = hidden == NULL		 ? NULL
					 : json_is_false(hidden) ? ""
								 : as_text(f, hidden);
		leftover(f, v, key == NULL ? "" : ".errorMessage");
	}
	return t;
}

static struct ui_form_group form_group(struct fixture *f, json_t *o)
{
	json_t *v = take(f, o, "formGroup");
	struct ui_form_group g = { 0 };

	if (json_is_object(v)) {
		g.classes = text(f, v, "classes");
		g.attributes = attributes(f, v, "attributes");
		g.before_input = slot(f, v,
				      json_object_get(v, "beforeInputs") != NULL ? "beforeInputs"
										 : "beforeInput",
				      ".formGroup.beforeInput");
		g.after_input = slot(f, v,
				     json_object_get(v, "afterInputs") != NULL ? "afterInputs"
									       : "afterInput",
				     ".formGroup.afterInput");
		leftover(f, v, ".formGroup");
	}
	return g;
}

static struct ui_legend legend(struct fixture *f, json_t *o)
{
	json_t *v = take(f, o, "legend");
	struct ui_legend l = { 0 };

	if (json_is_object(v)) {
		l.text = text(f, v, "text");
		l.html = fragment(f, v, "html");
		l.classes = text(f, v, "classes");
		l.is_page_heading = yes(f, v, "isPageHeading");
		leftover(f, v, ".legend");
	}
	return l;
}

static const struct ui_fieldset *fieldset(struct fixture *f, json_t *o)
{
	json_t *v = take(f, o, "fieldset");
	struct ui_fieldset *s;

	if (!json_is_object(v)) {
		return NULL;
	}
	s = ARENA_NEW(f->arena, struct ui_fieldset, 1);
	s->described_by = text(f, v, "describedBy");
	s->legend = legend(f, v);
	s->classes = text(f, v, "classes");
	s->role = text(f, v, "role");
	s->attributes = attributes(f, v, "attributes");
	leftover(f, v, ".fieldset");
	return s;
}

static struct ui_plural plural(struct fixture *f, json_t *o, const char *key)
{
	json_t *v = take(f, o, key);
	struct ui_plural p = { NULL, NULL };

	if (json_is_object(v)) {
		p.one = text(f, v, "one");
		p.other = text(f, v, "other");
		leftover(f, v, ".plural");
	}
	return p;
}

/* The elements of a list that are objects; null, false and "" among them are the templates' holes.
 */
static json_t *list(struct fixture *f, json_t *o, const char *key)
{
	json_t *v = take(f, o, key);

	for (size_t i = 0; i < json_array_size(v); i++) {
		if (!json_is_object(json_array_get(v, i)) && !json_is_array(json_array_get(v, i))) {
			excuse(f, "a list with holes: an array of ours has none");
		}
	}
	return v;
}

#endif
