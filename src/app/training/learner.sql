-- People trained: work data only.

-- person :part
l.id, l.authority_id, l.reference, l.name, l.name_fold, l.email, l.job, l.sector,
	l.establishment_urn, e.name AS school, l.organisation, l.organisation_fold, l.agency_id, l.team_id,
	g.name AS agency, g.reference AS agency_reference, t.name AS team, t.reference AS team_reference,
	l.audience, l.standing, l.ended_on, l.kept, m.reference AS merged_into, l.version;

-- at_work :part
LEFT JOIN establishment AS e ON e.urn = l.establishment_urn
LEFT JOIN agency AS g ON g.id = l.agency_id
LEFT JOIN team AS t ON t.id = l.team_id
LEFT JOIN learner AS m ON m.id = l.merged_into;

-- fully_attended :part
FROM attendance AS a JOIN session AS s ON s.id = a.session_id
WHERE a.learner_id = l.id AND a.state = 'attended' AND s.state IN ('delivered', 'closed');

-- learner_find :maybe args=reference_arg row=learner perm=learner_read
SELECT {{part person}}
FROM learner AS l
{{part at_work}}
WHERE l.authority_id = :authority_id AND l.reference = :reference;

-- The e-mail of a record that was joined into another leads to the one that stays.
-- learner_by_email :maybe args=learner_args row=learner perm=learner_read
SELECT {{part person}}
FROM learner AS f
JOIN learner AS l ON l.id = coalesce(f.merged_into, f.id)
{{part at_work}}
WHERE f.authority_id = :authority_id AND f.email = :email;

-- learners_named :many args=learner_args row=learner perm=learner_read
SELECT {{part person}}
FROM learner AS l
{{part at_work}}
WHERE l.authority_id = :authority_id AND l.name_fold = :name_fold AND l.merged_into IS NULL
ORDER BY l.id
LIMIT 200;

-- learner_add :list args=learner perm=training_deliver
INSERT INTO learner (authority_id, reference, name, name_fold, email, job, sector,
	establishment_urn, organisation, organisation_fold, agency_id, team_id, audience, standing, ended_on, kept)
VALUES (:authority_id, :reference, :name, :name_fold, :email, :job, :sector,
	:establishment_urn, :organisation, :organisation_fold, :agency_id, :team_id, :audience,
	coalesce(:standing, 'staff'), :ended_on, coalesce(:kept, 0));

-- Ids rise: who is added has one beyond the newest.
-- learner_newest :one row=id_row perm=training_deliver
SELECT coalesce(max(id), 0) AS id FROM learner;

-- learners_beyond :many args=id_arg row=learner_added perm=training_deliver
SELECT id, reference FROM learner WHERE id > :id ORDER BY id;

-- learner_update :list args=learner perm=training_deliver
UPDATE learner
SET email = :email, job = :job, sector = :sector, establishment_urn = :establishment_urn,
	organisation = :organisation, organisation_fold = :organisation_fold, version = version + 1
WHERE authority_id = :authority_id AND id = :id;

-- person_update :list args=learner perm=training_manage
UPDATE learner
SET name = :name, name_fold = :name_fold, email = :email, job = :job, sector = :sector,
	establishment_urn = :establishment_urn, organisation = :organisation, organisation_fold = :organisation_fold,
	agency_id = :agency_id, team_id = :team_id, audience = :audience, standing = :standing,
	ended_on = :ended_on, kept = :kept, version = version + 1
WHERE authority_id = :authority_id AND id = :id;

-- learner_drop_unused :exec args=learner perm=training_deliver
DELETE FROM learner
WHERE authority_id = :authority_id AND id = :id AND kept = 0
	AND NOT EXISTS (SELECT 1 FROM attendance AS a WHERE a.learner_id = learner.id)
	AND NOT EXISTS (SELECT 1 FROM evidence AS v WHERE v.learner_id = learner.id)
	AND NOT EXISTS (SELECT 1 FROM certificate AS k WHERE k.learner_id = learner.id)
	AND NOT EXISTS (SELECT 1 FROM chase_person AS h WHERE h.learner_id = learner.id)
	AND NOT EXISTS (SELECT 1 FROM checkin AS c WHERE c.learner_id = learner.id)
	AND NOT EXISTS (SELECT 1 FROM learner AS m WHERE m.merged_into = learner.id);

-- learners_at_later :many args=at_later_args row=id_arg perm=training_deliver
SELECT l.id
FROM {{ids learners}} AS j
{{cross_join}} learner AS l ON l.id = j.id
WHERE EXISTS (SELECT 1 FROM attendance AS a JOIN session AS s ON s.id = a.session_id
	WHERE a.learner_id = l.id AND a.session_id <> :session_id AND s.held_on > :held_on);

-- A list's next page begins after the person with this id: no name stands in an address.
-- after_person :part
(l.name_fold, l.id) > (coalesce((SELECT o.name_fold FROM learner AS o
	WHERE o.authority_id = :authority_id AND o.id = :after_id), ''), :after_id);

