-- How many are in date, due and overdue on a day (need_tally.c).

-- touch :part
p.learner_id, p.authority_id, p.audience, p.from_on, p.to_on, p.trained_on, p.due_on;

-- need_touches_of_people :many args=need_scope row=need_touch perm=public
SELECT {{part touch}}
FROM person_need AS p
WHERE p.learner_id > :after_id AND p.learner_id <= :upto_id AND +p.authority_id = :authority_id
ORDER BY p.learner_id;

-- need_touches_of_list :many args=people_ids row=need_touch perm=public plan: temporary b-tree because the rules of each person stand together
SELECT {{part touch}}
FROM {{ids people}} AS j
{{cross_join}} person_need AS p ON p.learner_id = j.id
WHERE +p.authority_id = :authority_id
ORDER BY p.learner_id;

-- need_touches_of_all :many row=need_touch perm=house plan: scan because the whole is compared, by `dueregard check` only
SELECT {{part touch}}
FROM person_need AS p
ORDER BY p.learner_id;

-- need_step_put :list args=need_step perm=public
INSERT INTO need_tally (authority_id, audience, on_day, required, in_date, asked, overdue, due)
VALUES (:authority_id, coalesce(:audience, ''), :on_day, :required, :in_date, :asked, :overdue, :due)
ON CONFLICT (authority_id, audience, on_day) DO UPDATE
SET required = need_tally.required + excluded.required, in_date = need_tally.in_date + excluded.in_date,
	asked = need_tally.asked + excluded.asked, overdue = need_tally.overdue + excluded.overdue,
	due = need_tally.due + excluded.due;

-- need_tally_all :many row=need_step perm=house plan: scan because the whole is compared, by `dueregard check` only
SELECT t.authority_id, NULLIF(t.audience, '') AS audience, t.on_day, t.required, t.in_date, t.asked, t.overdue, t.due
FROM need_tally AS t;
