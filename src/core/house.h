/*
 * What the house itself declares, before any feature: whose service this is, Today, the dictionary
 * of data, work in the background, the accent colour. Its feature comes first in every walk of
 * features.
 */
#ifndef CORE_HOUSE_H
#define CORE_HOUSE_H

#include "core/core.h"
#include "trust/trust.h"

extern const struct feature house_feature;

/* The i-th feature: the house, then features[]; NULL at the end. */
const struct feature *feature_at(size_t i);

/* The authority with this id, or with 0 the first one; {0} when none is set up. */
struct err *authority_find(struct arena *a, struct db *db, int64_t id,
			   struct authority *out) MUST_CHECK;

RECORD_DECLARE(authority);

/* Pages and operations of the house, each in its own file. */
page_fn today_page, dictionary_page, several_page;
extern const struct operation finish_job, take_job, do_to_several;
RECORD_DECLARE(several);
extern const struct list job_list;

#endif
