-- Contacts of agencies and schools: work data, end-dated and never deleted.

-- contact_by_reference :maybe args=reference_arg row=contact perm=contact_read
SELECT c.id, c.authority_id, c.reference, c.name, c.name_fold, c.agency_id, c.team_id, g.name AS agency,
	g.reference AS agency_reference, t.name AS team, t.reference AS team_reference, c.establishment_urn,
	e.name AS school, c.job, c.kind, c.email, c.telephone, c.secure_email, c.from_on, c.to_on, c.version
FROM contact AS c
LEFT JOIN agency AS g ON g.id = c.agency_id
LEFT JOIN team AS t ON t.id = c.team_id
LEFT JOIN establishment AS e ON e.urn = c.establishment_urn
WHERE c.authority_id = :authority_id AND c.reference = :reference;

-- contact_add :one args=contact row=id_row perm=agency_manage
INSERT INTO contact (authority_id, reference, name, name_fold, agency_id, team_id, establishment_urn, job, kind, email,
	telephone, secure_email, from_on, to_on)
VALUES (:authority_id, :reference, :name, :name_fold, :agency_id, :team_id, :establishment_urn, :job, :kind, :email,
	:telephone, :secure_email, :from_on, :to_on)
RETURNING id;

-- contact_update :exec args=contact perm=agency_manage
UPDATE contact
SET name = :name, name_fold = :name_fold, agency_id = :agency_id, team_id = :team_id,
	establishment_urn = :establishment_urn, job = :job, kind = :kind, email = :email, telephone = :telephone,
	secure_email = :secure_email, from_on = :from_on, to_on = :to_on, version = version + 1
WHERE authority_id = :authority_id AND id = :id;

-- A list's next page begins after the contact with this id: no name stands in an address.
-- contacts_by_name :many args=contacts_args row=contact_line perm=contact_read
SELECT c.id, c.reference, c.name, c.name_fold, c.kind, g.name AS agency, t.name AS team, e.name AS school,
	c.establishment_urn, c.job, c.email, c.telephone, c.secure_email, c.from_on, c.to_on
FROM contact AS c
LEFT JOIN agency AS g ON g.id = c.agency_id
LEFT JOIN team AS t ON t.id = c.team_id
LEFT JOIN establishment AS e ON e.urn = c.establishment_urn
WHERE c.authority_id = :authority_id
	AND (c.name_fold, c.id) > (coalesce((SELECT o.name_fold FROM contact AS o
		WHERE o.authority_id = :authority_id AND o.id = :after_id), ''), :after_id)
	AND (:match IS NULL OR c.id IN {{found contact}})
	AND (:kind IS NULL OR c.kind = :kind)
	AND (:agency IS NULL OR g.reference = :agency)
	AND (:presence = 'all' OR (:presence = 'left') = (c.to_on IS NOT NULL AND c.to_on < :today))
	AND (:own_user_id = 0 OR c.establishment_urn = :own_urn)
ORDER BY c.name_fold, c.id
LIMIT :row_limit;

-- contacts_of_agency :many args=contacts_of_arg row=contact_line perm=contact_read plan: temporary b-tree because those in post come first
SELECT c.id, c.reference, c.name, c.name_fold, c.kind, NULL AS agency, t.name AS team, e.name AS school,
	c.establishment_urn, c.job, c.email, c.telephone, c.secure_email, c.from_on, c.to_on
FROM contact AS c
LEFT JOIN team AS t ON t.id = c.team_id
LEFT JOIN establishment AS e ON e.urn = c.establishment_urn
WHERE c.agency_id = :agency_id AND c.authority_id = :authority_id
ORDER BY c.to_on IS NOT NULL, c.name_fold, c.id
LIMIT 100;

-- contacts_of_school :many args=contacts_of_arg row=contact_line perm=contact_read plan: temporary b-tree because those in post come first
SELECT c.id, c.reference, c.name, c.name_fold, c.kind, g.name AS agency, t.name AS team, NULL AS school,
	c.establishment_urn, c.job, c.email, c.telephone, c.secure_email, c.from_on, c.to_on
FROM contact AS c
LEFT JOIN agency AS g ON g.id = c.agency_id
LEFT JOIN team AS t ON t.id = c.team_id
WHERE c.establishment_urn = :establishment_urn AND c.authority_id = :authority_id
ORDER BY c.to_on IS NOT NULL, c.name_fold, c.id
LIMIT 100;
