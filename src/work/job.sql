-- The queue of jobs.

-- job_add :one args=job_row row=id_row perm=house
INSERT INTO job (authority_id, name, subject, due_at, host)
VALUES (:authority_id, :name, :subject, :due_at, :host)
RETURNING id;

-- What this host may take: not what needs the files of another, nor what another has taken.
-- job_due :many args=job_due_arg row=job_row perm=house
SELECT id, authority_id, name, subject, due_at, tries, state, fault, host, taken_by
FROM job
WHERE state = 'waiting' AND due_at <= :now AND (host IS NULL OR host = :asker)
	AND (taken_until IS NULL OR taken_until < :now OR taken_by = :asker)
ORDER BY due_at, id
LIMIT :row_limit;

-- job_next :one args=job_due_arg row=job_next_row perm=house
SELECT MIN(CASE WHEN taken_by <> :asker AND taken_until > due_at THEN taken_until ELSE due_at END) AS due_at
FROM job
WHERE state = 'waiting' AND (host IS NULL OR host = :asker);

-- job_take :exec args=job_lease perm=house
UPDATE job SET taken_by = :host, taken_until = :until
WHERE id = :id AND state = 'waiting' AND (taken_until IS NULL OR taken_until < :now OR taken_by = :host);

-- job_find :maybe args=id_arg row=job_row perm=house
SELECT id, authority_id, name, subject, due_at, tries, state, fault, host, taken_by
FROM job
WHERE id = :id;

-- What needs files of a host that is not there any more.
-- job_forsake :exec args=job_forsaken perm=house
UPDATE job SET state = 'failed', fault = :fault, taken_by = NULL, taken_until = NULL
WHERE state = 'waiting' AND host IS NOT NULL;

-- job_update :exec args=job_row perm=house
UPDATE job SET state = :state, tries = :tries, due_at = :due_at, fault = :fault, taken_by = NULL, taken_until = NULL
WHERE id = :id;
