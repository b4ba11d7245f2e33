-- What a person keeps for themselves: views of lists, drafts of forms.

-- saved_views :many args=view_key row=saved_view perm=signed_in
SELECT id, user_id, list, name, query FROM saved_view
WHERE user_id = :user_id AND list = :list
ORDER BY name;

-- view_save :exec args=saved_view perm=signed_in
INSERT INTO saved_view (user_id, list, name, query) VALUES (:user_id, :list, :name, :query)
ON CONFLICT (user_id, list, name) DO UPDATE SET query = excluded.query;

-- view_remove :exec args=view_key perm=signed_in
DELETE FROM saved_view WHERE user_id = :user_id AND list = :list AND name = :name;

-- draft_find :maybe args=draft_key row=draft perm=house
SELECT id, user_id, page, label, fields, at FROM draft WHERE user_id = :user_id AND page = :page AND at >= :since;

-- drafts_of :many args=draft_key row=draft perm=signed_in plan: sorts because a person has a few drafts
SELECT id, user_id, page, label, '' AS fields, at FROM draft
WHERE user_id = :user_id AND at >= :since
ORDER BY at DESC
LIMIT 20;

-- draft_save :exec args=draft perm=signed_in
INSERT INTO draft (user_id, page, label, fields, at) VALUES (:user_id, :page, :label, :fields, :at)
ON CONFLICT (user_id, page) DO UPDATE SET label = excluded.label, fields = excluded.fields, at = excluded.at;

-- draft_remove :exec args=draft_key perm=house
DELETE FROM draft WHERE user_id = :user_id AND page = :page;

-- draft_sweep :exec args=draft_key perm=house
DELETE FROM draft WHERE at < :since;
