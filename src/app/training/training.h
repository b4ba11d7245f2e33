/* The feature "training", for features.c. */
#ifndef APP_TRAINING_TRAINING_H
#define APP_TRAINING_TRAINING_H

#include "core/feature.h"

extern const struct feature training_feature;

#endif
