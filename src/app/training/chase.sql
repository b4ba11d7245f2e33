-- Lists of people to be reminded: who is on them, who was told, what has become of it.

-- trained_since :part
k.learner_id = p.learner_id AND k.course_id = n.course_id AND k.completed_on >= h.made_on;

-- chase_find :maybe args=reference_arg row=chase perm=training_manage
SELECT h.id, h.authority_id, h.reference, h.need_id, n.reference AS need_reference, n.whom, c.title AS course,
	c.reference AS course_reference, h.made_on, h.made_by, u.name AS made_by_name, h.subject, h.letter, h.version
FROM chase AS h
JOIN need AS n ON n.id = h.need_id
JOIN course AS c ON c.id = n.course_id
LEFT JOIN user_account AS u ON u.id = h.made_by
WHERE h.authority_id = :authority_id AND h.reference = :reference;

-- chase_add :one args=chase row=id_row perm=training_manage
INSERT INTO chase (authority_id, reference, need_id, made_on, made_by, subject, letter)
VALUES (:authority_id, :reference, :need_id, :made_on, :made_by, :subject, :letter)
RETURNING id;

-- chase_touch :exec args=chase perm=training_manage
UPDATE chase SET version = version + 1 WHERE authority_id = :authority_id AND id = :id;

-- Whom the rule touches, by reference: nobody else can be put on its list.
-- chase_pick_find :maybe args=chase_pick row=chase_pick perm=training_manage
SELECT p.authority_id, p.need_id, p.learner_id, l.reference, p.due_on
FROM learner AS l
JOIN person_need AS p ON p.learner_id = l.id
WHERE l.reference = :reference AND l.authority_id = :authority_id AND p.need_id = :need_id;

-- chase_person_add :exec args=chase_person perm=training_manage
INSERT INTO chase_person (chase_id, learner_id, due_on) VALUES (:chase_id, :learner_id, :due_on)
ON CONFLICT (chase_id, learner_id) DO NOTHING;

-- chase_person_find :maybe args=chase_pick row=chase_person perm=training_manage
SELECT h.id, h.chase_id, h.learner_id, h.due_on, h.told_on, h.told_by
FROM learner AS l
JOIN chase_person AS h ON h.learner_id = l.id
WHERE l.reference = :reference AND l.authority_id = :authority_id AND h.chase_id = :need_id;

-- chase_person_told :exec args=chase_person perm=training_manage
UPDATE chase_person SET told_on = :told_on, told_by = :told_by WHERE id = :id;

-- chases_newest :many args=chases_args row=chase_line perm=training_manage
SELECT h.id, h.reference, n.whom, c.title AS course, h.made_on,
	(SELECT count(*) FROM chase_person AS p WHERE p.chase_id = h.id) AS people,
	(SELECT count(*) FROM chase_person AS p WHERE p.chase_id = h.id AND p.told_on IS NOT NULL) AS told,
	(SELECT count(*) FROM chase_person AS p
		CROSS JOIN completion AS k
		WHERE p.chase_id = h.id AND {{part trained_since}}) AS trained
FROM chase AS h
JOIN need AS n ON n.id = h.need_id
JOIN course AS c ON c.id = n.course_id
WHERE h.authority_id = :authority_id
	AND (:after_key = '' OR (h.made_on, h.id) < (CAST(nullif(:after_key, '') AS {{date}}), :after_id))
	AND (:need IS NULL OR n.reference = :need)
ORDER BY h.made_on DESC, h.id DESC
LIMIT :row_limit;

-- A list holds a hundred people at most, so that what has become of each is looked up as it is asked.
-- chased_in_order :many args=chased_args row=chased_line perm=training_manage plan: temporary b-tree because the people of one list, a hundred at most, are put in order
SELECT p.id, h.reference AS chase, l.reference, l.name, l.name_fold, l.email, e.name AS school, l.organisation,
	g.name AS agency, c.title AS course, h.made_on, p.due_on, p.told_on,
	(SELECT k.completed_on FROM completion AS k
		WHERE {{part trained_since}}) AS trained_on,
	(SELECT min(s.held_on) FROM attendance AS a JOIN session AS s ON s.id = a.session_id
		WHERE a.learner_id = p.learner_id AND a.state = 'booked' AND s.course_id = n.course_id
			AND s.state IN ('planned', 'confirmed') AND s.held_on >= :today) AS booked_on
FROM chase AS h
JOIN need AS n ON n.id = h.need_id
JOIN course AS c ON c.id = n.course_id
CROSS JOIN chase_person AS p
JOIN learner AS l ON l.id = p.learner_id
LEFT JOIN establishment AS e ON e.urn = l.establishment_urn
LEFT JOIN agency AS g ON g.id = l.agency_id
WHERE h.authority_id = :authority_id AND h.reference = :chase AND p.chase_id = h.id AND p.id > :after_id
	AND (:state IS NULL OR (:state = 'to-tell' AND p.told_on IS NULL) OR (:state = 'told' AND p.told_on IS NOT NULL)
		OR (:state = 'trained' AND EXISTS (SELECT 1 FROM completion AS k WHERE {{part trained_since}}))
		OR (:state = 'booked' AND EXISTS (SELECT 1 FROM attendance AS a CROSS JOIN session AS s
			WHERE a.learner_id = p.learner_id AND s.id = a.session_id AND a.state = 'booked' AND s.course_id = n.course_id
				AND s.state IN ('planned', 'confirmed') AND s.held_on >= :today)))
ORDER BY p.id
LIMIT :row_limit;
