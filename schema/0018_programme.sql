-- An item of the programme can be changed: two who change one at a time are told of each other.
ALTER TABLE session_item ADD COLUMN version {{int}} NOT NULL DEFAULT 1;
