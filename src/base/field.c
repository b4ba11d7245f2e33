#include "base/field.h"

#include <string.h>

const struct field *record_field(const struct record *r, const char *name)
{
	for (const struct field *f = r->fields; f->name != NULL; f++) {
		if (strcmp(f->name, name) == 0) {
			return f;
		}
	}
	return NULL;
}

size_t record_count(const struct record *r)
{
	size_t n = 0;
	while (r->fields[n].name != NULL) {
		n++;
	}
	return n;
}
