-- Two records of one person joined into one, and taken apart again.

-- merge_add :one args=merge row=id_row perm=training_manage
INSERT INTO learner_merge (authority_id, reference, stays_id, gone_id, merged_on)
VALUES (:authority_id, :reference, :stays_id, :gone_id, :merged_on)
RETURNING id;

-- merge :part
m.id, m.authority_id, m.reference, m.stays_id, m.gone_id, m.merged_on, m.undone_on,
	s.reference AS stays, g.reference AS gone
FROM learner_merge AS m
JOIN learner AS s ON s.id = m.stays_id
JOIN learner AS g ON g.id = m.gone_id;

-- merge_by_reference :maybe args=reference_arg row=merge perm=training_manage
SELECT {{part merge}}
WHERE m.authority_id = :authority_id AND m.reference = :reference;

-- merges_into :many args=merge row=merge perm=training_manage
SELECT {{part merge}}
WHERE m.stays_id = :stays_id AND +m.authority_id = :authority_id AND m.undone_on IS NULL
ORDER BY m.id DESC
LIMIT 50;

-- merge_end :exec args=merge perm=training_manage
UPDATE learner_merge SET undone_on = :undone_on WHERE id = :id;

-- merge_counts :one args=merge row=merge_counts perm=training_manage
SELECT (SELECT count(*) FROM attendance AS a WHERE a.learner_id = :gone_id) AS attendances,
	(SELECT count(*) FROM evidence AS v WHERE v.learner_id = :gone_id) AS evidence,
	(SELECT count(*) FROM checkin AS c WHERE c.learner_id = :gone_id) AS checkins,
	(SELECT count(*) FROM chase_person AS k WHERE k.learner_id = :gone_id) AS chases,
	(SELECT count(*) FROM learner AS l WHERE l.merged_into = :gone_id) AS joined;

-- ---- the records ----

-- merge_keep_learner :exec args=merge_side_arg perm=training_manage
INSERT INTO learner_merge_side (merge_id, side, name, name_fold, email, job, sector, establishment_urn, organisation,
	organisation_fold, agency_id, team_id, audience, standing, ended_on, kept, version)
SELECT :merge_id, :side, l.name, l.name_fold, l.email, l.job, l.sector, l.establishment_urn, l.organisation,
	l.organisation_fold, l.agency_id, l.team_id, l.audience, l.standing, l.ended_on, l.kept, l.version
FROM learner AS l
WHERE l.id = :learner_id;

-- merge_away :exec args=merge perm=training_manage
UPDATE learner SET merged_into = :stays_id WHERE id = :gone_id;

-- merge_give_email :exec args=merge perm=training_manage
UPDATE learner SET email = NULL WHERE id = :gone_id;

-- What somebody has changed since stays changed; the rest is as it was before the two were joined.
-- merge_restore_stays :exec args=merge perm=training_manage
UPDATE learner
SET name = CASE WHEN learner.name = j.name THEN s.name ELSE learner.name END,
	name_fold = CASE WHEN learner.name = j.name THEN s.name_fold ELSE learner.name_fold END,
	email = CASE WHEN learner.email IS NOT DISTINCT FROM j.email THEN s.email ELSE learner.email END,
	job = CASE WHEN learner.job IS NOT DISTINCT FROM j.job THEN s.job ELSE learner.job END,
	sector = CASE WHEN learner.sector = j.sector THEN s.sector ELSE learner.sector END,
	establishment_urn = CASE WHEN learner.establishment_urn IS NOT DISTINCT FROM j.establishment_urn
		THEN s.establishment_urn ELSE learner.establishment_urn END,
	organisation = CASE WHEN learner.organisation IS NOT DISTINCT FROM j.organisation
		THEN s.organisation ELSE learner.organisation END,
	organisation_fold = CASE WHEN learner.organisation_fold IS NOT DISTINCT FROM j.organisation_fold
		THEN s.organisation_fold ELSE learner.organisation_fold END,
	agency_id = CASE WHEN learner.agency_id IS NOT DISTINCT FROM j.agency_id THEN s.agency_id ELSE learner.agency_id END,
	team_id = CASE WHEN learner.team_id IS NOT DISTINCT FROM j.team_id THEN s.team_id ELSE learner.team_id END,
	audience = CASE WHEN learner.audience IS NOT DISTINCT FROM j.audience THEN s.audience ELSE learner.audience END,
	standing = CASE WHEN learner.standing = j.standing THEN s.standing ELSE learner.standing END,
	ended_on = CASE WHEN learner.ended_on IS NOT DISTINCT FROM j.ended_on THEN s.ended_on ELSE learner.ended_on END,
	kept = CASE WHEN learner.kept = j.kept THEN s.kept ELSE learner.kept END,
	version = CASE WHEN learner.version = j.version THEN s.version ELSE learner.version + 1 END
