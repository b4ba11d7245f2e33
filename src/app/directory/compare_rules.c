/* What a register changes in a school that is known, and what it makes of one that is not. Pure. */
#include <string.h>

#include "app/directory/register.h"
#include "base/text.h"
#include "record/record.h"

uint64_t school_bit(const char *field)
{
	for (size_t i = 0; school_record.fields[i].name != NULL; i++) {
		if (strcmp(school_record.fields[i].name, field) == 0) {
			return (uint64_t)1 << i;
		}
	}
	return 0;
}

static void copy_field(const struct field *f, const struct school *from, struct school *to)
{
	switch (f->kind) {
	case FIELD_TEXT:
		*FIELD_AT(const char *, to, f) = *FIELD_IN(const char *, from, f);
		break;
	case FIELD_WORD:
		*FIELD_AT(int, to, f) = *FIELD_IN(int, from, f);
		break;
	case FIELD_DATE:
		*FIELD_AT(struct date, to, f) = *FIELD_IN(struct date, from, f);
		break;
	case FIELD_OPT_INT:
		*FIELD_AT(struct opt_int, to, f) = *FIELD_IN(struct opt_int, from, f);
		break;
	default: /* the keys, which are the same in both */
		break;
	}
}

enum change_kind school_compare(const struct school *before, const struct school *row, uint64_t carried,
				struct school *after_out)
{
	bool changed = false;

	if (before == NULL) {
		*after_out = *row;
		return CHANGE_NEW;
	}
	*after_out = *before;
	after_out->vanished_on = (struct date){ 0 };
	changed = date_is_set(before->vanished_on);
	for (size_t i = 0; school_record.fields[i].name != NULL; i++) {
		const struct field *f = &school_record.fields[i];

		if ((carried & ((uint64_t)1 << i)) == 0 || field_equal(f, before, row)) {
			continue;
		}
		changed = true;
		copy_field(f, row, after_out);
	}
	if (!changed) {
		return CHANGE_NONE;
	}
	return before->status != STATUS_CLOSED && after_out->status == STATUS_CLOSED ? CHANGE_CLOSED :
										      CHANGE_CHANGED;
}

static int compare_keys(const struct school_link *x, const struct school_link *y)
{
	if (x->urn != y->urn) {
		return x->urn > y->urn ? 1 : -1;
	}
	if (x->link_urn != y->link_urn) {
		return x->link_urn > y->link_urn ? 1 : -1;
	}
	return (x->kind > y->kind) - (x->kind < y->kind);
}

static bool same_link(const struct school_link *x, const struct school_link *y)
{
	return text_same(x->link_name, y->link_name) && date_compare(x->established_on, y->established_on) == 0;
}

struct err *links_compare(struct school_link *before, size_t n_before, struct school_link *after, size_t n_after,
			  struct err *(*each)(void *context, enum change_kind kind, const struct school_link *l),
			  void *context)
{
	size_t i = 0, j = 0;

	links_sort(before, n_before);
	links_sort(after, n_after);
	while (i < n_before || j < n_after) {
		int order = i == n_before ? 1 : j == n_after ? -1 : compare_keys(&before[i], &after[j]);

		if (order < 0) {
			TRY(each(context, CHANGE_LINK_REMOVED, &before[i++]));
		} else if (order > 0) {
			TRY(each(context, CHANGE_LINK_NEW, &after[j++]));
		} else {
			if (!same_link(&before[i], &after[j])) {
				TRY(each(context, CHANGE_LINK_CHANGED, &after[j]));
			}
			i++;
			j++;
		}
	}
	return NULL;
}
