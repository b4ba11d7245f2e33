-- A school said that it had no training.

-- no_training_add :exec args=no_training perm=training_manage
INSERT INTO no_training (authority_id, urn, said_on, said_by)
VALUES (:authority_id, :urn, :said_on, :said_by)
ON CONFLICT (urn, said_on) DO UPDATE SET said_by = excluded.said_by;

-- no_training_of :many args=place_args row=no_training perm=training_read
SELECT authority_id, urn, said_on, said_by
FROM no_training
WHERE authority_id = :authority_id AND urn = :urn
ORDER BY said_on DESC
LIMIT 50;

-- no_training_remove :exec args=no_training perm=training_manage
DELETE FROM no_training
WHERE authority_id = :authority_id AND urn = :urn AND said_on = :said_on;
