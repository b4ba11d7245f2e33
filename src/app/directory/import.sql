-- The import of the school register: runs, what they change, and changing it.

-- import_run_find :maybe args=reference_arg row=import_run perm=school_manage
SELECT id, authority_id, reference, state, register_on, la_code, created_at, created_by,
	file_name, links_name, bytes_all, bytes_done, rows_read, new_rows, changed_rows,
	closed_rows, unchanged_rows, vanished_rows, refused_rows, link_rows, link_changes,
	missing_columns, notes, fault, based_on, applied_number, applied_at, version
FROM import_run
WHERE authority_id = :authority_id AND reference = :reference;

-- import_runs_newest :many args=import_filter row=import_run perm=school_manage
SELECT id, authority_id, reference, state, register_on, la_code, created_at, created_by,
	file_name, links_name, bytes_all, bytes_done, rows_read, new_rows, changed_rows,
	closed_rows, unchanged_rows, vanished_rows, refused_rows, link_rows, link_changes,
	missing_columns, notes, fault, based_on, applied_number, applied_at, version
FROM import_run
WHERE authority_id = :authority_id AND (:after_id = 0 OR id < :after_id)
ORDER BY id DESC
LIMIT :row_limit;

-- import_run_add :one args=import_run row=id_row perm=school_manage
INSERT INTO import_run (authority_id, reference, state, register_on, la_code, created_at, created_by,
	file_name, links_name, bytes_all)
VALUES (:authority_id, :reference, :state, :register_on, :la_code, :created_at, :created_by,
	:file_name, :links_name, :bytes_all)
RETURNING id;

-- import_run_set :exec args=import_run perm=school_manage
UPDATE import_run
SET state = :state, links_name = :links_name, bytes_all = :bytes_all, bytes_done = :bytes_done,
	rows_read = :rows_read, new_rows = :new_rows, changed_rows = :changed_rows,
	closed_rows = :closed_rows, unchanged_rows = :unchanged_rows, vanished_rows = :vanished_rows,
	refused_rows = :refused_rows, link_rows = :link_rows, link_changes = :link_changes,
	missing_columns = :missing_columns, notes = :notes, fault = :fault, based_on = :based_on,
	applied_number = :applied_number, applied_at = :applied_at, version = version + 1
WHERE authority_id = :authority_id AND id = :id;

-- import_run_note :exec args=import_run perm=school_manage
UPDATE import_run
SET bytes_done = :bytes_done
WHERE authority_id = :authority_id AND id = :id;

-- import_last_applied :one args=authority_arg row=count_row perm=school_manage
SELECT coalesce(max(applied_number), 0) AS n
FROM import_run
WHERE authority_id = :authority_id;

-- import_known_urns :many args=import_scope row=urn_row perm=school_manage
SELECT urn
FROM establishment
WHERE authority_id = :authority_id AND la_code = :la_code;

-- import_known_schools :many args=import_scope row=school perm=school_manage
SELECT urn, authority_id, la_code, la_name, number, ukprn, name, name_fold, type,
	type_group, status, phase, open_date, close_date, low_age, high_age, gender,
	religious_character, pupils, trust_name, street, locality, town, county, postcode,
	district, ward, website, telephone, last_changed, vanished_on
FROM establishment
WHERE authority_id = :authority_id;

-- import_change_add :exec args=import_change perm=school_manage
INSERT INTO import_change (run_id, kind, urn, name, changes, packed)
VALUES (:run_id, :kind, :urn, :name, :changes, :packed);

-- import_changes_of :many args=import_change_arg row=import_change perm=school_manage
SELECT id, run_id, kind, urn, name, changes, packed
FROM import_change
WHERE run_id = :run_id AND kind = :kind AND (urn, id) > (:after_urn, :after_id)
ORDER BY urn, id
LIMIT :row_limit;

-- import_changes_drop :exec args=id_arg perm=school_manage
DELETE FROM import_change
WHERE run_id = :id;

-- import_problem_add :exec args=import_problem perm=school_manage
INSERT INTO import_problem (run_id, number, file, line, heading, sentence)
VALUES (:run_id, :number, :file, :line, :heading, :sentence);

-- import_problems_of :many args=id_arg row=import_problem perm=school_manage
SELECT run_id, number, file, line, heading, sentence
FROM import_problem
WHERE run_id = :id
ORDER BY number;

-- import_problems_drop :exec args=id_arg perm=school_manage
DELETE FROM import_problem
WHERE run_id = :id;

-- school_put :exec args=school perm=school_manage
INSERT INTO establishment (urn, authority_id, la_code, la_name, number, ukprn, name,
	name_fold, type, type_group, status, phase, open_date, close_date, low_age, high_age,
	gender, religious_character, pupils, trust_name, street, locality, town, county,
	postcode, district, ward, website, telephone, last_changed, vanished_on)
VALUES (:urn, :authority_id, :la_code, :la_name, :number, :ukprn, :name, :name_fold,
	:type, :type_group, :status, :phase, :open_date, :close_date, :low_age, :high_age,
	:gender, :religious_character, :pupils, :trust_name, :street, :locality, :town, :county,
	:postcode, :district, :ward, :website, :telephone, :last_changed, :vanished_on)
ON CONFLICT (urn)
DO UPDATE SET la_code = excluded.la_code, la_name = excluded.la_name,
	number = excluded.number, ukprn = excluded.ukprn, name = excluded.name,
	name_fold = excluded.name_fold, type = excluded.type, type_group = excluded.type_group,
	status = excluded.status, phase = excluded.phase, open_date = excluded.open_date,
	close_date = excluded.close_date, low_age = excluded.low_age,
	high_age = excluded.high_age, gender = excluded.gender,
	religious_character = excluded.religious_character, pupils = excluded.pupils,
	trust_name = excluded.trust_name, street = excluded.street,
	locality = excluded.locality, town = excluded.town, county = excluded.county,
	postcode = excluded.postcode, district = excluded.district, ward = excluded.ward,
	website = excluded.website, telephone = excluded.telephone,
	last_changed = excluded.last_changed, vanished_on = excluded.vanished_on
WHERE establishment.authority_id = excluded.authority_id;

-- link_put :exec args=school_link perm=school_manage
INSERT INTO establishment_link (urn, link_urn, kind, link_name, established_on)
VALUES (:urn, :link_urn, :kind, :link_name, :established_on)
ON CONFLICT (urn, link_urn, kind)
DO UPDATE SET link_name = excluded.link_name, established_on = excluded.established_on;

-- link_drop :exec args=school_link perm=school_manage
DELETE FROM establishment_link
WHERE urn = :urn AND link_urn = :link_urn AND kind = :kind;
