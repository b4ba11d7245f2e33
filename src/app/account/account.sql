-- People's accounts and the authority's details.

-- account_by_reference :maybe args=reference_arg row=account perm=user_manage
SELECT u.id, u.reference, u.name, u.email, u.role, u.establishment_urn, e.name AS school, u.state,
	CASE WHEN u.password_hash IS NULL THEN 0 ELSE 1 END AS password_set, u.version
FROM user_account AS u
LEFT JOIN establishment AS e ON e.urn = u.establishment_urn AND e.authority_id = u.authority_id
WHERE u.authority_id = :authority_id AND u.reference = :reference;

-- account_own :one args=account_key row=account perm=signed_in
SELECT u.id, u.reference, u.name, u.email, u.role, u.establishment_urn, e.name AS school, u.state,
	CASE WHEN u.password_hash IS NULL THEN 0 ELSE 1 END AS password_set, u.version
FROM user_account AS u
LEFT JOIN establishment AS e ON e.urn = u.establishment_urn AND e.authority_id = u.authority_id
WHERE u.authority_id = :authority_id AND u.id = :id;

-- user_list_by_name :many args=user_list_args row=user_row perm=user_manage
SELECT u.id, u.reference, u.name, u.email, u.role, e.name AS school, u.state,
	CASE WHEN u.password_hash IS NULL THEN 0 ELSE 1 END AS password_set
FROM user_account AS u
LEFT JOIN establishment AS e ON e.urn = u.establishment_urn AND e.authority_id = u.authority_id
WHERE u.authority_id = :authority_id
	AND (:role IS NULL OR u.role = :role)
	AND (:state IS NULL OR u.state = :state)
	AND (u.name, u.id) > (coalesce((SELECT o.name FROM user_account AS o
		WHERE o.authority_id = :authority_id AND o.id = :after_id), ''), :after_id)
ORDER BY u.name, u.id
LIMIT :row_limit;

-- Signing in looks a person up before anybody is known.
-- account_secret_by_email :maybe args=text_arg row=account_secret perm=house
SELECT u.id, u.authority_id, u.reference, u.name, u.email, a.name AS authority_name, u.state, u.password_hash
FROM user_account AS u
JOIN authority AS a ON a.id = u.authority_id
WHERE u.email = :text;

-- account_secret_by_id :maybe args=id_arg row=account_secret perm=house
SELECT u.id, u.authority_id, u.reference, u.name, u.email, a.name AS authority_name, u.state, u.password_hash
FROM user_account AS u
JOIN authority AS a ON a.id = u.authority_id
WHERE u.id = :id;

-- account_set_password :exec args=account_password perm=house
UPDATE user_account SET password_hash = :password_hash WHERE id = :id;

-- account_insert :one args=account_new row=id_row perm=user_manage
INSERT INTO user_account (authority_id, reference, email, name, role, establishment_urn)
VALUES (:authority_id, :reference, :email, :name, :role, :establishment_urn)
RETURNING id;

-- Only while there is no administrator: the one-time link of the first run.
-- account_insert_first :one args=account_new row=id_row perm=house plan: scan because an authority has a few dozen accounts
INSERT INTO user_account (authority_id, reference, email, name, role, password_hash)
SELECT CAST(:authority_id AS BIGINT), CAST(:reference AS TEXT), CAST(:email AS TEXT), CAST(:name AS TEXT),
	CAST(:role AS TEXT), CAST(:password_hash AS TEXT)
WHERE NOT EXISTS (SELECT 1 FROM user_account WHERE role = 'administrator')
RETURNING id;

-- account_update :exec args=account_new perm=user_manage
UPDATE user_account
SET email = :email, name = :name, role = :role, establishment_urn = :establishment_urn, version = version + 1
WHERE authority_id = :authority_id AND reference = :reference;

-- account_close :exec args=reference_arg perm=user_manage
UPDATE user_account SET state = 'closed', version = version + 1
WHERE authority_id = :authority_id AND reference = :reference;

-- A person who comes back sets a new password by a one-time link.
-- account_reopen :exec args=reference_arg perm=user_manage
UPDATE user_account SET state = 'active', password_hash = NULL, version = version + 1
WHERE authority_id = :authority_id AND reference = :reference;

-- account_with_email :maybe args=text_arg row=id_row perm=user_manage
SELECT id FROM user_account WHERE email = :text;

-- administrator_count :one row=count_row perm=house plan: scan because an authority has a few dozen accounts
SELECT COUNT(*) AS n FROM user_account WHERE role = 'administrator';

-- other_administrators :one args=account_key row=count_row perm=user_manage
SELECT COUNT(*) AS n FROM user_account
WHERE authority_id = :authority_id AND id <> :id AND role = 'administrator' AND state = 'active'
	AND password_hash IS NOT NULL;

-- school_of_urn :maybe args=account_key row=id_row perm=user_manage
SELECT urn AS id FROM establishment WHERE authority_id = :authority_id AND urn = :id;

-- authority_details_find :maybe args=authority_arg row=authority_details perm=house
SELECT id, name, code, accent, version FROM authority WHERE id = :authority_id;

-- authority_insert_first :one args=authority_change row=id_row perm=house plan: scan because there is at most one
INSERT INTO authority (name, code, accent)
SELECT CAST(:name AS TEXT), CAST(:code AS TEXT), CAST(:accent AS TEXT)
WHERE NOT EXISTS (SELECT 1 FROM authority)
RETURNING id;

-- authority_update_first :exec args=authority_change perm=house plan: scan because an authority has a few dozen accounts
UPDATE authority SET name = :name, code = :code, accent = :accent, version = version + 1
WHERE id = :authority_id AND NOT EXISTS (SELECT 1 FROM user_account WHERE role = 'administrator');

-- authority_update :exec args=authority_change perm=settings_manage
UPDATE authority SET name = :name, code = :code, accent = :accent, version = version + 1
WHERE id = :authority_id;
