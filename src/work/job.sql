-- The queue of jobs.

-- job_add :one args=job_row row=id_row perm=house
INSERT INTO job (authority_id, name, subject, due_at)
VALUES (:authority_id, :name, :subject, :due_at)
RETURNING id;

-- job_due :many args=job_due_arg row=job_row perm=house
SELECT id, authority_id, name, subject, due_at, tries, state, fault
FROM job
WHERE state = 'waiting' AND due_at <= :now
ORDER BY due_at, id
LIMIT :row_limit;

-- job_next :one row=job_next_row perm=house
SELECT MIN(due_at) AS due_at FROM job WHERE state = 'waiting';

-- job_find :maybe args=id_arg row=job_row perm=house
SELECT id, authority_id, name, subject, due_at, tries, state, fault
FROM job
WHERE id = :id;

-- job_update :exec args=job_row perm=house
UPDATE job SET state = :state, tries = :tries, due_at = :due_at, fault = :fault
WHERE id = :id;
