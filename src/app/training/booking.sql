-- Bookings. What the public may ask of bookings says so: it reads no name, and is reached by a code only.

-- Who waits, has cancelled or sent apologies takes no place.
-- taken :part
(SELECT count(*) FROM attendance AS a
	WHERE a.session_id = s.id AND a.state IN ('booked', 'attended', 'part', 'no-show'));

-- waiting :part
(SELECT count(*) FROM attendance AS a
	WHERE a.session_id = s.id AND a.state = 'waiting');

-- booking :part
a.id, a.session_id, a.learner_id, l.reference AS learner, a.state, a.establishment_urn, a.sector,
	a.booking_number, a.booking_reference, a.tell;

-- booking_line :part
a.id, l.reference AS learner, l.name, l.email, e.name AS school, l.organisation, l.job, a.state,
	a.booking_number, a.establishment_urn, a.tell
FROM attendance AS a
JOIN learner AS l ON l.id = a.learner_id
LEFT JOIN establishment AS e ON e.urn = a.establishment_urn;

-- booking_session :maybe args=booking_key row=booking_session perm=public
SELECT s.id, s.authority_id, s.reference, s.course_id, c.reference AS course_reference,
	c.title AS course, s.starts_at, s.held_on, s.duration_minutes, s.venue, s.places, s.trainer_id, s.state, s.booking, s.booking_until,
	s.booking_code,
	{{part taken}} AS taken,
	{{part waiting}} AS waiting,
	(SELECT count(*) FROM attendance AS a
		WHERE a.session_id = s.id AND a.tell IS NOT NULL) AS to_tell,
	s.version
FROM session AS s
JOIN course AS c ON c.id = s.course_id
WHERE s.id = :id OR s.reference = :reference OR s.booking_code = :code;

-- booking_open :exec args=booking_settings perm=training_deliver
UPDATE session
SET booking = :booking, booking_until = :booking_until, booking_code = :booking_code, version = version + 1
WHERE id = :id;

-- booking_of_person :maybe args=booking_find row=booking_row perm=public
SELECT {{part booking}}
FROM attendance AS a
JOIN learner AS l ON l.id = a.learner_id
WHERE a.session_id = :session_id AND a.learner_id = :learner_id;

-- booking_of_learner :maybe args=booking_find row=booking_row perm=booking_make
SELECT {{part booking}}
FROM learner AS l
JOIN attendance AS a ON a.session_id = :session_id AND a.learner_id = l.id
WHERE l.reference = :learner;

-- booking_by_reference :maybe args=booking_find row=booking_row perm=public
SELECT {{part booking}}
FROM attendance AS a
JOIN learner AS l ON l.id = a.learner_id
WHERE a.session_id = :session_id AND a.booking_reference = :reference;

-- booking_first_waiting :maybe args=booking_find row=booking_row perm=public
SELECT {{part booking}}
FROM attendance AS a
JOIN learner AS l ON l.id = a.learner_id
WHERE a.session_id = :session_id AND a.state = 'waiting' AND a.booking_number IS NOT NULL
ORDER BY a.booking_number
LIMIT 1;

-- booking_place_in_line :one args=booking_row row=count_row perm=public
SELECT count(*) AS n
FROM attendance AS a
WHERE a.session_id = :session_id AND a.state = 'waiting' AND a.booking_number <= :booking_number;

-- booking_next_number :one args=booking_find row=count_row perm=public
SELECT coalesce(max(a.booking_number), 0) + 1 AS n
FROM attendance AS a
WHERE a.session_id = :session_id AND a.booking_number IS NOT NULL;

-- booking_add :one args=booking_row row=id_row perm=public
INSERT INTO attendance (session_id, learner_id, state, establishment_urn, sector, booking_number,
	booking_reference, tell)
VALUES (:session_id, :learner_id, :state, :establishment_urn, :sector, :booking_number,
	:booking_reference, :tell)
RETURNING id;

-- booking_update :exec args=booking_row perm=public
UPDATE attendance
SET state = :state, establishment_urn = :establishment_urn, sector = :sector,
	booking_number = :booking_number, booking_reference = :booking_reference, tell = :tell,
	version = version + 1
WHERE id = :id;

-- booking_learner_by_email :maybe args=learner_args row=booking_known perm=public
SELECT l.id, l.reference
FROM learner AS o
JOIN learner AS l ON l.id = coalesce(o.merged_into, o.id)
WHERE o.authority_id = :authority_id AND o.email = :email;

