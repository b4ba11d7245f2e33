-- Courses: what is taught.

-- course_find :maybe args=reference_arg row=course perm=training_read
SELECT id, authority_id, reference, title, title_fold, provider, delivery, duration_minutes,
	refresh_months, objectives, state, version
FROM course
WHERE authority_id = :authority_id AND reference = :reference;

-- course_same_title :many args=course row=id_row perm=training_manage
SELECT id
FROM course
WHERE authority_id = :authority_id AND title_fold = :title_fold AND state = 'open' AND id <> :id
ORDER BY id;

-- course_in_use :many args=course row=id_row perm=training_manage
SELECT id
FROM session
WHERE course_id = :id AND authority_id = :authority_id
ORDER BY id
LIMIT 1;

-- course_add :one args=course row=id_row perm=training_manage
INSERT INTO course (authority_id, reference, title, title_fold, provider, delivery,
	duration_minutes, refresh_months, objectives)
VALUES (:authority_id, :reference, :title, :title_fold, :provider, :delivery,
	:duration_minutes, :refresh_months, :objectives)
RETURNING id;

-- course_update :exec args=course perm=training_manage
UPDATE course
SET title = :title, title_fold = :title_fold, provider = :provider, delivery = :delivery,
	duration_minutes = :duration_minutes, refresh_months = :refresh_months,
	objectives = :objectives, state = :state, version = version + 1
WHERE authority_id = :authority_id AND id = :id;

-- courses_by_title :many args=courses_args row=course_line perm=training_read
SELECT id, reference, title, title_fold, provider, delivery, duration_minutes, refresh_months, state
FROM course
WHERE authority_id = :authority_id
	AND (title_fold, id) > (:after_key, :after_id)
	AND (:state IS NULL OR state = :state)
ORDER BY title_fold, id
LIMIT :row_limit;

-- course_choices :many args=authority_arg row=choice perm=training_read
SELECT reference AS value, title AS label, NULL AS hint
FROM course
WHERE authority_id = :authority_id AND state = 'open'
ORDER BY title_fold, id;

-- course_filter_choices :many args=authority_arg row=choice perm=training_read
SELECT reference AS value, title AS label, NULL AS hint
FROM course
WHERE authority_id = :authority_id
ORDER BY title_fold, id;
