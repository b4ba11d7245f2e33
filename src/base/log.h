/* Log lines for the operator: stderr, "<N>" prefix of the journal, one line each, no personal data. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/err.h"

enum log_level { LOG_ERROR = 3, LOG_WARN = 4, LOG_NOTICE = 5, LOG_INFO = 6, LOG_DEBUG = 7 };

void log_set(enum log_level up_to, const char *role); /* role stands in every line */
void log_line(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Kind, place and detail of the error and of its causes; never the sentence (it may quote input). */
void log_err(enum log_level level, const char *what, const struct err *err);

#endif
