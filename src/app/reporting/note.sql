-- Notes to committees. Who may see one in its state is said by note_visible (note_rules.c); a list is told by :sees.

-- note_find :maybe args=reference_arg row=note perm=figure_read
SELECT n.id, n.authority_id, n.reference, n.addressed_to, n.dated, n.subject, n.purpose, n.recommendations,
	n.information, n.background_papers, n.author, n.state, n.exempt_under, n.remark, n.signed_by, n.signed_at,
	n.released_on, n.corrects_id, o.reference AS corrects, w.reference AS corrected_by,
	w.state AS corrected_by_state, n.version
FROM note AS n
LEFT JOIN note AS o ON o.id = n.corrects_id
LEFT JOIN note AS w ON w.corrects_id = n.id
WHERE n.authority_id = :authority_id AND n.reference = :reference;

-- note_list_newest :many args=note_list_arg row=note_row perm=figure_read
SELECT id, reference, addressed_to, dated, subject, state
FROM note
WHERE authority_id = :authority_id
	AND (:match IS NULL OR id IN {{found note}})
	AND (:state IS NULL OR state = :state)
	AND (:sees = 2 OR state = 'published' OR (:sees = 1 AND state = 'signed-off'))
	AND (dated, id) < (COALESCE(CAST(NULLIF(:after_key, '') AS {{date}}), CAST('9999-12-31' AS {{date}})), :after_id)
ORDER BY dated DESC, id DESC
LIMIT :row_limit;

-- note_insert :one args=note row=id_row perm=note_write
INSERT INTO note (authority_id, reference, addressed_to, dated, subject, purpose, recommendations,
	information, background_papers, author, state, corrects_id)
VALUES (:authority_id, :reference, :addressed_to, :dated, :subject, :purpose, :recommendations,
	:information, :background_papers, :author, :state, :corrects_id)
RETURNING id;

-- note_update :exec args=note perm=note_write
UPDATE note
SET addressed_to = :addressed_to, dated = :dated, subject = :subject, purpose = :purpose,
	recommendations = :recommendations, information = :information,
	background_papers = :background_papers, author = :author, version = version + 1
WHERE authority_id = :authority_id AND reference = :reference;

-- note_move :exec args=note perm=note_write
UPDATE note
SET state = :state, exempt_under = :exempt_under, remark = :remark, signed_by = :signed_by, signed_at = :signed_at,
	released_on = :released_on, version = version + 1
WHERE authority_id = :authority_id AND reference = :reference;

-- note_figure_keep :exec args=note_figure perm=note_write
INSERT INTO note_figure (note_id, authority_id, figure, from_date, to_date, label, share, definition_version,
	definition, numerator_label, denominator_label, numerator, denominator, known, low, high, asked, excluded,
	shown, measured_at)
VALUES (:note_id, :authority_id, :figure, :from_date, :to_date, :label, :share, :definition_version,
	:definition, :numerator_label, :denominator_label, :numerator, :denominator, :known, :low, :high, :asked,
	:excluded, :shown, :measured_at);

-- note_figures_kept :many args=note_arg row=note_figure perm=figure_read
SELECT note_id, authority_id, figure, from_date, to_date, label, share, definition_version, definition,
	numerator_label, denominator_label, numerator, denominator, known, low, high, asked, excluded, shown, measured_at
FROM note_figure
WHERE note_id = :note_id AND authority_id = :authority_id
ORDER BY figure, from_date, to_date;

-- note_figure_released :many args=released_arg row=released_row perm=figure_read
SELECT n.reference, n.subject, n.dated, f.from_date, f.to_date, f.shown, f.definition_version, f.measured_at
FROM note_figure AS f
JOIN note AS n ON n.id = f.note_id
WHERE f.authority_id = :authority_id AND f.figure = :figure
	AND (:sees = 2 OR n.state = 'published' OR (:sees = 1 AND n.state = 'signed-off'))
ORDER BY f.measured_at DESC, f.note_id DESC
LIMIT :row_limit;
