-- Words to find things by (work/search.h). What is found by them is one entry; the index is FTS5's own, kept by
-- statements (a trigger may not reach a virtual table while schemas are not trusted).
CREATE TABLE search_entry (
	id {{id}},
	authority_id {{int}} NOT NULL,
	kind {{text}} NOT NULL,                   -- search_kind_words
	subject_id {{int}} NOT NULL,              -- URN of a school, id of anything else
	words {{text}} NOT NULL,                  -- folded, letters and digits only, single spaces
	UNIQUE (kind, subject_id)
){{strict}};
CREATE VIRTUAL TABLE search_index USING fts5 (words, content = 'search_entry', content_rowid = 'id', prefix = '2 3');

-- What was there before: accents outside the names that are folded already are found once the thing is saved again.
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
INSERT INTO search_index (search_index) VALUES ('rebuild');
