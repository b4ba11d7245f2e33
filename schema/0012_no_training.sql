-- A school says that its staff had no training: an answer, which is not the same as not knowing.
CREATE TABLE no_training (
	id {{id}},
	authority_id {{int}} NOT NULL REFERENCES authority (id),
	urn {{int}} NOT NULL REFERENCES establishment (urn),
	said_on {{date}} NOT NULL,
	said_by {{text}} NOT NULL,                -- post of who answered, not a name
	UNIQUE (urn, said_on)
){{strict}};
CREATE INDEX no_training_by_authority ON no_training (authority_id, said_on, urn);
