-- Courses in full: for whom, about what, by whom; trainers and their accreditation; providers.
CREATE TABLE course_audience (
	course_id {{int}} NOT NULL REFERENCES course (id),
	audience {{text}} NOT NULL,               -- word of audience_words
	PRIMARY KEY (course_id, audience)
){{strict}};

CREATE TABLE course_aspect (                  -- what a course covers
	course_id {{int}} NOT NULL REFERENCES course (id),
	aspect {{text}} NOT NULL,                 -- word of aspect_words: the five of the Workshop to Raise Awareness of Prevent
	PRIMARY KEY (course_id, aspect)
){{strict}};

CREATE TABLE provider (                       -- who teaches: the authority, or a body outside
	id {{id}},
	authority_id {{int}} NOT NULL REFERENCES authority (id),
	reference {{text}} NOT NULL UNIQUE,
	name {{text}} NOT NULL,
	name_fold {{text}} NOT NULL,
	kind {{text}} NOT NULL,                   -- word of provider_words
	outside {{int}} NOT NULL DEFAULT 0 CHECK (outside IN (0, 1)), -- not of the authority; the regional police unit is outside
	agency_id {{int}} REFERENCES agency (id),
	state {{text}} NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
	version {{int}} NOT NULL DEFAULT 1
){{strict}};
CREATE INDEX provider_by_name ON provider (authority_id, name_fold, id);
CREATE INDEX provider_by_agency ON provider (agency_id);
ALTER TABLE course ADD COLUMN provider_id {{int}} REFERENCES provider (id);

CREATE TABLE trainer (                        -- who stands in front of people; with or without an account
	id {{id}},
	authority_id {{int}} NOT NULL REFERENCES authority (id),
	reference {{text}} NOT NULL UNIQUE,
	name {{text}} NOT NULL,
	name_fold {{text}} NOT NULL,
	user_id {{int}} REFERENCES user_account (id),
	provider_id {{int}} REFERENCES provider (id),
	accreditation {{text}} NOT NULL,          -- word of accreditation_words
	state {{text}} NOT NULL,                  -- word of accreditation_state_words: applied, active, lapsed, withdrawn
	accredited_on {{date}},
	expires_on {{date}},
	topics {{text}},
	languages {{text}},
	reason {{text}},                          -- why it was withdrawn
	version {{int}} NOT NULL DEFAULT 1
){{strict}};
CREATE INDEX trainer_by_name ON trainer (authority_id, name_fold, id);
CREATE UNIQUE INDEX trainer_by_user ON trainer (user_id);
CREATE INDEX trainer_by_expiry ON trainer (authority_id, state, expires_on);
