-- Bookings: who may book a place at a session, in which order people did, and what they are still to be told.
ALTER TABLE session ADD COLUMN booking {{text}} NOT NULL DEFAULT 'closed'; -- word of booking_words
ALTER TABLE session ADD COLUMN booking_until {{date}};  -- last day for bookings by schools and by link; NULL: until it starts
ALTER TABLE session ADD COLUMN booking_code {{text}};   -- of the public link /b/CODE; NULL: never opened
CREATE UNIQUE INDEX session_by_booking_code ON session (booking_code);

-- A booking is a row of attendance in the state booked, waiting or cancelled. The waiting list goes by booking_number,
-- which the one writer gives: a clock could give one number twice.
ALTER TABLE attendance ADD COLUMN booking_number {{int}};     -- order of booking within the session; NULL: not booked ahead
ALTER TABLE attendance ADD COLUMN booking_reference {{text}}; -- secret of who booked by link: sees, moves and cancels it
ALTER TABLE attendance ADD COLUMN tell {{text}};              -- word of tell_words: what the person is still to be told
CREATE UNIQUE INDEX attendance_by_booking ON attendance (booking_reference);
CREATE UNIQUE INDEX attendance_by_number ON attendance (session_id, booking_number);
CREATE INDEX attendance_to_tell ON attendance (session_id, tell) WHERE tell IS NOT NULL;

-- Two records of one person that are joined keep what each had booked (0008).
ALTER TABLE learner_merge_attendance ADD COLUMN booking_number {{int}};
ALTER TABLE learner_merge_attendance ADD COLUMN booking_reference {{text}};
ALTER TABLE learner_merge_attendance ADD COLUMN tell {{text}};
