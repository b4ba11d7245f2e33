-- Coverage of the register by training. The register and its succession come from the directory; one
-- statement here, whatever the number of schools. The arithmetic is in coverage_rules.c.

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
