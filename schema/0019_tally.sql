-- What a delivered or closed session counts for in figures. Worked out from attendance and feedback in the same
-- transaction (training/session_count.c) and checked by `dueregard check`, so that a figure of some years reads
-- thousands of rows, not a million (docs/decisions/0014-tally.md).
CREATE TABLE session_tally (
	session_id {{int}} PRIMARY KEY REFERENCES session (id),
	authority_id {{int}} NOT NULL REFERENCES authority (id),
	held_on {{date}} NOT NULL,                -- the session's
	attended {{int}} NOT NULL,                -- in full
	part {{int}} NOT NULL,
	no_show {{int}} NOT NULL,
	booked {{int}} NOT NULL,                  -- and never marked
	forms {{int}} NOT NULL,                   -- of feedback
	answers {{int}} NOT NULL,                 -- to the question of understanding
	agreed {{int}} NOT NULL                   -- of those
){{strict}};
CREATE INDEX session_tally_by_day ON session_tally (authority_id, held_on, session_id);

-- Who attended in full, by sector: the ids of learners as a list, "12,7,40". Different people of a period are counted
-- from these lists.
CREATE TABLE session_people (
	session_id {{int}} NOT NULL REFERENCES session (id),
	sector {{text}} NOT NULL,                 -- of the person on that day
	people {{text}} NOT NULL,
	PRIMARY KEY (session_id, sector)
){{strict}};

INSERT INTO session_tally (session_id, authority_id, held_on, attended, part, no_show, booked, forms, answers, agreed)
SELECT s.id, s.authority_id, s.held_on,
	(SELECT count(*) FROM attendance AS a WHERE a.session_id = s.id AND a.state = 'attended'),
	(SELECT count(*) FROM attendance AS a WHERE a.session_id = s.id AND a.state = 'part'),
	(SELECT count(*) FROM attendance AS a WHERE a.session_id = s.id AND a.state = 'no-show'),
	(SELECT count(*) FROM attendance AS a WHERE a.session_id = s.id AND a.state = 'booked'),
	(SELECT count(*) FROM feedback AS f WHERE f.session_id = s.id),
	(SELECT count(f.understanding) FROM feedback AS f WHERE f.session_id = s.id),
	(SELECT count(*) FROM feedback AS f WHERE f.session_id = s.id AND f.understanding >= 4)
FROM session AS s
WHERE s.state IN ('delivered', 'closed');

INSERT INTO session_people (session_id, sector, people)
SELECT a.session_id, a.sector, {{string_agg}}(CAST(a.learner_id AS TEXT), ',')
FROM attendance AS a
JOIN session AS s ON s.id = a.session_id
WHERE a.state = 'attended' AND s.state IN ('delivered', 'closed')
GROUP BY a.session_id, a.sector;

-- With the person, so that who is in date is counted from the index alone.
DROP INDEX person_need_by_audience;
CREATE INDEX person_need_by_audience ON person_need (audience, due_on, id, need_id, sector, trained_on, authority_id, learner_id);
