-- Whom a list may speak of: the people behind many e-mails or names at once.

-- person :part
l.id, l.authority_id, l.reference, l.name, l.name_fold, l.email, l.job, l.sector,
	l.establishment_urn, e.name AS school, l.organisation, l.organisation_fold, l.agency_id, l.team_id,
	g.name AS agency, g.reference AS agency_reference, t.name AS team, t.reference AS team_reference,
	l.audience, l.standing, l.ended_on, l.kept,
	(SELECT m.reference FROM learner AS m WHERE m.id = l.merged_into) AS merged_into, l.version;

-- at_work :part
LEFT JOIN establishment AS e ON e.urn = l.establishment_urn
LEFT JOIN agency AS g ON g.id = l.agency_id
LEFT JOIN team AS t ON t.id = l.team_id;

-- known_by_email :many args=known_args row=learner perm=learner_read [sqlite]
SELECT {{part person}}
FROM json_each(:texts) AS j
CROSS JOIN learner AS l ON l.authority_id = :authority_id AND l.email = j.value
{{part at_work}};

-- known_by_email :many args=known_args row=learner perm=learner_read [pgsql]
SELECT {{part person}}
FROM jsonb_array_elements_text(CAST(:texts AS jsonb)) AS j (value)
JOIN learner AS l ON l.authority_id = :authority_id AND l.email = j.value
{{part at_work}};

-- known_by_name :many args=known_args row=learner perm=learner_read [sqlite]
SELECT {{part person}}
FROM json_each(:texts) AS j
CROSS JOIN learner AS l ON l.authority_id = :authority_id AND l.name_fold = j.value ->> 0
	AND l.establishment_urn IS NOT DISTINCT FROM j.value ->> 1 AND coalesce(l.organisation_fold, '') = j.value ->> 2
{{part at_work}}
WHERE l.merged_into IS NULL;

-- known_by_name :many args=known_args row=learner perm=learner_read [pgsql]
SELECT {{part person}}
FROM jsonb_array_elements(CAST(:texts AS jsonb)) AS j (value)
JOIN learner AS l ON l.authority_id = :authority_id AND l.name_fold = j.value ->> 0
	AND l.establishment_urn IS NOT DISTINCT FROM CAST(j.value ->> 1 AS BIGINT)
	AND coalesce(l.organisation_fold, '') = j.value ->> 2
{{part at_work}}
WHERE l.merged_into IS NULL;
