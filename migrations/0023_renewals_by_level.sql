-- A program's certifications by how they stand are looked up level by level, since each has a window and a grace of its own.
CREATE INDEX awards_ending_of_level ON awards (level_id, valid_until, id) WHERE superseded_by IS NULL AND revoked_at IS NULL;
