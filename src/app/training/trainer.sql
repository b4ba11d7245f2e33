-- Trainers and their accreditation.

-- accreditation :part
t.id, t.authority_id, t.reference, t.name, t.name_fold, t.user_id, u.reference AS user_reference,
	u.name AS user, t.provider_id, p.reference AS provider_reference, p.name AS provider,
	t.accreditation, t.state, t.accredited_on, t.expires_on, t.topics, t.languages, t.reason, t.version
FROM trainer AS t
LEFT JOIN user_account AS u ON u.id = t.user_id
LEFT JOIN provider AS p ON p.id = t.provider_id;

-- state_today :part
CASE WHEN t.state = 'active' AND t.expires_on < :today THEN 'lapsed' ELSE t.state END;

-- accreditation_find :maybe args=reference_arg row=accreditation perm=training_read
SELECT {{part accreditation}}
WHERE t.authority_id = :authority_id AND t.reference = :reference;

-- accreditation_of_user :maybe args=account_day_arg row=accreditation perm=training_read plan: temporary b-tree because one account has a record or two
SELECT {{part accreditation}}
WHERE t.user_id = :user_id AND t.authority_id = :authority_id
ORDER BY CASE WHEN t.state = 'withdrawn' THEN 1 ELSE 0 END, t.id DESC
LIMIT 1;

-- accreditation_add :one args=accreditation row=id_row perm=trainer_accredit
INSERT INTO trainer (authority_id, reference, name, name_fold, user_id, provider_id, accreditation, state,
	topics, languages)
VALUES (:authority_id, :reference, :name, :name_fold, :user_id, :provider_id, :accreditation, :state,
	:topics, :languages)
RETURNING id;

-- accreditation_update :exec args=accreditation perm=trainer_accredit
UPDATE trainer
SET name = :name, name_fold = :name_fold, user_id = :user_id, provider_id = :provider_id,
	accreditation = :accreditation, state = :state, accredited_on = :accredited_on,
	expires_on = :expires_on, topics = :topics, languages = :languages, reason = :reason,
	version = version + 1
WHERE authority_id = :authority_id AND id = :id;

-- accreditation_others :many args=accreditation row=id_row perm=trainer_accredit
SELECT id
FROM trainer
WHERE user_id = :user_id AND state <> 'withdrawn' AND id <> :id
ORDER BY id;

-- trainer_sessions_unfit :one args=account_day_arg row=count_row perm=training_read
SELECT count(*) AS n
FROM session
WHERE trainer_id = :user_id AND authority_id = :authority_id AND state = 'confirmed' AND held_on >= :from;

-- trainers_by_name :many args=trainers_args row=trainer_line perm=training_read
SELECT t.id, t.reference, t.name, t.name_fold, p.name AS provider, t.accreditation,
	{{part state_today}} AS state,
	t.accredited_on, t.expires_on, t.topics, t.languages
FROM trainer AS t
LEFT JOIN provider AS p ON p.id = t.provider_id
WHERE t.authority_id = :authority_id
	AND (t.name_fold, t.id) > (:after_key, :after_id)
	AND (:state IS NULL
		OR {{part state_today}} = :state)
	AND (:accreditation IS NULL OR t.accreditation = :accreditation)
	AND (:due IS NULL OR (:due = 'lapsing' AND t.state = 'active' AND t.expires_on >= :today
		AND t.expires_on <= :soon))
	AND (:own_user_id = 0 OR t.user_id = :own_user_id)
ORDER BY t.name_fold, t.id
LIMIT :row_limit;

-- trainers_lapsing :one args=trainers_args row=count_row perm=training_read
SELECT count(*) AS n
FROM trainer
WHERE authority_id = :authority_id AND state = 'active' AND expires_on >= :today AND expires_on <= :soon
	AND (:own_user_id = 0 OR user_id = :own_user_id);
