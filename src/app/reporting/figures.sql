-- Figures: one statement for the number, one for the rows behind it. Full attendance at a delivered
-- session counts; bookings do not (domain.md 5.4).

-- ---- what counts ----

-- was_held :part
s.state IN ('delivered', 'closed');

-- in_period :part
s.authority_id = :authority_id AND s.held_on >= :from_date AND s.held_on <= :to_date
	AND {{part was_held}};

-- The version of a course that was in force on the day of a session.
-- version_then :part
(SELECT v.id FROM course_version AS v WHERE v.course_id = s.course_id
	AND (v.from_on IS NULL OR v.from_on <= s.held_on) ORDER BY v.number DESC LIMIT 1);

-- is_reviewed :part
EXISTS (SELECT 1 FROM quality_review AS r
	WHERE r.session_id = s.id AND r.state IN ('rated', 'actioned'));

-- The same, of what a session counts for: the table has delivered and closed ones alone.
-- tallied :part
t.authority_id = :authority_id AND t.held_on >= :from_date AND t.held_on <= :to_date;

-- What the people of a session said counts when enough of them answered for the session to be shown on its own. Fewer are in
-- no total either: a total less the sessions that are shown would tell them (domain.md 7.6).
-- enough_answered :part
t.answers >= :least;

-- ---- what several figures are of ----

-- understood_parts :part
CAST(SUM(t.agreed) AS BIGINT) AS numerator, CAST(SUM(t.answers) AS BIGINT) AS denominator
FROM session_tally AS t
JOIN session AS s ON s.id = t.session_id
JOIN course AS c ON c.id = s.course_id
WHERE {{part tallied}} AND {{part enough_answered}};

-- response_parts :part
CAST(SUM(t.forms) AS BIGINT) AS numerator, CAST(SUM(t.attended + t.part) AS BIGINT) AS denominator
FROM session_tally AS t
JOIN session AS s ON s.id = t.session_id
JOIN course AS c ON c.id = s.course_id
WHERE {{part tallied}};

-- reviewed_parts :part
COUNT(CASE WHEN {{part is_reviewed}} THEN 1 END) AS numerator,
	COUNT(*) AS denominator
FROM session AS s
JOIN course AS c ON c.id = s.course_id
WHERE {{part in_period}};

-- ---- the rows behind a figure ----

-- trained_then :part
FROM attendance AS a JOIN session AS s ON s.id = a.session_id
WHERE a.learner_id = l.id AND a.state = 'attended' AND {{part was_held}}
	AND s.held_on >= :from AND s.held_on <= :to;

-- own_people :part
(:own_user_id = 0 OR l.establishment_urn = :own_urn OR EXISTS (
	SELECT 1 FROM attendance AS a CROSS JOIN session AS s
	WHERE a.learner_id = l.id AND s.id = a.session_id AND s.trainer_id = :own_user_id));

-- page_of_sessions :part
WHERE s.authority_id = :authority_id AND s.held_on >= :from AND s.held_on <= :to
	AND {{part was_held}}
	AND (s.held_on, s.id)
		> (CAST(COALESCE(NULLIF(:after_key, ''), '0001-01-01') AS {{date}}), :after_id)
ORDER BY s.held_on, s.id
LIMIT :row_limit;

-- ---- figures ----

-- staff_trained_measure :one args=period_arg row=staff_trained perm=figure_read
SELECT CAST(coalesce(SUM(t.attended), 0) AS BIGINT) AS attendances, CAST(coalesce(SUM(t.part), 0) AS BIGINT) AS part,
	CAST(coalesce(SUM(t.no_show), 0) AS BIGINT) AS no_shows, CAST(coalesce(SUM(t.booked), 0) AS BIGINT) AS booked
FROM session_tally AS t
WHERE {{part tallied}};

-- trained_lists :many args=period_arg row=trained_list perm=figure_read
SELECT x.sector, c.provider AS kind, p.name AS provider, c.title AS course, x.people
FROM session_tally AS t
JOIN session_people AS x ON x.session_id = t.session_id
JOIN session AS s ON s.id = t.session_id
JOIN course AS c ON c.id = s.course_id
LEFT JOIN provider AS p ON p.id = c.provider_id
WHERE {{part tallied}};

-- after_person :part
(l.name_fold, l.id) > (coalesce((SELECT o.name_fold FROM learner AS o
	WHERE o.authority_id = :authority_id AND o.id = :after_id), ''), :after_id);

-- The few who attended in a short period are put in order; when they are many the index by name is walked, and each is asked
-- (of an EXISTS a server would make a list of all who attended).
-- staff_trained_by_name :many args=period_rows_arg row=staff_row perm=learner_read plan: temporary b-tree because a page of each way, or the few, are put in order
SELECT l.id, l.reference, l.name, l.name_fold, l.sector,
	COALESCE(e.name, l.organisation) AS works_at,
	(SELECT COUNT(*) {{part trained_then}}) AS sessions,
	(SELECT MAX(s.held_on) {{part trained_then}}) AS last_on
