/* Made by tools/sqlgen of app/session.sql. */
#include "app/session.sql.h"

#include "trust/permission.h"

static const char *const parameters_of_session_find[] = { "authority_id", "reference", NULL };
const struct statement SQL_session_find = {
	.name = "session_find",
	.place = "app/session.sql:3",
	.sqlite = "SELECT s.id, 'it''s 12:30; not -- a comment' AS note, \"odd :name\?\" FROM session AS s WHERE"
		" s.authority_id = \?1 AND s.reference = \?2 AND \?1 > 0",
	.pgsql = "SELECT s.id, 'it''s 12:30; not -- a comment' AS note, \"odd :name\?\" FROM session AS s WHERE"
		" s.authority_id = $1 AND s.reference = $2 AND $1 > 0",
	.parameters = parameters_of_session_find,
	.cardinality = DB_MAYBE,
	.args = &reference_arg_record,
	.row = &session_record,
	.permission = PERM_training_read,
	.index = 0,
};

static const char *const parameters_of_session_count[] = { "id", NULL };
const struct statement SQL_session_count = {
	.name = "session_count",
	.place = "app/session.sql:10",
	.sqlite = "SELECT COUNT(*) AS n FROM session WHERE id > \?1",
	.pgsql = "SELECT COUNT(*) AS n FROM session WHERE id > $1",
	.parameters = parameters_of_session_count,
	.cardinality = DB_ONE,
	.args = &id_arg_record,
	.row = &count_row_record,
	.permission = PERM_house,
	.sqlite_plan = "scan, because \"all\" are counted\?\? really",
	.pgsql_plan = "scan, because \"all\" are counted\?\? really",
	.index = 1,
};

static const char *const parameters_of_session_close[] = { "id", NULL };
const struct statement SQL_session_close = {
	.name = "session_close",
	.place = "app/session.sql:13",
	.sqlite = "UPDATE session SET state = 'closed' WHERE id = \?1",
	.pgsql = "UPDATE session SET state = 'closed' WHERE id = $1",
	.parameters = parameters_of_session_close,
	.cardinality = DB_EXEC,
	.args = &id_arg_record,
	.permission = PERM_training_manage,
	.index = 2,
};

static const char *const parameters_of_session_claim[] = { "id", NULL };
const struct statement SQL_session_claim = {
	.name = "session_claim",
	.place = "app/session.sql:15",
	.sqlite = "SELECT id FROM session WHERE id > \?1",
	.pgsql = "SELECT id::bigint FROM session WHERE id > $1 FOR UPDATE SKIP LOCKED",
	.parameters = parameters_of_session_claim,
	.cardinality = DB_MANY,
	.args = &id_arg_record,
	.row = &id_row_record,
	.permission = PERM_house,
	.pgsql_plan = "sorts because it locks",
	.index = 3,
};

static const char *const parameters_of_session_all[] = { NULL };
const struct statement SQL_session_all = {
	.name = "session_all",
	.place = "app/session.sql:19",
	.sqlite = "SELECT id FROM session",
	.pgsql = "SELECT id FROM session",
	.parameters = parameters_of_session_all,
	.cardinality = DB_MANY,
	.row = &id_row_record,
	.permission = PERM_house,
	.index = 4,
};

static const char *const parameters_of_session_own[] = { "authority_id", "from", "to", NULL };
const struct statement SQL_session_own = {
	.name = "session_own",
	.place = "app/session.sql:29",
	.sqlite = "SELECT s.id FROM session AS s WHERE s.authority_id = \?1 AND s.state IN ('delivered', 'closed;"
		" \"held\"') AND s.held_on >= \?2 AND s.held_on <= CAST(\?3 AS TEXT) ORDER BY s.id",
	.pgsql = "SELECT s.id FROM session AS s WHERE s.authority_id = $1 AND s.state IN ('delivered', 'closed;"
		" \"held\"') AND s.held_on >= $2 AND s.held_on <= CAST($3 AS DATE) ORDER BY s.id",
	.parameters = parameters_of_session_own,
	.cardinality = DB_MANY,
	.args = &period_arg_record,
	.row = &id_row_record,
	.permission = PERM_house,
	.index = 5,
};

static const char *const parameters_of_session_held_count[] = { "to", "from", NULL };
const struct statement SQL_session_held_count = {
	.name = "session_held_count",
	.place = "app/session.sql:33",
	.sqlite = "SELECT count(*) AS n, (SELECT count(*) FROM session AS s WHERE s.id > \?1 AND s.state IN ('delivered',"
		" 'closed; \"held\"') AND s.held_on >= \?2 AND s.held_on <= CAST(\?1 AS TEXT)) AS m FROM session"
		" AS s WHERE (s.state IN ('delivered', 'closed; \"held\"') AND s.held_on >= \?2 AND s.held_on <="
		" CAST(\?1 AS TEXT))",
	.pgsql = "SELECT count(*)::bigint AS n, 0 AS m FROM session AS s WHERE s.id > $1 AND (s.state IN ('delivered',"
		" 'closed; \"held\"') AND s.held_on >= $2 AND s.held_on <= CAST($1 AS DATE))",
	.parameters = parameters_of_session_held_count,
	.cardinality = DB_ONE,
	.args = &period_arg_record,
	.row = &count_row_record,
	.permission = PERM_house,
	.index = 6,
};