-- booking_learner_add :one args=booking_learner row=id_row perm=public
INSERT INTO learner (authority_id, reference, name, name_fold, email, job, sector, audience, standing,
	establishment_urn, organisation, organisation_fold)
VALUES (:authority_id, :reference, :name, :name_fold, :email, :job, :sector, :audience, :standing,
	:establishment_urn, :organisation, :organisation_fold)
RETURNING id;

-- booking_tell_all :exec args=booking_tell_args perm=training_deliver
UPDATE attendance
SET tell = :tell, version = version + 1
WHERE session_id = :session_id AND state IN ('booked', 'waiting') AND (tell IS NULL OR :tell = 'cancelled');

-- booking_told :exec args=booking_tell_args perm=training_deliver
UPDATE attendance
SET tell = NULL, version = version + 1
WHERE id = :id AND session_id = :session_id;

-- bookings_of_session :many args=booking_lines_args row=booking_line perm=booking_make
SELECT {{part booking_line}}
WHERE a.session_id = :session_id AND a.booking_number > :after
	AND ((:state IS NULL AND a.state IN ('booked', 'waiting')) OR a.state = :state)
	AND (:own_urn = 0 OR a.establishment_urn = :own_urn)
ORDER BY a.booking_number
LIMIT :row_limit;

-- booking_to_tell :many args=booking_lines_args row=booking_line perm=training_deliver
SELECT {{part booking_line}}
WHERE a.session_id = :session_id AND a.tell IS NOT NULL
ORDER BY a.booking_number, a.id
LIMIT :row_limit;

-- bookable_soonest :many args=bookable_args row=bookable_line perm=booking_make
SELECT s.id, s.reference, c.title AS course, s.starts_at, s.venue, s.places,
	{{part taken}} AS taken,
	{{part waiting}} AS waiting
FROM session AS s
JOIN course AS c ON c.id = s.course_id
WHERE s.authority_id = :authority_id
	AND (s.starts_at, s.id) > (coalesce(CAST(nullif(:after_key, '') AS BIGINT), :now_ms), :after_id)
	AND s.state IN ('planned', 'confirmed')
	AND (:course IS NULL OR c.reference = :course)
	AND (:own_user_id = 0 OR s.trainer_id = :own_user_id OR (:own_urn > 0 AND s.booking <> 'closed'
		AND (s.booking_until IS NULL OR s.booking_until >= :today)))
ORDER BY s.starts_at, s.id
LIMIT :row_limit;

-- calendar_soonest :many args=calendar_args row=calendar_line perm=public
SELECT s.id, s.booking_code AS code, c.title AS course, s.starts_at, s.venue, s.duration_minutes, s.places,
	{{part taken}} AS taken,
	{{part waiting}} AS waiting
FROM session AS s
JOIN course AS c ON c.id = s.course_id
WHERE s.authority_id = :authority_id AND s.booking = 'public' AND s.state IN ('planned', 'confirmed')
	AND s.starts_at > :now_ms AND (s.starts_at, s.id) > (:after_ms, :after_id)
	AND (s.booking_until IS NULL OR s.booking_until >= :today)
	AND (:course_id = 0 OR s.course_id = :course_id)
ORDER BY s.starts_at, s.id
LIMIT :row_limit;

-- tell_soonest :many args=tell_args row=tell_line perm=training_deliver plan: temporary b-tree because those who are to be told are few
SELECT a.id, s.reference AS session, c.title AS course, s.starts_at, l.name, l.email, a.tell
FROM attendance AS a
JOIN session AS s ON s.id = a.session_id
JOIN course AS c ON c.id = s.course_id
JOIN learner AS l ON l.id = a.learner_id
WHERE a.tell IS NOT NULL AND s.authority_id = :authority_id
	AND (s.starts_at, a.id) > (coalesce(CAST(nullif(:after_key, '') AS BIGINT), 0), :after_id)
	AND (:own_user_id = 0 OR s.trainer_id = :own_user_id)
ORDER BY s.starts_at, a.id
LIMIT :row_limit;

-- tell_count :one args=tell_args row=count_row perm=training_deliver
SELECT count(*) AS n
FROM attendance AS a
JOIN session AS s ON s.id = a.session_id
WHERE a.tell IS NOT NULL AND s.authority_id = :authority_id
	AND (:own_user_id = 0 OR s.trainer_id = :own_user_id);
