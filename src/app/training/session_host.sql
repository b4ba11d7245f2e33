-- Who holds a session.

-- host_list :many args=session_arg row=host perm=training_read
SELECT h.id, h.session_id, h.nth, h.urn, e.name AS school, h.organisation, h.agency_id
FROM session AS s
JOIN session_host AS h ON h.session_id = s.id
LEFT JOIN establishment AS e ON e.urn = h.urn
WHERE s.authority_id = :authority_id AND s.id = :session_id
ORDER BY h.nth
LIMIT 50;

-- host_agency :maybe args=host_agency_arg row=id_row perm=training_manage
SELECT min(a.id) AS id
FROM agency AS a
WHERE a.authority_id = :authority_id AND a.name_fold = :name_fold
HAVING min(a.id) IS NOT NULL;

-- host_add :exec args=host perm=training_manage
INSERT INTO session_host (session_id, nth, urn, organisation, agency_id)
VALUES (:session_id, :nth, :urn, :organisation, :agency_id);

-- host_drop :exec args=host perm=training_manage
DELETE FROM session_host WHERE session_id = :session_id AND nth = :nth;

-- host_drop_school :exec args=host perm=training_manage
DELETE FROM session_host WHERE session_id = :session_id AND urn = :urn;

-- Whoever is next becomes the first.
-- host_move_up :exec args=host perm=training_manage
UPDATE session_host
SET nth = 1
WHERE session_id = :session_id
	AND nth = (SELECT min(o.nth) FROM session_host AS o WHERE o.session_id = :session_id);