static const char *const parameters_of_session_hosts[] = { NULL };
const struct statement SQL_session_hosts = {
	.name = "session_hosts",
	.place = "app/session.sql:39",
	.sqlite = "SELECT s.id, (SELECT group_concat(h.name, ',') FROM host AS h WHERE h.session_id = s.id) AS"
		" hosts FROM session AS s CROSS JOIN course AS c ON c.id = s.course_id",
	.pgsql = "SELECT s.id, (SELECT string_agg(h.name, ',') FROM host AS h WHERE h.session_id = s.id) AS hosts"
		" FROM session AS s JOIN course AS c ON c.id = s.course_id",
	.parameters = parameters_of_session_hosts,
	.cardinality = DB_MANY,
	.row = &hosts_row_record,
	.permission = PERM_house,
	.index = 7,
};

static const char *const parameters_of_session_found[] = { "match", NULL };
const struct statement SQL_session_found = {
	.name = "session_found",
	.place = "app/session.sql:43",
	.sqlite = "SELECT s.id FROM session AS s WHERE s.id IN (SELECT f.subject_id FROM search_index CROSS JOIN"
		" search_entry AS f WHERE f.id = search_index.rowid AND search_index MATCH '\"' || replace(\?1,"
		" ' ', '\"* \"') || '\"*' AND f.kind = 'session') OR EXISTS (SELECT 1 FROM search_entry AS f WHERE"
		" f.kind = 'session' AND f.subject_id = s.id AND NOT EXISTS (SELECT 1 FROM json_each('[\"' ||"
		" replace(\?1, ' ', '\",\"') || '\"]') AS w WHERE instr(' ' || f.words, ' ' || w.value) = 0))",
	.pgsql = "SELECT s.id FROM session AS s WHERE s.id IN (SELECT f.subject_id FROM search_entry AS f WHERE"
		" f.vector @@ to_tsquery('simple', replace($1, ' ', ':* & ') || ':*') AND f.kind = 'session')"
		" OR (SELECT f.id FROM search_entry AS f WHERE f.kind = 'session' AND f.subject_id = s.id AND"
		" f.vector @@ to_tsquery('simple', replace($1, ' ', ':* & ') || ':*') LIMIT 1) IS NOT NULL",
	.parameters = parameters_of_session_found,
	.cardinality = DB_MANY,
	.args = &find_arg_record,
	.row = &id_row_record,
	.permission = PERM_house,
	.index = 8,
};

static const char *const parameters_of_session_add_all[] = { "id", "state", "note", "held_on", NULL };
const struct statement SQL_session_add_all = {
	.name = "session_add_all",
	.place = "app/session.sql:47",
	.sqlite = "INSERT INTO session (id, state, note, held_on) VALUES (\?1, coalesce(\?2, 'a (VALUES (b'), \?3"
		" || ')', \?4) ON CONFLICT (id) DO UPDATE SET state = excluded.state WHERE session.state <> excluded.state",
	.pgsql = "INSERT INTO session (id, state, note, held_on) SELECT v.p1, coalesce(v.p2, 'a (VALUES (b'),"
		" v.p3 || ')', v.p4 FROM unnest($1, $2, $3, $4) AS v (p1, p2, p3, p4) ON CONFLICT (id) DO UPDATE"
		" SET state = excluded.state WHERE session.state <> excluded.state",
	.parameters = parameters_of_session_add_all,
	.cardinality = DB_LIST,
	.args = &session_record,
	.permission = PERM_house,
	.index = 9,
};

static const char *const parameters_of_session_move_all[] = { "held_on", "id", NULL };
const struct statement SQL_session_move_all = {
	.name = "session_move_all",
	.place = "app/session.sql:51",
	.sqlite = "UPDATE session SET held_on = \?1, note = (SELECT h.note FROM host AS h WHERE h.id = \?2), state"
		" = ' WHERE ' WHERE id = \?2 AND held_on <> \?1",
	.pgsql = "UPDATE session SET held_on = v.p1, note = (SELECT h.note FROM host AS h WHERE h.id = v.p2),"
		" state = ' WHERE ' FROM unnest($1, $2) AS v (p1, p2) WHERE id = v.p2 AND held_on <> v.p1",
	.parameters = parameters_of_session_move_all,
	.cardinality = DB_LIST,
	.args = &session_record,
	.permission = PERM_house,
	.index = 10,
};

static const char *const parameters_of_session_of_list[] = { "sessions", NULL };
const struct statement SQL_session_of_list = {
	.name = "session_of_list",
	.place = "app/session.sql:55",
	.sqlite = "SELECT s.id FROM (SELECT value AS id FROM json_each(\?1)) AS j CROSS JOIN session AS s ON s.id"
		" = j.id",
	.pgsql = "SELECT s.id FROM (SELECT unnest(CAST(translate($1, '[]', '{}') AS BIGINT[])) AS id) AS j JOIN"
		" session AS s ON s.id = j.id",
	.parameters = parameters_of_session_of_list,
	.cardinality = DB_MANY,
	.args = &list_arg_record,
	.row = &id_row_record,
	.permission = PERM_house,
	.index = 11,
};
