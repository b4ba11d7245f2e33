/* Declarations by name, over the house and all features. */
#include "base/text.h"
#include "core/house.h"

const struct feature *feature_at(size_t i)
{
	return i == 0 ? &house_feature : features[i - 1];
}

#define FIND(kind, member)                                                                         \
	const struct kind *kind##_find(const char *name)                                           \
	{                                                                                          \
		const struct feature *f;                                                           \
                                                                                                   \
		for (size_t i = 0; (f = feature_at(i)) != NULL; i++) {                             \
			for (const struct kind *const *p = f->member; p && *p; p++) {              \
				if (text_same((*p)->name, name)) {                                 \
					return *p;                                                 \
				}                                                                  \
			}                                                                          \
		}                                                                                  \
		return NULL;                                                                       \
	}

FIND(operation, operations)
FIND(list, lists)
FIND(figure, figures)
FIND(job, jobs)
