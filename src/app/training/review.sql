-- Quality reviews.

-- is_open :part
r.state IN ('opened', 'material-requested', 'material-seen');

-- is_rated :part
r.state IN ('rated', 'actioned');

-- is_to_follow_up :part
r.state = 'rated' AND r.follow_up_on <= :today;

-- of_reviews :part
FROM quality_review AS r
JOIN user_account AS u ON u.id = r.reviewer_id
LEFT JOIN session AS s ON s.id = r.session_id
LEFT JOIN course AS k ON k.id = s.course_id
LEFT JOIN trainer AS t ON t.id = r.trainer_id
LEFT JOIN course AS c ON c.id = r.course_id
LEFT JOIN establishment AS e ON e.urn = r.establishment_urn;

-- review_find :maybe args=reference_arg row=review perm=review_read
SELECT r.id, r.authority_id, r.reference, r.subject, r.session_id, s.reference AS session_reference,
	k.title AS session_course, s.held_on AS session_held_on, r.trainer_id, t.name AS trainer,
	coalesce(s.trainer_id, t.user_id) AS reviewed_id, r.course_id, c.reference AS course_reference,
	c.title AS course, r.package, r.establishment_urn, e.name AS school, r.reviewer_id,
	u.reference AS reviewer_reference, u.name AS reviewer, r.opened_on, r.state, r.method, r.access,
	r.requested_on, r.seen_on, r.refusal, r.rubric_id, b.version AS rubric, r.case_studies, r.overall, r.rated_on,
	r.summary, r.actions, r.follow_up_on, r.done, r.done_on, r.version
{{part of_reviews}}
LEFT JOIN review_rubric AS b ON b.id = r.rubric_id
WHERE r.authority_id = :authority_id AND r.reference = :reference;

-- review_add :one args=review row=id_row perm=review_write
INSERT INTO quality_review (authority_id, reference, subject, session_id, trainer_id, course_id, package,
	establishment_urn, reviewer_id, opened_on, state)
VALUES (:authority_id, :reference, :subject, :session_id, :trainer_id, :course_id, :package,
	:establishment_urn, :reviewer_id, :opened_on, :state)
RETURNING id;

-- review_update :exec args=review perm=review_write
UPDATE quality_review
SET reviewer_id = :reviewer_id, state = :state, method = :method, access = :access,
	requested_on = :requested_on, seen_on = :seen_on, refusal = :refusal, rubric_id = :rubric_id,
	case_studies = :case_studies, overall = :overall, rated_on = :rated_on, summary = :summary,
	actions = :actions, follow_up_on = :follow_up_on, done = :done, done_on = :done_on, version = version + 1
WHERE authority_id = :authority_id AND id = :id;

-- reviews_latest :many args=reviews_args row=review_line perm=review_read
SELECT r.id, r.reference, r.subject, coalesce(k.title, c.title) AS course, s.held_on, 
	coalesce(t.name, (SELECT v.name FROM user_account AS v WHERE v.id = s.trainer_id)) AS trainer,
	r.package, e.name AS school, u.name AS reviewer, r.opened_on, r.state, r.access, r.overall, r.follow_up_on
{{part of_reviews}}
WHERE r.authority_id = :authority_id
	AND (r.opened_on, r.id) < (COALESCE(CAST(NULLIF(:after_key, '') AS {{date}}), CAST('9999-12-31' AS {{date}})),
		:after_id)
	AND (:subject IS NULL OR r.subject = :subject)
	AND (:state IS NULL OR r.state = :state)
	AND (:access IS NULL OR r.access = :access)
	AND (:due IS NULL
		OR (:due = 'follow-up' AND {{part is_to_follow_up}})
		OR (:due = 'rated' AND {{part is_rated}})
		OR (:due = 'open' AND {{part is_open}}))
	AND (:own_user_id = 0 OR (r.state IN ('refused', 'rated', 'actioned')
		AND (s.trainer_id = :own_user_id OR t.user_id = :own_user_id)))
ORDER BY r.opened_on DESC, r.id DESC
LIMIT :row_limit;

-- review_counts :one args=reviews_args row=review_counts perm=review_read
SELECT count(r.id) FILTER (WHERE {{part is_open}}) AS open,
	count(r.id) FILTER (WHERE r.state = 'refused') AS refused,
	count(r.id) FILTER (WHERE {{part is_rated}}) AS rated,
	count(r.id) FILTER (WHERE {{part is_rated}} AND r.overall >= 3) AS good,
	count(r.id) FILTER (WHERE {{part is_to_follow_up}}) AS follow_up
FROM quality_review AS r
WHERE r.authority_id = :authority_id;

-- reviews_of_session :many args=session_arg row=review_line perm=review_read plan: temporary b-tree because one session's few reviews are put in order
SELECT r.id, r.reference, r.subject, k.title AS course, s.held_on, NULL AS trainer, r.package, NULL AS school,
	u.name AS reviewer, r.opened_on, r.state, r.access, r.overall, r.follow_up_on
FROM session AS s
JOIN course AS k ON k.id = s.course_id
JOIN quality_review AS r ON r.session_id = s.id
JOIN user_account AS u ON u.id = r.reviewer_id
WHERE s.authority_id = :authority_id AND s.id = :session_id
ORDER BY r.opened_on DESC, r.id DESC
LIMIT 20;

-- reviewer_choices :many args=authority_arg row=choice perm=review_write
SELECT reference AS value, name AS label, id
FROM user_account
WHERE authority_id = :authority_id AND state = 'active' AND role IN ('training-officer', 'co-ordinator')
ORDER BY name, id;

-- reviewer_find :maybe args=reference_arg row=reviewer perm=review_write
SELECT id, reference, name
FROM user_account
WHERE authority_id = :authority_id AND reference = :reference AND state = 'active'
	AND role IN ('training-officer', 'co-ordinator');

-- reviewer_self :maybe args=user_arg row=reviewer perm=review_write
SELECT id, reference, name
FROM user_account
WHERE authority_id = :authority_id AND id = :user_id;

-- reviewed_trainer_choices :many args=authority_arg row=choice perm=review_write
SELECT reference AS value, name AS label, id
FROM trainer
WHERE authority_id = :authority_id
ORDER BY name_fold, id;

-- reviewed_trainer_find :maybe args=reference_arg row=reviewed_trainer perm=review_write
SELECT id, user_id, name
FROM trainer
WHERE authority_id = :authority_id AND reference = :reference;
