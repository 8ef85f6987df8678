-- What panels need beside their first tables: the program they belong to, an end without a decision, what a badge says of its panel;
-- and samples that all assessors score, to see how far they agree.

-- The program of the level that is assessed.
ALTER TABLE panels ADD COLUMN program_id TEXT REFERENCES programs (id);
-- What it was to assess was withdrawn: nobody sits on it any more.
ALTER TABLE panels ADD COLUMN dissolved_at BIGINT;
CREATE INDEX panels_of_program ON panels (program_id, state, due_at, id);
-- A panel's decisions in their order, those that were returned to it among them.
CREATE INDEX decisions_of_panel ON decisions (panel_id, proposed_at);

-- JSON: the panel's signed EndorsementCredential, as it stands in the credential.
ALTER TABLE awards ADD COLUMN endorsement TEXT;

-- Something that was handed in and decided, for all assessors of the program to score.
CREATE TABLE samples (
    id            TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    program_id    TEXT NOT NULL REFERENCES programs (id),
    submission_id TEXT NOT NULL UNIQUE REFERENCES submissions (id),
    -- What assessors see instead of whose it is.
    title         TEXT NOT NULL CHECK (title <> ''),
    marked_at     BIGINT NOT NULL,
    marked_by     TEXT NOT NULL,
    -- No longer to be scored; what was scored stays.
    closed_at     BIGINT
);
CREATE INDEX samples_of_program ON samples (program_id, marked_at, id);

-- Begun by an assessor, and handed in.
CREATE TABLE sample_sheets (
    sample_id TEXT NOT NULL REFERENCES samples (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    scored_at BIGINT,
    PRIMARY KEY (sample_id, person_id)
);
CREATE INDEX sample_sheets_of_person ON sample_sheets (person_id);

CREATE TABLE sample_scores (
    sample_id    TEXT NOT NULL,
    person_id    TEXT NOT NULL,
    criterion_id TEXT NOT NULL,
    grade        TEXT,
    comment      TEXT NOT NULL,
    at           BIGINT NOT NULL,
    PRIMARY KEY (sample_id, person_id, criterion_id),
    FOREIGN KEY (sample_id, person_id) REFERENCES sample_sheets (sample_id, person_id)
);
