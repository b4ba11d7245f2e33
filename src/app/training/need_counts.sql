-- How many are overdue, due, in date: read from indexes alone.

-- counts :part
count(*) FILTER (WHERE p.due_on < :today) AS overdue,
	count(*) FILTER (WHERE p.due_on >= :today AND p.due_on < :from_due) AS due,
	count(*) FILTER (WHERE p.due_on >= :from_due) AS in_date;

-- rule_in_force :part
n.authority_id = :authority_id AND n.from_on <= :today
	AND (n.to_on IS NULL OR n.to_on >= :today);

-- of_rules_in_force :part
p.need_id IN (SELECT n.id FROM need AS n WHERE {{part rule_in_force}});

-- Rows of one rule, or of one audience; what is not asked for costs nothing.
-- need_counts_filtered :one args=due_args row=need_counts perm=need_read
SELECT CAST(sum(x.overdue) AS BIGINT) AS overdue, CAST(sum(x.due) AS BIGINT) AS due, CAST(sum(x.in_date) AS BIGINT) AS in_date
FROM (
	SELECT {{part counts}}
	FROM person_need AS p
	WHERE +p.authority_id = :authority_id AND p.audience = :audience AND :need IS NULL
		AND {{part of_rules_in_force}}
	UNION ALL
	SELECT {{part counts}}
	FROM need AS r
	JOIN person_need AS p ON p.need_id = r.id
	WHERE r.authority_id = :authority_id AND r.reference = :need AND r.from_on <= :today
		AND (r.to_on IS NULL OR r.to_on >= :today) AND (:audience IS NULL OR p.audience = :audience)
) AS x;

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

-- Of everybody: counted up to ten thousand.
-- need_counts_all :one args=due_args row=need_counts perm=need_read
SELECT
	(SELECT count(*) FROM (
		SELECT p.id FROM person_need AS p
		WHERE p.authority_id = :authority_id AND p.due_on < :today
			AND {{part of_rules_in_force}}
		LIMIT 10001) AS x) AS overdue,
	(SELECT count(*) FROM (
		SELECT p.id FROM person_need AS p
		WHERE p.authority_id = :authority_id AND p.due_on >= :today AND p.due_on < :from_due
			AND {{part of_rules_in_force}}
		LIMIT 10001) AS x) AS due,
	(SELECT count(*) FROM (
		SELECT p.id FROM person_need AS p
		WHERE p.authority_id = :authority_id AND p.due_on >= :from_due
			AND {{part of_rules_in_force}}
		LIMIT 10001) AS x) AS in_date;

-- A person is in date when they are for every rule that touches them. :to_due: the day. The people of each day and role as
-- lists of ids, from the index and in its order; who is who is told in need_counts.c.
-- need_standings :many args=due_args row=need_standing perm=figure_read plan: scan because everybody whom a rule touches is counted
SELECT p.audience,
	{{string_agg}}(CASE WHEN p.due_on < :to_due OR p.trained_on IS NULL OR p.trained_on > :to_due
		THEN CAST(p.learner_id AS TEXT) END, ',') AS late,
	{{string_agg}}(CASE WHEN p.due_on >= :to_due AND p.trained_on <= :to_due
		THEN CAST(p.learner_id AS TEXT) END, ',') AS in_date
FROM person_need AS p
WHERE +p.authority_id = :authority_id
	AND +p.need_id IN (SELECT n.id FROM need AS n WHERE n.authority_id = :authority_id AND n.from_on <= :to_due
		AND (n.to_on IS NULL OR n.to_on >= :to_due))
GROUP BY p.audience, p.due_on;
