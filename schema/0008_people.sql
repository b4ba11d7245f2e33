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
-- By name, with what lists of people are narrowed by: whoever does not fit is passed over within the index.
DROP INDEX learner_by_name;
CREATE INDEX learner_by_name ON learner (authority_id, name_fold, id, merged_into, ended_on, sector, audience, standing, agency_id);
CREATE INDEX learner_by_agency ON learner (agency_id, name_fold);
CREATE INDEX learner_by_team ON learner (team_id);
CREATE INDEX learner_by_merge ON learner (merged_into);

-- Mailboxes that differ only by what follows a "+": one person's, most likely.
CREATE INDEX learner_by_mailbox ON learner (authority_id,
	(CASE WHEN replace(email, '+', '') = email THEN email ELSE rtrim(rtrim(email, replace(email, '+', '')), '+') || '@' || replace(email, rtrim(email, replace(email, '@', '')), '') END));
CREATE INDEX learner_plus ON learner (authority_id, id) WHERE replace(email, '+', '') <> email;
CREATE INDEX learner_live ON learner (authority_id, id) WHERE merged_into IS NULL;

-- Two records that somebody has looked at: they are two people.
CREATE TABLE learner_apart (
	id {{id}},
	low_id {{int}} NOT NULL REFERENCES learner (id),
	high_id {{int}} NOT NULL REFERENCES learner (id),
	decided_on {{date}} NOT NULL,
	UNIQUE (low_id, high_id)
){{strict}};
CREATE INDEX learner_apart_by_high ON learner_apart (high_id);

-- Two records of one person joined: one stays, the other leads to it. What is needed to take them apart again, exactly, stands
-- in the three tables after it; each repeats the columns of the table that it keeps rows of.
CREATE TABLE learner_merge (
	id {{id}},
	authority_id {{int}} NOT NULL REFERENCES authority (id),
	reference {{text}} NOT NULL UNIQUE,
	stays_id {{int}} NOT NULL REFERENCES learner (id),
	gone_id {{int}} NOT NULL REFERENCES learner (id),
	merged_on {{date}} NOT NULL,
	undone_on {{date}}                        -- taken apart again
){{strict}};
CREATE INDEX learner_merge_by_authority ON learner_merge (authority_id, id);
CREATE INDEX learner_merge_by_stays ON learner_merge (stays_id, id);
CREATE INDEX learner_merge_by_gone ON learner_merge (gone_id, id);

CREATE TABLE learner_merge_side (             -- the two records as they were, and the one that stays as it became
	merge_id {{int}} NOT NULL REFERENCES learner_merge (id),
	side {{text}} NOT NULL CHECK (side IN ('stays', 'gone', 'joined')),
	name {{text}} NOT NULL,
	name_fold {{text}} NOT NULL,
	email {{text}},
	job {{text}},
	sector {{text}} NOT NULL,
	establishment_urn {{int}},
	organisation {{text}},
	organisation_fold {{text}},
	agency_id {{int}},
	team_id {{int}},
	audience {{text}},
	standing {{text}} NOT NULL,
	ended_on {{date}},
	kept {{int}} NOT NULL,
	version {{int}} NOT NULL,
	PRIMARY KEY (merge_id, side)
){{strict}};

CREATE TABLE learner_merge_moved (            -- rows that were the one's and became the other's
	merge_id {{int}} NOT NULL REFERENCES learner_merge (id),
	thing {{text}} NOT NULL,                  -- name of the table
	row_id {{int}} NOT NULL,
	PRIMARY KEY (merge_id, thing, row_id)
){{strict}};

CREATE TABLE learner_merge_attendance (       -- both were on one session's list: the two rows, and the one they became
	merge_id {{int}} NOT NULL REFERENCES learner_merge (id),
	side {{text}} NOT NULL CHECK (side IN ('stays', 'gone', 'joined')),
	id {{int}} NOT NULL,
	session_id {{int}} NOT NULL,
	learner_id {{int}} NOT NULL,
	state {{text}} NOT NULL,
	establishment_urn {{int}},
	sector {{text}} NOT NULL,
	version {{int}} NOT NULL,
	arrived_at {{instant}},
	left_at {{instant}},
	PRIMARY KEY (merge_id, side, id)
){{strict}};

CREATE TABLE learner_merge_need (             -- since when each of the two was touched by a rule
	merge_id {{int}} NOT NULL REFERENCES learner_merge (id),
	id {{int}} NOT NULL,
	authority_id {{int}} NOT NULL,
	need_id {{int}} NOT NULL,
	learner_id {{int}} NOT NULL,
	since_on {{date}} NOT NULL,
	trained_on {{date}},
	due_on {{date}} NOT NULL,
	audience {{text}},
	sector {{text}} NOT NULL,
	name_fold {{text}} NOT NULL,
	PRIMARY KEY (merge_id, id)
){{strict}};

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
