-- Who needs which course, how often and by when; whom that touches; who was put on a list to be chased.
CREATE TABLE need (                           -- a rule; whoever fits all that it names needs the course
	id {{id}},
	authority_id {{int}} NOT NULL REFERENCES authority (id),
	reference {{text}} NOT NULL UNIQUE,
	course_id {{int}} NOT NULL REFERENCES course (id),
	audience {{text}},                        -- word of audience_words; NULL: whatever people do
	sector {{text}},                          -- word of sector_words; NULL: wherever they work
	standing {{text}},                        -- word of standing_words; NULL: on a payroll or not
	agency_id {{int}} REFERENCES agency (id), -- NULL: of any body
	whom {{text}} NOT NULL,                   -- the four in words, as lists name the rule: "Foster carers"
	months {{int}},                           -- again after so many; 0: once; NULL: as the course says
	newcomer_days {{int}} NOT NULL,           -- by when somebody must be trained whom the rule begins to touch
	from_on {{date}} NOT NULL,
	to_on {{date}},                           -- last day of the rule
	ended {{int}} NOT NULL DEFAULT 0 CHECK (ended IN (0, 1)), -- its last day has passed, and it touches nobody any more
	reach {{int}},                            -- being worked out: the highest id of learner that is done; NULL: all are
	version {{int}} NOT NULL DEFAULT 1
){{strict}};
CREATE INDEX need_by_authority ON need (authority_id, id);
CREATE INDEX need_by_course ON need (course_id, id);
CREATE INDEX need_by_agency ON need (agency_id);

-- Whom each rule touches.
CREATE VIEW need_match AS
SELECT n.id AS need_id, l.id AS learner_id, n.course_id AS course_id, n.authority_id AS authority_id
FROM need AS n
JOIN learner AS l ON l.authority_id = n.authority_id
WHERE n.ended = 0 AND l.merged_into IS NULL AND l.ended_on IS NULL
	AND (n.audience IS NULL OR n.audience = l.audience)
	AND (n.sector IS NULL OR n.sector = l.sector)
	AND (n.standing IS NULL OR n.standing = l.standing)
	AND (n.agency_id IS NULL OR n.agency_id = l.agency_id);

-- One row for each of them: by when the person must be trained (again). Worked out in the transaction of what changes it
-- (training/need_work.c), by a job in pieces when a rule changes, and checked by `dueregard check`. What follows from the
-- date alone - in date, due, overdue - is not kept. since_on is a fact of its own: when the rule began to touch the person.
-- audience, sector and name_fold repeat the learner's, so that lists and counts read one index, whatever their order.
CREATE TABLE person_need (
	id {{id}},
	authority_id {{int}} NOT NULL,
	need_id {{int}} NOT NULL REFERENCES need (id),
	learner_id {{int}} NOT NULL REFERENCES learner (id),
	since_on {{date}} NOT NULL,
	trained_on {{date}},                      -- as completion says; NULL: never
	due_on {{date}} NOT NULL,                 -- 2200-12-31: never again
	audience {{text}},
	sector {{text}} NOT NULL,
	name_fold {{text}} NOT NULL,
	UNIQUE (learner_id, need_id)
){{strict}};
CREATE INDEX person_need_by_due ON person_need (authority_id, due_on, id, need_id, audience, sector);
CREATE INDEX person_need_by_need ON person_need (need_id, due_on, id, audience, sector, trained_on, learner_id);
CREATE INDEX person_need_by_audience ON person_need (audience, due_on, id, need_id, sector, trained_on, authority_id);
CREATE INDEX person_need_by_name ON person_need (authority_id, name_fold, id, need_id, due_on, audience, sector);

-- A list of people to be reminded by a person: the product sends nothing.
CREATE TABLE chase (
	id {{id}},
	authority_id {{int}} NOT NULL REFERENCES authority (id),
	reference {{text}} NOT NULL UNIQUE,
	need_id {{int}} NOT NULL REFERENCES need (id),
	made_on {{date}} NOT NULL,
	made_by {{int}} REFERENCES user_account (id), -- NULL: the command line
	subject {{text}} NOT NULL,                -- of the letter, to copy
	letter {{text}} NOT NULL,
	version {{int}} NOT NULL DEFAULT 1
){{strict}};
CREATE INDEX chase_by_made ON chase (authority_id, made_on, id);
CREATE INDEX chase_by_need ON chase (need_id);
CREATE INDEX chase_by_maker ON chase (made_by);

CREATE TABLE chase_person (
	id {{id}},
	chase_id {{int}} NOT NULL REFERENCES chase (id),
	learner_id {{int}} NOT NULL REFERENCES learner (id),
	due_on {{date}} NOT NULL,                 -- as it was when the person was put on the list
	told_on {{date}},                         -- somebody says that they told the person
	told_by {{int}} REFERENCES user_account (id),
	UNIQUE (chase_id, learner_id)
){{strict}};
CREATE INDEX chase_person_by_learner ON chase_person (learner_id);
CREATE INDEX chase_person_by_teller ON chase_person (told_by);

-- People of whom something is not recorded that is asked of them: the report reads these and nobody else. A foster carer, or
-- somebody who works alone, has no school or organisation to name; only staff have a job title.
CREATE INDEX learner_missing ON learner (authority_id, name_fold, id)
WHERE merged_into IS NULL AND ended_on IS NULL AND (email IS NULL OR audience IS NULL OR sector = 'not-known'
	OR (standing IN ('staff', 'volunteer') AND establishment_urn IS NULL AND organisation IS NULL AND agency_id IS NULL)
	OR (standing = 'staff' AND job IS NULL));
CREATE INDEX attendance_booked ON attendance (session_id, learner_id) WHERE state = 'booked';
