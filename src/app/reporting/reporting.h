/* The feature "reporting"; what it holds is told in reporting.c. */
#ifndef APP_REPORTING_REPORTING_H
#define APP_REPORTING_REPORTING_H

#include "core/feature.h"

extern const struct feature reporting_feature;

#endif
