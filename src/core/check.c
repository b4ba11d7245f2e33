/* Declarations that do not hold are refused by the build, and before anything is served. */
#include <stdio.h>

#include "base/text.h"
#include "core/route.h"

static bool servable(enum permission permission)
{
	return permission > PERM_none && permission < PERM_COUNT && permission != PERM_house;
}

struct err *route_check(const struct route *route)
{
	const char *fault = NULL;

	if (!servable(route->permission)) {
		fault = "has no permission";
	} else if (route->method == HTTP_GET) {
		fault = route->page == NULL	   ? "has no page"
			: route->operation != NULL ? "a GET changes nothing"
						   : NULL;
	} else if (route->method != HTTP_POST) {
		fault = "is neither GET nor POST";
	} else if (route->operation == NULL) {
		fault = "a POST is an operation";
	} else if (route->operation->permission != route->permission) {
		fault = "its permission is not its operation's";
	} else if (route->page != NULL && route->operation->relate != NULL &&
		   route->relate == NULL) {
		fault = "its operation relates, its page does not";
	} else if (route->page == NULL && (route->operation->flags & (OP_SECRET_ANSWER | OP_SHOWN)) != 0) {
		fault = "has no page to show its answer";
	}
	return fault == NULL ? NULL : ERR_DETAIL(ERR_BUG, "route %s: %s", route->pattern, fault);
}

struct err *operation_check(const struct operation *operation)
{
	const char *fault = NULL;

	if (operation->permission <= PERM_none || operation->permission >= PERM_COUNT) {
		fault = "has no permission";
	} else if (operation->apply == NULL) {
		fault = "does nothing";
	} else if (operation_find(operation->name) != operation) {
		fault = "another has its name";
	}
	return fault == NULL ? NULL
			     : ERR_DETAIL(ERR_BUG, "operation %s: %s", operation->name, fault);
}

static struct err *check_member(const struct list *list, const struct record *record,
				const char *name, enum field_kind kind)
{
	const struct field *f = record == NULL ? NULL : record_field(record, name);

	if (f == NULL || f->kind != kind) {
		return ERR_DETAIL(ERR_BUG, "list %s: needs %s in its %s", list->name, name,
				  record == list->row ? "row" : "args");
	}
	return NULL;
}

/* What is done to several rows is named by a text of the row. */
static struct err *bulk_check(const struct list *list)
{
	for (const struct bulk *b = list->bulk; b != NULL && b->operation != NULL; b++) {
		TRY(check_member(list, list->row, b->field, FIELD_TEXT));
		if (operation_find(b->operation->name) != b->operation || b->operation->slow != NULL ||
		    b->operation->max_upload > 0 || b->label == NULL || b->question == NULL || b->done == NULL) {
			return ERR_DETAIL(ERR_BUG, "list %s: cannot do %s to several", list->name, b->operation->name);
		}
	}
	return NULL;
}

struct err *list_check(const struct list *list)
{
	if (!servable(list->permission)) {
		return ERR_DETAIL(ERR_BUG, "list %s: has no permission", list->name);
	}
	if ((list->sorts == NULL) == (list->rows == NULL)) {
		return ERR_DETAIL(ERR_BUG, "list %s: either sorts or rows", list->name);
	}
	TRY(check_member(list, list->args, "authority_id", FIELD_INT));
	TRY(check_member(list, list->args, "own_user_id", FIELD_INT));
	TRY(check_member(list, list->args, "own_urn", FIELD_INT));
	TRY(check_member(list, list->args, "after_key", FIELD_TEXT));
	TRY(check_member(list, list->args, "after_id", FIELD_INT));
	TRY(check_member(list, list->args, "row_limit", FIELD_INT));
	TRY(check_member(list, list->row, "id", FIELD_INT));
	for (const struct column *c = list->columns; c->field != NULL || c->text != NULL; c++) {
		if (c->field != NULL && record_field(list->row, c->field) == NULL) {
			return ERR_DETAIL(ERR_BUG, "list %s: no field %s in a row", list->name,
					  c->field);
		}
		if (c->field == NULL && c->heading == NULL) {
			return ERR_DETAIL(ERR_BUG, "list %s: a column without a heading",
					  list->name);
		}
	}
	return bulk_check(list);
}

int routes_check(void)
{
	struct err *err = route_table_build();

	if (err != NULL) {
		fprintf(stderr, "%s\n", err->detail);
		return 1;
	}
	return 0;
}
