-- Check-in on the day.

-- checkin_session :maybe args=checkin_code_arg row=checkin_session perm=public
SELECT s.id, s.authority_id, s.reference, c.title AS course, s.venue, s.starts_at, s.held_on, s.duration_minutes,
	s.state, s.checkin_open, s.places,
	(SELECT count(*) FROM checkin AS k WHERE k.session_id = s.id) AS entries
FROM session AS s
JOIN course AS c ON c.id = s.course_id
WHERE s.checkin_code = :code;

-- checkin_find :maybe args=id_arg row=checkin perm=public
SELECT id, session_id, at, learner_id, said, name, organisation, state FROM checkin WHERE id = :id;

-- checkin_same :maybe args=checkin row=id_row perm=public
SELECT min(k.id) AS id
FROM checkin AS k
WHERE k.session_id = :session_id AND k.state = 'open' AND k.said = :said
HAVING min(k.id) IS NOT NULL;

-- Who it is, among those on the list: by work e-mail, reference of the person or of the booking.
-- checkin_match :maybe args=checkin_match_arg row=checkin_match perm=public
SELECT a.id, a.session_id, a.learner_id, l.reference AS learner, a.state, a.establishment_urn, a.sector, a.arrived_at,
	a.left_at
FROM attendance AS a
JOIN learner AS l ON l.id = a.learner_id
WHERE a.session_id = :session_id AND (l.email = :email OR l.reference = :reference OR a.booking_reference = :reference)
LIMIT 1;

-- checkin_attend :exec args=attendance perm=public
UPDATE attendance
SET state = :state, arrived_at = :arrived_at, left_at = :left_at, version = version + 1
WHERE id = :id AND session_id = :session_id;

-- checkin_add :exec args=checkin perm=public
INSERT INTO checkin (id, session_id, at, learner_id, said, name, organisation, state)
VALUES (:id, :session_id, :at, :learner_id, :said, :name, :organisation, :state)
ON CONFLICT (id) DO NOTHING;

-- checkin_unsettled :many args=session_arg row=checkin perm=training_deliver
SELECT k.id, k.session_id, k.at, k.learner_id, k.said, k.name, k.organisation, k.state
FROM session AS s
JOIN checkin AS k ON k.session_id = s.id AND k.state = 'open'
WHERE s.id = :session_id AND s.authority_id = :authority_id
ORDER BY k.at, k.id
LIMIT 200;

-- What was typed is kept no longer than it is needed.
-- checkin_settle :exec args=checkin perm=training_deliver
UPDATE checkin
SET state = :state, said = NULL, name = NULL, organisation = NULL
WHERE id = :id AND session_id = :session_id;

-- checkin_leave_out :exec args=session_arg perm=training_deliver
UPDATE checkin
SET state = 'left-out', said = NULL, name = NULL, organisation = NULL
WHERE session_id = (SELECT s.id FROM session AS s WHERE s.id = :session_id AND s.authority_id = :authority_id)
	AND state = 'open';

-- session_set_checkin :exec args=session perm=training_deliver
UPDATE session
SET checkin_code = :checkin_code, checkin_open = :checkin_open, version = version + 1
WHERE authority_id = :authority_id AND id = :id;
