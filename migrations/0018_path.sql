-- Finding who waits for a mentor, and the objects of evidence that no file holds.

CREATE INDEX enrolments_waiting ON enrolments (mentor_id, mentor_wanted, enrolled_at, id) WHERE state = 'active';

-- A file may be part of a later submission too: its objects are removed with the last that holds them.
CREATE INDEX evidence_parts_of_object ON evidence_parts (object);

-- Objects of the storage that no file holds: those about to be written, and those to be removed. What stays here for long is removed.
CREATE TABLE stray_objects (
    object TEXT NOT NULL PRIMARY KEY CHECK (object <> ''),
    at     BIGINT NOT NULL
);
CREATE INDEX stray_objects_by_time ON stray_objects (at);
