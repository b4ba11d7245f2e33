-- What the file is about: no header, because no :word follows... directly after a name.

-- session_find :maybe args=reference_arg row=session perm=training_read
-- A comment with a :colon, and 'a quote
SELECT s.id, 'it''s 12:30; not -- a comment' AS note, "odd :name?" -- another :comment
FROM session AS s /* a block;
   over :lines */
WHERE s.authority_id = :authority_id AND s.reference = :reference AND :authority_id > 0;

-- session_count :one args=id_arg row=count_row perm=house plan: scan, because "all" are counted?? really
SELECT COUNT(*) AS n
FROM session WHERE id > :id;
-- session_close :exec args=id_arg perm=training_manage
UPDATE session SET state = 'closed' WHERE id = :id;
-- session_claim :many args=id_arg row=id_row perm=house [sqlite]
SELECT id FROM session WHERE id > :id;
-- session_claim :many args=id_arg row=id_row perm=house [pgsql]
SELECT id::bigint FROM session WHERE id > :id FOR UPDATE SKIP LOCKED;
-- session_all :many row=id_row perm=house
SELECT id FROM session;
