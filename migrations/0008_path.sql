-- The path to a level: enrolments, what is done of its requirements, submissions and their evidence.

-- Someone is on the way to a level, under the version that was current when they enrolled or that they moved to.
CREATE TABLE enrolments (
    id            TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    person_id     TEXT NOT NULL REFERENCES people (id),
    -- The level's.
    program_id    TEXT NOT NULL REFERENCES programs (id),
    level_id      TEXT NOT NULL REFERENCES levels (id),
    level_version BIGINT NOT NULL,
    -- For a first badge (also after a lapse), or for the renewal of one.
    kind          TEXT NOT NULL CHECK (kind IN ('first', 'renewal')),
    -- The award that is to be renewed.
    renews        TEXT REFERENCES awards (id),
    state         TEXT NOT NULL CHECK (state IN ('active', 'passed', 'withdrawn', 'closed')),
    mentor_id     TEXT REFERENCES people (id) CHECK (mentor_id <> person_id),
    -- Whether the learner has asked for a mentor who is not given yet.
    mentor_wanted BOOLEAN NOT NULL DEFAULT FALSE,
    enrolled_at   BIGINT NOT NULL,
    ended_at      BIGINT,
    CHECK ((state = 'active') = (ended_at IS NULL)),
    CHECK ((kind = 'renewal') = (renews IS NOT NULL)),
    FOREIGN KEY (level_id, level_version) REFERENCES level_versions (level_id, version)
);
-- One at a time for a person and level; also finds it.
CREATE UNIQUE INDEX enrolments_person_id_level_id_key ON enrolments (person_id, level_id) WHERE state = 'active';
CREATE INDEX enrolments_of_person ON enrolments (person_id, enrolled_at);
CREATE INDEX enrolments_of_level ON enrolments (level_id, state, enrolled_at);
CREATE INDEX enrolments_of_program ON enrolments (program_id, state, enrolled_at, id);
CREATE INDEX enrolments_of_mentor ON enrolments (mentor_id, enrolled_at);
CREATE INDEX enrolments_of_award ON enrolments (renews);

-- A requirement that was met, by one of its routes. Prerequisites are not noted here: they are read from the awards.
CREATE TABLE fulfilments (
    enrolment_id   TEXT NOT NULL REFERENCES enrolments (id),
    requirement_id TEXT NOT NULL,
    -- Which of its routes.
    route_id       TEXT NOT NULL,
    note           TEXT,
    -- A badge from elsewhere that counts: its identifier, and the document as it was verified.
    badge_id       TEXT,
    badge          TEXT,
    at             BIGINT NOT NULL,
    -- As the record of events names them.
    confirmed_by   TEXT NOT NULL,
    PRIMARY KEY (enrolment_id, requirement_id)
);

-- Notes of learner and mentor, for the two alone.
CREATE TABLE check_ins (
    id           TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    enrolment_id TEXT NOT NULL REFERENCES enrolments (id),
    -- Whose mentor it was then: a later one does not read it.
    mentor_id    TEXT NOT NULL REFERENCES people (id),
    author_id    TEXT NOT NULL REFERENCES people (id),
    text         TEXT NOT NULL CHECK (text <> ''),
    at           BIGINT NOT NULL
);
CREATE INDEX check_ins_of_enrolment ON check_ins (enrolment_id, at);
-- SQLite looks these up whenever a person is written.
CREATE INDEX check_ins_of_mentor ON check_ins (mentor_id);
CREATE INDEX check_ins_of_author ON check_ins (author_id);

-- What is handed in to be assessed. One after another: a new one after “not yet” has the next number.
CREATE TABLE submissions (
    id           TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    enrolment_id TEXT NOT NULL REFERENCES enrolments (id),
    number       BIGINT NOT NULL CHECK (number >= 1),
    state        TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'decided', 'withdrawn')),
    -- What the learner says of it: the reflective statement.
    statement    TEXT NOT NULL,
    -- Counts the changes of a draft, so that two windows don't undo each other's.
    revision     BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL,
    submitted_at BIGINT,
    UNIQUE (enrolment_id, number)
);
-- One open at a time.
CREATE UNIQUE INDEX submissions_enrolment_id_key ON submissions (enrolment_id) WHERE state IN ('draft', 'submitted');
-- What waits for a panel.
CREATE INDEX submissions_by_state ON submissions (state, submitted_at);

CREATE TABLE evidence (
    id            TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    position      BIGINT NOT NULL,
    kind          TEXT NOT NULL CHECK (kind IN ('file', 'link', 'text', 'session')),
    title         TEXT NOT NULL,
    -- What it shows, in the learner's words.
    note          TEXT NOT NULL,
    -- May be told in the badge by more than its digest.
    public        BOOLEAN NOT NULL,
    url           TEXT,
    text          TEXT,
    -- When a live session took place: a date such as 2026-11-24.
    held_on       TEXT,
    -- A file: its name as it was sent, its kind as we found it, bytes, SHA-256 (hex) once it is here whole.
    file_name     TEXT,
    media_type    TEXT,
    size          BIGINT,
    received      BIGINT,
    sha256        TEXT,
    -- While it arrives: how far SHA-256 has come (hex), so that a transfer goes on where it was cut.
    digesting     TEXT,
    created_at    BIGINT NOT NULL,
    UNIQUE (submission_id, position)
);
-- Uploads that were begun and never came to their end.
CREATE INDEX evidence_unfinished ON evidence (created_at) WHERE kind = 'file' AND sha256 IS NULL;

-- The pieces a file arrived in, each an object of the storage; the file is all of them by their start.
CREATE TABLE evidence_parts (
    evidence_id TEXT NOT NULL REFERENCES evidence (id),
    start       BIGINT NOT NULL,
    size        BIGINT NOT NULL CHECK (size > 0),
    object      TEXT NOT NULL,
    PRIMARY KEY (evidence_id, start)
);
