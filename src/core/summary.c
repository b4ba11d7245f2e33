/* A struct as a summary list: label and value of every field that has a label. */
#include <ctype.h>

#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"

/* "Date and time" -> "date and time", "URN" as it is: said by a Change link to a screen reader. */
static const char *inside_sentence(struct arena *a, const char *label)
{
	char *s = arena_strdup(a, label);

	if (isupper((unsigned char)s[0]) && !isupper((unsigned char)s[1])) {
		s[0] = (char)tolower((unsigned char)s[0]);
	}
	return s;
}

static const struct summary_action *action_of(const struct summary_action *actions,
					      const char *field)
{
	for (; actions != NULL && actions->field != NULL; actions++) {
		if (text_same(actions->field, field)) {
			return actions;
		}
	}
	return NULL;
}

static void add_action(struct page *p, const struct field *f, const struct summary_action *action,
		       struct ui_summary_row *row)
{
	struct ui_action *shown = ARENA_NEW(p->arena, struct ui_action, 1);

	*shown = (struct ui_action){ .text = action->text != NULL ? action->text : "Change",
				     .href = action->url,
				     .visually_hidden_text = inside_sentence(p->arena, f->label) };
	row->actions = shown;
	row->n_actions = 1;
}

void page_summary(struct page *p, const struct record *record, const void *in,
		  const struct summary_action *actions)
{
	struct ui_summary_row *rows =
		ARENA_NEW(p->arena, struct ui_summary_row, record_count(record));
	size_t n = 0;

	for (const struct field *f = record->fields; f->name != NULL; f++) {
		const struct summary_action *action = action_of(actions, f->name);

		if (f->label == NULL || (f->flags & (F_SECRET | F_HIDDEN)) != 0) {
			continue;
		}
		const char *value = field_display(p->arena, f, in);

		rows[n] = (struct ui_summary_row){
			.key = f->label,
			.value = text_empty(value) ? "Not provided" : value,
			.value_classes = (f->flags & F_LONG) != 0 ? "app-lines" : NULL
		};
		if (action != NULL) {
			add_action(p, f, action, &rows[n]);
		}
		n++;
	}
	ui_summary_list(p->html, &(struct ui_summary_list){ .rows = rows, .n_rows = n });
}
