-- Who may come in, what they did, and what the house needs to run.
CREATE TABLE authority (
	id {{id}},
	name {{text}} NOT NULL,
	code {{text}} NOT NULL UNIQUE,            -- LA (code) of the school register, "936"
	accent {{text}} NOT NULL DEFAULT '#1d3f5e', -- colour of the header, contrast checked when saved; no GOV.UK blue
	version {{int}} NOT NULL DEFAULT 1
){{strict}};

CREATE TABLE user_account (
	id {{id}},
	authority_id {{int}} NOT NULL REFERENCES authority (id),
	reference {{text}} NOT NULL UNIQUE,
	email {{text}} NOT NULL UNIQUE,           -- folded; what people sign in with
	name {{text}} NOT NULL,
	role {{text}} NOT NULL,                   -- role_words
	establishment_urn {{int}},                -- school safeguarding lead: the own school
	password_hash {{text}},                   -- Argon2id; NULL until the person has set one
	state {{text}} NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'closed')), -- account_state_words
	version {{int}} NOT NULL DEFAULT 1
){{strict}};
CREATE INDEX user_account_by_name ON user_account (authority_id, name, id);

CREATE TABLE login (                          -- a signed-in browser
	id {{id}},
	user_id {{int}} NOT NULL REFERENCES user_account (id),
	token_hash {{blob}} NOT NULL UNIQUE,      -- SHA-256 of the cookie
	csrf {{blob}} NOT NULL,
	created_at {{instant}} NOT NULL,
	used_at {{instant}} NOT NULL
){{strict}};
CREATE INDEX login_by_user ON login (user_id);
CREATE INDEX login_by_used ON login (used_at);

CREATE TABLE attempt (                        -- sign-in limits: failures by account and by address
	subject_hash {{blob}} NOT NULL,           -- SHA-256 of "account:..." or "address:..."
	at {{instant}} NOT NULL,
	n {{int}} NOT NULL,
	PRIMARY KEY (subject_hash, at)
){{strict}};
CREATE INDEX attempt_by_time ON attempt (at);

CREATE TABLE setup_link (                     -- one-time link: first administrator, new account, forgotten password
	token_hash {{blob}} NOT NULL PRIMARY KEY,
	user_id {{int}} REFERENCES user_account (id), -- NULL: makes the first administrator
	expires_at {{instant}} NOT NULL,
	used_at {{instant}}
){{strict}};
CREATE INDEX setup_link_by_user ON setup_link (user_id);

CREATE TABLE audit_entry (
	sequence {{int}} NOT NULL PRIMARY KEY,    -- 1, 2, 3 ... without a gap
	at {{instant}} NOT NULL,
	authority_id {{int}} NOT NULL,
	actor {{text}} NOT NULL,
	action {{text}} NOT NULL,
	subject {{text}} NOT NULL,
	changes {{text}} NOT NULL,                -- JSON, "" when none
	hash {{blob}} NOT NULL                    -- SHA-256 over the entry before and this one (trust/audit.c)
){{strict}};
CREATE INDEX audit_entry_by_sequence ON audit_entry (authority_id, sequence);
CREATE INDEX audit_entry_by_subject ON audit_entry (authority_id, subject, sequence);
CREATE INDEX audit_entry_by_actor ON audit_entry (authority_id, actor, sequence);

CREATE TABLE idempotency (                    -- what a form sent twice was answered the first time
	key_hash {{blob}} NOT NULL PRIMARY KEY,
	at {{instant}} NOT NULL,
	outcome {{blob}} NOT NULL
){{strict}};
CREATE INDEX idempotency_by_time ON idempotency (at);

CREATE TABLE job (                            -- work outside requests, done by the slow role
	id {{id}},
	authority_id {{int}} NOT NULL,
	name {{text}} NOT NULL,
	subject {{text}} NOT NULL,
	due_at {{instant}} NOT NULL,
	tries {{int}} NOT NULL DEFAULT 0,
	state {{text}} NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'failed')),
	fault {{text}}
){{strict}};
CREATE INDEX job_by_due ON job (state, due_at, id);
CREATE INDEX job_by_time ON job (authority_id, due_at, id);
