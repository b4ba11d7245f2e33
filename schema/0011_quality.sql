-- Was the training any good? Looked at by somebody else than who gave it.
CREATE TABLE review_rubric (                  -- what is looked at, by version; a review keeps the one it was rated by
	id {{id}},
	authority_id {{int}} NOT NULL REFERENCES authority (id),
	version {{int}} NOT NULL,                 -- 1 is the product's own (training/rubric.c), kept when it is first used
	from_on {{date}} NOT NULL,                -- first day it is rated by
	UNIQUE (authority_id, version)
){{strict}};

CREATE TABLE review_criterion (
	id {{id}},
	rubric_id {{int}} NOT NULL REFERENCES review_rubric (id),
	place {{int}} NOT NULL,                   -- order on the form
	key {{text}} NOT NULL,                    -- the same criterion in several versions
	label {{text}} NOT NULL,
	hint {{text}},
	UNIQUE (rubric_id, key)
){{strict}};

CREATE TABLE quality_review (
	id {{id}},
	authority_id {{int}} NOT NULL REFERENCES authority (id),
	reference {{text}} NOT NULL UNIQUE,
	subject {{text}} NOT NULL CHECK (subject IN ('session', 'trainer', 'package')), -- review_subject_words
	session_id {{int}} REFERENCES session (id),  -- of subject session
	trainer_id {{int}} REFERENCES trainer (id),  -- of subject trainer
	course_id {{int}} REFERENCES course (id),    -- of subject package: a course here, or
	package {{text}},                            -- material that a body outside uses
	establishment_urn {{int}} REFERENCES establishment (urn), -- whose own package it is
	reviewer_id {{int}} NOT NULL REFERENCES user_account (id),
	opened_on {{date}} NOT NULL,
	state {{text}} NOT NULL,                  -- word of review_state_words
	method {{text}},                          -- word of review_method_words
	access {{text}},                          -- word of review_access_words: full, partial, refused
	requested_on {{date}},
	seen_on {{date}},                         -- or refused on
	refusal {{text}},                         -- what was said
	rubric_id {{int}} REFERENCES review_rubric (id), -- it was rated by
	case_studies {{text}} CHECK (case_studies IN ('yes', 'no')), -- review_case_words
	overall {{int}} CHECK (overall BETWEEN 1 AND 4), -- 4 is best; good: 3 or 4
	rated_on {{date}},
	summary {{text}},
	actions {{text}},
	follow_up_on {{date}},
	done {{text}},                            -- what came of the actions
	done_on {{date}},
	version {{int}} NOT NULL DEFAULT 1
){{strict}};
CREATE INDEX quality_review_by_opened ON quality_review (authority_id, opened_on, id);
CREATE INDEX quality_review_by_state ON quality_review (authority_id, state, opened_on, id);
CREATE INDEX quality_review_by_reviewer ON quality_review (reviewer_id);
CREATE INDEX quality_review_by_session ON quality_review (session_id);
CREATE INDEX quality_review_by_trainer ON quality_review (trainer_id);
CREATE INDEX quality_review_by_course ON quality_review (course_id);
CREATE INDEX quality_review_by_school ON quality_review (establishment_urn);
CREATE INDEX quality_review_by_rubric ON quality_review (rubric_id);

CREATE TABLE review_rating (
	review_id {{int}} NOT NULL REFERENCES quality_review (id),
	criterion_id {{int}} NOT NULL REFERENCES review_criterion (id),
	rating {{int}} CHECK (rating BETWEEN 1 AND 4), -- 4 is best; NULL: the reviewer could not tell
	PRIMARY KEY (review_id, criterion_id)
){{strict}};
CREATE INDEX review_rating_by_criterion ON review_rating (criterion_id);

CREATE TABLE review_form (                    -- a form of extremism that the material covers
	review_id {{int}} NOT NULL REFERENCES quality_review (id),
	form {{text}} NOT NULL,                   -- word of extremism_words
	PRIMARY KEY (review_id, form)
){{strict}};
