/* The parts of the programme, in the order in which a person meets them. */
#include <stddef.h>

#include "app/account/account.h"
#include "app/directory/directory.h"
#include "app/directory/partnership.h"
#include "app/reporting/reporting.h"
#include "app/training/training.h"

const struct feature *const features[] = {
	&training_feature,
	&quality_feature,
	&directory_feature,
	&partnership_feature,
	&reporting_feature,
	&account_feature,
	NULL
};
