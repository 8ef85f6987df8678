-- Whoever runs a program takes along what it gave, level by level in the order of the days.
CREATE INDEX awards_given_of_level ON awards (level_id, valid_from, id) WHERE superseded_by IS NULL AND revoked_at IS NULL AND visibility <> 'private';
