-- Sessions of training: planned, held, closed.

-- to_mark :part
s.state IN ('planned', 'confirmed') AND s.held_on < :today;

-- to_close :part
s.state = 'delivered' AND s.feedback_until < :today;

-- feedback_ending :part
s.state = 'delivered' AND s.feedback_until >= :today AND s.feedback_until <= :soon;

-- session_line :part
s.id, s.reference, s.course_id AS course, s.starts_at, s.venue, u.name AS trainer,
	(SELECT count(*) FROM attendance AS a
		WHERE a.session_id = s.id AND a.state IN ('booked', 'attended', 'part', 'no-show')) AS people, s.places, s.state
FROM session AS s
JOIN user_account AS u ON u.id = s.trainer_id;

-- as_asked :part
(:state IS NULL OR s.state = :state)
	AND (:from IS NULL OR s.held_on >= :from)
	AND (:to IS NULL OR s.held_on <= :to)
	AND (:course IS NULL OR s.course_id = (SELECT c.id FROM course AS c WHERE c.reference = :course))
	AND (:match IS NULL OR s.id IN {{found session}} OR s.course_id IN {{found course}})
	AND (:due IS NULL
		OR (:due = 'to-mark' AND {{part to_mark}})
		OR (:due = 'to-close' AND {{part to_close}})
		OR (:due = 'feedback-ending' AND {{part feedback_ending}}))
	AND (:own_user_id = 0 OR s.trainer_id = :own_user_id);

-- session_find :maybe args=reference_arg row=session perm=training_read
SELECT s.id, s.authority_id, s.reference, s.course_id, c.reference AS course_reference,
	c.title AS course, s.starts_at, s.held_on, s.duration_minutes, s.venue,
	h.organisation AS host, h.urn AS host_urn,
	e.name AS host_school, s.places, s.trainer_id, u.reference AS trainer_reference,
	u.name AS trainer, s.state, s.cancel_reason, s.feedback_code, s.feedback_until,
	s.series_id, s.checkin_code, s.checkin_open, s.version
FROM session AS s
JOIN course AS c ON c.id = s.course_id
JOIN user_account AS u ON u.id = s.trainer_id
LEFT JOIN session_host AS h ON h.session_id = s.id AND h.nth = 1
LEFT JOIN establishment AS e ON e.urn = h.urn
WHERE s.authority_id = :authority_id AND s.reference = :reference;

-- session_relation :maybe args=reference_arg row=relation_row perm=training_read
SELECT trainer_id
FROM session
WHERE authority_id = :authority_id AND reference = :reference;

-- session_add :one args=session row=id_row perm=training_manage
INSERT INTO session (authority_id, reference, course_id, starts_at, held_on, duration_minutes,
	venue, places, trainer_id, state, feedback_code, series_id, checkin_code)
VALUES (:authority_id, :reference, :course_id, :starts_at, :held_on, :duration_minutes,
	:venue, :places, :trainer_id, :state, :feedback_code, :series_id, :checkin_code)
RETURNING id;

-- session_update :exec args=session perm=training_manage
UPDATE session
SET starts_at = :starts_at, held_on = :held_on, duration_minutes = :duration_minutes,
	venue = :venue, places = :places,
	trainer_id = :trainer_id, version = version + 1
WHERE authority_id = :authority_id AND id = :id;

-- session_set_state :exec args=session perm=training_deliver
UPDATE session
SET state = :state, cancel_reason = :cancel_reason, feedback_until = :feedback_until,
	version = version + 1
WHERE authority_id = :authority_id AND id = :id;

-- session_counts :one args=session_arg row=session_counts perm=training_read
SELECT count(*) FILTER (WHERE a.state = 'booked') AS booked,
	count(*) FILTER (WHERE a.state = 'attended') AS attended,
	count(*) FILTER (WHERE a.state = 'part') AS part,
	count(*) FILTER (WHERE a.state = 'no-show') AS no_show,
	count(*) FILTER (WHERE a.state = 'apologies') AS apologies,
	(SELECT count(*) FROM checkin AS k WHERE k.session_id = :session_id AND k.state = 'open') AS unsettled
FROM session AS s
JOIN attendance AS a ON a.session_id = s.id
WHERE s.authority_id = :authority_id AND s.id = :session_id;

-- sessions_soonest :many args=sessions_args row=session_line perm=training_read
SELECT {{part session_line}}
WHERE s.authority_id = :authority_id
	AND (s.starts_at, s.id) > (coalesce(CAST(nullif(:after_key, '') AS BIGINT), :from_ms), :after_id)
	AND s.starts_at < CASE WHEN :to_ms = 0 THEN 9223372036854775807 ELSE :to_ms END
	AND {{part as_asked}}
ORDER BY s.starts_at, s.id
LIMIT :row_limit;

-- sessions_latest :many args=sessions_args row=session_line perm=training_read
SELECT {{part session_line}}
WHERE s.authority_id = :authority_id
	AND (s.starts_at, s.id)
		< (coalesce(CAST(nullif(:after_key, '') AS BIGINT),
			CASE WHEN :to_ms = 0 THEN 9223372036854775807 ELSE :to_ms END), :after_id)
	AND s.starts_at >= :from_ms
	AND {{part as_asked}}
ORDER BY s.starts_at DESC, s.id DESC
LIMIT :row_limit;

-- training_due :one args=sessions_args row=training_due perm=training_read
SELECT
	(SELECT count(*) FROM session AS s
		WHERE s.authority_id = :authority_id AND {{part to_mark}}
			AND (:own_user_id = 0 OR s.trainer_id = :own_user_id)) AS to_mark,
	(SELECT count(*) FROM session AS s
		WHERE s.authority_id = :authority_id AND {{part to_close}}
			AND (:own_user_id = 0 OR s.trainer_id = :own_user_id)) AS to_close,
	(SELECT count(*) FROM session AS s
		WHERE s.authority_id = :authority_id AND s.state IN ('planned', 'confirmed')
			AND s.held_on >= :today AND s.held_on <= :to
			AND (:own_user_id = 0 OR s.trainer_id = :own_user_id)) AS coming,
	(SELECT count(*) FROM session AS s
		WHERE s.authority_id = :authority_id AND {{part feedback_ending}}
			AND (:own_user_id = 0 OR s.trainer_id = :own_user_id)) AS feedback_ending;

-- trainer_find :maybe args=reference_arg row=trainer perm=training_manage
SELECT id, reference, name
FROM user_account
WHERE authority_id = :authority_id AND reference = :reference AND state = 'active'
	AND role IN ('trainer', 'training-officer', 'co-ordinator');

-- trainer_choices :many args=authority_arg row=choice perm=training_manage
SELECT reference AS value, name AS label, id
FROM user_account
WHERE authority_id = :authority_id AND state = 'active'
	AND role IN ('trainer', 'training-officer', 'co-ordinator')
ORDER BY name, id;

