-- Courses, sessions, who came, and what they said of it.
CREATE TABLE course (
	id {{id}},
	authority_id {{int}} NOT NULL REFERENCES authority (id),
	reference {{text}} NOT NULL UNIQUE,
	title {{text}} NOT NULL,
	title_fold {{text}} NOT NULL,
	provider {{text}} NOT NULL,               -- word of provider_words
	delivery {{text}} NOT NULL,               -- word of delivery_words
	duration_minutes {{int}} NOT NULL,
	refresh_months {{int}},
	objectives {{text}},
	state {{text}} NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'withdrawn')),
	version {{int}} NOT NULL DEFAULT 1
){{strict}};
CREATE INDEX course_by_title ON course (authority_id, title_fold, id);

CREATE TABLE session (                        -- of training; a signed-in browser is a login
	id {{id}},
	authority_id {{int}} NOT NULL REFERENCES authority (id),
	reference {{text}} NOT NULL UNIQUE,
	course_id {{int}} NOT NULL REFERENCES course (id),
	starts_at {{instant}} NOT NULL,
	held_on {{date}} NOT NULL,                -- London date of starts_at
	duration_minutes {{int}} NOT NULL,
	venue {{text}} NOT NULL,
	host {{text}},                            -- organisation that hosts it, when not a school of the register
	host_urn {{int}} REFERENCES establishment (urn), -- school that hosts it
	places {{int}} NOT NULL,
	trainer_id {{int}} NOT NULL REFERENCES user_account (id),
	state {{text}} NOT NULL,                  -- word of session_state_words
	cancel_reason {{text}},
	feedback_code {{text}} NOT NULL UNIQUE,   -- of the short link /f/CODE
	feedback_until {{date}},                  -- last day of the feedback window; NULL: not opened
	version {{int}} NOT NULL DEFAULT 1
){{strict}};
CREATE INDEX session_by_start ON session (authority_id, starts_at, id);
CREATE INDEX session_by_held ON session (authority_id, held_on, id);
CREATE INDEX session_by_trainer ON session (trainer_id, starts_at, id);
CREATE INDEX session_by_state ON session (authority_id, state, held_on);
CREATE INDEX session_by_course ON session (course_id);

CREATE TABLE learner (                        -- a person trained: work data only; never a person in need
	id {{id}},
	authority_id {{int}} NOT NULL REFERENCES authority (id),
	reference {{text}} NOT NULL UNIQUE,
	name {{text}} NOT NULL,
	name_fold {{text}} NOT NULL,
	email {{text}},                           -- work e-mail, folded
	job {{text}},
	sector {{text}} NOT NULL,                 -- word of sector_words
	establishment_urn {{int}} REFERENCES establishment (urn),
	organisation {{text}},                    -- when not a school of the register
	organisation_fold {{text}}
){{strict}};
CREATE INDEX learner_by_name ON learner (authority_id, name_fold, id);
CREATE UNIQUE INDEX learner_by_email ON learner (authority_id, email);
CREATE INDEX learner_by_school ON learner (establishment_urn, name_fold);

CREATE TABLE attendance (
	id {{id}},
	session_id {{int}} NOT NULL REFERENCES session (id),
	learner_id {{int}} NOT NULL REFERENCES learner (id),
	state {{text}} NOT NULL,                  -- word of attendance_state_words
	establishment_urn {{int}},                -- where the person worked on that day
	sector {{text}} NOT NULL,                 -- of the person on that day
	version {{int}} NOT NULL DEFAULT 1,
	UNIQUE (session_id, learner_id)
){{strict}};
CREATE INDEX attendance_by_learner ON attendance (learner_id, session_id);

-- Schools that a session served, with how many of their staff attended in full (0: it was the host
-- and nobody of its own is recorded). Rows stand only for sessions that are delivered or closed, and
-- authority_id and held_on repeat the session's, so that coverage reads one index. Worked out from attendance in the
-- same transaction (training/session_ops.c, session_recount) and checked by `dueregard check`.
CREATE TABLE session_school (
	session_id {{int}} NOT NULL REFERENCES session (id),
	urn {{int}} NOT NULL,
	authority_id {{int}} NOT NULL REFERENCES authority (id),
	held_on {{date}} NOT NULL,
	attended {{int}} NOT NULL,
	own {{int}} NOT NULL DEFAULT 0 CHECK (own IN (0, 1)), -- the school trained its own staff
	PRIMARY KEY (session_id, urn)
){{strict}};
CREATE INDEX session_school_by_urn ON session_school (authority_id, urn, held_on, attended, own);

CREATE TABLE feedback (                       -- one filled-in form; nothing leads from here to a person
	id {{id}},                                -- random: its order says nothing about who answered when
	session_id {{int}} NOT NULL REFERENCES session (id),
	submitted_on {{date}} NOT NULL,           -- the day only
	understanding {{int}} CHECK (understanding BETWEEN 1 AND 5), -- 5 strongly agree ... 1 strongly disagree
	confidence {{int}} CHECK (confidence BETWEEN 1 AND 5),
	knows_referral {{int}} CHECK (knows_referral BETWEEN 1 AND 5),
	knows_channel {{int}} CHECK (knows_channel BETWEEN 1 AND 5),
	would_act {{int}} CHECK (would_act BETWEEN 1 AND 5),
	trainer_quality {{int}} CHECK (trainer_quality BETWEEN 1 AND 5),
	balance {{int}} CHECK (balance BETWEEN 1 AND 5),
	comment {{text}}
){{strict}};
CREATE INDEX feedback_by_session ON feedback (session_id, submitted_on);
