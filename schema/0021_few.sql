-- An index of what few people or attendances have is an index of those alone: it costs the many nothing when they are entered or
-- changed. Lists of 20,000 on a server took a third of their time for indexes in which nothing was said of them.
DROP INDEX learner_by_agency;
CREATE INDEX learner_by_agency ON learner (agency_id, name_fold, id) WHERE agency_id IS NOT NULL;
DROP INDEX learner_by_team;
CREATE INDEX learner_by_team ON learner (team_id) WHERE team_id IS NOT NULL;
DROP INDEX learner_by_merge;
CREATE INDEX learner_by_merge ON learner (merged_into) WHERE merged_into IS NOT NULL;

-- The mailbox of an address with a plus sign; that of any other address is the address.
DROP INDEX learner_plus;
DROP INDEX learner_by_mailbox;
CREATE INDEX learner_by_mailbox ON learner (authority_id,
	(rtrim(rtrim(email, replace(email, '+', '')), '+') || '@' || replace(email, rtrim(email, replace(email, '@', '')), '')))
	WHERE replace(email, '+', '') <> email;

-- No statement reads it any more.
DROP INDEX learner_live;

-- Attendances that nobody booked have neither.
DROP INDEX attendance_by_booking;
CREATE UNIQUE INDEX attendance_by_booking ON attendance (booking_reference) WHERE booking_reference IS NOT NULL;
DROP INDEX attendance_by_number;
CREATE UNIQUE INDEX attendance_by_number ON attendance (session_id, booking_number) WHERE booking_number IS NOT NULL;

-- In the order in which people are told.
DROP INDEX attendance_to_tell;
CREATE INDEX attendance_to_tell ON attendance (session_id, booking_number, id) WHERE tell IS NOT NULL;
