-- Training that was done elsewhere: claimed, then verified or rejected. Of one person, or of a body with a number of staff.
CREATE TABLE evidence (
	id {{id}},
	authority_id {{int}} NOT NULL REFERENCES authority (id),
	reference {{text}} NOT NULL UNIQUE,
	learner_id {{int}} REFERENCES learner (id),
	establishment_urn {{int}} REFERENCES establishment (urn),
	agency_id {{int}} REFERENCES agency (id),
	course_id {{int}} NOT NULL REFERENCES course (id),
	completed_on {{date}} NOT NULL,
	staff {{int}} NOT NULL DEFAULT 1,         -- how many people it speaks of; 1 when it is of one person
	kind {{text}} NOT NULL,                   -- word of evidence_kind_words
	document {{text}},                        -- number of the certificate, name of the export: what was seen, not the thing itself
	state {{text}} NOT NULL CHECK (state IN ('claimed', 'verified', 'rejected')), -- evidence_state_words
	reason {{text}},                          -- why it was rejected
	claimed_on {{date}} NOT NULL,
	decided_on {{date}},
	version {{int}} NOT NULL DEFAULT 1
){{strict}};
CREATE INDEX evidence_by_learner ON evidence (learner_id, course_id, completed_on);
CREATE INDEX evidence_by_school ON evidence (authority_id, establishment_urn, state, completed_on);
CREATE INDEX evidence_by_course ON evidence (course_id);
CREATE INDEX evidence_by_claimed ON evidence (authority_id, claimed_on, id);
CREATE INDEX evidence_by_state ON evidence (authority_id, state, claimed_on, id);
CREATE INDEX evidence_by_agency ON evidence (agency_id);

-- For attendance in full, dated by the day of the session. Whether it is valid is worked out from the attendance when it
-- is asked (training/certificate_rules.c); what is stored here is only that it was issued, or withdrawn by hand.
CREATE TABLE certificate (
	id {{id}},
	authority_id {{int}} NOT NULL REFERENCES authority (id),
	reference {{text}} NOT NULL UNIQUE,
	learner_id {{int}} NOT NULL REFERENCES learner (id),
	course_id {{int}} NOT NULL REFERENCES course (id),
	session_id {{int}} NOT NULL REFERENCES session (id),
	code {{text}} NOT NULL UNIQUE,            -- of /v/CODE: whoever has it may check the certificate
	completed_on {{date}} NOT NULL,           -- day of the session
	issued_on {{date}} NOT NULL,
	revoked_on {{date}},
	reason {{text}},
	version {{int}} NOT NULL DEFAULT 1
){{strict}};
CREATE INDEX certificate_by_issue ON certificate (authority_id, issued_on, id);
CREATE INDEX certificate_by_session ON certificate (session_id, learner_id);
CREATE INDEX certificate_by_learner ON certificate (learner_id);
CREATE INDEX certificate_by_course ON certificate (course_id);