FROM learner_merge_side AS s
JOIN learner_merge_side AS j ON j.merge_id = s.merge_id AND j.side = 'joined'
WHERE s.merge_id = :id AND s.side = 'stays' AND learner.id = :stays_id;

-- merge_restore_gone :exec args=merge perm=training_manage
UPDATE learner
SET merged_into = NULL, email = s.email
FROM learner_merge_side AS s
WHERE s.merge_id = :id AND s.side = 'gone' AND learner.id = :gone_id;

-- E-mail addresses of before that belong to somebody else now.
-- merge_email_taken :many args=merge row=merge_person perm=training_manage plan: temporary b-tree because a handful of rows of two records is put in order
SELECT l.reference
FROM learner_merge_side AS s
JOIN learner AS l ON l.authority_id = :authority_id AND l.email = s.email
WHERE s.merge_id = :id AND s.side IN ('stays', 'gone') AND l.id <> :stays_id AND l.id <> :gone_id
ORDER BY l.id
LIMIT 1;

-- ---- rows that move ----

-- merge_note_evidence :exec args=merge perm=training_manage
INSERT INTO learner_merge_moved (merge_id, thing, row_id)
SELECT :id, 'evidence', v.id FROM evidence AS v WHERE v.learner_id = :gone_id;
-- merge_move_evidence :exec args=merge perm=training_manage
UPDATE evidence SET learner_id = :stays_id WHERE learner_id = :gone_id;
-- merge_return_evidence :exec args=merge perm=training_manage
UPDATE evidence SET learner_id = :gone_id
WHERE learner_id = :stays_id AND id IN (SELECT m.row_id FROM learner_merge_moved AS m
	WHERE m.merge_id = :id AND m.thing = 'evidence');

-- merge_note_checkin :exec args=merge perm=training_manage
INSERT INTO learner_merge_moved (merge_id, thing, row_id)
SELECT :id, 'checkin', c.id FROM checkin AS c WHERE c.learner_id = :gone_id;
-- merge_move_checkin :exec args=merge perm=training_manage
UPDATE checkin SET learner_id = :stays_id WHERE learner_id = :gone_id;
-- merge_return_checkin :exec args=merge perm=training_manage
UPDATE checkin SET learner_id = :gone_id
WHERE learner_id = :stays_id AND id IN (SELECT m.row_id FROM learner_merge_moved AS m
	WHERE m.merge_id = :id AND m.thing = 'checkin');

-- A list of whom to chase on which both stood stays as it was sent.
-- merge_note_chase_person :exec args=merge perm=training_manage
INSERT INTO learner_merge_moved (merge_id, thing, row_id)
SELECT :id, 'chase_person', k.id FROM chase_person AS k
WHERE k.learner_id = :gone_id AND NOT EXISTS (SELECT 1 FROM chase_person AS o
	WHERE o.chase_id = k.chase_id AND o.learner_id = :stays_id);
