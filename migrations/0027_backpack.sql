-- People's badges from elsewhere, and what they add to their profile.

CREATE TABLE backpack_badges (
    id         TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    person_id  TEXT NOT NULL REFERENCES people (id),
    file_name  TEXT NOT NULL CHECK (file_name <> ''),
    media_type TEXT NOT NULL,
    size       BIGINT NOT NULL,
    form       TEXT NOT NULL CHECK (form IN ('credential', 'jwt', 'older')),
    -- SHA-256, hex, of who issued it and what it is called: another with the same is another copy of it.
    same       TEXT NOT NULL,
    -- What it says of itself.
    title      TEXT,
    issuer     TEXT,
    issued_at  BIGINT NOT NULL,
    ends_at    BIGINT,
    came_by    TEXT NOT NULL CHECK (came_by IN ('file', 'text', 'address', 'app', 'platform')),
    -- The address, or the name of the app or platform.
    came_from  TEXT,
    added_at   BIGINT NOT NULL,
    -- The signed document, taken out of its picture; and what came, byte for byte. They are last: SQLite reads a row from its beginning, and
    -- a list of badges must not read all their bytes.
    document   TEXT NOT NULL,
    file       BYTEA NOT NULL,
    UNIQUE (person_id, same)
);
CREATE INDEX backpack_badges_in_time ON backpack_badges (person_id, added_at, id);

-- What someone holds here, in the order it was given.
CREATE INDEX awards_held_in_time ON awards (person_id, issued_at, id) WHERE revoked_at IS NULL AND superseded_by IS NULL;

CREATE TABLE profile_additions (
    person_id  TEXT NOT NULL PRIMARY KEY REFERENCES people (id),
    -- Members of a Profile, as JSON.
    added      TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);
