-- Words to find things by, and the index of them: FTS5's on SQLite, a column on PostgreSQL.

-- search_entries_of :many args=search_subjects row=search_entry perm=house
SELECT e.id, e.authority_id, e.kind, e.subject_id, e.words
FROM {{ids subjects}} AS j
{{cross_join}} search_entry AS e ON e.kind = :kind AND e.subject_id = j.id;

-- search_entry_add :list args=search_entry perm=house [sqlite]
INSERT INTO search_entry (authority_id, kind, subject_id, words) VALUES (:authority_id, :kind, :subject_id, :words);
-- search_entry_add :list args=search_entry perm=house [pgsql]
INSERT INTO search_entry (authority_id, kind, subject_id, words, vector)
VALUES (:authority_id, :kind, :subject_id, :words, to_tsvector('simple', :words));

-- search_entry_change :list args=search_entry perm=house [sqlite]
UPDATE search_entry SET words = :words WHERE id = :id;
-- search_entry_change :list args=search_entry perm=house [pgsql]
UPDATE search_entry SET words = :words, vector = to_tsvector('simple', :words) WHERE id = :id;

-- search_entry_drop :exec args=search_entry perm=house
DELETE FROM search_entry WHERE id = :id;

-- PostgreSQL's is a column, written with the words: it has nothing to do here.
-- search_index_add :list args=search_entry perm=house [sqlite]
INSERT INTO search_index (rowid, words)
VALUES ((SELECT e.id FROM search_entry AS e WHERE e.kind = :kind AND e.subject_id = :subject_id), :words);
-- search_index_add :list args=search_entry perm=house [pgsql]
UPDATE search_entry SET words = words WHERE kind = :kind AND subject_id = :subject_id AND words = :words AND FALSE;

-- What was put in must be said again to be taken out.
-- search_index_drop :list args=search_entry perm=house [sqlite]
INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', :id, :words);
-- search_index_drop :list args=search_entry perm=house [pgsql]
UPDATE search_entry SET words = words WHERE id = :id AND words = :words AND FALSE;

-- search_index_rebuild :exec perm=house [sqlite]
INSERT INTO search_index (search_index) VALUES ('rebuild');
-- search_index_rebuild :exec perm=house plan: scan because every entry is made anew [pgsql]
UPDATE search_entry SET vector = to_tsvector('simple', words);