-- merge_move_chase_person :exec args=merge perm=training_manage
UPDATE chase_person SET learner_id = :stays_id
WHERE learner_id = :gone_id AND EXISTS (SELECT 1 FROM learner_merge_moved AS m
	WHERE m.merge_id = :id AND m.thing = 'chase_person' AND m.row_id = chase_person.id);
-- merge_return_chase_person :exec args=merge perm=training_manage
UPDATE chase_person SET learner_id = :gone_id
WHERE learner_id = :stays_id AND id IN (SELECT m.row_id FROM learner_merge_moved AS m
	WHERE m.merge_id = :id AND m.thing = 'chase_person');

-- ---- attendance ----

-- Sessions on whose list both are.
-- merge_meetings :many args=merge row=merge_meeting perm=training_manage plan: temporary b-tree because a handful of rows of two records is put in order
SELECT s.id AS session_id, s.reference, c.title AS course, s.held_on, a.id AS stays_row, b.id AS gone_row,
	a.state AS stays_state, b.state AS gone_state, a.establishment_urn AS stays_urn, b.establishment_urn AS gone_urn
FROM attendance AS b
JOIN attendance AS a ON a.session_id = b.session_id AND a.learner_id = :stays_id
JOIN session AS s ON s.id = b.session_id
JOIN course AS c ON c.id = s.course_id
WHERE b.learner_id = :gone_id AND s.authority_id = :authority_id
ORDER BY s.id;

-- merge_keep_attendance :exec args=merge_row perm=training_manage
INSERT INTO learner_merge_attendance (merge_id, side, id, session_id, learner_id, state, establishment_urn, sector, version,
	arrived_at, left_at, booking_number, booking_reference, tell)
SELECT :merge_id, :side, a.id, a.session_id, a.learner_id, a.state, a.establishment_urn, a.sector, a.version,
	a.arrived_at, a.left_at, a.booking_number, a.booking_reference, a.tell
FROM attendance AS a
WHERE a.id = :row_id;

-- What the row that goes had booked is kept; its number may now be that of the one that stays.
-- merge_free_booking :exec args=merge_row perm=training_manage
UPDATE attendance SET booking_number = NULL, booking_reference = NULL, tell = NULL WHERE id = :row_id;

-- merge_join_attendance :exec args=merge_row perm=training_manage
UPDATE attendance
SET state = :state,
	arrived_at = (SELECT min(x.arrived_at) FROM attendance AS x WHERE x.id = :winner_id OR x.id = :loser_id),
	left_at = (SELECT w.left_at FROM attendance AS w WHERE w.id = :winner_id),
	establishment_urn = (SELECT coalesce(w.establishment_urn, o.establishment_urn) FROM attendance AS w
		JOIN attendance AS o ON o.id = :loser_id WHERE w.id = :winner_id),
	sector = (SELECT CASE WHEN w.sector = 'not-known' THEN o.sector ELSE w.sector END FROM attendance AS w
		JOIN attendance AS o ON o.id = :loser_id WHERE w.id = :winner_id),
	booking_number = (SELECT coalesce(w.booking_number, o.booking_number) FROM learner_merge_attendance AS w
		JOIN learner_merge_attendance AS o ON o.merge_id = w.merge_id AND o.id = :loser_id
		WHERE w.merge_id = :merge_id AND w.id = :winner_id),
	booking_reference = (SELECT coalesce(w.booking_reference, o.booking_reference) FROM learner_merge_attendance AS w
		JOIN learner_merge_attendance AS o ON o.merge_id = w.merge_id AND o.id = :loser_id
		WHERE w.merge_id = :merge_id AND w.id = :winner_id),
	tell = (SELECT coalesce(w.tell, o.tell) FROM learner_merge_attendance AS w
		JOIN learner_merge_attendance AS o ON o.merge_id = w.merge_id AND o.id = :loser_id
		WHERE w.merge_id = :merge_id AND w.id = :winner_id),
	version = version + 1
