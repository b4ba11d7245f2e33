/* The schema files as tools/sqlgen embeds them, macros spelt for each engine. Read-only data. */
#ifndef DB_MIGRATION_H
#define DB_MIGRATION_H

struct migration {
	int number;           /* 1, 2, 3 ... without a gap; 0 ends the list */
	const char *name;     /* "0001_trust" */
	const char *checksum; /* of the file as it stands in schema/ */
	const char *sqlite;
	const char *pgsql;
};

extern const struct migration migrations[];

#endif
