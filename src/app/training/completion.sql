-- When a person last completed a course. (CROSS JOIN and + keep SQLite with the people meant: it would begin with all sessions
-- of the course, or with all that was verified. Written in the order of people, neighbours in the store follow each other.)

-- Whoever attended has a completion, which is brought up to date by the next statement; of the others it may be gone.
-- completion_clear_session :exec args=session_arg perm=training_deliver
DELETE FROM completion
WHERE course_id = (SELECT s.course_id FROM session AS s WHERE s.id = :session_id AND s.authority_id = :authority_id)
	AND learner_id IN (SELECT a.learner_id FROM attendance AS a JOIN session AS s ON s.id = a.session_id
		WHERE a.session_id = :session_id AND (a.state <> 'attended' OR s.state NOT IN ('delivered', 'closed')));

-- completion_fill_session :exec args=session_arg perm=training_deliver plan: temporary b-tree because what the people of one session completed is grouped
INSERT INTO completion (learner_id, course_id, authority_id, completed_on)
SELECT x.learner_id, x.course_id, x.authority_id, max(x.completed_on)
FROM (
	SELECT o.learner_id, s.course_id, s.authority_id, s.held_on AS completed_on
	FROM session AS p
	CROSS JOIN attendance AS a
	CROSS JOIN attendance AS o
	CROSS JOIN session AS s
	WHERE p.id = :session_id AND p.authority_id = :authority_id AND a.session_id = p.id
		AND o.learner_id = a.learner_id AND o.state = 'attended'
		AND s.id = o.session_id AND s.course_id = p.course_id AND s.state IN ('delivered', 'closed')
	UNION ALL
	SELECT v.learner_id, v.course_id, v.authority_id, v.completed_on
	FROM session AS p
	CROSS JOIN attendance AS a
	CROSS JOIN evidence AS v
	WHERE p.id = :session_id AND p.authority_id = :authority_id AND a.session_id = p.id
		AND v.learner_id = a.learner_id AND v.course_id = p.course_id AND v.state = 'verified'
) AS x
GROUP BY x.learner_id, x.course_id, x.authority_id
ORDER BY x.learner_id
ON CONFLICT (learner_id, course_id) DO UPDATE SET completed_on = excluded.completed_on
WHERE completion.completed_on <> excluded.completed_on;

-- completion_clear_learner :exec args=learner_arg perm=learner_read
DELETE FROM completion WHERE learner_id = :learner_id AND authority_id = :authority_id;

-- completion_fill_learner :exec args=learner_arg perm=learner_read plan: temporary b-tree because what one person completed is grouped
INSERT INTO completion (learner_id, course_id, authority_id, completed_on)
SELECT x.learner_id, x.course_id, x.authority_id, max(x.completed_on)
FROM (
	SELECT a.learner_id, s.course_id, s.authority_id, s.held_on AS completed_on
	FROM attendance AS a
	JOIN session AS s ON s.id = a.session_id
	WHERE a.learner_id = :learner_id AND s.authority_id = :authority_id
		AND a.state = 'attended' AND s.state IN ('delivered', 'closed')
	UNION ALL
	SELECT v.learner_id, v.course_id, v.authority_id, v.completed_on
	FROM evidence AS v
	WHERE v.learner_id = :learner_id AND +v.authority_id = :authority_id AND v.state = 'verified'
) AS x
GROUP BY x.learner_id, x.course_id, x.authority_id;

-- completion_wrong :many row=completion_wrong perm=house plan: scan because the whole is compared, by `dueregard check` only
SELECT l.reference AS learner, c.reference AS course
FROM (
	SELECT k.learner_id, k.course_id, k.completed_on AS stored, NULL AS counted
	FROM completion AS k
	UNION ALL
	SELECT x.learner_id, x.course_id, NULL AS stored, max(x.completed_on) AS counted
	FROM (
		SELECT a.learner_id, s.course_id, s.held_on AS completed_on
		FROM attendance AS a
		JOIN session AS s ON s.id = a.session_id
		WHERE a.state = 'attended' AND s.state IN ('delivered', 'closed')
		UNION ALL
		SELECT v.learner_id, v.course_id, v.completed_on
		FROM evidence AS v
		WHERE v.learner_id IS NOT NULL AND v.state = 'verified'
	) AS x
	GROUP BY x.learner_id, x.course_id
) AS d
JOIN learner AS l ON l.id = d.learner_id
JOIN course AS c ON c.id = d.course_id
GROUP BY l.reference, c.reference
HAVING max(d.stored) IS NULL OR max(d.counted) IS NULL OR max(d.stored) <> max(d.counted)
ORDER BY l.reference, c.reference;

-- completion_of :maybe args=attendance_arg row=completion perm=learner_read
SELECT c.completed_on
FROM completion AS c
JOIN session AS s ON s.course_id = c.course_id
WHERE s.id = :session_id AND c.learner_id = :learner_id;
