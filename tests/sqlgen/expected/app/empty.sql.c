/* Made by tools/sqlgen of app/empty.sql. */
#include "app/empty.sql.h"

#include "trust/permission.h"
