-- Whom the rules touch, and by when they must be trained: worked out from people, completion and rules. (+ keeps the authority,
-- which is everybody's, from being taken as the way to find a row.)

-- fact :part
n.id AS need_id, l.id AS learner_id, n.authority_id, n.months, c.refresh_months AS course_months, n.newcomer_days,
	n.from_on, n.to_on, l.audience, l.sector, l.name_fold, k.completed_on, p.since_on, p.trained_on, p.due_on, p.audience AS audience_was,
	p.sector AS sector_was, p.name_fold AS name_was, p.from_on AS from_was, p.to_on AS to_was;

-- what_is_known :part
JOIN course AS c ON c.id = n.course_id
LEFT JOIN completion AS k ON k.learner_id = l.id AND k.course_id = n.course_id
LEFT JOIN person_need AS p ON p.learner_id = l.id AND p.need_id = n.id;

-- still_touched :part
EXISTS (SELECT 1 FROM need_match AS m
	WHERE m.need_id = person_need.need_id AND m.learner_id = person_need.learner_id);

-- person_need_clear :exec args=need_scope perm=public
DELETE FROM person_need
WHERE learner_id > :after_id AND learner_id <= :upto_id AND +authority_id = :authority_id
	AND (:need_id = 0 OR need_id = :need_id)
	AND NOT {{part still_touched}};

-- person_need_facts :many args=need_scope row=need_fact perm=public
SELECT {{part fact}}
FROM learner AS l
JOIN need_match AS m ON m.learner_id = l.id
JOIN need AS n ON n.id = m.need_id
{{part what_is_known}}
WHERE l.id > :after_id AND l.id <= :upto_id AND +l.authority_id = :authority_id
	AND (:need_id = 0 OR n.id = :need_id);

-- person_need_clear_people :exec args=people_ids perm=public
DELETE FROM person_need
WHERE learner_id IN (SELECT j.id FROM {{ids people}} AS j) AND +authority_id = :authority_id
	AND NOT {{part still_touched}};

-- person_need_facts_people :many args=people_ids row=need_fact perm=public
SELECT {{part fact}}
FROM {{ids people}} AS j
{{cross_join}} learner AS l ON l.id = j.id
JOIN need_match AS m ON m.learner_id = l.id
JOIN need AS n ON n.id = m.need_id
{{part what_is_known}}
WHERE +l.authority_id = :authority_id;

-- Who was at a session completed its course, and no other.
-- person_need_facts_session :many args=session_arg row=need_fact perm=training_deliver
SELECT {{part fact}}
FROM session AS s
CROSS JOIN need AS n
CROSS JOIN attendance AS a
CROSS JOIN learner AS l
JOIN need_match AS m ON m.learner_id = l.id AND m.need_id = n.id
{{part what_is_known}}
WHERE s.id = :session_id AND s.authority_id = :authority_id AND n.course_id = s.course_id AND n.ended = 0
	AND a.session_id = s.id AND l.id = a.learner_id;

-- person_need_put :list args=person_need perm=public
INSERT INTO person_need (authority_id, need_id, learner_id, since_on, trained_on, due_on, audience, sector, name_fold, from_on, to_on)
VALUES (:authority_id, :need_id, :learner_id, :since_on, :trained_on, :due_on, :audience, :sector, :name_fold, :from_on, :to_on)
ON CONFLICT (learner_id, need_id) DO UPDATE
SET trained_on = excluded.trained_on, due_on = excluded.due_on, audience = excluded.audience, sector = excluded.sector,
	name_fold = excluded.name_fold, from_on = excluded.from_on, to_on = excluded.to_on;

-- person_need_forget :exec args=need_scope perm=training_deliver
DELETE FROM person_need
WHERE learner_id = :upto_id AND +authority_id = :authority_id
	AND NOT EXISTS (SELECT 1 FROM attendance AS a WHERE a.learner_id = person_need.learner_id)
	AND NOT EXISTS (SELECT 1 FROM evidence AS v WHERE v.learner_id = person_need.learner_id)
	AND NOT EXISTS (SELECT 1 FROM chase_person AS h WHERE h.learner_id = person_need.learner_id);

-- The id of the last of the next people in order; none: there are no more.
-- need_piece :one args=need_scope row=need_piece perm=training_manage
SELECT max(x.id) AS upto_id, count(*) AS n
FROM (
	SELECT l.id FROM learner AS l WHERE l.id > :after_id ORDER BY l.id LIMIT :row_limit
) AS x;

-- person_need_all :many row=need_fact perm=house plan: scan because the whole is compared, by `dueregard check` only
SELECT {{part fact}}
FROM need AS n
JOIN need_match AS m ON m.need_id = n.id
JOIN learner AS l ON l.id = m.learner_id
{{part what_is_known}}
WHERE n.reach IS NULL;

-- Rows of people whom the rule does not touch any more.
-- person_need_beyond :many row=need_beyond perm=house plan: scan because the whole is compared, by `dueregard check` only
SELECT l.reference AS learner, n.reference AS need
FROM person_need AS p
JOIN need AS n ON n.id = p.need_id
JOIN learner AS l ON l.id = p.learner_id
WHERE n.reach IS NULL
	AND NOT EXISTS (SELECT 1 FROM need_match AS m WHERE m.need_id = p.need_id AND m.learner_id = p.learner_id)
ORDER BY p.id
LIMIT 1000;
