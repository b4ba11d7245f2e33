-- Training done elsewhere.

-- evidence_find :maybe args=reference_arg row=evidence perm=evidence_read
SELECT v.id, v.authority_id, v.reference, v.learner_id, l.reference AS learner_reference, l.name AS learner,
	v.establishment_urn, e.name AS school, v.agency_id, g.name AS agency, v.course_id, c.title AS course,
	v.completed_on, v.staff, v.kind, v.document, v.state, v.reason, v.claimed_on, v.decided_on, v.version
FROM evidence AS v
JOIN course AS c ON c.id = v.course_id
LEFT JOIN learner AS l ON l.id = v.learner_id
LEFT JOIN establishment AS e ON e.urn = v.establishment_urn
LEFT JOIN agency AS g ON g.id = v.agency_id
WHERE v.authority_id = :authority_id AND v.reference = :reference;

-- evidence_add :one args=evidence row=id_row perm=evidence_claim
INSERT INTO evidence (authority_id, reference, learner_id, establishment_urn, agency_id, course_id, completed_on,
	staff, kind, document, state, claimed_on)
VALUES (:authority_id, :reference, :learner_id, :establishment_urn, :agency_id, :course_id, :completed_on,
	:staff, :kind, :document, :state, :claimed_on)
RETURNING id;

-- evidence_set :exec args=evidence perm=training_manage
UPDATE evidence
SET kind = :kind, document = :document, state = :state, reason = :reason, decided_on = :decided_on,
	version = version + 1
WHERE authority_id = :authority_id AND id = :id;

-- The same person or body, course and day, unless it was rejected.
-- evidence_again :many args=evidence row=id_row perm=evidence_claim
SELECT id
FROM evidence
WHERE authority_id = :authority_id AND course_id = :course_id AND completed_on = :completed_on
	AND state IN ('claimed', 'verified')
	AND ((:learner_id IS NOT NULL AND learner_id = :learner_id)
		OR (:learner_id IS NULL AND learner_id IS NULL AND :establishment_urn IS NOT NULL
			AND establishment_urn = :establishment_urn)
		OR (:learner_id IS NULL AND learner_id IS NULL AND :agency_id IS NOT NULL AND agency_id = :agency_id))
ORDER BY id
LIMIT 1;

-- evidence_latest :many args=evidence_args row=evidence_line perm=evidence_read
SELECT v.id, v.reference, l.name AS learner, e.name AS school, g.name AS agency, v.establishment_urn, c.title AS course,
	v.completed_on, v.staff, v.kind, v.document, v.state, v.claimed_on, v.decided_on
FROM evidence AS v
JOIN course AS c ON c.id = v.course_id
LEFT JOIN learner AS l ON l.id = v.learner_id
LEFT JOIN establishment AS e ON e.urn = v.establishment_urn
LEFT JOIN agency AS g ON g.id = v.agency_id
WHERE v.authority_id = :authority_id
	AND (v.claimed_on, v.id) < (COALESCE(CAST(NULLIF(:after_key, '') AS {{date}}), CAST('9999-12-31' AS {{date}})),
		:after_id)
	AND (:state IS NULL OR v.state = :state)
	AND (:course IS NULL OR c.reference = :course)
	AND (:urn IS NULL OR v.establishment_urn = :urn)
	AND (:own_user_id = 0 OR v.establishment_urn = :own_urn)
ORDER BY v.claimed_on DESC, v.id DESC
LIMIT :row_limit;

-- evidence_of_school :many args=evidence_of_school_args row=evidence_line perm=evidence_read plan: temporary b-tree because what one school has done elsewhere is shown latest first
SELECT v.id, v.reference, l.name AS learner, e.name AS school, NULL AS agency, v.establishment_urn, c.title AS course,
	v.completed_on, v.staff, v.kind, v.document, v.state, v.claimed_on, v.decided_on
FROM evidence AS v
JOIN course AS c ON c.id = v.course_id
JOIN establishment AS e ON e.urn = v.establishment_urn
LEFT JOIN learner AS l ON l.id = v.learner_id
WHERE v.authority_id = :authority_id AND v.establishment_urn = :urn
ORDER BY v.completed_on DESC, v.id DESC
LIMIT 50;

-- evidence_waiting :one args=authority_arg row=count_row perm=evidence_read
SELECT count(*) AS n
FROM evidence
WHERE authority_id = :authority_id AND state = 'claimed';

-- Open ones first: what was withdrawn here may still have been done elsewhere.
-- evidence_course_choices :many args=authority_arg row=choice perm=evidence_read plan: temporary b-tree because the courses of one authority are put in order
SELECT reference AS value, title AS label, id
FROM course
WHERE authority_id = :authority_id
ORDER BY state, title_fold, id;

-- evidence_course_find :maybe args=reference_arg row=id_row perm=evidence_claim
SELECT id
FROM course
WHERE authority_id = :authority_id AND reference = :reference;

-- evidence_agency_choices :many args=authority_arg row=choice perm=evidence_claim
SELECT reference AS value, name AS label, id
FROM agency
WHERE authority_id = :authority_id AND state IN ('active', 'dormant')
ORDER BY name_fold, id;

-- evidence_agency_find :maybe args=reference_arg row=id_row perm=evidence_claim
SELECT id
FROM agency
WHERE authority_id = :authority_id AND reference = :reference AND state IN ('active', 'dormant');

-- What is recorded of many people, by their ids.
-- evidence_of_people :many args=known_args row=evidence_known perm=training_manage [sqlite]
SELECT v.reference, v.learner_id, v.course_id, v.completed_on, v.state
FROM json_each(:texts) AS j
CROSS JOIN evidence AS v ON v.learner_id = j.value
WHERE v.authority_id = :authority_id AND v.state IN ('claimed', 'verified');

-- evidence_of_people :many args=known_args row=evidence_known perm=training_manage [pgsql]
SELECT v.reference, v.learner_id, v.course_id, v.completed_on, v.state
FROM jsonb_array_elements_text(CAST(:texts AS jsonb)) AS j (value)
JOIN evidence AS v ON v.learner_id = CAST(j.value AS BIGINT)
WHERE v.authority_id = :authority_id AND v.state IN ('claimed', 'verified');