-- asked :part
l.merged_into IS NULL
	AND (:sector IS NULL OR l.sector = :sector)
	AND (:audience IS NULL OR l.audience = :audience)
	AND (:standing IS NULL OR l.standing = :standing)
	AND (:agency IS NULL OR l.agency_id = (SELECT g.id FROM agency AS g
		WHERE g.authority_id = :authority_id AND g.reference = :agency))
	AND (:presence = 'all' OR (:presence = 'left') = (l.ended_on IS NOT NULL))
	AND (:own_user_id = 0 OR l.establishment_urn = :own_urn OR EXISTS (
		SELECT 1 FROM attendance AS a CROSS JOIN session AS s
		WHERE a.learner_id = l.id AND s.id = a.session_id AND s.trainer_id = :own_user_id));

-- all_asked :part
:match IS NULL AND :own_user_id = 0 AND :agency IS NULL AND :presence <> 'left';

-- Few who are found by their words, are somebody's own, of one agency, or have left, are put in order; when they are many, or all
-- are asked for, the index by name is walked (a LIMIT of 0 costs nothing).
-- learners_by_name :many args=learners_args row=learner_line perm=learner_read plan: temporary b-tree because a page of each way, or the few who are found, are put in order
SELECT l.id, l.reference, l.name, l.name_fold, l.job, l.sector, l.establishment_urn,
	e.name AS school, l.organisation, h.name AS agency, l.audience, l.standing, l.ended_on, l.email,
	(SELECT count(*) {{part fully_attended}}) AS attended
FROM (
	WITH few AS MATERIALIZED (
		SELECT f.subject_id AS id FROM {{found learner}} AS f
		WHERE :match IS NOT NULL AND :own_user_id = 0 AND :agency IS NULL
		UNION ALL
		SELECT o.id FROM learner AS o WHERE o.establishment_urn = :own_urn AND :own_user_id <> 0 AND :agency IS NULL
		UNION ALL
		SELECT a.learner_id AS id FROM session AS s JOIN attendance AS a ON a.session_id = s.id
		WHERE s.trainer_id = :own_user_id AND :own_user_id <> 0 AND :agency IS NULL
		UNION ALL
		SELECT o.id FROM agency AS g JOIN learner AS o ON o.agency_id = g.id
		WHERE g.authority_id = :authority_id AND g.reference = :agency
		UNION ALL
		SELECT gone.id FROM (
			SELECT o.id FROM learner AS o
			WHERE o.authority_id = :authority_id AND o.ended_on IS NOT NULL
				AND :presence = 'left' AND :match IS NULL AND :own_user_id = 0 AND :agency IS NULL
			ORDER BY o.id LIMIT 5001
		) AS gone
		LIMIT 5001
	)
	SELECT * FROM (
		SELECT l.id, l.name_fold
		FROM learner AS l
		WHERE l.authority_id = :authority_id
			AND (:match IS NULL OR {{has_words learner l.id}})
			AND {{part after_person}}
			AND {{part asked}}
		ORDER BY l.name_fold, l.id
		LIMIT CASE WHEN ({{part all_asked}}) OR (SELECT count(*) FROM few) > 5000 THEN :row_limit ELSE 0 END
	) AS walked
	UNION ALL
	SELECT * FROM (
		SELECT l.id, l.name_fold
		FROM (SELECT DISTINCT few.id FROM few) AS f
		CROSS JOIN learner AS l
		WHERE l.id = f.id AND +l.authority_id = :authority_id
			AND (:match IS NULL OR (:own_user_id = 0 AND :agency IS NULL) OR {{has_words learner l.id}})
			AND {{part after_person}}
			AND {{part asked}}
		ORDER BY l.name_fold, l.id
		LIMIT CASE WHEN ({{part all_asked}}) OR (SELECT count(*) FROM few) > 5000 THEN 0 ELSE :row_limit END
	) AS found
) AS x
JOIN learner AS l ON l.id = x.id
LEFT JOIN establishment AS e ON e.urn = l.establishment_urn
LEFT JOIN agency AS h ON h.id = l.agency_id
ORDER BY x.name_fold, x.id
LIMIT :row_limit;

-- learner_taught_by :one args=learner_relation_args row=count_row perm=learner_read
SELECT count(*) AS n
FROM attendance AS a
CROSS JOIN session AS s
WHERE a.learner_id = :learner_id AND s.id = a.session_id AND s.trainer_id = :user_id;

-- lacks_place :part
l.standing IN ('staff', 'volunteer') AND l.establishment_urn IS NULL AND l.organisation IS NULL AND l.agency_id IS NULL;

-- lacks_job :part
l.standing = 'staff' AND l.job IS NULL;

-- lacks_something :part
l.merged_into IS NULL AND l.ended_on IS NULL AND (l.email IS NULL OR l.audience IS NULL OR l.sector = 'not-known'
	OR ({{part lacks_place}}) OR ({{part lacks_job}}));

