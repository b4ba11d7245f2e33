-- What quality reviews look at, by version.

-- rubric_find :maybe args=rubric_arg row=rubric perm=review_read
SELECT id, authority_id, version, from_on
FROM review_rubric
WHERE authority_id = :authority_id AND from_on <= :on
ORDER BY version DESC
LIMIT 1;

-- rubrics :many args=authority_arg row=rubric perm=review_read
SELECT id, authority_id, version, from_on
FROM review_rubric
WHERE authority_id = :authority_id
ORDER BY version DESC
LIMIT 100;

-- rubric_criteria :many args=id_arg row=criterion perm=review_read plan: temporary b-tree because the few criteria of one version are put in order
SELECT id, rubric_id, place, key, label, hint
FROM review_criterion
WHERE rubric_id = :id
ORDER BY place, id;

-- rubric_add :one args=rubric row=id_row perm=review_write
INSERT INTO review_rubric (authority_id, version, from_on)
VALUES (:authority_id, :version, :from_on)
RETURNING id;

-- criterion_add :one args=criterion row=id_row perm=review_write
INSERT INTO review_criterion (rubric_id, place, key, label, hint)
VALUES (:rubric_id, :place, :key, :label, :hint)
RETURNING id;

-- rating_add :exec args=rating perm=review_write
INSERT INTO review_rating (review_id, criterion_id, rating)
VALUES (:review_id, :criterion_id, :rating);

-- form_add :exec args=form_row perm=review_write
INSERT INTO review_form (review_id, form) VALUES (:review_id, :form);

-- ratings_of :many args=id_arg row=rating_line perm=review_read plan: temporary b-tree because the few ratings of one review are put in order
SELECT c.id, c.label, r.rating
FROM review_rating AS r
JOIN review_criterion AS c ON c.id = r.criterion_id
WHERE r.review_id = :id
ORDER BY c.place, c.id;

-- forms_of :many args=id_arg row=form_row perm=review_read
SELECT review_id, form
FROM review_form
WHERE review_id = :id
ORDER BY form;
