-- Providers: who teaches.

-- provider_find :maybe args=reference_arg row=provider_body perm=training_read
SELECT p.id, p.authority_id, p.reference, p.name, p.name_fold, p.kind, p.outside, p.agency_id,
	g.reference AS agency_reference, g.name AS agency, p.state, p.version
FROM provider AS p
LEFT JOIN agency AS g ON g.id = p.agency_id
WHERE p.authority_id = :authority_id AND p.reference = :reference;

-- provider_same_name :many args=provider_body row=id_row perm=training_manage
SELECT id
FROM provider
WHERE authority_id = :authority_id AND name_fold = :name_fold AND id <> :id
ORDER BY id;

-- provider_add :one args=provider_body row=id_row perm=training_manage
INSERT INTO provider (authority_id, reference, name, name_fold, kind, outside, agency_id)
VALUES (:authority_id, :reference, :name, :name_fold, :kind, :outside, :agency_id)
RETURNING id;

-- provider_update :exec args=provider_body perm=training_manage
UPDATE provider
SET name = :name, name_fold = :name_fold, kind = :kind, outside = :outside, agency_id = :agency_id,
	state = :state, version = version + 1
WHERE authority_id = :authority_id AND id = :id;

-- provider_courses :many args=id_arg row=provider_course perm=training_read plan: temporary b-tree because the courses of one provider are put in order
SELECT id, reference, title, provider, state
FROM course
WHERE provider_id = :id
ORDER BY title_fold, id
LIMIT 200;

-- providers_by_name :many args=providers_args row=provider_line perm=training_read
SELECT p.id, p.reference, p.name, p.name_fold, p.kind, p.outside, g.name AS agency,
	(SELECT count(*) FROM course AS c WHERE c.provider_id = p.id AND c.state = 'open') AS courses, p.state
FROM provider AS p
LEFT JOIN agency AS g ON g.id = p.agency_id
WHERE p.authority_id = :authority_id
	AND (p.name_fold, p.id) > (:after_key, :after_id)
	AND (:kind IS NULL OR p.kind = :kind)
	AND (:state IS NULL OR p.state = :state)
	AND (:where IS NULL OR (p.outside = 1) = (:where = 'outside'))
ORDER BY p.name_fold, p.id
LIMIT :row_limit;

-- provider_choices :many args=authority_arg row=choice perm=training_read
SELECT reference AS value, CASE WHEN state = 'closed' THEN name || ' (closed)' ELSE name END AS label, id
FROM provider
WHERE authority_id = :authority_id
ORDER BY name_fold, id;

-- provider_agency :maybe args=reference_arg row=id_row perm=training_manage
SELECT id
FROM agency
WHERE authority_id = :authority_id AND reference = :reference;
