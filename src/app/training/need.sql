-- Who needs which course, how often and by when.

-- need :part
n.id, n.authority_id, n.reference, n.course_id, c.reference AS course_reference, c.title AS course,
	c.refresh_months AS course_months, n.audience, n.sector, n.standing, n.agency_id, n.whom,
	g.reference AS agency_reference, g.name AS agency, n.months, n.newcomer_days, n.from_on, n.to_on, n.ended,
	n.reach, n.version
FROM need AS n
JOIN course AS c ON c.id = n.course_id
LEFT JOIN agency AS g ON g.id = n.agency_id;

-- need_find :maybe args=reference_arg row=need perm=need_read
SELECT {{part need}}
WHERE n.authority_id = :authority_id AND n.reference = :reference;

-- Rules are few: they come in the order in which they were made.
-- needs_in_order :many args=needs_args row=need perm=need_read
SELECT {{part need}}
WHERE n.authority_id = :authority_id AND n.id > :after_id
	AND (:audience IS NULL OR n.audience = :audience)
ORDER BY n.id
LIMIT :row_limit;

-- needs_of_course :many args=need_course_arg row=need perm=training_manage
SELECT {{part need}}
WHERE n.authority_id = :authority_id AND n.course_id = :course_id AND n.ended = 0 AND n.months IS NULL
ORDER BY n.id;

-- need_same :maybe args=need row=id_row perm=training_manage
SELECT min(n.id) AS id
FROM need AS n
WHERE n.course_id = :course_id AND n.authority_id = :authority_id AND n.ended = 0 AND n.id <> :id
	AND n.audience IS NOT DISTINCT FROM :audience AND n.sector IS NOT DISTINCT FROM :sector
	AND n.standing IS NOT DISTINCT FROM :standing AND n.agency_id IS NOT DISTINCT FROM :agency_id
	AND (n.to_on IS NULL OR n.to_on >= :from_on)
HAVING count(*) > 0;

-- need_add :one args=need row=id_row perm=training_manage
INSERT INTO need (authority_id, reference, course_id, audience, sector, standing, agency_id, whom, months,
	newcomer_days, from_on, to_on, reach)
VALUES (:authority_id, :reference, :course_id, :audience, :sector, :standing, :agency_id, :whom, :months,
	:newcomer_days, :from_on, :to_on, 0)
RETURNING id;

-- need_update :exec args=need perm=training_manage
UPDATE need
SET audience = :audience, sector = :sector, standing = :standing, agency_id = :agency_id, whom = :whom, months = :months,
	newcomer_days = :newcomer_days, from_on = :from_on, to_on = :to_on, version = version + 1
WHERE authority_id = :authority_id AND id = :id;

-- need_set_reach :exec args=need perm=training_manage
UPDATE need SET reach = :reach, ended = :ended WHERE authority_id = :authority_id AND id = :id;

-- need_touches :one args=need row=count_row perm=training_manage
SELECT count(*) AS n
FROM (
	SELECT l.id
	FROM learner AS l
	WHERE l.authority_id = :authority_id AND l.merged_into IS NULL AND l.ended_on IS NULL
		AND (:audience IS NULL OR l.audience = :audience)
		AND (:sector IS NULL OR l.sector = :sector)
		AND (:standing IS NULL OR l.standing = :standing)
		AND (:agency_id IS NULL OR l.agency_id = :agency_id)
	LIMIT 10001
) AS x;

-- need_choices :many args=authority_arg row=choice perm=need_read
SELECT n.reference AS value, c.title || ': ' || n.whom AS label, n.id
FROM need AS n
JOIN course AS c ON c.id = n.course_id
WHERE n.authority_id = :authority_id
ORDER BY n.id;

-- The names of agencies are open to whoever makes a rule.
-- need_agency_choices :many args=authority_arg row=choice perm=training_manage
SELECT reference AS value, name AS label, id
FROM agency
WHERE authority_id = :authority_id AND state <> 'closed'
ORDER BY name_fold, id;

-- need_agency :maybe args=reference_arg row=need_agency perm=training_manage
SELECT id, reference, name FROM agency WHERE authority_id = :authority_id AND reference = :reference;

-- need_progress :one args=need row=need_progress perm=need_read plan: scan because the few minutes in which a rule is worked out are watched by few
SELECT (SELECT count(*) FROM learner AS l WHERE l.id <= :reach) AS done, (SELECT count(*) FROM learner) AS people;

-- needs_without_period :many args=authority_arg row=need_open perm=need_read
SELECT n.reference, c.title AS course, n.whom
FROM need AS n
JOIN course AS c ON c.id = n.course_id
WHERE n.authority_id = :authority_id AND n.ended = 0 AND n.months IS NULL AND c.refresh_months IS NULL
ORDER BY n.id
LIMIT 50;
