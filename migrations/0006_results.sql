-- The rubric result of an award, and how each version of a level came to be.

-- JSON: the grade reached, by the id of the criterion; none where the level has no rubric or nothing was said.
ALTER TABLE awards ADD COLUMN results TEXT;

-- One sentence on what is new; none for the first version.
ALTER TABLE level_versions ADD COLUMN summary TEXT;
-- Who published it, as the record of events names them.
ALTER TABLE level_versions ADD COLUMN published_by TEXT;
