-- Notes to committees.

-- note_find :maybe args=reference_arg row=note perm=figure_read
SELECT id, authority_id, reference, addressed_to, dated, subject, purpose, recommendations, information,
	background_papers, author, version
FROM note
WHERE authority_id = :authority_id AND reference = :reference;

-- note_list_newest :many args=note_list_arg row=note_row perm=figure_read
SELECT id, reference, addressed_to, dated, subject
FROM note
WHERE authority_id = :authority_id
	AND (:match IS NULL OR id IN {{found note}})
	AND (dated, id) < (COALESCE(CAST(NULLIF(:after_key, '') AS {{date}}), CAST('9999-12-31' AS {{date}})), :after_id)
ORDER BY dated DESC, id DESC
LIMIT :row_limit;

-- note_insert :one args=note row=id_row perm=note_write
INSERT INTO note (authority_id, reference, addressed_to, dated, subject, purpose, recommendations,
	information, background_papers, author)
VALUES (:authority_id, :reference, :addressed_to, :dated, :subject, :purpose, :recommendations,
	:information, :background_papers, :author)
RETURNING id;

-- note_update :exec args=note perm=note_write
UPDATE note
SET addressed_to = :addressed_to, dated = :dated, subject = :subject, purpose = :purpose,
	recommendations = :recommendations, information = :information,
	background_papers = :background_papers, author = :author, version = version + 1
WHERE authority_id = :authority_id AND reference = :reference;
