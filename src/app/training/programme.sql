-- The programme of an event.

-- programme_list :many args=session_arg row=programme_item perm=training_read
SELECT i.id, i.session_id, i.starts_minute, i.minutes, i.title, i.theme, i.speaker, i.version
FROM session AS s
JOIN session_item AS i ON i.session_id = s.id
WHERE s.authority_id = :authority_id AND s.id = :session_id
ORDER BY i.starts_minute, i.id
LIMIT 100;

-- programme_add :exec args=programme_item perm=training_manage
INSERT INTO session_item (session_id, starts_minute, minutes, title, theme, speaker)
VALUES (:session_id, :starts_minute, :minutes, :title, :theme, :speaker);

-- programme_change :exec args=programme_item perm=training_manage
UPDATE session_item
SET starts_minute = :starts_minute, minutes = :minutes, title = :title, theme = :theme, speaker = :speaker, version = version + 1
WHERE id = :id AND session_id = :session_id;

-- programme_remove :exec args=programme_item perm=training_manage
DELETE FROM session_item WHERE id = :id AND session_id = :session_id;
