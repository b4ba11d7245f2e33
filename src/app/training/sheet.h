/* The sign-in sheet of a session, to print. */
#ifndef APP_TRAINING_SHEET_H
#define APP_TRAINING_SHEET_H

#include "core/feature.h"

page_fn sign_in_sheet_page;

#endif
