/* A school's answer that its staff had no training: not the same as nothing being known (mission, paragraph 3.6). */
#ifndef APP_TRAINING_NO_TRAINING_H
#define APP_TRAINING_NO_TRAINING_H

#include "core/feature.h"

struct no_training { /* row */
	int64_t authority_id, urn;
	struct date said_on;
	const char *said_by; /* post of who answered, never a name */
};
RECORD_DECLARE(no_training);

struct no_training_form { /* record-no-training */
	struct date said_on;
	const char *said_by;
};
RECORD_DECLARE(no_training_form);

extern const struct operation record_no_training, remove_no_training;
page_fn no_training_page;

#endif