FROM (
	WITH few AS MATERIALIZED (
		SELECT a.learner_id AS id FROM session_tally AS t JOIN attendance AS a ON a.session_id = t.session_id
		WHERE t.authority_id = :authority_id AND t.held_on >= :from AND t.held_on <= :to AND a.state = 'attended'
		LIMIT 5001
	)
	SELECT * FROM (
		SELECT l.id, l.name_fold
		FROM learner AS l
		WHERE l.authority_id = :authority_id AND {{part after_person}}
			AND (SELECT a.id {{part trained_then}} LIMIT 1) IS NOT NULL AND {{part own_people}}
		ORDER BY l.name_fold, l.id
		LIMIT CASE WHEN (SELECT count(*) FROM few) > 5000 THEN :row_limit ELSE 0 END
	) AS walked
	UNION ALL
	SELECT * FROM (
		SELECT l.id, l.name_fold
		FROM (SELECT DISTINCT few.id FROM few) AS f
		CROSS JOIN learner AS l
		WHERE l.id = f.id AND +l.authority_id = :authority_id AND {{part after_person}} AND {{part own_people}}
		ORDER BY l.name_fold, l.id
		LIMIT CASE WHEN (SELECT count(*) FROM few) > 5000 THEN 0 ELSE :row_limit END
	) AS put_in_order
) AS x
JOIN learner AS l ON l.id = x.id
LEFT JOIN establishment AS e ON e.urn = l.establishment_urn
ORDER BY x.name_fold, x.id
LIMIT :row_limit;

-- better_understanding_measure :one args=understanding_arg row=understanding perm=figure_read
SELECT CAST(coalesce(SUM(CASE WHEN {{part enough_answered}} THEN t.agreed END), 0) AS BIGINT) AS agreed,
	CAST(coalesce(SUM(CASE WHEN {{part enough_answered}} THEN t.answers END), 0) AS BIGINT) AS answers,
	CAST(coalesce(SUM(CASE WHEN {{part enough_answered}} THEN t.forms END), 0) AS BIGINT) AS forms,
	CAST(coalesce(SUM(CASE WHEN {{part enough_answered}} THEN t.attended + t.part END), 0) AS BIGINT) AS attendees,
	COUNT(CASE WHEN t.answers > 0 AND t.answers < :least THEN 1 END) AS few
FROM session_tally AS t
WHERE {{part tallied}};

-- response_measure :one args=period_arg row=responses perm=figure_read
SELECT CAST(coalesce(SUM(t.forms), 0) AS BIGINT) AS forms,
	CAST(coalesce(SUM(t.attended + t.part), 0) AS BIGINT) AS attendees
FROM session_tally AS t
WHERE {{part tallied}};

-- understanding_by_session :many args=understanding_rows_arg row=understanding_row perm=figure_rows
SELECT s.id, s.reference, c.title AS course, s.held_on, t.attended + t.part AS attendees, t.answers, t.agreed
FROM session AS s
JOIN course AS c ON c.id = s.course_id
JOIN session_tally AS t ON t.session_id = s.id AND {{part enough_answered}}
{{part page_of_sessions}};

-- response_by_session :many args=period_rows_arg row=response_row perm=figure_rows
SELECT s.id, s.reference, c.title AS course, s.held_on, t.attended + t.part AS attendees, t.forms
FROM session AS s
JOIN course AS c ON c.id = s.course_id
JOIN session_tally AS t ON t.session_id = s.id
{{part page_of_sessions}};

-- understood_by_provider :many args=understanding_arg row=figure_part perm=figure_read plan: temporary b-tree because the parts are grouped
SELECT c.provider AS label, {{part understood_parts}}
GROUP BY c.provider
ORDER BY c.provider
LIMIT 200;

-- response_by_provider :many args=period_arg row=figure_part perm=figure_read plan: temporary b-tree because the parts are grouped
SELECT c.provider AS label, {{part response_parts}}
GROUP BY c.provider
ORDER BY c.provider
LIMIT 200;

-- reviewed_by_provider :many args=period_arg row=figure_part perm=figure_read plan: temporary b-tree because the parts are grouped
SELECT c.provider AS label, {{part reviewed_parts}}
GROUP BY c.provider
ORDER BY c.provider
LIMIT 200;

-- understood_by_course :many args=understanding_arg row=figure_part perm=figure_read plan: temporary b-tree because the parts are grouped
SELECT c.title AS label, {{part understood_parts}}
GROUP BY c.title
ORDER BY c.title
LIMIT 200;

-- response_by_course :many args=period_arg row=figure_part perm=figure_read plan: temporary b-tree because the parts are grouped
SELECT c.title AS label, {{part response_parts}}
GROUP BY c.title
ORDER BY c.title
LIMIT 200;

-- reviewed_by_course :many args=period_arg row=figure_part perm=figure_read plan: temporary b-tree because the parts are grouped
SELECT c.title AS label, {{part reviewed_parts}}
GROUP BY c.title
ORDER BY c.title
LIMIT 200;