WHERE id = :row_id;

-- merge_note_attendance :exec args=merge perm=training_manage
INSERT INTO learner_merge_moved (merge_id, thing, row_id)
SELECT :id, 'attendance', a.id FROM attendance AS a WHERE a.learner_id = :gone_id;
-- merge_move_attendance :exec args=merge perm=training_manage
UPDATE attendance SET learner_id = :stays_id WHERE learner_id = :gone_id;
-- merge_return_attendance :exec args=merge perm=training_manage
UPDATE attendance SET learner_id = :gone_id
WHERE learner_id = :stays_id AND id IN (SELECT m.row_id FROM learner_merge_moved AS m
	WHERE m.merge_id = :id AND m.thing = 'attendance');

-- The row that both became is the one's again, unless somebody has changed it since.
-- merge_part_attendance :exec args=merge perm=training_manage
UPDATE attendance
SET state = s.state, establishment_urn = s.establishment_urn, sector = s.sector, version = s.version,
	arrived_at = s.arrived_at, left_at = s.left_at, booking_number = s.booking_number,
	booking_reference = s.booking_reference, tell = s.tell
FROM learner_merge_attendance AS s
JOIN learner_merge_attendance AS j ON j.merge_id = s.merge_id AND j.side = 'joined' AND j.id = s.id
WHERE s.merge_id = :id AND s.side = 'stays' AND attendance.id = s.id AND attendance.version = j.version;

-- A row that has changed since keeps its number: the other then has the next one.
-- merge_restore_attendance :exec args=merge perm=training_manage
INSERT INTO attendance (id, session_id, learner_id, state, establishment_urn, sector, version, arrived_at, left_at,
	booking_number, booking_reference, tell)
SELECT a.id, a.session_id, a.learner_id, a.state, a.establishment_urn, a.sector, a.version, a.arrived_at, a.left_at,
	CASE WHEN EXISTS (SELECT 1 FROM attendance AS o
			WHERE o.session_id = a.session_id AND o.booking_number = a.booking_number)
		THEN (SELECT max(o.booking_number) + 1 FROM attendance AS o
			WHERE o.session_id = a.session_id AND o.booking_number IS NOT NULL)
		ELSE a.booking_number END,
	CASE WHEN EXISTS (SELECT 1 FROM attendance AS o WHERE o.booking_reference = a.booking_reference)
		THEN NULL ELSE a.booking_reference END,
	a.tell
FROM learner_merge_attendance AS a
WHERE a.merge_id = :id AND a.side = 'gone';

-- merge_sessions :many args=merge row=merge_session perm=training_manage plan: temporary b-tree because a handful of rows of two records is put in order
SELECT a.session_id
FROM learner_merge_attendance AS a
WHERE a.merge_id = :id AND a.side = 'gone'
UNION
SELECT a.session_id
FROM learner_merge_moved AS m
JOIN attendance AS a ON a.id = m.row_id
WHERE m.merge_id = :id AND m.thing = 'attendance'
ORDER BY session_id;

-- ---- needs ----

-- merge_keep_needs :exec args=merge perm=training_manage
INSERT INTO learner_merge_need (merge_id, id, authority_id, need_id, learner_id, since_on, trained_on, due_on, audience, sector,
	name_fold, from_on, to_on)
SELECT :id, n.id, n.authority_id, n.need_id, n.learner_id, n.since_on, n.trained_on, n.due_on, n.audience, n.sector,
	n.name_fold, n.from_on, n.to_on
FROM person_need AS n
WHERE n.learner_id = :stays_id OR n.learner_id = :gone_id;

-- merge_earlier_needs :exec args=merge perm=training_manage
UPDATE person_need
SET since_on = g.since_on
FROM person_need AS g
WHERE person_need.learner_id = :stays_id AND g.learner_id = :gone_id AND g.need_id = person_need.need_id
	AND g.since_on < person_need.since_on;

