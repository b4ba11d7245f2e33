-- Sessions that repeat.

-- series_begin :exec args=session perm=training_manage
UPDATE session SET series_id = :series_id WHERE authority_id = :authority_id AND id = :id;

-- series_others :many args=series_arg row=series_line perm=training_read
SELECT s.reference, s.starts_at, s.venue, s.state
FROM session AS s
WHERE s.series_id = :series_id AND s.authority_id = :authority_id AND s.id <> :session_id
ORDER BY s.starts_at
LIMIT 50;
