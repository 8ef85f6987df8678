-- What people say for badges (decision 0062): who endorses, what they said, and who was asked to.

CREATE TABLE endorsers (
    -- The last part of their DID.
    id        TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    -- Someone of the directory; none for someone outside, who is known by one letter that they answered.
    person_id TEXT UNIQUE REFERENCES people (id),
    -- Their status list, signed, as it is served; none once they were erased.
    list      TEXT,
    made_at   BIGINT NOT NULL
);

CREATE TABLE personal_endorsements (
    id                  TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    endorser_id         TEXT NOT NULL REFERENCES endorsers (id),
    award_id            TEXT NOT NULL REFERENCES awards (id),
    -- Which of the skills of the award's level, from 1; none where the whole badge is meant.
    skill               BIGINT CHECK (skill >= 1),
    relation            TEXT NOT NULL CHECK (relation IN ('manager', 'peer', 'client')),
    -- As it stands in the credential.
    name                TEXT NOT NULL CHECK (name <> ''),
    comment             TEXT NOT NULL CHECK (comment <> ''),
    -- BCP 47.
    language            TEXT NOT NULL,
    issued_at           BIGINT NOT NULL,
    verification_method TEXT NOT NULL,
    -- Its place in the list of its endorser.
    status_index        BIGINT NOT NULL CHECK (status_index BETWEEN 0 AND 131071),
    -- Byte for byte as it is given out; empty once its endorser or its badge's holder was erased.
    credential          TEXT NOT NULL,
    -- What its badge's holder decided: only what is shown is seen by others.
    state               TEXT NOT NULL CHECK (state IN ('waiting', 'shown', 'hidden', 'declined')),
    withdrawn_at        BIGINT,
    -- SHA-256 (hex) of the secret by which someone outside withdraws it.
    withdraw_hash       TEXT UNIQUE,
    UNIQUE (endorser_id, status_index)
);
CREATE INDEX personal_endorsements_of_award ON personal_endorsements (award_id, issued_at, id);
CREATE INDEX personal_endorsements_of_endorser ON personal_endorsements (endorser_id, issued_at, id);
-- Nobody says the same thing twice.
CREATE UNIQUE INDEX personal_endorsements_endorser_id_award_id_skill_key
    ON personal_endorsements (endorser_id, award_id, COALESCE(skill, 0)) WHERE withdrawn_at IS NULL;

CREATE TABLE endorsement_asks (
    -- SHA-256 (hex) of the link's secret; of a colleague, who needs no link, of a secret that nobody has.
    hash       TEXT NOT NULL PRIMARY KEY CHECK (hash <> ''),
    award_id   TEXT NOT NULL REFERENCES awards (id),
    skill      BIGINT CHECK (skill >= 1),
    email      TEXT NOT NULL,
    -- As the holder calls them.
    name       TEXT NOT NULL,
    asked_at   BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT
);
CREATE INDEX endorsement_asks_of_award ON endorsement_asks (award_id, asked_at);
CREATE INDEX endorsement_asks_of_email ON endorsement_asks (email);
