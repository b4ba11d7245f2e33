-- Agencies of the programme with their teams and contacts; people who are trained, on a payroll or not; what each has completed.
CREATE TABLE agency (                         -- a body of Schedule 6, or one that works with the programme
	id {{id}},
	authority_id {{int}} NOT NULL REFERENCES authority (id),
	reference {{text}} NOT NULL UNIQUE,
	name {{text}} NOT NULL,
	name_fold {{text}} NOT NULL,
	sch6 {{text}} NOT NULL,                   -- word of schedule_6_words: which group of Schedule 6, or not specified
	sch7 {{int}} NOT NULL DEFAULT 0 CHECK (sch7 IN (0, 1)), -- partner of a panel (Schedule 7)
	sector {{text}} NOT NULL,                 -- word of sector_words: where its people work
	address {{text}},
	steering_group {{int}} NOT NULL DEFAULT 0 CHECK (steering_group IN (0, 1)), -- member of it
	agreement_signed_on {{date}},             -- information sharing agreement
	agreement_review_on {{date}},
	last_contact_on {{date}},
	state {{text}} NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'dormant', 'closed')), -- agency_state_words
	version {{int}} NOT NULL DEFAULT 1
){{strict}};
CREATE INDEX agency_by_name ON agency (authority_id, name_fold, id);

CREATE TABLE team (                           -- a part of an agency
	id {{id}},
	agency_id {{int}} NOT NULL REFERENCES agency (id),
	reference {{text}} NOT NULL UNIQUE,
	name {{text}} NOT NULL,
	name_fold {{text}} NOT NULL,
	ended_on {{date}},
	version {{int}} NOT NULL DEFAULT 1
){{strict}};
CREATE INDEX team_by_agency ON team (agency_id, name_fold, id);

CREATE TABLE contact (                        -- work data only; leavers are end-dated, not deleted
	id {{id}},
	authority_id {{int}} NOT NULL REFERENCES authority (id),
	reference {{text}} NOT NULL UNIQUE,
	name {{text}} NOT NULL,
	name_fold {{text}} NOT NULL,
	agency_id {{int}} REFERENCES agency (id),
	team_id {{int}} REFERENCES team (id),
	establishment_urn {{int}} REFERENCES establishment (urn),
	job {{text}},
	kind {{text}} NOT NULL,                   -- word of contact_kind_words
	email {{text}},
	telephone {{text}},
	secure_email {{int}} NOT NULL DEFAULT 0 CHECK (secure_email IN (0, 1)),
	from_on {{date}},
	to_on {{date}},                           -- last day in the post
	version {{int}} NOT NULL DEFAULT 1
){{strict}};
CREATE INDEX contact_by_name ON contact (authority_id, name_fold, id);
CREATE INDEX contact_by_agency ON contact (agency_id, name_fold, id);
CREATE INDEX contact_by_school ON contact (establishment_urn, name_fold, id);
CREATE INDEX contact_by_team ON contact (team_id);

ALTER TABLE learner ADD COLUMN agency_id {{int}} REFERENCES agency (id);
ALTER TABLE learner ADD COLUMN team_id {{int}} REFERENCES team (id);
ALTER TABLE learner ADD COLUMN audience {{text}}; -- word of audience_words: what the person does; NULL: not recorded
ALTER TABLE learner ADD COLUMN standing {{text}} NOT NULL DEFAULT 'staff'; -- word of standing_words: on a payroll or not
ALTER TABLE learner ADD COLUMN ended_on {{date}}; -- left on; kept for the history, asked for nothing any more
ALTER TABLE learner ADD COLUMN merged_into {{int}} REFERENCES learner (id); -- the same person under another reference
ALTER TABLE learner ADD COLUMN version {{int}} NOT NULL DEFAULT 1;
ALTER TABLE learner ADD COLUMN kept {{int}} NOT NULL DEFAULT 0; -- 1: entered for its own sake, stays without any training
CREATE INDEX learner_by_agency ON learner (agency_id, name_fold);
CREATE INDEX learner_by_team ON learner (team_id);
CREATE INDEX learner_by_merge ON learner (merged_into);

-- When a person last completed a course: attended in full at a session that is delivered or closed, or verified evidence of
-- training elsewhere. Worked out in the transaction of what changes it (training/completion.c) and checked by `dueregard check`.
CREATE TABLE completion (
	learner_id {{int}} NOT NULL REFERENCES learner (id),
	course_id {{int}} NOT NULL REFERENCES course (id),
	authority_id {{int}} NOT NULL,            -- of the course
	completed_on {{date}} NOT NULL,
	PRIMARY KEY (learner_id, course_id)
){{strict}};
CREATE INDEX completion_by_course ON completion (course_id, completed_on, learner_id);
INSERT INTO completion (learner_id, course_id, authority_id, completed_on)
SELECT a.learner_id, s.course_id, s.authority_id, max(s.held_on)
FROM attendance AS a
JOIN session AS s ON s.id = a.session_id
WHERE a.state = 'attended' AND s.state IN ('delivered', 'closed')
GROUP BY a.learner_id, s.course_id, s.authority_id;
