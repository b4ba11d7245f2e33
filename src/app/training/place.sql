-- Where a person works, as people write it: looked up in the school register.

-- place_by_urn :maybe args=place_args row=place_school perm=public
SELECT urn, name, town, close_date
FROM establishment
WHERE authority_id = :authority_id AND urn = :urn;

-- places_of_urns :many args=places_args row=place_school perm=public
SELECT e.urn, e.name, e.town, e.close_date
FROM {{ids urns}} AS j
{{cross_join}} establishment AS e ON e.urn = j.id
WHERE +e.authority_id = :authority_id;

-- places_by_name :many args=place_args row=place_school perm=public
SELECT urn, name, town, close_date
FROM establishment
WHERE authority_id = :authority_id AND name_fold = :name_fold
ORDER BY urn
LIMIT 20;
