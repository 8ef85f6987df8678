-- Whoever runs a program takes along what it gave, level by level in the order of the days.
CREATE INDEX awards_given_of_level ON awards (level_id, valid_from, id) WHERE superseded_by IS NULL AND revoked_at IS NULL AND visibility <> 'private';

-- How the certificates of a program look, where its owners chose: the choices as JSON, and a picture of a signature.
CREATE TABLE certificate_looks (
    program_id TEXT NOT NULL PRIMARY KEY REFERENCES programs (id),
    look       TEXT NOT NULL,
    signature  BYTEA,
    changed_at BIGINT NOT NULL
);
