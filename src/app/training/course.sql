-- Courses: what is taught.

-- course_find :maybe args=reference_arg row=course perm=training_read
SELECT c.id, c.authority_id, c.reference, c.title, c.title_fold, c.provider, c.delivery, c.provider_id,
	p.reference AS body_reference, p.name AS body, coalesce(p.outside, 0) AS outside, c.duration_minutes,
	c.refresh_months, c.state, c.version
FROM course AS c
LEFT JOIN provider AS p ON p.id = c.provider_id
WHERE c.authority_id = :authority_id AND c.reference = :reference;

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
INSERT INTO course (authority_id, reference, title, title_fold, provider, provider_id, delivery,
	duration_minutes, refresh_months)
VALUES (:authority_id, :reference, :title, :title_fold, :provider, :provider_id, :delivery,
	:duration_minutes, :refresh_months)
RETURNING id;

-- course_update :exec args=course perm=training_manage
UPDATE course
SET title = :title, title_fold = :title_fold, provider = :provider, provider_id = :provider_id,
	delivery = :delivery, duration_minutes = :duration_minutes, refresh_months = :refresh_months,
	state = :state, version = version + 1
WHERE authority_id = :authority_id AND id = :id;

-- courses_by_title :many args=courses_args row=course_line perm=training_read
SELECT c.id, c.reference, c.title, c.title_fold, c.provider, p.name AS body, c.delivery,
	(SELECT {{string_agg}}(x.audience, ',') FROM course_audience AS x WHERE x.course_id = c.id) AS audience,
	(SELECT {{string_agg}}(y.aspect, ',') FROM course_version AS v JOIN course_aspect AS y ON y.version_id = v.id
		WHERE v.course_id = c.id AND v.number = (SELECT max(w.number) FROM course_version AS w
			WHERE w.course_id = c.id AND (w.from_on IS NULL OR w.from_on <= :today))) AS aspects,
	c.duration_minutes, c.refresh_months, c.state
FROM course AS c
LEFT JOIN provider AS p ON p.id = c.provider_id
WHERE c.authority_id = :authority_id
	AND (c.title_fold, c.id) > (:after_key, :after_id)
	AND (:state IS NULL OR c.state = :state)
	AND (:provider IS NULL OR c.provider = :provider)
	AND (:audience IS NULL OR EXISTS (SELECT 1 FROM course_audience AS z
		WHERE z.course_id = c.id AND z.audience = :audience))
ORDER BY c.title_fold, c.id
LIMIT :row_limit;

-- course_choices :many args=authority_arg row=choice perm=public
SELECT reference AS value, title AS label, id
FROM course
WHERE authority_id = :authority_id AND state = 'open'
ORDER BY title_fold, id;

-- course_filter_choices :many args=authority_arg row=choice perm=training_read
SELECT reference AS value, title AS label, id
FROM course
WHERE authority_id = :authority_id
ORDER BY title_fold, id;

-- course_audience :many args=id_arg row=id_word perm=training_read
SELECT course_id AS id, audience AS word
FROM course_audience
WHERE course_id = :id
ORDER BY audience;

-- course_audience_add :exec args=id_word perm=training_manage
INSERT INTO course_audience (course_id, audience) VALUES (:id, :word);

-- course_audience_clear :exec args=id_arg perm=training_manage
DELETE FROM course_audience WHERE course_id = :id;
