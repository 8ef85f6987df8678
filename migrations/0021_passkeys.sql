-- Passkeys of administrators, and the questions that wait for an answer.

CREATE TABLE passkeys (
    id           TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    person_id    TEXT NOT NULL REFERENCES people (id),
    -- What its owner calls it.
    name         TEXT NOT NULL CHECK (name <> ''),
    -- Its id on the authenticator, base64url.
    credential   TEXT NOT NULL UNIQUE CHECK (credential <> ''),
    -- The public key and what goes with it for good; counter and flags, which change with use. Base64url of the library's bytes.
    public_key   TEXT NOT NULL,
    state        TEXT NOT NULL,
    -- How it can be reached, as bits.
    transports   BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    last_used_at BIGINT
);
CREATE INDEX passkeys_of_person ON passkeys (person_id, created_at, id);

-- What a browser was asked, by the challenge that comes back; taken with the first answer, whatever comes of it.
CREATE TABLE passkey_questions (
    challenge  TEXT NOT NULL PRIMARY KEY CHECK (challenge <> ''),
    -- Whose passkey is to be made; none where anyone's is to be shown.
    person_id  TEXT REFERENCES people (id),
    state      TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX passkey_questions_by_end ON passkey_questions (expires_at);
CREATE INDEX passkey_questions_of_person ON passkey_questions (person_id);