-- merge_clear_needs :exec args=merge perm=training_manage
DELETE FROM person_need WHERE learner_id = :stays_id OR learner_id = :gone_id;

-- merge_restore_needs :exec args=merge perm=training_manage
INSERT INTO person_need (id, authority_id, need_id, learner_id, since_on, trained_on, due_on, audience, sector, name_fold,
	from_on, to_on)
SELECT n.id, n.authority_id, n.need_id, n.learner_id, n.since_on, n.trained_on, n.due_on, n.audience, n.sector, n.name_fold,
	n.from_on, n.to_on
FROM learner_merge_need AS n
WHERE n.merge_id = :id;

-- ---- what may be one person ----

-- other_of_the_name :part
SELECT 1 FROM learner AS o
WHERE o.authority_id = learner.authority_id AND o.name_fold = learner.name_fold AND o.id <> learner.id AND o.merged_into IS NULL;

-- Whether somebody shares their name is kept of them and of those who have the name (schema: learner_namesake). Whoever had the
-- same one before they were renamed stays marked: lists look who has it now. Those of a list who share theirs, or are marked wrong;
-- and who has one of these names and is not marked yet.
-- learners_shared :many args=people_ids row=learner_shared perm=public
SELECT learner.id, learner.name_fold,
	CASE WHEN EXISTS ({{part other_of_the_name}}) THEN 1 ELSE 0 END AS shared, learner.namesake AS marked
FROM {{ids people}} AS j
{{cross_join}} learner ON learner.id = j.id
WHERE learner.namesake = 1 OR EXISTS ({{part other_of_the_name}});

-- learners_unmarked :many args=known_args row=id_arg perm=public [sqlite]
SELECT learner.id
FROM json_each(:texts) AS j
CROSS JOIN learner ON learner.authority_id = :authority_id AND learner.name_fold = j.value
WHERE learner.namesake = 0;
-- learners_unmarked :many args=known_args row=id_arg perm=public [pgsql]
SELECT learner.id
FROM jsonb_array_elements_text(CAST(:texts AS jsonb)) AS j (value)
JOIN learner ON learner.authority_id = :authority_id AND learner.name_fold = j.value
WHERE learner.namesake = 0;

-- learner_turn_mark :list args=id_arg perm=public
UPDATE learner SET namesake = 1 - namesake WHERE id = :id;

-- learner_namesake_wrong :many row=merge_person perm=house plan: scan because the whole is compared, by `dueregard check` only
SELECT learner.reference
FROM learner
WHERE learner.namesake = 0 AND learner.merged_into IS NULL AND EXISTS ({{part other_of_the_name}})
ORDER BY learner.id
LIMIT 1000;

-- two_people :part
a.reference AS first, a.name AS first_name, coalesce(ea.name, a.organisation, ga.name) AS first_place, a.email AS first_email,
	b.reference AS second, b.name AS second_name, coalesce(eb.name, b.organisation, gb.name) AS second_place, b.email AS second_email;

-- where_both_work :part
LEFT JOIN establishment AS ea ON ea.urn = a.establishment_urn
LEFT JOIN establishment AS eb ON eb.urn = b.establishment_urn
LEFT JOIN agency AS ga ON ga.id = a.agency_id
LEFT JOIN agency AS gb ON gb.id = b.agency_id;

