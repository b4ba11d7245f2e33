-- Words to find things by, and the index of them: FTS5's on SQLite, a column on PostgreSQL.

-- search_entry_find :maybe args=search_entry row=search_entry perm=house
SELECT id, authority_id, kind, subject_id, words
FROM search_entry
WHERE kind = :kind AND subject_id = :subject_id;

-- search_entry_add :one args=search_entry row=id_row perm=house
INSERT INTO search_entry (authority_id, kind, subject_id, words)
VALUES (:authority_id, :kind, :subject_id, :words)
RETURNING id;

-- search_entry_change :exec args=search_entry perm=house
UPDATE search_entry SET words = :words WHERE id = :id;

-- search_entry_drop :exec args=search_entry perm=house
DELETE FROM search_entry WHERE id = :id;

-- search_index_add :exec args=search_entry perm=house [sqlite]
INSERT INTO search_index (rowid, words) VALUES (:id, :words);
-- search_index_add :exec args=search_entry perm=house [pgsql]
UPDATE search_entry SET vector = to_tsvector('simple', v.words)
FROM (SELECT CAST(:id AS BIGINT) AS id, CAST(:words AS TEXT) AS words) AS v
WHERE search_entry.id = v.id;

-- What was put in must be said again to be taken out.
-- search_index_drop :exec args=search_entry perm=house [sqlite]
INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', :id, :words);
-- search_index_drop :exec args=search_entry perm=house [pgsql]
UPDATE search_entry SET vector = NULL WHERE id = :id AND words = :words;

-- search_index_rebuild :exec perm=house [sqlite]
INSERT INTO search_index (search_index) VALUES ('rebuild');
-- search_index_rebuild :exec perm=house [pgsql]
UPDATE search_entry SET vector = to_tsvector('simple', words);
