-- Courses in full: for whom, about what, by whom; trainers and their accreditation; providers.
CREATE TABLE course_audience (
	course_id {{int}} NOT NULL REFERENCES course (id),
	audience {{text}} NOT NULL,               -- word of audience_words
	PRIMARY KEY (course_id, audience)
){{strict}};

-- What a course teaches changes; what was taught on a day does not. A session was taught as the version with the greatest
-- number whose from_on is not after its day (training/course_version.sql).
CREATE TABLE course_version (
	id {{id}},
	course_id {{int}} NOT NULL REFERENCES course (id),
	number {{int}} NOT NULL,                  -- 1, 2, ... by from_on
	from_on {{date}},                         -- NULL: the first, from the beginning
	changed {{text}},                         -- what is different from the one before
	objectives {{text}},
	asks_confidence {{int}} NOT NULL DEFAULT 0 CHECK (asks_confidence IN (0, 1)), -- feedback asks: before and after
	UNIQUE (course_id, number)
){{strict}};
INSERT INTO course_version (course_id, number, objectives)
SELECT id, 1, objectives FROM course;
ALTER TABLE course DROP COLUMN objectives;

CREATE TABLE course_aspect (                  -- what a version of a course covers
	version_id {{int}} NOT NULL REFERENCES course_version (id),
	aspect {{text}} NOT NULL,                 -- word of aspect_words: the five of the Workshop to Raise Awareness of Prevent
	PRIMARY KEY (version_id, aspect)
){{strict}};

CREATE TABLE course_question (                -- asked in the feedback besides the seven that every course has
	id {{id}},
	version_id {{int}} NOT NULL REFERENCES course_version (id),
	number {{int}} NOT NULL,                  -- 1 to 5
	kind {{text}} NOT NULL CHECK (kind IN ('agree', 'text')), -- question_kind_words
	wording {{text}} NOT NULL,
	UNIQUE (version_id, number)
){{strict}};

ALTER TABLE feedback ADD COLUMN confidence_before {{int}} CHECK (confidence_before BETWEEN 1 AND 5);
ALTER TABLE feedback ADD COLUMN confidence_after {{int}} CHECK (confidence_after BETWEEN 1 AND 5);
CREATE TABLE feedback_answer (                -- to a course's own question; as little as feedback itself does it lead to a person
	feedback_id {{int}} NOT NULL REFERENCES feedback (id),
	question_id {{int}} NOT NULL REFERENCES course_question (id),
	value {{int}} CHECK (value BETWEEN 1 AND 5), -- of a statement to agree with
	said {{text}},                            -- of a question answered in words
	PRIMARY KEY (feedback_id, question_id)
){{strict}};
CREATE INDEX feedback_answer_by_question ON feedback_answer (question_id);

CREATE TABLE provider (                       -- who teaches: the authority, or a body outside
	id {{id}},
	authority_id {{int}} NOT NULL REFERENCES authority (id),
	reference {{text}} NOT NULL UNIQUE,
	name {{text}} NOT NULL,
	name_fold {{text}} NOT NULL,
	kind {{text}} NOT NULL,                   -- word of provider_words
	outside {{int}} NOT NULL DEFAULT 0 CHECK (outside IN (0, 1)), -- not of the authority; the regional police unit is outside
	agency_id {{int}} REFERENCES agency (id),
	state {{text}} NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')), -- provider_state_words
	version {{int}} NOT NULL DEFAULT 1
){{strict}};
CREATE INDEX provider_by_name ON provider (authority_id, name_fold, id);
CREATE INDEX provider_by_agency ON provider (agency_id);
ALTER TABLE course ADD COLUMN provider_id {{int}} REFERENCES provider (id);
CREATE INDEX course_by_provider ON course (provider_id);

-- Who stands in front of people; with or without an account. That an accreditation has lapsed follows from expires_on and the
-- day on which it is asked: it is never written down, so that no clock has to run.
CREATE TABLE trainer (
	id {{id}},
	authority_id {{int}} NOT NULL REFERENCES authority (id),
	reference {{text}} NOT NULL UNIQUE,
	name {{text}} NOT NULL,
	name_fold {{text}} NOT NULL,
	user_id {{int}} REFERENCES user_account (id),
	provider_id {{int}} REFERENCES provider (id),
	accreditation {{text}} NOT NULL,          -- word of accreditation_words
	state {{text}} NOT NULL CHECK (state IN ('applied', 'active', 'withdrawn')), -- accreditation_state_words
	accredited_on {{date}},                   -- without a gap since; NULL while active: since before this was recorded
	expires_on {{date}},                      -- last day; NULL: without end
	topics {{text}},
	languages {{text}},
	reason {{text}},                          -- why it was withdrawn
	version {{int}} NOT NULL DEFAULT 1
){{strict}};
CREATE INDEX trainer_by_name ON trainer (authority_id, name_fold, id);
-- Whose accreditation was withdrawn may apply again, as a new record.
CREATE UNIQUE INDEX trainer_by_user ON trainer (user_id) WHERE state <> 'withdrawn';
CREATE INDEX trainer_of_user ON trainer (user_id);
CREATE INDEX trainer_by_provider ON trainer (provider_id);
CREATE INDEX trainer_by_expiry ON trainer (authority_id, state, expires_on);
-- An authority that runs already is not stopped: who has been named as a trainer of a session counts as accredited, without end,
-- until the co-ordinator says otherwise. The reference is the account's: no two are alike.
INSERT INTO trainer (authority_id, reference, name, name_fold, user_id, accreditation, state)
SELECT u.authority_id, u.reference, u.name, lower(u.name), u.id, 'internal', 'active'
FROM user_account AS u
WHERE EXISTS (SELECT 1 FROM session AS s WHERE s.trainer_id = u.id);
