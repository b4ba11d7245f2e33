-- Logins, one-time links, sign-in limits. The house's own statements: no person runs them.

-- login_by_token :maybe args=login_key row=login_owner perm=house
SELECT l.id AS login_id, l.csrf, l.created_at, l.used_at, u.id AS user_id, u.authority_id, u.name, u.role,
	u.establishment_urn, a.name AS authority_name, a.code AS authority_code, a.accent AS authority_accent
FROM login AS l
JOIN user_account AS u ON u.id = l.user_id
JOIN authority AS a ON a.id = u.authority_id
WHERE l.token_hash = :token_hash AND u.state = 'active';

-- login_insert :exec args=login_new perm=house
INSERT INTO login (user_id, token_hash, csrf, created_at, used_at)
VALUES (:user_id, :token_hash, :csrf, :at, :at);

-- login_used :exec args=login_use perm=house
UPDATE login SET used_at = :at WHERE id = :id AND used_at < :at;

-- login_delete :exec args=id_arg perm=house
DELETE FROM login WHERE id = :id;

-- login_delete_others :exec args=login_others perm=house
DELETE FROM login WHERE user_id = :user_id AND id <> :keep;

-- login_of_user :many args=login_others row=login_seen perm=house plan: sort because one person has few logins
SELECT id, created_at, used_at FROM login WHERE user_id = :user_id ORDER BY used_at DESC, id DESC;

-- login_sweep :exec args=before_arg perm=house
DELETE FROM login WHERE used_at < :before;

-- login_delete_all :exec perm=house plan: scan because all of them go
DELETE FROM login;

-- link_insert :exec args=link_new_args perm=house
INSERT INTO setup_link (token_hash, user_id, expires_at) VALUES (:token_hash, :user_id, :expires_at);

-- link_by_token :maybe args=login_key row=link_row perm=house
SELECT user_id, expires_at, used_at FROM setup_link WHERE token_hash = :token_hash;

-- link_used :exec args=link_use_args perm=house
UPDATE setup_link SET used_at = :at WHERE token_hash = :token_hash AND used_at IS NULL;

-- link_replace :exec args=link_new_args perm=house
DELETE FROM setup_link WHERE (user_id = :user_id OR (:user_id IS NULL AND user_id IS NULL)) AND used_at IS NULL;

-- link_delete_unused :exec perm=house plan: scan because links live a week
DELETE FROM setup_link WHERE used_at IS NULL AND user_id IS NOT NULL;

-- link_sweep :exec args=before_arg perm=house plan: scan because links live a week
DELETE FROM setup_link WHERE expires_at < :before;

-- attempt_count :one args=attempt_args row=attempt_seen perm=house
SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) AS n, COALESCE(MIN(at), 0) AS oldest
FROM attempt
WHERE subject_hash = :subject_hash AND at > :since AND at <= :at;

-- attempt_add :exec args=attempt_args perm=house
INSERT INTO attempt (subject_hash, at, n) VALUES (:subject_hash, :at, 1)
ON CONFLICT (subject_hash, at) DO UPDATE SET n = attempt.n + 1;

-- attempt_sweep :exec args=before_arg perm=house
DELETE FROM attempt WHERE at < :before;
