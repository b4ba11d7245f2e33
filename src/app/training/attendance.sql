-- Who was booked, who came.

-- attendance_of_session :many args=people_args row=attendance_line perm=learner_read plan: temporary b-tree because one session's people are put in order of names
SELECT a.id, l.reference AS learner, l.name, l.name_fold, l.email, l.job, a.sector,
	a.establishment_urn, e.name AS school, l.organisation, a.state, a.arrived_at, a.left_at
FROM session AS s
JOIN attendance AS a ON a.session_id = s.id
JOIN learner AS l ON l.id = a.learner_id
LEFT JOIN establishment AS e ON e.urn = a.establishment_urn
WHERE s.authority_id = :authority_id AND s.id = :session_id AND a.state <> 'cancelled'
	AND (:waiting = 1 OR a.state <> 'waiting')
	AND (:after IS NULL OR (l.name_fold, l.id) > (
		SELECT o.name_fold, o.id FROM learner AS o WHERE o.reference = :after))
ORDER BY l.name_fold, l.id
LIMIT :row_limit;

-- attendance_rows :many args=attendance_arg row=attendance perm=learner_read
SELECT id, session_id, learner_id, state, establishment_urn, sector, arrived_at, left_at
FROM attendance
WHERE session_id = :session_id;

-- attendance_find :maybe args=attendance_arg row=attendance perm=learner_read
SELECT id, session_id, learner_id, state, establishment_urn, sector, arrived_at, left_at
FROM attendance
WHERE session_id = :session_id AND learner_id = :learner_id;

-- attendance_add :list args=attendance perm=training_deliver
INSERT INTO attendance (session_id, learner_id, state, establishment_urn, sector, arrived_at, left_at)
VALUES (:session_id, :learner_id, :state, :establishment_urn, :sector, :arrived_at, :left_at);

-- attendance_update :list args=attendance perm=training_deliver
UPDATE attendance
SET state = :state, establishment_urn = :establishment_urn, sector = :sector, arrived_at = :arrived_at,
	left_at = :left_at, version = version + 1
WHERE id = :id;

-- attendance_remove :exec args=attendance perm=training_deliver
DELETE FROM attendance WHERE id = :id;
