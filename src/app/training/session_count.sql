-- What is worked out of a session: which schools it served, what it counts for, who attended. Rows stand only for sessions
-- that are delivered or closed.

-- ---- schools ----

-- session_school_clear :exec args=session_arg perm=training_deliver
DELETE FROM session_school WHERE session_id = :session_id;

-- session_school_fill :exec args=session_arg perm=training_deliver plan: temporary b-tree because one session's attendance is grouped by school
INSERT INTO session_school (session_id, urn, authority_id, held_on, attended, own)
SELECT s.id, x.urn, s.authority_id, s.held_on, sum(x.attended),
	CASE WHEN c.provider = 'school' THEN 1 ELSE 0 END
FROM session AS s
JOIN course AS c ON c.id = s.course_id
JOIN (
	SELECT a.session_id, a.establishment_urn AS urn, 1 AS attended
	FROM attendance AS a
	WHERE a.session_id = :session_id AND a.state = 'attended' AND a.establishment_urn IS NOT NULL
	UNION ALL
	SELECT h.session_id, h.urn, 0 AS attended
	FROM session_host AS h
	WHERE h.session_id = :session_id AND h.urn IS NOT NULL
) AS x ON x.session_id = s.id
WHERE s.authority_id = :authority_id AND s.id = :session_id AND s.state IN ('delivered', 'closed')
GROUP BY s.id, x.urn, s.authority_id, s.held_on, c.provider;

-- session_school_wrong :many row=session_school_wrong perm=house plan: scan because the whole is compared, by `dueregard check` only
SELECT s.reference, d.urn, CAST(sum(d.stored) AS BIGINT) AS stored,
	CAST(sum(d.counted) AS BIGINT) AS counted
FROM (
	SELECT k.session_id, k.urn, k.held_on, k.attended AS stored, 0 AS counted, 1 AS sides
	FROM session_school AS k
	JOIN session AS q ON q.id = k.session_id AND q.authority_id = k.authority_id
	JOIN course AS c ON c.id = q.course_id AND (c.provider = 'school') = (k.own = 1)
	UNION ALL
	SELECT x.session_id, x.urn, x.held_on, 0 AS stored, sum(x.attended) AS counted, 2 AS sides
	FROM (
		SELECT a.session_id, a.establishment_urn AS urn, p.held_on, 1 AS attended
		FROM attendance AS a
		JOIN session AS p ON p.id = a.session_id AND p.state IN ('delivered', 'closed')
		WHERE a.state = 'attended' AND a.establishment_urn IS NOT NULL
		UNION ALL
		SELECT h.session_id, h.urn, q.held_on, 0 AS attended
		FROM session_host AS h
		JOIN session AS q ON q.id = h.session_id AND q.state IN ('delivered', 'closed')
		WHERE h.urn IS NOT NULL
	) AS x
	GROUP BY x.session_id, x.urn, x.held_on
) AS d
JOIN session AS s ON s.id = d.session_id
GROUP BY s.reference, d.urn, d.held_on
HAVING sum(d.stored) <> sum(d.counted) OR sum(d.sides) <> 3
ORDER BY s.reference, d.urn;

-- ---- counts ----

-- counted :part
(SELECT count(*) FROM attendance AS a WHERE a.session_id = s.id AND a.state = 'attended') AS attended,
	(SELECT count(*) FROM attendance AS a WHERE a.session_id = s.id AND a.state = 'part') AS part,
	(SELECT count(*) FROM attendance AS a WHERE a.session_id = s.id AND a.state = 'no-show') AS no_show,
	(SELECT count(*) FROM attendance AS a WHERE a.session_id = s.id AND a.state = 'booked') AS booked,
	(SELECT count(*) FROM feedback AS f WHERE f.session_id = s.id) AS forms,
	(SELECT count(f.understanding) FROM feedback AS f WHERE f.session_id = s.id) AS answers,
	(SELECT count(*) FROM feedback AS f WHERE f.session_id = s.id AND f.understanding >= 4) AS agreed;

