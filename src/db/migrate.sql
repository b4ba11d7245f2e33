-- The schema's own record: which files of schema/ have been applied to this store.

-- schema_migration_table :one row=count_row perm=house plan: scan, because the list of tables has no index and is short [sqlite]
SELECT COUNT(*) AS n FROM sqlite_master WHERE type = 'table' AND name = 'schema_migration';
-- schema_migration_table :one row=count_row perm=house [pgsql]
SELECT COUNT(*) AS n FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'schema_migration';

-- schema_tables :one row=count_row perm=house plan: scan, because the list of tables has no index and is short [sqlite]
SELECT COUNT(*) AS n FROM sqlite_master WHERE type = 'table';
-- schema_tables :one row=count_row perm=house [pgsql]
SELECT COUNT(*) AS n FROM information_schema.tables WHERE table_schema = current_schema();

-- schema_migration_list :many row=applied_migration perm=house plan: scan, because every row is wanted and there are few
SELECT number, name, checksum, applied_at FROM schema_migration ORDER BY number;

-- schema_migration_insert :exec args=applied_migration perm=house
INSERT INTO schema_migration (number, name, checksum, applied_at)
VALUES (:number, :name, :checksum, :applied_at);
