-- What the house itself reads and keeps.

-- authority_by_id :maybe args=id_arg row=authority perm=house plan: scan because a store holds one authority
SELECT id, name, code, accent FROM authority
WHERE :id = 0 OR id = :id
ORDER BY id
LIMIT 1;

-- idempotency_find :maybe args=idempotency row=idempotency perm=house
SELECT key_hash, at, outcome FROM idempotency WHERE key_hash = :key_hash;

-- idempotency_keep :exec args=idempotency perm=house
INSERT INTO idempotency (key_hash, at, outcome) VALUES (:key_hash, :at, :outcome);

-- idempotency_forget :exec args=idempotency_old perm=house plan: scan because it reads the oldest and stops
DELETE FROM idempotency
WHERE id IN (SELECT k.id FROM (SELECT id, at FROM idempotency ORDER BY id LIMIT :most) AS k WHERE k.at < :before);

-- job_list_by_due :many args=job_list_args row=job_row perm=settings_manage
SELECT id, authority_id, name, subject, due_at, tries, state, fault, host, taken_by
FROM job
WHERE authority_id = :authority_id
	AND (:state IS NULL OR state = :state)
	AND (:after_key = '' OR (due_at, id) < (CAST(NULLIF(:after_key, '') AS BIGINT), :after_id))
ORDER BY due_at DESC, id DESC
LIMIT :row_limit;

-- last_change :maybe args=change_arg row=change_row perm=house
SELECT a.at, a.actor, u.name AS person
FROM audit_entry AS a
LEFT JOIN user_account AS u
	ON u.id = CASE WHEN substr(a.actor, 1, 5) = 'user:' THEN CAST(substr(a.actor, 6) AS BIGINT) ELSE 0 END
WHERE a.authority_id = :authority_id AND a.subject = :subject
ORDER BY a.sequence DESC
LIMIT 1;