-- refused_by_subject :many args=period_arg row=figure_part perm=figure_read plan: temporary b-tree because the parts are grouped
SELECT r.subject AS label, COUNT(*) AS numerator, 0 AS denominator
FROM quality_review AS r
WHERE r.authority_id = :authority_id AND r.state = 'refused' AND r.seen_on >= :from_date AND r.seen_on <= :to_date
GROUP BY r.subject
ORDER BY r.subject;

-- quality_measure :one args=period_arg row=quality perm=figure_read
SELECT
	(SELECT COUNT(*) FROM session AS s
		WHERE {{part in_period}}) AS sessions,
	(SELECT COUNT(*) FROM session AS s
		WHERE {{part in_period}}
			AND {{part is_reviewed}}) AS reviewed,
	(SELECT COUNT(*) FROM quality_review AS r
		WHERE r.authority_id = :authority_id AND r.state = 'refused'
			AND r.seen_on >= :from_date AND r.seen_on <= :to_date) AS refused,
	(SELECT COUNT(*) FROM quality_review AS r
		WHERE r.authority_id = :authority_id AND r.state IN ('rated', 'actioned') AND r.session_id IS NULL
			AND r.rated_on >= :from_date AND r.rated_on <= :to_date) AS others;

-- quality_by_session :many args=period_rows_arg row=quality_row perm=figure_rows plan: temporary b-tree because the few reviews of one session are put in order of days
SELECT s.id, s.reference, c.title AS course, s.held_on, u.name AS trainer,
	(SELECT r.overall FROM quality_review AS r WHERE r.session_id = s.id AND r.state IN ('rated', 'actioned')
		ORDER BY r.rated_on DESC, r.id DESC LIMIT 1) AS overall,
	(SELECT max(r.rated_on) FROM quality_review AS r
		WHERE r.session_id = s.id AND r.state IN ('rated', 'actioned')) AS rated_on
FROM session AS s
JOIN course AS c ON c.id = s.course_id
JOIN user_account AS u ON u.id = s.trainer_id
{{part page_of_sessions}};

-- refused_by_date :many args=period_rows_arg row=refused_row perm=figure_rows plan: temporary b-tree because refusals of a period, a few, are put in order of days
SELECT r.id, r.reference,
	coalesce(r.package, k.title, t.name, c.title, '') AS about, r.requested_on, r.seen_on
FROM quality_review AS r
LEFT JOIN session AS s ON s.id = r.session_id
LEFT JOIN course AS c ON c.id = s.course_id
LEFT JOIN course AS k ON k.id = r.course_id
LEFT JOIN trainer AS t ON t.id = r.trainer_id
WHERE r.authority_id = :authority_id AND r.state = 'refused' AND r.seen_on >= :from AND r.seen_on <= :to
	AND (r.seen_on, r.id)
		> (CAST(COALESCE(NULLIF(:after_key, ''), '0001-01-01') AS {{date}}), :after_id)
ORDER BY r.seen_on, r.id
LIMIT :row_limit;

-- sessions_by_aspect :many args=period_arg row=figure_part perm=figure_read plan: temporary b-tree because the parts are grouped
SELECT y.aspect AS label, COUNT(*) AS numerator, 0 AS denominator
FROM session AS s
JOIN course_aspect AS y ON y.version_id = {{part version_then}}
WHERE {{part in_period}}
GROUP BY y.aspect
ORDER BY y.aspect
LIMIT 200;

-- aspects_measure :one args=period_arg row=aspects_count perm=figure_read
SELECT COUNT(*) AS sessions, COUNT(CASE WHEN (SELECT COUNT(*) FROM course_aspect AS y
		WHERE y.version_id = {{part version_then}}) = 5 THEN 1 END) AS "all"
FROM session AS s
WHERE {{part in_period}};

-- aspects_by_session :many args=period_rows_arg row=aspect_row perm=figure_rows
SELECT s.id, s.reference, c.title AS course, s.held_on, (SELECT COUNT(*) FROM course_aspect AS y
		WHERE y.version_id = {{part version_then}}) AS aspects
FROM session AS s
JOIN course AS c ON c.id = s.course_id
{{part page_of_sessions}};

-- in_date_by_name :many args=period_rows_arg row=due_row perm=learner_read
SELECT p.id, l.reference, l.name, p.name_fold, p.audience, c.title AS course, p.trained_on, p.due_on,
	CASE WHEN p.due_on >= :to AND p.trained_on <= :to THEN 1 ELSE 0 END AS in_date
FROM person_need AS p
JOIN need AS n ON n.id = p.need_id
JOIN course AS c ON c.id = n.course_id
JOIN learner AS l ON l.id = p.learner_id
WHERE p.authority_id = :authority_id AND n.from_on <= :to AND (n.to_on IS NULL OR n.to_on >= :to) AND :from <= :to
	AND (p.name_fold, p.id) > (coalesce((SELECT o.name_fold FROM person_need AS o
		WHERE o.authority_id = :authority_id AND o.id = :after_id), ''), :after_id)
	AND {{part own_people}}
ORDER BY p.name_fold, p.id
LIMIT :row_limit;
