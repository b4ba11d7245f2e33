-- The school register (Get Information About Schools) and the links between schools.
CREATE TABLE establishment (
	urn {{int}} NOT NULL PRIMARY KEY,         -- unique for ever; a converted school has a new one
	authority_id {{int}} NOT NULL REFERENCES authority (id),
	la_code {{text}} NOT NULL,
	la_name {{text}},
	number {{text}},                          -- EstablishmentNumber; with la_code: LAEstab
	ukprn {{text}},
	name {{text}} NOT NULL,
	name_fold {{text}} NOT NULL,
	type {{text}},                            -- TypeOfEstablishment, name
	type_group {{text}},                      -- word of establishment_group_words
	status {{text}} NOT NULL,                 -- word of establishment_status_words
	phase {{text}},                           -- word of phase_words
	open_date {{date}},
	close_date {{date}},
	low_age {{int}},
	high_age {{int}},
	gender {{text}},
	religious_character {{text}},
	pupils {{int}},
	trust_name {{text}},
	street {{text}},
	locality {{text}},
	town {{text}},
	county {{text}},
	postcode {{text}},
	district {{text}},
	ward {{text}},
	website {{text}},
	telephone {{text}},
	last_changed {{date}},
	vanished_on {{date}}                      -- first register that no longer had it
){{strict}};
CREATE INDEX establishment_by_name ON establishment (authority_id, name_fold, urn);
CREATE INDEX establishment_by_district ON establishment (authority_id, district);

CREATE TABLE establishment_link (
	urn {{int}} NOT NULL,
	link_urn {{int}} NOT NULL,                -- may point to a school that is in no register here
	kind {{text}} NOT NULL,                   -- word of link_kind_words
	link_name {{text}} NOT NULL,
	established_on {{date}},
	PRIMARY KEY (urn, link_urn, kind)
){{strict}};
CREATE INDEX establishment_link_back ON establishment_link (link_urn, urn);

CREATE TABLE import_run (                     -- one reading of the register, from file to applied
	id {{id}},
	authority_id {{int}} NOT NULL REFERENCES authority (id),
	reference {{text}} NOT NULL UNIQUE,
	state {{text}} NOT NULL,                  -- word of import_state_words
	register_on {{date}} NOT NULL,            -- date of the register
	la_code {{text}},                         -- only schools of this authority; NULL: of all authorities
	created_at {{instant}} NOT NULL,
	created_by {{text}} NOT NULL,
	file_name {{text}} NOT NULL,
	links_name {{text}},                      -- NULL: no links file was given
	bytes_all {{int}} NOT NULL,
	bytes_done {{int}} NOT NULL DEFAULT 0,
	rows_read {{int}} NOT NULL DEFAULT 0,
	new_rows {{int}} NOT NULL DEFAULT 0,      -- this and the next: schools of la_code, or of all
	changed_rows {{int}} NOT NULL DEFAULT 0,
	closed_rows {{int}} NOT NULL DEFAULT 0,
	unchanged_rows {{int}} NOT NULL DEFAULT 0,
	vanished_rows {{int}} NOT NULL DEFAULT 0,
	refused_rows {{int}} NOT NULL DEFAULT 0,  -- problems found; import_problem has the first 100
	link_rows {{int}} NOT NULL DEFAULT 0,     -- links that are kept
	link_changes {{int}} NOT NULL DEFAULT 0,
	missing_columns {{text}},                 -- what the file did not carry, one a line
	notes {{text}},                           -- what the reader remarked, one a line
	fault {{text}},                           -- why it was refused, as a sentence
	based_on {{int}} NOT NULL DEFAULT 0,      -- applied_number of the run before, when it was compared
	applied_number {{int}},                   -- 1, 2, 3 ... in order of applying
	applied_at {{instant}},
	version {{int}} NOT NULL DEFAULT 1
){{strict}};
CREATE INDEX import_run_by_authority ON import_run (authority_id, id);
CREATE UNIQUE INDEX import_run_by_number ON import_run (authority_id, applied_number);

CREATE TABLE import_change (                  -- what applying a run will do, or has done
	id {{id}},
	run_id {{int}} NOT NULL REFERENCES import_run (id),
	kind {{text}} NOT NULL,                   -- word of change_kind_words
	urn {{int}} NOT NULL,
	name {{text}} NOT NULL,
	changes {{text}},                         -- JSON {"Label":["before","after"]}; NULL: nothing to compare
	packed {{blob}} NOT NULL                  -- the row as it will be (app/directory/import_pack.c)
){{strict}};
CREATE INDEX import_change_by_kind ON import_change (run_id, kind, urn, id);

CREATE TABLE import_problem (                 -- why a run was refused, row by row
	run_id {{int}} NOT NULL REFERENCES import_run (id),
	number {{int}} NOT NULL,
	file {{text}} NOT NULL,                   -- 'register' or 'links'
	line {{int}} NOT NULL,
	heading {{text}} NOT NULL,                -- of the column; '' the whole row
	sentence {{text}} NOT NULL,
	PRIMARY KEY (run_id, number)
){{strict}};