-- Each way of asking by its own index (schema: learner_missing); whoever reads only their own reads no others. Of a trainer who
-- taught more than 5,000 the index is walked, and each person asked.
-- missing_by_name :many args=missing_args row=missing_line perm=learner_read plan: temporary b-tree because a page of each way, or somebody's own people, is put in order
SELECT l.id, l.reference, l.name, l.name_fold, l.standing,
	CASE WHEN l.email IS NULL THEN 1 ELSE 0 END AS no_email,
	CASE WHEN {{part lacks_place}} THEN 1 ELSE 0 END AS no_place,
	CASE WHEN {{part lacks_job}} THEN 1 ELSE 0 END AS no_job,
	CASE WHEN l.sector = 'not-known' THEN 1 ELSE 0 END AS no_sector,
	CASE WHEN l.audience IS NULL THEN 1 ELSE 0 END AS no_audience,
	CASE WHEN EXISTS (SELECT 1 FROM attendance AS a JOIN session AS s ON s.id = a.session_id
		WHERE a.learner_id = l.id AND a.state = 'booked' AND s.state = 'delivered')
		THEN 1 ELSE 0 END AS no_outcome
FROM (
	WITH few AS MATERIALIZED (
		SELECT a.learner_id AS id FROM session AS s JOIN attendance AS a ON a.session_id = s.id
		WHERE s.trainer_id = :own_user_id AND :own_user_id <> 0
		LIMIT 5001
	)
	SELECT * FROM (
		SELECT l.id, l.name_fold
		FROM learner AS l
		WHERE l.authority_id = :authority_id AND :own_user_id = 0
			AND {{part lacks_something}}
			AND {{part after_person}}
		ORDER BY l.name_fold, l.id
		LIMIT :row_limit
	) AS everybody
	UNION
	SELECT * FROM (
		SELECT l.id, l.name_fold
		FROM learner AS l
		WHERE l.establishment_urn = :own_urn AND :own_user_id <> 0 AND +l.authority_id = :authority_id
			AND {{part lacks_something}}
			AND {{part after_person}}
		ORDER BY l.name_fold, l.id
		LIMIT :row_limit
	) AS of_school
	UNION
	SELECT * FROM (
		SELECT l.id, l.name_fold
		FROM (SELECT DISTINCT few.id FROM few) AS f
		CROSS JOIN learner AS l
		WHERE l.id = f.id AND +l.authority_id = :authority_id
			AND {{part lacks_something}}
			AND {{part after_person}}
		ORDER BY l.name_fold, l.id
		LIMIT CASE WHEN (SELECT count(*) FROM few) > 5000 THEN 0 ELSE :row_limit END
	) AS taught
	UNION
	SELECT * FROM (
		SELECT l.id, l.name_fold
		FROM learner AS l
		WHERE l.authority_id = :authority_id
			AND {{part lacks_something}}
			AND {{part after_person}}
			AND EXISTS (SELECT 1 FROM attendance AS a {{cross_join}} session AS s ON s.id = a.session_id
				WHERE a.learner_id = l.id AND s.trainer_id = :own_user_id)
		ORDER BY l.name_fold, l.id
		LIMIT CASE WHEN (SELECT count(*) FROM few) > 5000 THEN :row_limit ELSE 0 END
	) AS taught_many
	UNION
	SELECT * FROM (
		SELECT l.id, l.name_fold
		FROM session AS s
		CROSS JOIN attendance AS a
		CROSS JOIN learner AS l
		WHERE s.authority_id = :authority_id AND s.state = 'delivered' AND a.session_id = s.id AND a.state = 'booked'
			AND l.id = a.learner_id
			AND (:own_user_id = 0 OR s.trainer_id = :own_user_id OR l.establishment_urn = :own_urn)
			AND l.merged_into IS NULL
			AND {{part after_person}}
		GROUP BY l.id, l.name_fold
		ORDER BY l.name_fold, l.id
		LIMIT :row_limit
	) AS without_outcome
) AS x
JOIN learner AS l ON l.id = x.id
ORDER BY x.name_fold, x.id
LIMIT :row_limit;

-- school_sessions :many args=place_args row=school_session perm=school_read
SELECT s.id, s.reference, c.title AS course, x.held_on, x.attended, s.state
FROM session_school AS x
JOIN session AS s ON s.id = x.session_id
JOIN course AS c ON c.id = s.course_id
WHERE x.urn = :urn AND x.authority_id = :authority_id AND s.authority_id = :authority_id
ORDER BY x.held_on DESC, x.attended DESC
LIMIT 200;

-- school_staff :many args=place_args row=school_learner perm=learner_read
SELECT l.id, l.reference, l.name, l.name_fold, l.job,
	(SELECT max(s.held_on) {{part fully_attended}}) AS trained_on
FROM learner AS l
WHERE l.establishment_urn = :urn AND l.authority_id = :authority_id
	AND l.merged_into IS NULL AND l.ended_on IS NULL
ORDER BY l.name_fold
LIMIT 500;
