-- Panels, what each assessor found, what was decided, and appeals against it.

-- Who should not judge whom. Counts both ways.
CREATE TABLE conflicts (
    person_id   TEXT NOT NULL REFERENCES people (id),
    other_id    TEXT NOT NULL REFERENCES people (id) CHECK (other_id <> person_id),
    reason      TEXT NOT NULL,
    declared_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, other_id)
);
CREATE INDEX conflicts_of_other ON conflicts (other_id);

CREATE TABLE panels (
    id            TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    -- Its first one, or a new one after an appeal.
    purpose       TEXT NOT NULL CHECK (purpose IN ('assessment', 'appeal')),
    -- Each alone; then all together; then decided.
    state         TEXT NOT NULL CHECK (state IN ('scoring', 'settling', 'decided')),
    -- How many are to sit: what the rule asks for, and one more once they were too far apart.
    seats         BIGINT NOT NULL CHECK (seats BETWEEN 1 AND 20),
    -- What is lacking where not all of them could be drawn.
    short         TEXT,
    due_at        BIGINT NOT NULL,
    drawn_at      BIGINT NOT NULL,
    drawn_by      TEXT NOT NULL,
    UNIQUE (submission_id, purpose)
);
CREATE INDEX panels_by_state ON panels (state, due_at);

CREATE TABLE seats (
    panel_id   TEXT NOT NULL REFERENCES panels (id),
    person_id  TEXT NOT NULL REFERENCES people (id),
    -- Recused: left for a conflict of interest; the reason stays.
    state      TEXT NOT NULL CHECK (state IN ('seated', 'recused')),
    reason     TEXT,
    -- When their own scores were handed in, and when they agreed to what was settled.
    scored_at  BIGINT,
    settled_at BIGINT,
    -- Agreed to be named in the badge, where the rule names the panel.
    named      BOOLEAN NOT NULL DEFAULT FALSE,
    seated_at  BIGINT NOT NULL,
    PRIMARY KEY (panel_id, person_id)
);
-- An assessor's queue, and how much each has to do.
CREATE INDEX seats_of_person ON seats (person_id, state);

-- A grade of one criterion by one assessor: alone, and where it changed after the panel had talked. Until the seat's scores are
-- handed in it is a draft and may lack either.
CREATE TABLE scores (
    panel_id     TEXT NOT NULL,
    person_id    TEXT NOT NULL,
    criterion_id TEXT NOT NULL,
    round        TEXT NOT NULL CHECK (round IN ('alone', 'settled')),
    grade        TEXT,
    comment      TEXT NOT NULL,
    at           BIGINT NOT NULL,
    PRIMARY KEY (panel_id, person_id, criterion_id, round),
    CHECK (round = 'alone' OR (grade IS NOT NULL AND comment <> '')),
    FOREIGN KEY (panel_id, person_id) REFERENCES seats (panel_id, person_id)
);

-- What a panel found. Where a second pair of eyes is asked for, it counts once it is confirmed.
CREATE TABLE decisions (
    id           TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    panel_id     TEXT NOT NULL REFERENCES panels (id),
    outcome      TEXT NOT NULL CHECK (outcome IN ('pass', 'not_yet')),
    state        TEXT NOT NULL CHECK (state IN ('proposed', 'final', 'returned')),
    -- JSON: for each criterion the grade and what the panel says of it.
    grades       TEXT NOT NULL,
    -- Why, in the panel's words: for the learner.
    reason       TEXT NOT NULL,
    -- What is missing and by when, for “not yet”.
    missing      TEXT,
    missing_by   BIGINT,
    proposed_by  TEXT NOT NULL REFERENCES people (id),
    proposed_at  BIGINT NOT NULL,
    -- Who had the second look, and why it went back to its panel if it did.
    confirmed_by TEXT REFERENCES people (id) CHECK (confirmed_by <> proposed_by),
    returned_for TEXT CHECK (returned_for <> ''),
    decided_at   BIGINT,
    award_id     TEXT UNIQUE REFERENCES awards (id),
    CHECK ((state = 'final') = (decided_at IS NOT NULL)),
    CHECK ((state = 'returned') = (returned_for IS NOT NULL)),
    CHECK (award_id IS NULL OR outcome = 'pass')
);
-- One counts; what was returned to its panel stays beside it.
CREATE UNIQUE INDEX decisions_panel_id_key ON decisions (panel_id) WHERE state <> 'returned';
CREATE INDEX decisions_of_proposer ON decisions (proposed_by);
CREATE INDEX decisions_of_confirmer ON decisions (confirmed_by);
CREATE INDEX decisions_by_state ON decisions (state, proposed_at);

-- Against a decision that says “not yet”, or against a revocation.
CREATE TABLE appeals (
    id          TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    person_id   TEXT NOT NULL REFERENCES people (id),
    decision_id TEXT UNIQUE REFERENCES decisions (id),
    award_id    TEXT REFERENCES awards (id),
    reason      TEXT NOT NULL CHECK (reason <> ''),
    state       TEXT NOT NULL CHECK (state IN ('open', 'upheld', 'rejected', 'withdrawn')),
    -- What came of it, in words.
    outcome     TEXT,
    panel_id    TEXT UNIQUE REFERENCES panels (id),
    filed_at    BIGINT NOT NULL,
    decided_at  BIGINT,
    -- Who decided where no panel did.
    decided_by  TEXT REFERENCES people (id) CHECK (decided_by <> person_id),
    CHECK ((state = 'open') = (decided_at IS NULL)),
    CHECK ((decision_id IS NULL) <> (award_id IS NULL))
);
CREATE INDEX appeals_of_person ON appeals (person_id);
CREATE INDEX appeals_by_state ON appeals (state, filed_at);
CREATE INDEX appeals_of_award ON appeals (award_id);
-- SQLite looks this up whenever a person is written.
CREATE INDEX appeals_of_decider ON appeals (decided_by) WHERE decided_by IS NOT NULL;
