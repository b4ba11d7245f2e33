-- Who is due. Each way of asking has the index that finds it: everybody, an audience and a rule go by the day or the name, a
-- school or an agency by its people; the ways that are not asked for cost nothing. (+ keeps the authority, which is
-- everybody's, from being taken as the way to find them.) No name stands in an address: a list by name
-- goes on after the row with this id.

-- in_force :part
n.from_on <= :today AND (n.to_on IS NULL OR n.to_on >= :today);

-- of_rules_asked :part
p.need_id IN (SELECT n.id FROM need AS n
	WHERE n.authority_id = :authority_id AND {{part in_force}} AND (:need IS NULL OR n.reference = :need));

-- asked :part
(:audience IS NULL OR p.audience = :audience)
	AND (:sector IS NULL OR p.sector = :sector);

-- of_school :part
FROM learner AS s CROSS JOIN person_need AS p
WHERE s.establishment_urn = CASE WHEN :own_user_id <> 0 THEN :own_urn ELSE :urn END AND +s.authority_id = :authority_id
	AND (:urn IS NOT NULL OR :own_user_id <> 0) AND (:urn IS NULL OR s.establishment_urn = :urn)
	AND (:agency IS NULL OR s.agency_id = (SELECT o.id FROM agency AS o
		WHERE o.authority_id = :authority_id AND o.reference = :agency))
	AND p.learner_id = s.id AND {{part of_rules_asked}}
	AND {{part asked}};

-- of_agency :part
FROM learner AS s CROSS JOIN person_need AS p
WHERE s.agency_id = (SELECT o.id FROM agency AS o WHERE o.authority_id = :authority_id AND o.reference = :agency)
	AND +s.authority_id = :authority_id AND :agency IS NOT NULL AND :urn IS NULL AND :own_user_id = 0
	AND p.learner_id = s.id AND {{part of_rules_asked}}
	AND {{part asked}};

-- page_by_day :part
(p.due_on, p.id) > (coalesce(CAST(nullif(:after_key, '') AS {{date}}), :from_due), :after_id)
	AND p.due_on >= :from_due AND p.due_on <= :to_due
ORDER BY p.due_on, p.id
LIMIT :row_limit;

-- page_by_name :part
(p.name_fold, p.id) > (coalesce((SELECT o.name_fold FROM person_need AS o
		WHERE o.authority_id = :authority_id AND o.id = :after_id), ''), :after_id)
	AND p.due_on >= :from_due AND p.due_on <= :to_due
ORDER BY p.name_fold, p.id
LIMIT :row_limit;

-- due_line :part
x.id, l.reference, l.name, l.name_fold, n.reference AS need, c.title AS course, x.due_on, x.trained_on, :today AS today,
	l.audience, l.sector, l.establishment_urn, e.name AS school, g.name AS agency, l.organisation, l.email;

-- whose :part
JOIN learner AS l ON l.id = x.learner_id
JOIN need AS n ON n.id = x.need_id
JOIN course AS c ON c.id = n.course_id
LEFT JOIN establishment AS e ON e.urn = l.establishment_urn
LEFT JOIN agency AS g ON g.id = l.agency_id;

-- due_soonest :many args=due_args row=due_line perm=need_read plan: temporary b-tree because a page of each way, or the people of one body, is put in order
SELECT {{part due_line}}
FROM (
	SELECT * FROM (
		SELECT p.id, p.learner_id, p.need_id, p.due_on, p.trained_on
		FROM person_need AS p
		WHERE p.authority_id = :authority_id AND :need IS NULL AND :audience IS NULL
			AND :urn IS NULL AND :agency IS NULL AND :own_user_id = 0
			AND {{part of_rules_asked}}
			AND (:sector IS NULL OR p.sector = :sector)
			AND {{part page_by_day}}
	) AS everybody
	UNION ALL
	SELECT * FROM (
		SELECT p.id, p.learner_id, p.need_id, p.due_on, p.trained_on
		FROM person_need AS p
		WHERE +p.authority_id = :authority_id AND p.audience = :audience AND :need IS NULL
			AND :urn IS NULL AND :agency IS NULL AND :own_user_id = 0
			AND {{part of_rules_asked}}
			AND (:sector IS NULL OR p.sector = :sector)
			AND {{part page_by_day}}
	) AS of_audience
	UNION ALL
	SELECT * FROM (
		SELECT p.id, p.learner_id, p.need_id, p.due_on, p.trained_on
		FROM person_need AS p
		WHERE p.need_id = (SELECT n.id FROM need AS n WHERE n.authority_id = :authority_id AND n.reference = :need
				AND {{part in_force}})
			AND :need IS NOT NULL AND :urn IS NULL AND :agency IS NULL AND :own_user_id = 0
			AND {{part asked}}
			AND {{part page_by_day}}
	) AS of_rule
	UNION ALL
	SELECT * FROM (
		SELECT p.id, p.learner_id, p.need_id, p.due_on, p.trained_on
		{{part of_school}}
			AND {{part page_by_day}}
	) AS of_school
	UNION ALL
	SELECT * FROM (
		SELECT p.id, p.learner_id, p.need_id, p.due_on, p.trained_on
		{{part of_agency}}
			AND {{part page_by_day}}
	) AS of_agency
) AS x
{{part whose}}
ORDER BY x.due_on, x.id
LIMIT :row_limit;

-- due_by_name :many args=due_args row=due_line perm=need_read plan: temporary b-tree because a page of each way is put in order
SELECT {{part due_line}}
FROM (
	SELECT * FROM (
		SELECT p.id, p.learner_id, p.need_id, p.due_on, p.trained_on, p.name_fold
		FROM person_need AS p
		WHERE p.authority_id = :authority_id AND :urn IS NULL AND :agency IS NULL AND :own_user_id = 0
			AND {{part asked}}
			AND {{part of_rules_asked}}
			AND {{part page_by_name}}
	) AS everybody
	UNION ALL
	SELECT * FROM (
		SELECT p.id, p.learner_id, p.need_id, p.due_on, p.trained_on, p.name_fold
		{{part of_school}}
			AND {{part page_by_name}}
	) AS of_school
	UNION ALL
	SELECT * FROM (
		SELECT p.id, p.learner_id, p.need_id, p.due_on, p.trained_on, p.name_fold
		{{part of_agency}}
			AND {{part page_by_name}}
	) AS of_agency
) AS x
{{part whose}}
ORDER BY x.name_fold, x.id
LIMIT :row_limit;
