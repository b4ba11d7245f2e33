-- What a form sent twice was answered: found by its key, forgotten in the order in which it came.
DROP TABLE idempotency;
CREATE TABLE idempotency (
	id {{id}},
	key_hash {{blob}} NOT NULL UNIQUE,        -- beginning of the form's key, which rises with time, then a hash (core/remember.c)
	at {{instant}} NOT NULL,
	outcome {{blob}} NOT NULL
){{strict}};

-- A store holds one authority: the entries in their own order are its entries.
DROP INDEX audit_entry_by_sequence;

-- Pieces of the index of words are put together when sixteen have gathered: with four, the default, that was a tenth of
-- what it cost to save a thing.
INSERT INTO search_index (search_index, rank) VALUES ('automerge', 16);
