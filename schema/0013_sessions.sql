-- Sessions in full: series, joint hosts, the programme of an event, when people came, check-in by code.
ALTER TABLE session ADD COLUMN series_id {{int}} REFERENCES session (id); -- the first of its series; NULL: not repeated
ALTER TABLE session ADD COLUMN checkin_code {{text}}; -- of the short link /c/CODE; NULL: check-in was never opened
ALTER TABLE session ADD COLUMN checkin_open {{int}} NOT NULL DEFAULT 0 CHECK (checkin_open IN (0, 1)); -- by the trainer
CREATE INDEX session_by_series ON session (series_id, starts_at);
CREATE UNIQUE INDEX session_by_checkin ON session (checkin_code);

CREATE TABLE session_host (                   -- schools and bodies that hold a session together
	id {{id}},
	session_id {{int}} NOT NULL REFERENCES session (id),
	nth {{int}} NOT NULL,                     -- 1: named first
	urn {{int}} REFERENCES establishment (urn), -- a school of the register
	organisation {{text}},                    -- when it is none
	agency_id {{int}} REFERENCES agency (id), -- when the organisation is an agency of the programme
	UNIQUE (session_id, nth),
	UNIQUE (session_id, urn)
){{strict}};
CREATE INDEX session_host_by_agency ON session_host (agency_id);
INSERT INTO session_host (session_id, nth, urn, organisation)
SELECT s.id, 1, s.host_urn, CASE WHEN s.host_urn IS NULL THEN s.host ELSE NULL END
FROM session AS s
WHERE s.host_urn IS NOT NULL OR s.host IS NOT NULL;
ALTER TABLE session DROP COLUMN host_urn;
ALTER TABLE session DROP COLUMN host;

CREATE TABLE session_item (                   -- the programme of an event
	id {{id}},
	session_id {{int}} NOT NULL REFERENCES session (id),
	starts_minute {{int}} NOT NULL CHECK (starts_minute BETWEEN 0 AND 1439), -- of the day, London time
	minutes {{int}} NOT NULL,
	title {{text}} NOT NULL,
	theme {{text}},                           -- word of theme_words
	speaker {{text}}                          -- who speaks, by work name
){{strict}};
CREATE INDEX session_item_by_time ON session_item (session_id, starts_minute, id);

ALTER TABLE attendance ADD COLUMN arrived_at {{instant}}; -- the first time that anybody says; NULL: not known
ALTER TABLE attendance ADD COLUMN left_at {{instant}}; -- before the end; NULL: stayed, or not known

CREATE TABLE checkin (                        -- one sent by a phone; the same one sent again has the same id
	id {{id}},                                -- of the form's ticket
	session_id {{int}} NOT NULL REFERENCES session (id),
	at {{instant}} NOT NULL,
	learner_id {{int}} REFERENCES learner (id), -- who it was; NULL: nobody on the list
	said {{text}},                            -- work e-mail or reference as typed, until the trainer has settled it
	name {{text}},
	organisation {{text}},
	state {{text}} NOT NULL                   -- word of checkin_state_words: known, open, added, left-out
){{strict}};
CREATE INDEX checkin_by_session ON checkin (session_id, state, at);
CREATE INDEX checkin_by_learner ON checkin (learner_id);
