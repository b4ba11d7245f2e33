-- Two things that pages asked of everybody are kept: how many are in date, due and overdue on any day, and who shares a name
-- (docs/decisions/0015-standing.md).

-- With the rule's days a row says by itself on which days it asks for training.
ALTER TABLE person_need ADD COLUMN from_on {{date}} NOT NULL DEFAULT '2200-12-31'; -- the rule's; always given
ALTER TABLE person_need ADD COLUMN to_on {{date}};     -- the rule's; NULL: no end is set
ALTER TABLE learner_merge_need ADD COLUMN from_on {{date}} NOT NULL DEFAULT '2200-12-31';
ALTER TABLE learner_merge_need ADD COLUMN to_on {{date}};
UPDATE person_need
SET from_on = (SELECT n.from_on FROM need AS n WHERE n.id = person_need.need_id),
	to_on = (SELECT n.to_on FROM need AS n WHERE n.id = person_need.need_id);

-- Nothing is counted from this index any more: lists are in its order.
DROP INDEX person_need_by_audience;
CREATE INDEX person_need_by_audience ON person_need (audience, due_on, id, need_id, sector);

-- By how much numbers change on a day: people of whom a rule asks for training, and those of them who are in date for every rule
-- that does; what is asked for (a person and a rule), and of that what is overdue, and due in the next 60 days. The sum up to a
-- day is how many there are on that day. Worked out of person_need in the same transaction (training/need_tally.c) and checked
-- by `dueregard check`.
CREATE TABLE need_tally (
	authority_id {{int}} NOT NULL REFERENCES authority (id),
	audience {{text}} NOT NULL,               -- of the people; '': not recorded
	on_day {{date}} NOT NULL,
	required {{int}} NOT NULL,
	in_date {{int}} NOT NULL,
	asked {{int}} NOT NULL,
	overdue {{int}} NOT NULL,
	due {{int}} NOT NULL,
	PRIMARY KEY (authority_id, audience, on_day)
){{strict}};

INSERT INTO need_tally (authority_id, audience, on_day, required, in_date, asked, overdue, due)
SELECT w.authority_id, w.audience, w.on_day, sum(w.required), sum(w.in_date), sum(w.asked), sum(w.overdue), sum(w.due)
FROM (
	SELECT v.authority_id, v.audience, v.on_day,
		v.required - lag(v.required, 1, 0) OVER days AS required, v.in_date - lag(v.in_date, 1, 0) OVER days AS in_date,
		v.asked - lag(v.asked, 1, 0) OVER days AS asked, v.overdue - lag(v.overdue, 1, 0) OVER days AS overdue,
		v.due - lag(v.due, 1, 0) OVER days AS due
	FROM (
		SELECT u.learner_id, u.on_day, u.authority_id, u.audience, u.asked, u.overdue, u.due,
			CASE WHEN u.asked > 0 THEN 1 ELSE 0 END AS required,
			CASE WHEN u.asked > 0 AND u.kept = u.asked THEN 1 ELSE 0 END AS in_date
		FROM (
			SELECT t.learner_id, t.on_day, max(p.authority_id) AS authority_id, coalesce(max(p.audience), '') AS audience,
				count(*) FILTER (WHERE p.from_on <= t.on_day AND (p.to_on IS NULL OR p.to_on >= t.on_day)) AS asked,
				count(*) FILTER (WHERE p.from_on <= t.on_day AND (p.to_on IS NULL OR p.to_on >= t.on_day)
					AND p.trained_on <= t.on_day AND p.due_on >= t.on_day) AS kept,
				count(*) FILTER (WHERE p.from_on <= t.on_day AND (p.to_on IS NULL OR p.to_on >= t.on_day)
					AND p.due_on < t.on_day) AS overdue,
				count(*) FILTER (WHERE p.from_on <= t.on_day AND (p.to_on IS NULL OR p.to_on >= t.on_day)
					AND p.due_on >= t.on_day AND date(p.due_on{{minus_60_days}}) <= t.on_day) AS due
			FROM (
				SELECT f.learner_id, f.from_on AS on_day FROM person_need AS f
				UNION
				SELECT f.learner_id, date(f.to_on{{plus_1_day}}) FROM person_need AS f WHERE f.to_on < '2200-12-31'
				UNION
				SELECT f.learner_id, f.trained_on FROM person_need AS f WHERE f.trained_on IS NOT NULL
				UNION
				SELECT f.learner_id, date(f.due_on{{minus_60_days}}) FROM person_need AS f
				UNION
				SELECT f.learner_id, date(f.due_on{{plus_1_day}}) FROM person_need AS f WHERE f.due_on < '2200-12-31'
			) AS t
			JOIN person_need AS p ON p.learner_id = t.learner_id
			GROUP BY t.learner_id, t.on_day
		) AS u
	) AS v
	WINDOW days AS (PARTITION BY v.learner_id ORDER BY v.on_day)
) AS w
GROUP BY w.authority_id, w.audience, w.on_day
HAVING sum(abs(w.required) + abs(w.in_date) + abs(w.asked) + abs(w.overdue) + abs(w.due)) > 0;

-- Whether somebody else has the same name. Kept where a name changes; who has it no longer may still be marked.
ALTER TABLE learner ADD COLUMN namesake {{int}} NOT NULL DEFAULT 0;
UPDATE learner
SET namesake = 1
WHERE EXISTS (SELECT 1 FROM learner AS o
	WHERE o.authority_id = learner.authority_id AND o.name_fold = learner.name_fold AND o.id <> learner.id
		AND o.merged_into IS NULL);
CREATE INDEX learner_namesake ON learner (authority_id, id) WHERE namesake = 1 AND merged_into IS NULL;

-- What coverage asks of each agency is read from indexes alone: its people, and whether they attended.
DROP INDEX learner_by_agency;
CREATE INDEX learner_by_agency ON learner (agency_id, name_fold, id);
DROP INDEX attendance_by_learner;
CREATE INDEX attendance_by_learner ON attendance (learner_id, session_id, state);

-- People who have left: few beside all.
CREATE INDEX learner_left ON learner (authority_id, id) WHERE ended_on IS NOT NULL;
