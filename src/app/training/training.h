/* The features of this folder, for features.c. */
#ifndef APP_TRAINING_TRAINING_H
#define APP_TRAINING_TRAINING_H

#include "core/feature.h"

extern const struct feature training_feature;
extern const struct feature quality_feature; /* what speaks of training afterwards; its pages stand under Training */

#endif
