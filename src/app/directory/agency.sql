-- Agencies of the programme and their teams.

-- agency_by_reference :maybe args=reference_arg row=agency perm=agency_read
SELECT id, authority_id, reference, name, name_fold, sch6, sector, sch7, steering_group, address,
	agreement_signed_on, agreement_review_on, last_contact_on, state, version
FROM agency
WHERE authority_id = :authority_id AND reference = :reference;

-- agency_same_name :many args=agency row=id_row perm=agency_manage
SELECT id
FROM agency
WHERE authority_id = :authority_id AND name_fold = :name_fold AND id <> :id
ORDER BY id
LIMIT 1;

-- agency_add :one args=agency row=id_row perm=agency_manage
INSERT INTO agency (authority_id, reference, name, name_fold, sch6, sector, sch7, steering_group, address,
	agreement_signed_on, agreement_review_on, last_contact_on, state)
VALUES (:authority_id, :reference, :name, :name_fold, :sch6, :sector, :sch7, :steering_group, :address,
	:agreement_signed_on, :agreement_review_on, :last_contact_on, :state)
RETURNING id;

-- agency_update :exec args=agency perm=agency_manage
UPDATE agency
SET name = :name, name_fold = :name_fold, sch6 = :sch6, sector = :sector, sch7 = :sch7,
	steering_group = :steering_group, address = :address, agreement_signed_on = :agreement_signed_on,
	agreement_review_on = :agreement_review_on, last_contact_on = :last_contact_on, state = :state,
	version = version + 1
WHERE authority_id = :authority_id AND id = :id;

-- agencies_by_name :many args=agencies_args row=agency_line perm=agency_read
SELECT g.id, g.reference, g.name, g.name_fold, g.sch6, g.sector, g.steering_group, g.agreement_review_on,
	g.last_contact_on,
	(SELECT count(*) FROM contact AS c WHERE c.agency_id = g.id AND c.to_on IS NULL) AS contacts, g.state
FROM agency AS g
WHERE g.authority_id = :authority_id AND (g.name_fold, g.id) > (:after_key, :after_id)
	AND (:match IS NULL OR g.id IN {{found agency}})
	AND (:sch6 IS NULL OR g.sch6 = :sch6)
	AND (:state IS NULL OR g.state = :state)
ORDER BY g.name_fold, g.id
LIMIT :row_limit;

-- agency_people :one args=part_arg row=agency_people perm=agency_read
SELECT count(*) AS people,
	count(CASE WHEN EXISTS (SELECT 1 FROM completion AS k WHERE k.learner_id = l.id) THEN 1 END) AS trained
FROM learner AS l
WHERE l.agency_id = :agency_id AND +l.authority_id = :authority_id AND l.merged_into IS NULL
	AND (l.ended_on IS NULL OR l.ended_on >= :today);

-- A person and a rule each, as in the list of who is due.
-- agency_due :one args=part_arg row=agency_due perm=need_read
SELECT count(*) AS asked, count(CASE WHEN p.due_on >= :today THEN 1 END) AS in_date
FROM learner AS l
CROSS JOIN person_need AS p
JOIN need AS n ON n.id = p.need_id
WHERE l.agency_id = :agency_id AND +l.authority_id = :authority_id AND p.learner_id = l.id AND n.from_on <= :today AND (n.to_on IS NULL OR n.to_on >= :today);

-- agency_choices :many args=authority_arg row=choice perm=signed_in
SELECT reference AS value, name AS label, id
FROM agency
WHERE authority_id = :authority_id
ORDER BY name_fold, id;

-- agency_team_choices :many args=authority_arg row=choice perm=agency_read plan: temporary b-tree because agencies and their teams are put in one order
SELECT x.value, x.label, 0 AS id
FROM (
	SELECT g.reference AS value, g.name AS label, g.name_fold, '' AS team_fold
	FROM agency AS g
	WHERE g.authority_id = :authority_id AND g.state <> 'closed'
	UNION ALL
	SELECT g.reference || '/' || t.reference AS value, g.name || ': ' || t.name AS label, g.name_fold,
		t.name_fold AS team_fold
	FROM agency AS g
	JOIN team AS t ON t.agency_id = g.id
	WHERE g.authority_id = :authority_id AND g.state <> 'closed' AND t.ended_on IS NULL
) AS x
ORDER BY x.name_fold, x.team_fold, x.value;

-- agency_team_named :maybe args=agency_team_arg row=agency_team perm=agency_read
SELECT g.id AS agency_id, t.id AS team_id, g.name AS agency, t.name AS team
FROM agency AS g
LEFT JOIN team AS t ON t.agency_id = g.id AND t.reference = :team
WHERE g.authority_id = :authority_id AND g.reference = :agency;

-- ---- teams ----

-- team_by_reference :maybe args=part_arg row=team perm=agency_read
SELECT id, agency_id, reference, name, name_fold, ended_on, version
FROM team
WHERE agency_id = :agency_id AND reference = :reference;

-- teams_of_agency :many args=part_arg row=team perm=agency_read
SELECT t.id, t.agency_id, t.reference, t.name, t.name_fold, t.ended_on, t.version
FROM team AS t
JOIN agency AS g ON g.id = t.agency_id
WHERE t.agency_id = :agency_id AND g.authority_id = :authority_id
ORDER BY t.name_fold, t.id
LIMIT 300;

-- team_same_name :many args=team row=id_row perm=agency_manage
SELECT id
FROM team
WHERE agency_id = :agency_id AND name_fold = :name_fold AND id <> :id
ORDER BY id
LIMIT 1;

-- team_add :one args=team row=id_row perm=agency_manage
INSERT INTO team (agency_id, reference, name, name_fold, ended_on)
VALUES (:agency_id, :reference, :name, :name_fold, :ended_on)
RETURNING id;

-- team_update :exec args=team perm=agency_manage
UPDATE team
SET name = :name, name_fold = :name_fold, ended_on = :ended_on, version = version + 1
WHERE id = :id;
