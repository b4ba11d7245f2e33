-- What one person has done.

-- learner_done :many args=learner_relation_args row=done_line perm=learner_read plan: temporary b-tree because one person's training is shown whole, latest first
SELECT x.id, x.reference, x.course, x.done_on, x.school, x.refresh_months, x.session, x.attendance, x.evidence,
	x.certificate
FROM (
	SELECT a.id, s.reference, c.title AS course, s.held_on AS done_on, e.name AS school, c.refresh_months,
		s.state AS session, a.state AS attendance, NULL AS evidence,
		(SELECT k.reference FROM certificate AS k WHERE k.session_id = s.id AND k.learner_id = a.learner_id
			AND k.revoked_on IS NULL LIMIT 1) AS certificate
	FROM attendance AS a
	JOIN session AS s ON s.id = a.session_id
	JOIN course AS c ON c.id = s.course_id
	LEFT JOIN establishment AS e ON e.urn = a.establishment_urn
	WHERE a.learner_id = :learner_id AND s.authority_id = :authority_id
	UNION ALL
	SELECT v.id, v.reference, c.title AS course, v.completed_on AS done_on, e.name AS school, c.refresh_months,
		NULL AS session, NULL AS attendance, v.state AS evidence, NULL AS certificate
	FROM evidence AS v
	JOIN course AS c ON c.id = v.course_id
	LEFT JOIN establishment AS e ON e.urn = v.establishment_urn
	WHERE v.learner_id = :learner_id AND v.authority_id = :authority_id
) AS x
ORDER BY x.done_on DESC, x.id DESC;
