-- Coverage of the register by training. The register and its succession come from the directory; a constant number of
-- statements here, whatever the number of schools. The arithmetic is in coverage_rules.c.

-- coverage_training :many args=period_arg row=coverage_training perm=figure_read
SELECT t.urn,
	MAX(CASE WHEN t.own = 0 THEN t.held_on END) AS direct_on,
	MAX(CASE WHEN t.own = 1 THEN t.held_on END) AS own_on,
	COUNT(*) AS sessions, CAST(SUM(t.attended) AS BIGINT) AS attended
FROM session_school AS t
WHERE t.authority_id = :authority_id AND t.attended > 0
	AND t.held_on >= :from_date AND t.held_on <= :to_date
GROUP BY t.urn
ORDER BY t.urn;

-- coverage_evidence :many args=period_arg row=coverage_evidence perm=figure_read plan: temporary b-tree because what is known of a school comes from two tables
SELECT x.urn, MAX(x.verified_on) AS verified_on, MAX(x.claimed_on) AS claimed_on, MAX(x.none_on) AS none_on
FROM (
	SELECT v.establishment_urn AS urn,
		CASE WHEN v.state = 'verified' THEN v.completed_on END AS verified_on,
		CASE WHEN v.state = 'claimed' THEN v.completed_on END AS claimed_on,
		CAST(NULL AS {{date}}) AS none_on
	FROM evidence AS v
	WHERE v.authority_id = :authority_id AND v.establishment_urn IS NOT NULL
		AND v.state IN ('claimed', 'verified')
		AND v.completed_on >= :from_date AND v.completed_on <= :to_date
	UNION ALL
	SELECT n.urn, CAST(NULL AS {{date}}), CAST(NULL AS {{date}}), n.said_on
	FROM no_training AS n
	WHERE n.authority_id = :authority_id AND n.said_on >= :from_date AND n.said_on <= :to_date
) AS x
GROUP BY x.urn
ORDER BY x.urn;

-- coverage_reviews :many args=period_arg row=coverage_review perm=figure_read plan: temporary b-tree because reviews of three kinds are put in order of schools
SELECT x.urn, x.done_on AS "on", x.overall
FROM (
	SELECT t.urn, coalesce(r.rated_on, r.seen_on) AS done_on, coalesce(r.overall, 0) AS overall
	FROM quality_review AS r
	JOIN session_school AS t ON t.session_id = r.session_id AND t.attended > 0
	WHERE r.authority_id = :authority_id AND r.state IN ('rated', 'actioned', 'refused') AND r.session_id IS NOT NULL
	UNION ALL
	SELECT r.establishment_urn AS urn, coalesce(r.rated_on, r.seen_on) AS done_on, coalesce(r.overall, 0) AS overall
	FROM quality_review AS r
	WHERE r.authority_id = :authority_id AND r.state IN ('rated', 'actioned', 'refused') AND r.establishment_urn IS NOT NULL
	UNION ALL
	SELECT DISTINCT t.urn, coalesce(r.rated_on, r.seen_on) AS done_on, coalesce(r.overall, 0) AS overall
	FROM quality_review AS r
	JOIN session AS s ON s.course_id = r.course_id
	JOIN session_school AS t ON t.session_id = s.id AND t.attended > 0
	WHERE r.authority_id = :authority_id AND r.state IN ('rated', 'actioned', 'refused') AND r.course_id IS NOT NULL
) AS x
WHERE x.done_on >= :from_date AND x.done_on <= :to_date
ORDER BY x.urn, x.done_on;

-- Grouped by the way first, so that it is found out once for each agency, and by its own people: of an EXISTS the server
-- would make a list of all that attended.
-- coverage_bodies :many args=period_arg row=coverage_body perm=figure_read plan: temporary b-tree because agencies are grouped by sector
SELECT x.sector, CAST(SUM(x.bodies) AS BIGINT) AS bodies,
	CAST(SUM(CASE WHEN x.way = 1 THEN x.bodies ELSE 0 END) AS BIGINT) AS trained,
	CAST(SUM(CASE WHEN x.way = 2 THEN x.bodies ELSE 0 END) AS BIGINT) AS verified,
	CAST(SUM(CASE WHEN x.way = 3 THEN x.bodies ELSE 0 END) AS BIGINT) AS claimed
FROM (
	SELECT g.sector, COUNT(*) AS bodies, CASE
		WHEN (SELECT s.id FROM learner AS l JOIN attendance AS a ON a.learner_id = l.id AND a.state = 'attended'
			JOIN session AS s ON s.id = a.session_id
			WHERE l.agency_id = g.id AND s.state IN ('delivered', 'closed')
				AND s.held_on >= :from_date AND s.held_on <= :to_date LIMIT 1) IS NOT NULL THEN 1
		WHEN EXISTS (SELECT 1 FROM evidence AS v WHERE v.agency_id = g.id AND v.state = 'verified'
			AND v.completed_on >= :from_date AND v.completed_on <= :to_date) THEN 2
		WHEN EXISTS (SELECT 1 FROM evidence AS v WHERE v.agency_id = g.id AND v.state = 'claimed'
			AND v.completed_on >= :from_date AND v.completed_on <= :to_date) THEN 3
		ELSE 0 END AS way
	FROM agency AS g
	WHERE g.authority_id = :authority_id AND g.state <> 'closed'
	GROUP BY g.sector, way
) AS x
GROUP BY x.sector
ORDER BY x.sector;
