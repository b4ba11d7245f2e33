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
-- session_claim :many args=id_arg row=id_row perm=house plan: sorts because it locks [pgsql]
SELECT id::bigint FROM session WHERE id > :id FOR UPDATE SKIP LOCKED;
-- session_all :many row=id_row perm=house
SELECT id FROM session;

-- Parts: the parameters are numbered as they come in the statement.
-- session_held :part
-- held, with ; and a :colon in its comment
s.state IN ('delivered', 'closed; "held"') AND s.held_on >= :from AND s.held_on <= CAST(:to AS {{date}});
-- session_own_held :part
s.authority_id = :authority_id AND {{part session_held}};

-- session_own :many args=period_arg row=id_row perm=house
SELECT s.id FROM session AS s
WHERE {{part session_own_held}}
ORDER BY s.id;
-- session_held_count :one args=period_arg row=count_row perm=house [sqlite]
SELECT count(*) AS n, (SELECT count(*) FROM session AS s WHERE s.id > :to AND {{part session_held}}) AS m
FROM session AS s WHERE ({{part session_held}});
-- session_held_count :one args=period_arg row=count_row perm=house [pgsql]
SELECT count(*)::bigint AS n, 0 AS m FROM session AS s WHERE s.id > :to AND ({{part session_held}});

-- session_hosts :many row=hosts_row perm=house
SELECT s.id, (SELECT {{string_agg}}(h.name, ',') FROM host AS h WHERE h.session_id = s.id) AS hosts
FROM session AS s {{cross_join}} course AS c ON c.id = s.course_id;

-- session_found :many args=find_arg row=id_row perm=house
SELECT s.id FROM session AS s
WHERE s.id IN {{found session}} OR {{has_words session s.id}};

-- session_add_all :list args=session perm=house
INSERT INTO session (id, state, note, held_on)
VALUES (:id, coalesce(:state, 'a (VALUES (b'), :note || ')', :held_on)
ON CONFLICT (id) DO UPDATE SET state = excluded.state WHERE session.state <> excluded.state;
-- session_move_all :list args=session perm=house
UPDATE session SET held_on = :held_on, note = (SELECT h.note FROM host AS h WHERE h.id = :id), state = ' WHERE '
WHERE id = :id AND held_on <> :held_on;

-- session_of_list :many args=list_arg row=id_row perm=house
SELECT s.id FROM {{ids sessions}} AS j {{cross_join}} session AS s ON s.id = j.id;