-- Each pair once, what was recorded last first; walked are those who share a name. id holds both: the newer times 2^32, plus the older.
-- duplicates_by_name :many args=duplicates_args row=duplicate perm=training_manage
SELECT x.id, x.first, x.first_name, x.first_place, x.first_email, x.second, x.second_name, x.second_place, x.second_email, x.reason
FROM (
	SELECT b.id * 4294967296 + a.id AS id, b.id AS newer_id, a.id AS older_id,
		{{part two_people}},
		CASE WHEN a.establishment_urn = b.establishment_urn OR a.organisation_fold = b.organisation_fold
				OR (a.agency_id = b.agency_id AND a.establishment_urn IS NULL AND b.establishment_urn IS NULL) THEN 'place'
			WHEN a.email IS NULL OR b.email IS NULL THEN 'no-email'
			ELSE 'name' END AS reason
	FROM learner AS b
	{{cross_join}} learner AS a ON a.authority_id = b.authority_id AND a.name_fold = b.name_fold AND a.id < b.id
	{{part where_both_work}}
	WHERE b.authority_id = :authority_id AND b.namesake = 1 AND b.merged_into IS NULL AND a.merged_into IS NULL
		AND b.id <= CASE WHEN :after_id = 0 THEN 9223372036854775807 ELSE :after_id / 4294967296 END
		AND (:after_id = 0 OR b.id < :after_id / 4294967296 OR a.id < :after_id % 4294967296)
		AND NOT EXISTS (SELECT 1 FROM learner_apart AS o WHERE o.low_id = a.id AND o.high_id = b.id)
) AS x
WHERE :reason IS NULL OR x.reason = :reason
ORDER BY x.newer_id DESC, x.older_id DESC
LIMIT :row_limit;

-- mailbox_of_a :part
rtrim(rtrim(a.email, replace(a.email, '+', '')), '+') || '@' || replace(a.email, rtrim(a.email, replace(a.email, '@', '')), '');

-- mailbox_of_b :part
rtrim(rtrim(b.email, replace(b.email, '+', '')), '+') || '@' || replace(b.email, rtrim(b.email, replace(b.email, '@', '')), '');

-- Of two addresses that differ one at least has a plus sign: those are looked through, and they are few. The other is the mailbox
-- itself, or has a plus sign, too (schema: learner_by_mailbox). LIKE says the same again in words by which a server can tell that they are few.
-- duplicates_by_mailbox :many args=duplicates_args row=duplicate perm=training_manage plan: temporary b-tree because addresses with a plus sign are few
SELECT x.id, x.first, x.first_name, x.first_place, x.first_email, x.second, x.second_name, x.second_place, x.second_email, x.reason
FROM (
	SELECT CASE WHEN a.id < b.id THEN b.id * 4294967296 + a.id ELSE a.id * 4294967296 + b.id END AS id,
		{{part two_people}},
		'mailbox' AS reason
	FROM learner AS b
	{{cross_join}} learner AS a ON (a.authority_id = b.authority_id AND a.email = {{part mailbox_of_b}}
			AND replace(a.email, '+', '') = a.email)
		OR (a.authority_id = b.authority_id AND {{part mailbox_of_a}} = {{part mailbox_of_b}}
			AND replace(a.email, '+', '') <> a.email AND a.id < b.id)
	{{part where_both_work}}
	WHERE b.authority_id = :authority_id AND replace(b.email, '+', '') <> b.email AND b.email LIKE '%+%'
		AND b.merged_into IS NULL AND a.merged_into IS NULL
		AND NOT EXISTS (SELECT 1 FROM learner_apart AS o WHERE (o.low_id = a.id AND o.high_id = b.id)
			OR (o.low_id = b.id AND o.high_id = a.id))
) AS x
WHERE (:after_id = 0 OR x.id < :after_id) AND (:reason IS NULL OR x.reason = :reason)
ORDER BY x.id DESC
LIMIT :row_limit;

-- apart_find :maybe args=apart row=apart perm=training_manage
SELECT low_id, high_id, decided_on FROM learner_apart WHERE low_id = :low_id AND high_id = :high_id;

-- apart_add :exec args=apart perm=training_manage
INSERT INTO learner_apart (low_id, high_id, decided_on) VALUES (:low_id, :high_id, :decided_on);

-- apart_drop :exec args=apart perm=training_manage
DELETE FROM learner_apart WHERE low_id = :low_id AND high_id = :high_id;
