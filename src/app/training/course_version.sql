-- What a course teaches and asks, by version.

-- course_version_on :maybe args=course_day_args row=course_version perm=training_read
SELECT id, course_id, number, from_on, changed, objectives, asks_confidence
FROM course_version
WHERE course_id = :course_id AND (from_on IS NULL OR from_on <= :day)
ORDER BY number DESC
LIMIT 1;

-- course_versions :many args=course_day_args row=course_version perm=training_read
SELECT id, course_id, number, from_on, changed, objectives, asks_confidence
FROM course_version
WHERE course_id = :course_id
ORDER BY number DESC
LIMIT 100;

-- course_version_latest :maybe args=course_day_args row=course_version perm=training_read
SELECT id, course_id, number, from_on, changed, objectives, asks_confidence
FROM course_version
WHERE course_id = :course_id
ORDER BY number DESC
LIMIT 1;

-- course_version_add :one args=course_version row=id_row perm=training_manage
INSERT INTO course_version (course_id, number, from_on, changed, objectives, asks_confidence)
VALUES (:course_id, :number, :from_on, :changed, :objectives, :asks_confidence)
RETURNING id;

-- course_version_update :exec args=course_version perm=training_manage
UPDATE course_version
SET objectives = :objectives, asks_confidence = :asks_confidence
WHERE course_id = :course_id AND id = :id;

-- course_aspects :many args=id_arg row=id_word perm=training_read
SELECT version_id AS id, aspect AS word
FROM course_aspect
WHERE version_id = :id
ORDER BY aspect;

-- course_aspect_add :exec args=id_word perm=training_manage
INSERT INTO course_aspect (version_id, aspect) VALUES (:id, :word);

-- course_aspects_clear :exec args=id_arg perm=training_manage
DELETE FROM course_aspect WHERE version_id = :id;

-- course_questions :many args=id_arg row=course_question perm=public
SELECT id, version_id, number, kind, wording
FROM course_question
WHERE version_id = :id
ORDER BY number;

-- course_question_add :exec args=course_question perm=training_manage
INSERT INTO course_question (version_id, number, kind, wording)
VALUES (:version_id, :number, :kind, :wording);

-- course_questions_clear :exec args=id_arg perm=training_manage
DELETE FROM course_question WHERE version_id = :id;

-- course_questions_answered :many args=id_arg row=id_row perm=training_manage
SELECT q.id
FROM course_question AS q
JOIN feedback_answer AS a ON a.question_id = q.id
WHERE q.version_id = :id
ORDER BY q.number
LIMIT 1;

-- course_all_aspects :many args=course_day_args row=id_word perm=training_read plan: temporary b-tree because the few versions of one course are put in order
SELECT a.version_id AS id, a.aspect AS word
FROM course_version AS v
JOIN course_aspect AS a ON a.version_id = v.id
WHERE v.course_id = :course_id
ORDER BY a.version_id, a.aspect;

-- course_all_questions :many args=course_day_args row=course_question perm=training_read plan: temporary b-tree because the few versions of one course are put in order
SELECT q.id, q.version_id, q.number, q.kind, q.wording
FROM course_version AS v
JOIN course_question AS q ON q.version_id = v.id
WHERE v.course_id = :course_id
ORDER BY q.version_id, q.number;
