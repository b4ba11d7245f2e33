-- A list as a person wants it again: its filters under a name. Theirs alone.
CREATE TABLE saved_view (
	id {{id}},
	user_id {{int}} NOT NULL REFERENCES user_account (id),
	list {{text}} NOT NULL,
	name {{text}} NOT NULL,
	query {{text}} NOT NULL,                  -- never words that were searched for: they may be a name
	UNIQUE (user_id, list, name)
){{strict}};

-- A form that a person put aside, or that was saved while they typed: one a page. Theirs alone, for thirty days.
CREATE TABLE draft (
	id {{id}},
	user_id {{int}} NOT NULL REFERENCES user_account (id),
	page {{text}} NOT NULL,                   -- where it is opened again
	label {{text}} NOT NULL,                  -- of what the form does
	fields {{text}} NOT NULL,                 -- JSON; no password, no file
	at {{instant}} NOT NULL,
	UNIQUE (user_id, page)
){{strict}};
CREATE INDEX draft_by_at ON draft (at);
