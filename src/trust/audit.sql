-- The audit chain: entries are added, never changed.

-- audit_last :maybe row=audit_tail perm=house plan: scan because it stops at the last row
SELECT sequence, hash FROM audit_entry ORDER BY sequence DESC LIMIT 1;

-- audit_insert :list args=audit_row perm=house
INSERT INTO audit_entry (sequence, at, authority_id, actor, action, subject, changes, hash)
VALUES (:sequence, :at, :authority_id, :actor, :action, :subject, :changes, :hash);

-- audit_all :many row=audit_row perm=house plan: scan because the whole chain is read
SELECT sequence, at, authority_id, actor, action, subject, changes, hash FROM audit_entry ORDER BY sequence;
