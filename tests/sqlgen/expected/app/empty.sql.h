/* Made by tools/sqlgen of app/empty.sql. */
#ifndef GEN_APP_EMPTY_SQL_H
#define GEN_APP_EMPTY_SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/args.h"
#include "db/db.h"
#include "db/statement.h"

struct arena;

#endif
