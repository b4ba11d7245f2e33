-- Notes to committees. Figures are declared in code; a note names them and their period.
CREATE TABLE note (
	id {{id}},
	authority_id {{int}} NOT NULL REFERENCES authority (id),
	reference {{text}} NOT NULL UNIQUE,
	addressed_to {{text}} NOT NULL,           -- "Scrutiny Co-ordination Committee"
	dated {{date}} NOT NULL,
	subject {{text}} NOT NULL,
	purpose {{text}} NOT NULL,                -- section 1, Markdown
	recommendations {{text}} NOT NULL,        -- section 2, Markdown
	information {{text}} NOT NULL,            -- section 3 and, by its headings, the sections after it
	background_papers {{text}} NOT NULL,      -- one a line
	author {{text}} NOT NULL,                 -- name and post, for the foot
	version {{int}} NOT NULL DEFAULT 1
){{strict}};
CREATE INDEX note_by_date ON note (authority_id, dated, id);
