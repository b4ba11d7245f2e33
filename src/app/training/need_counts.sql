-- How many are overdue, due, in date.

-- counts :part
count(*) FILTER (WHERE p.due_on < :today) AS overdue,
	count(*) FILTER (WHERE p.due_on >= :today AND p.due_on < :from_due) AS due,
	count(*) FILTER (WHERE p.due_on >= :from_due) AS in_date;

-- rule_in_force :part
n.authority_id = :authority_id AND n.from_on <= :today
	AND (n.to_on IS NULL OR n.to_on >= :today);

-- Of everybody, or whoever does one thing: the sum of days, not of people.
-- need_counts_all :one args=due_args row=need_counts perm=need_read
SELECT CAST(sum(t.overdue) AS BIGINT) AS overdue, CAST(sum(t.due) AS BIGINT) AS due,
	CAST(sum(t.asked - t.overdue - t.due) AS BIGINT) AS in_date
FROM need_tally AS t
WHERE t.authority_id = :authority_id AND t.on_day <= :today AND (:audience IS NULL OR t.audience = :audience);

-- need_counts_rule :one args=due_args row=need_counts perm=need_read
SELECT {{part counts}}
FROM need AS r
JOIN person_need AS p ON p.need_id = r.id
WHERE r.authority_id = :authority_id AND r.reference = :need AND r.from_on <= :today
	AND (r.to_on IS NULL OR r.to_on >= :today) AND (:audience IS NULL OR p.audience = :audience);

-- need_counts_body :one args=due_args row=need_counts perm=need_read
SELECT {{part counts}}
FROM (
	SELECT s.id FROM learner AS s WHERE s.establishment_urn = :urn AND +s.authority_id = :authority_id
	UNION ALL
	SELECT s.id FROM learner AS s
	WHERE s.agency_id = (SELECT o.id FROM agency AS o WHERE o.authority_id = :authority_id AND o.reference = :agency)
		AND +s.authority_id = :authority_id AND :urn IS NULL
) AS s
CROSS JOIN person_need AS p
WHERE p.learner_id = s.id
	AND p.need_id IN (SELECT n.id FROM need AS n WHERE {{part rule_in_force}} AND (:need IS NULL OR n.reference = :need));

-- A person is in date when they are for every rule that touches them. :to_due: the day.
-- need_standings :many args=due_args row=need_standing perm=figure_read
SELECT NULLIF(t.audience, '') AS audience, CAST(sum(t.required) AS BIGINT) AS required, CAST(sum(t.in_date) AS BIGINT) AS in_date
FROM need_tally AS t
WHERE t.authority_id = :authority_id AND t.on_day <= :to_due
GROUP BY t.audience;
