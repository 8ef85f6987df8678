-- When a version of a level counts, until when those under way finish under an earlier one, and who approved it.

-- From when badges are given under it. May lie ahead: until then the version before it is current.
ALTER TABLE level_versions ADD COLUMN starts_at BIGINT NOT NULL DEFAULT 0;
-- Until when those under way may finish under an earlier version; none for a first version.
ALTER TABLE level_versions ADD COLUMN transition_until BIGINT;
-- In words, as the pages show it.
ALTER TABLE level_versions ADD COLUMN approved_by TEXT;
-- Whether it has begun. What began was current then, unless a later one began with it.
ALTER TABLE level_versions ADD COLUMN started BOOLEAN NOT NULL DEFAULT TRUE;
-- When those under way were told of it.
ALTER TABLE level_versions ADD COLUMN told_at BIGINT;

UPDATE level_versions SET starts_at = created_at, told_at = created_at;

-- What is coming.
CREATE INDEX level_versions_ahead ON level_versions (level_id, version) WHERE NOT started;
-- Of which nobody was told yet.
CREATE INDEX level_versions_untold ON level_versions (level_id, version) WHERE told_at IS NULL;

-- Programs as they are to be: files that an owner works on, published by whoever may.
CREATE TABLE program_drafts (
    id         TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    program_id TEXT NOT NULL REFERENCES programs (id),
    -- The program file as it was handed in, TOML.
    file       TEXT NOT NULL,
    author_id  TEXT NOT NULL REFERENCES people (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX program_drafts_of_program ON program_drafts (program_id, updated_at);
-- SQLite looks this up whenever a person is written.
CREATE INDEX program_drafts_of_author ON program_drafts (author_id);

-- Skill frameworks, read from 1EdTech CASE. What a published level took from one stays with that level.
CREATE TABLE frameworks (
    -- The slug by which program files name it.
    id          TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    title       TEXT NOT NULL CHECK (title <> ''),
    uri         TEXT NOT NULL,
    creator     TEXT NOT NULL,
    version     TEXT,
    imported_at BIGINT NOT NULL
);
CREATE TABLE framework_items (
    framework_id TEXT NOT NULL REFERENCES frameworks (id),
    identifier   TEXT NOT NULL,
    -- The code that people know it by, such as PROG.
    code         TEXT,
    name         TEXT NOT NULL,
    uri          TEXT NOT NULL,
    PRIMARY KEY (framework_id, identifier)
);
CREATE INDEX framework_items_by_code ON framework_items (framework_id, code);
