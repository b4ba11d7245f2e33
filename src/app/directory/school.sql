-- Schools of the register and the links between them. The register is open data: what a figure needs
-- of all schools may be read by anybody signed in; a school's page is for those who may see schools.

-- school_by_urn :maybe args=school_arg row=school perm=school_read
SELECT urn, authority_id, la_code, la_name, number, ukprn, name, name_fold, type,
	type_group, status, phase, open_date, close_date, low_age, high_age, gender,
	religious_character, pupils, trust_name, street, locality, town, county, postcode,
	district, ward, website, telephone, last_changed, vanished_on
FROM establishment
WHERE authority_id = :authority_id AND urn = :urn;

-- schools_every :many args=authority_arg row=school_line perm=signed_in plan: scan because it reads every school, in order of the key
SELECT urn, la_code, name, type, type_group, status, phase, district, trust_name, open_date,
	close_date, vanished_on
FROM establishment
WHERE authority_id = :authority_id
ORDER BY urn;

-- links_every :many row=school_link perm=signed_in plan: scan because it reads every link, in order of the key
SELECT urn, link_urn, kind, link_name, established_on
FROM establishment_link
ORDER BY urn, link_urn, kind;

-- A school with all that came before and after it.
-- family :part
WITH RECURSIVE family (urn) AS (
	SELECT CAST(:urn AS BIGINT)
	UNION
	SELECT CASE WHEN l.urn = f.urn THEN l.link_urn ELSE l.urn END
	FROM family AS f
	JOIN establishment_link AS l ON l.urn = f.urn OR l.link_urn = f.urn
	WHERE l.kind LIKE 'successor%' OR l.kind LIKE 'predecessor%' OR l.kind = 'result-of-amalgamation'
);

-- family_links :many args=family_arg row=school_link perm=signed_in
{{part family}}
SELECT l.urn, l.link_urn, l.kind, l.link_name, l.established_on
FROM family AS f
JOIN establishment_link AS l ON l.urn = f.urn;

-- family_schools :many args=family_arg row=school_line perm=signed_in plan: scan of the family found so far, a handful of schools
{{part family}}
SELECT e.urn, e.la_code, e.name, e.type, e.type_group, e.status, e.phase, e.district, e.trust_name,
	e.open_date, e.close_date, e.vanished_on
FROM family AS f
JOIN establishment AS e ON e.urn = f.urn
WHERE e.authority_id = :authority_id
ORDER BY e.urn;

-- schools_by_name :many args=school_filter row=school_row perm=school_read
SELECT urn AS id, name, name_fold, type, phase, district, status, town, postcode
FROM establishment
WHERE authority_id = :authority_id AND (name_fold, urn) > (:after_key, :after_id)
	AND (:own_urn = 0 OR urn = :own_urn)
	AND (:match IS NULL OR urn IN {{found school}})
	AND (:phase IS NULL OR phase = :phase)
	AND (:district IS NULL OR district = :district)
	AND (:status IS NULL OR status = :status)
	AND (:la_code IS NULL OR la_code = :la_code)
ORDER BY name_fold, urn
LIMIT :row_limit;

-- school_districts :many args=authority_arg row=choice perm=school_read
SELECT district AS value, district AS label, 0 AS id
FROM establishment
WHERE authority_id = :authority_id AND district IS NOT NULL
GROUP BY district
ORDER BY district;
