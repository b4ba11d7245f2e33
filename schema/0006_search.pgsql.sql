-- Words to find things by (work/search.h). What is found by them is one entry, with its vector.
CREATE TABLE search_entry (
	id {{id}},
	authority_id {{int}} NOT NULL,
	kind {{text}} NOT NULL,                   -- search_kind_words
	subject_id {{int}} NOT NULL,              -- URN of a school, id of anything else
	words {{text}} NOT NULL,                  -- folded, letters and digits only, single spaces
	vector TSVECTOR,                          -- of the words; NULL: not in the index
	UNIQUE (kind, subject_id)
);
CREATE INDEX search_entry_by_word ON search_entry USING GIN (vector);

INSERT INTO search_entry (authority_id, kind, subject_id, words)
SELECT authority_id, 'school', urn, replace(replace(replace(name_fold || ' ' || lower(coalesce(town, '')) || ' ' ||
	lower(coalesce(postcode, '')) || ' ' || urn, '''', ''), '.', ' '), '-', ' ') FROM establishment;
INSERT INTO search_entry (authority_id, kind, subject_id, words)
SELECT authority_id, 'learner', id, replace(replace(replace(name_fold || ' ' || lower(coalesce(job, '')) || ' ' ||
	coalesce(organisation_fold, ''), '''', ''), '.', ' '), '-', ' ') FROM learner;
INSERT INTO search_entry (authority_id, kind, subject_id, words)
SELECT authority_id, 'course', id, replace(replace(title_fold, '''', ''), '-', ' ') FROM course;
INSERT INTO search_entry (authority_id, kind, subject_id, words)
SELECT authority_id, 'session', id, replace(replace(lower(venue || ' ' || coalesce(host, '')), '''', ''), '-', ' ') FROM session;
INSERT INTO search_entry (authority_id, kind, subject_id, words)
SELECT authority_id, 'note', id, replace(replace(lower(subject || ' ' || addressed_to), '''', ''), '-', ' ') FROM note;
UPDATE search_entry SET vector = to_tsvector('simple', words);
