/* Structs and rows, as far as it is the same for both engines: what an argument is, what a member takes. */
#include <string.h>

#include "db/engine.h"

/* ---- arguments ---- */

static struct err *no_value(const struct cached *p, const struct field *f)
{
	return ERR_DETAIL(ERR_BUG, "%s: %s has no value and is not F_NULLABLE", p->s->place, f->name);
}

/* Is the member what stands for NULL? */
static bool is_empty(const struct field *f, const void *args)
{
	switch (f->kind) {
	case FIELD_INT:
		return *FIELD_IN(int64_t, args, f) == 0;
	case FIELD_TEXT:
		return *FIELD_IN(const char *, args, f) == NULL || **FIELD_IN(const char *, args, f) == '\0';
	case FIELD_WORD:
		return *FIELD_IN(int, args, f) == 0;
	case FIELD_DATE:
		return !date_is_set(*FIELD_IN(struct date, args, f));
	case FIELD_INSTANT:
		return !instant_is_set(*FIELD_IN(struct instant, args, f));
	case FIELD_REAL:
		return !(*FIELD_IN(double, args, f) < 0 || *FIELD_IN(double, args, f) > 0);
	case FIELD_OPT_INT:
		return !FIELD_IN(struct opt_int, args, f)->set;
	case FIELD_BYTES:
		return FIELD_IN(struct bytes, args, f)->n == 0;
	case FIELD_BOOL:
	case FIELD_TEXTS:
		break;
	}
	return false;
}

/* Which of the empty values may stand as they are: 0, "", no bytes. The others need F_NULLABLE. */
static bool may_be_empty(const struct field *f, const void *args)
{
	return f->kind == FIELD_INT || f->kind == FIELD_REAL || f->kind == FIELD_BYTES ||
	       (f->kind == FIELD_TEXT && *FIELD_IN(const char *, args, f) != NULL);
}

static struct err *word_of(const struct cached *p, const struct field *f, int code, struct value *out)
{
	const struct word *w = f->words != NULL ? words_by_code(f->words, code) : NULL;

	if (w == NULL) {
		return ERR_DETAIL(ERR_BUG, "%s: %s: %d is no code of its words", p->s->place, f->name,
				  code);
	}
	out->text = w->word;
	return NULL;
}

struct err *value_of_argument(const struct cached *p, const struct field *f, const void *args,
			      struct value *out)
{
	static const enum value_kind kinds[] = {
		[FIELD_INT] = VALUE_INT,   [FIELD_TEXT] = VALUE_TEXT,	[FIELD_BOOL] = VALUE_INT,
		[FIELD_WORD] = VALUE_TEXT, [FIELD_DATE] = VALUE_DATE,	[FIELD_INSTANT] = VALUE_INT,
		[FIELD_REAL] = VALUE_REAL, [FIELD_OPT_INT] = VALUE_INT, [FIELD_TEXTS] = VALUE_NULL,
		[FIELD_BYTES] = VALUE_BYTES,
	};

	out->kind = kinds[f->kind];
	if (is_empty(f, args)) {
		if ((f->flags & F_NULLABLE) != 0 || f->kind == FIELD_OPT_INT) {
			out->kind = VALUE_NULL;
			return NULL;
		}
		if (!may_be_empty(f, args)) {
			return no_value(p, f);
		}
	}
	switch (f->kind) {
	case FIELD_INT:
		out->integer = *FIELD_IN(int64_t, args, f);
		break;
	case FIELD_TEXT:
		out->text = *FIELD_IN(const char *, args, f);
		break;
	case FIELD_BOOL:
		out->integer = *FIELD_IN(bool, args, f) ? 1 : 0;
		break;
	case FIELD_WORD:
		return word_of(p, f, *FIELD_IN(int, args, f), out);
	case FIELD_DATE:
		out->date = *FIELD_IN(struct date, args, f);
		break;
	case FIELD_INSTANT:
		out->integer = FIELD_IN(struct instant, args, f)->ms;
		break;
	case FIELD_REAL:
		out->real = *FIELD_IN(double, args, f);
		break;
	case FIELD_OPT_INT:
		out->integer = FIELD_IN(struct opt_int, args, f)->v;
		break;
	case FIELD_BYTES:
		out->bytes = *FIELD_IN(struct bytes, args, f);
		break;
	case FIELD_TEXTS:
		return ERR_DETAIL(ERR_BUG, "%s: %s: a list is never a parameter", p->s->place, f->name);
	}
	return NULL;
}

/* ---- rows ---- */

struct err *value_misfit(const struct cached *p, const struct field *f, const char *what)
{
	return ERR_DETAIL(ERR_BUG, "%s: column %s holds %s that its field cannot take", p->s->place,
			  f->name, what);
}

/* NULL: the row was zeroed, only a text needs its "". */
bool value_null(const struct field *f, void *row)
{
	if (f->kind == FIELD_TEXT) {
		*FIELD_AT(const char *, row, f) = "";
	}
	return (f->flags & F_NULLABLE) != 0 || f->kind == FIELD_OPT_INT;
}

bool value_integer(const struct field *f, int64_t v, void *row)
{
	switch (f->kind) {
	case FIELD_INT:
		*FIELD_AT(int64_t, row, f) = v;
		return true;
	case FIELD_BOOL:
		*FIELD_AT(bool, row, f) = v != 0;
		return v == 0 || v == 1;
	case FIELD_INSTANT:
		FIELD_AT(struct instant, row, f)->ms = v;
		return true;
	case FIELD_OPT_INT:
		*FIELD_AT(struct opt_int, row, f) = (struct opt_int){ .set = true, .v = v };
		return true;
	case FIELD_REAL:
		*FIELD_AT(double, row, f) = (double)v;
		return true;
	default:
		return false;
	}
}

bool value_word(struct slot *slot, const char *s, void *row)
{
	const struct field *f = slot->field;

	if (slot->last == NULL || strcmp(slot->last->word, s) != 0) {
		const struct word *w = f->words != NULL ? words_by_word(f->words, s) : NULL;
		if (w == NULL) {
			return false;
		}
		slot->last = w;
	}
	*FIELD_AT(int, row, f) = slot->last->code;
	return true;
}
