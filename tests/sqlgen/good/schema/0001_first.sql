-- A table with every macro.
CREATE TABLE t (
	id {{id}},
	a {{int}} NOT NULL, b {{text}}, c {{blob}}, d {{date}}, e {{instant}},
	f {{bool}} NOT NULL DEFAULT 0, g {{real}}
){{strict}};