-- session_tally_clear :exec args=session_arg perm=training_deliver
DELETE FROM session_tally WHERE session_id = :session_id;

-- session_tally_fill :exec args=session_arg perm=training_deliver
INSERT INTO session_tally (session_id, authority_id, held_on, attended, part, no_show, booked, forms, answers, agreed)
SELECT s.id, s.authority_id, s.held_on, {{part counted}}
FROM session AS s
WHERE s.authority_id = :authority_id AND s.id = :session_id AND s.state IN ('delivered', 'closed');

-- A form was sent. Counted anew: one that is sent twice counts once.
-- session_tally_feedback :exec args=feedback perm=public
UPDATE session_tally
SET forms = (SELECT count(*) FROM feedback AS f WHERE f.session_id = :session_id),
	answers = (SELECT count(f.understanding) FROM feedback AS f WHERE f.session_id = :session_id),
	agreed = (SELECT count(*) FROM feedback AS f WHERE f.session_id = :session_id AND f.understanding >= 4)
WHERE session_id = :session_id;

-- session_tally_wrong :many row=session_wrong perm=house plan: scan because the whole is compared, by `dueregard check` only
SELECT s.reference
FROM (SELECT s.id, s.authority_id, s.reference, s.held_on, s.state, {{part counted}} FROM session AS s) AS s
LEFT JOIN session_tally AS t ON t.session_id = s.id AND t.authority_id = s.authority_id AND t.held_on = s.held_on
	AND t.attended = s.attended AND t.part = s.part AND t.no_show = s.no_show AND t.booked = s.booked
	AND t.forms = s.forms AND t.answers = s.answers AND t.agreed = s.agreed
LEFT JOIN session_tally AS o ON o.session_id = s.id
WHERE CASE WHEN s.state IN ('delivered', 'closed') THEN t.session_id IS NULL ELSE o.session_id IS NOT NULL END
ORDER BY s.reference
LIMIT 1000;

-- ---- people ----

-- session_people_clear :exec args=session_arg perm=training_deliver
DELETE FROM session_people WHERE session_id = :session_id;

-- session_people_attended :many args=session_arg row=person_attended perm=training_deliver plan: temporary b-tree because one session's people are put in order
SELECT a.sector, a.learner_id
FROM attendance AS a
JOIN session AS s ON s.id = a.session_id
WHERE a.session_id = :session_id AND a.state = 'attended' AND s.state IN ('delivered', 'closed')
ORDER BY a.sector, a.learner_id;

-- session_people_add :exec args=people_list perm=training_deliver
INSERT INTO session_people (session_id, sector, people) VALUES (:session_id, :sector, :people);

-- Somebody who attended stands in the list of their sector, and there are no more in the lists than attended.
-- session_people_wrong :many row=session_wrong perm=house plan: scan because the whole is compared, by `dueregard check` only
SELECT s.reference
FROM session AS s
WHERE EXISTS (
		SELECT 1 FROM attendance AS a
		LEFT JOIN session_people AS p ON p.session_id = a.session_id AND p.sector = a.sector
			AND ',' || p.people || ',' LIKE '%,' || CAST(a.learner_id AS TEXT) || ',%'
		WHERE a.session_id = s.id AND a.state = 'attended' AND s.state IN ('delivered', 'closed') AND p.session_id IS NULL)
	OR (SELECT coalesce(sum(length(p.people) - length(replace(p.people, ',', '')) + 1), 0)
		FROM session_people AS p WHERE p.session_id = s.id)
		<> CASE WHEN s.state IN ('delivered', 'closed')
			THEN (SELECT count(*) FROM attendance AS a WHERE a.session_id = s.id AND a.state = 'attended') ELSE 0 END
ORDER BY s.reference
LIMIT 1000;
