-- A job is done once, whatever the number of hosts: who has taken it, and until when nobody else may.
ALTER TABLE job ADD COLUMN host {{text}};           -- the only one that can do it, as its files lie there; NULL: any
ALTER TABLE job ADD COLUMN taken_by {{text}};       -- host that does it now
ALTER TABLE job ADD COLUMN taken_until {{instant}}; -- then another may take it: that host is gone
