-- Certificates. Whether the attendance behind one still stands is asked each time: attended = 1.

-- certificate_find :maybe args=reference_arg row=certificate perm=learner_read
SELECT k.id, k.authority_id, k.reference, k.learner_id, k.course_id, k.session_id, l.reference AS learner_reference,
	l.name AS learner, (SELECT m.name FROM learner AS m WHERE m.id = l.merged_into) AS merged_name, c.title AS course, s.reference AS session_reference, c.refresh_months,
	k.code, k.completed_on, k.issued_on, k.revoked_on, k.reason,
	CASE WHEN s.state IN ('delivered', 'closed') AND EXISTS (SELECT 1 FROM attendance AS a
		WHERE a.session_id = s.id AND a.learner_id = coalesce(l.merged_into, l.id) AND a.state = 'attended')
		THEN 1 ELSE 0 END AS attended, k.version
FROM certificate AS k
JOIN learner AS l ON l.id = k.learner_id
JOIN course AS c ON c.id = k.course_id
JOIN session AS s ON s.id = k.session_id
WHERE k.authority_id = :authority_id AND k.reference = :reference;

-- certificate_public :maybe args=certificate_code_arg row=public_certificate perm=public
SELECT k.id, h.name AS authority, c.title AS course, l.name AS learner,
	(SELECT m.name FROM learner AS m WHERE m.id = l.merged_into) AS merged_name, k.completed_on,
	k.revoked_on, c.refresh_months,
	CASE WHEN s.state IN ('delivered', 'closed') AND EXISTS (SELECT 1 FROM attendance AS a
		WHERE a.session_id = s.id AND a.learner_id = coalesce(l.merged_into, l.id) AND a.state = 'attended')
		THEN 1 ELSE 0 END AS attended
FROM certificate AS k
JOIN authority AS h ON h.id = k.authority_id
JOIN learner AS l ON l.id = k.learner_id
JOIN course AS c ON c.id = k.course_id
JOIN session AS s ON s.id = k.session_id
WHERE k.code = :code;

-- certificates_of_session :many args=session_arg row=certificate perm=learner_read plan: temporary b-tree because one session's certificates are put in order of names
SELECT k.id, k.authority_id, k.reference, k.learner_id, k.course_id, k.session_id, l.reference AS learner_reference,
	l.name AS learner, NULL AS merged_name, c.title AS course, s.reference AS session_reference, c.refresh_months,
	k.code, k.completed_on, k.issued_on, k.revoked_on, k.reason, 1 AS attended, k.version
FROM session AS s
JOIN certificate AS k ON k.session_id = s.id AND k.revoked_on IS NULL
JOIN learner AS l ON l.id = k.learner_id
JOIN course AS c ON c.id = k.course_id
JOIN attendance AS a ON a.session_id = s.id AND a.learner_id = coalesce(l.merged_into, l.id) AND a.state = 'attended'
WHERE s.authority_id = :authority_id AND s.id = :session_id AND s.state IN ('delivered', 'closed')
ORDER BY l.name_fold, l.id
LIMIT 2000;

-- certificate_candidates :many args=session_arg row=certificate_candidate perm=learner_read plan: temporary b-tree because one session's people are put in order of names
SELECT l.id, l.reference AS learner, l.name, l.email, a.state, k.reference AS certificate, k.code
FROM session AS s
JOIN attendance AS a ON a.session_id = s.id
JOIN learner AS l ON l.id = a.learner_id
LEFT JOIN certificate AS k ON k.session_id = s.id AND k.learner_id = l.id AND k.revoked_on IS NULL
WHERE s.authority_id = :authority_id AND s.id = :session_id
ORDER BY l.name_fold, l.id
LIMIT 2000;

-- certificate_add :one args=certificate row=id_row perm=training_deliver
INSERT INTO certificate (authority_id, reference, learner_id, course_id, session_id, code, completed_on, issued_on)
VALUES (:authority_id, :reference, :learner_id, :course_id, :session_id, :code, :completed_on, :issued_on)
RETURNING id;

-- certificate_revoke :exec args=certificate perm=training_manage
UPDATE certificate
SET revoked_on = :revoked_on, reason = :reason, version = version + 1
WHERE authority_id = :authority_id AND id = :id;
