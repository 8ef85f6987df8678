-- Committees: who sits and for how long, what is proposed, how each voted, and what came of it.

-- A program that has one is published by what it decides, and in no other way.
CREATE TABLE committees (
    program_id TEXT NOT NULL PRIMARY KEY REFERENCES programs (id),
    -- So many votes make a decision; whoever abstains has voted.
    quorum     BIGINT NOT NULL CHECK (quorum BETWEEN 1 AND 50),
    -- Days in which one can vote.
    days       BIGINT NOT NULL CHECK (days BETWEEN 1 AND 90),
    set_up_at  BIGINT NOT NULL,
    set_up_by  TEXT NOT NULL
);

CREATE TABLE committee_terms (
    id           TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    program_id   TEXT NOT NULL REFERENCES committees (program_id),
    person_id    TEXT NOT NULL REFERENCES people (id),
    starts_at    BIGINT NOT NULL,
    ends_at      BIGINT NOT NULL CHECK (ends_at > starts_at),
    -- The term whose place it takes.
    follows      TEXT UNIQUE REFERENCES committee_terms (id) CHECK (follows <> id),
    -- When its end was announced.
    announced_at BIGINT
);
CREATE INDEX committee_terms_of_program ON committee_terms (program_id, starts_at);
CREATE INDEX committee_terms_of_person ON committee_terms (person_id, program_id);
CREATE INDEX committee_terms_unannounced ON committee_terms (ends_at) WHERE announced_at IS NULL;

CREATE TABLE proposals (
    id          TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    program_id  TEXT NOT NULL REFERENCES committees (program_id),
    kind        TEXT NOT NULL CHECK (kind IN ('criteria', 'policy', 'revocation')),
    title       TEXT NOT NULL CHECK (title <> ''),
    -- Why.
    reason      TEXT NOT NULL CHECK (reason <> ''),
    -- The program file (TOML), or the text of the policy (Markdown).
    content     TEXT,
    -- JSON: the newest version of each level when it was proposed. What has changed since is not overwritten.
    based_on    TEXT,
    -- What is to be revoked.
    award_id    TEXT REFERENCES awards (id),
    -- Failed: accepted, and could not be done.
    state       TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'rejected', 'failed', 'withdrawn')),
    proposed_by TEXT NOT NULL REFERENCES people (id),
    opened_at   BIGINT NOT NULL,
    closes_at   BIGINT NOT NULL,
    closed_at   BIGINT,
    -- Why it could not be done.
    failure     TEXT,
    minutes     TEXT CHECK (minutes <> ''),
    minutes_by  TEXT REFERENCES people (id),
    minutes_at  BIGINT,
    CHECK ((state = 'open') = (closed_at IS NULL)),
    CHECK ((state = 'failed') = (failure IS NOT NULL)),
    CHECK ((kind = 'revocation') = (award_id IS NOT NULL)),
    CHECK ((kind = 'revocation') = (content IS NULL)),
    CHECK ((kind = 'criteria') = (based_on IS NOT NULL)),
    CHECK ((minutes IS NULL) = (minutes_by IS NULL) AND (minutes IS NULL) = (minutes_at IS NULL))
);
CREATE INDEX proposals_of_program ON proposals (program_id, opened_at, id);
CREATE INDEX proposals_open ON proposals (closes_at) WHERE state = 'open';
-- SQLite looks these up whenever a person or an award is written.
CREATE INDEX proposals_of_award ON proposals (award_id) WHERE award_id IS NOT NULL;
CREATE INDEX proposals_of_person ON proposals (proposed_by);
CREATE INDEX proposals_of_writer ON proposals (minutes_by) WHERE minutes_by IS NOT NULL;

-- Those in term when it was opened. A vote can be changed until it closes; whoever is recused stays so.
CREATE TABLE proposal_seats (
    proposal_id TEXT NOT NULL REFERENCES proposals (id),
    person_id   TEXT NOT NULL REFERENCES people (id),
    vote        TEXT CHECK (vote IN ('for', 'against', 'abstain', 'recused')),
    -- Why they recused themselves, or what they say to their vote.
    comment     TEXT,
    voted_at    BIGINT,
    PRIMARY KEY (proposal_id, person_id),
    CHECK ((vote IS NULL) = (voted_at IS NULL))
);
CREATE INDEX proposal_seats_of_person ON proposal_seats (person_id);
