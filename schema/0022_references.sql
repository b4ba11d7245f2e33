-- What is there for a reference has its column alone: no statement found anything by the others (tests/statements_check.c tells of
-- such an index). A course completed again is now changed in its place on a server, which writes a row anew in every index when one
-- of them holds what changed.
DROP INDEX completion_by_course;
CREATE INDEX completion_by_course ON completion (course_id);
DROP INDEX certificate_by_issue;
CREATE INDEX certificate_by_authority ON certificate (authority_id);
DROP INDEX learner_merge_by_authority;
CREATE INDEX learner_merge_by_authority ON learner_merge (authority_id);
DROP INDEX learner_merge_by_gone;
CREATE INDEX learner_merge_by_gone ON learner_merge (gone_id);
