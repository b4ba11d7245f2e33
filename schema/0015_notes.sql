-- Notes through their states, and what each said: its figures as they were measured when it was signed off.
ALTER TABLE note ADD COLUMN state {{text}} NOT NULL DEFAULT 'draft'
	CHECK (state IN ('draft', 'review', 'signed-off', 'published', 'exempt')); -- note_state_words
ALTER TABLE note ADD COLUMN exempt_under {{text}};   -- word of exempt_words: why it is kept from the public
ALTER TABLE note ADD COLUMN remark {{text}};         -- why it last went back to draft
ALTER TABLE note ADD COLUMN signed_by {{text}};      -- name, as it was then
ALTER TABLE note ADD COLUMN signed_at {{instant}};
ALTER TABLE note ADD COLUMN released_on {{date}};    -- published, or made exempt
ALTER TABLE note ADD COLUMN corrects_id {{int}} REFERENCES note (id); -- the version that this one takes the place of
CREATE UNIQUE INDEX note_by_corrected ON note (corrects_id);

CREATE TABLE note_figure (                    -- written at sign-off, never changed
	note_id {{int}} NOT NULL REFERENCES note (id),
	authority_id {{int}} NOT NULL REFERENCES authority (id),
	figure {{text}} NOT NULL,                 -- name of its declaration
	from_date {{date}} NOT NULL,
	to_date {{date}} NOT NULL,
	label {{text}} NOT NULL,                  -- what follows is as the declaration said it then
	share {{bool}} NOT NULL CHECK (share IN (0, 1)), -- of those who answered; else a count
	definition_version {{int}} NOT NULL,
	definition {{text}} NOT NULL,
	numerator_label {{text}} NOT NULL,
	denominator_label {{text}},
	numerator {{int}} NOT NULL,
	denominator {{int}} NOT NULL,
	known {{bool}} NOT NULL CHECK (known IN (0, 1)),
	low {{real}} NOT NULL,                    -- of a share: Wilson's interval
	high {{real}} NOT NULL,
	asked {{int}} NOT NULL,
	excluded {{text}} NOT NULL,
	shown {{text}} NOT NULL,                  -- as it stands in the text: "51", "98%"
	measured_at {{instant}} NOT NULL,
	PRIMARY KEY (note_id, figure, from_date, to_date)
){{strict}};
CREATE INDEX note_figure_by_name ON note_figure (authority_id, figure, measured_at, note_id);
