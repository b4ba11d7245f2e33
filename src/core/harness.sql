-- A scratch store for tests: an authority and an account for each role.

-- harness_authority_add :one args=authority row=id_row perm=house
INSERT INTO authority (name, code, accent) VALUES (:name, :code, :accent)
RETURNING id;

-- harness_user_add :one args=harness_user row=id_row perm=house
INSERT INTO user_account (authority_id, reference, email, name, role)
VALUES (:authority_id, :reference, :email, :name, :role)
RETURNING id;

-- harness_trainer_add :exec args=harness_user perm=house
INSERT INTO trainer (authority_id, reference, name, name_fold, user_id, accreditation, state)
VALUES (:authority_id, :reference, :name, lower(:name), :id, 'internal', 'active');

-- harness_user_school :exec args=harness_user perm=house
UPDATE user_account SET establishment_urn = :establishment_urn
WHERE authority_id = :authority_id AND id = :id;
