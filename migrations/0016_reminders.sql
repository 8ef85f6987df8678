-- Which reminders of an award's end were written, so that each is written once.
CREATE TABLE reminders (
    award_id TEXT NOT NULL REFERENCES awards (id),
    kind     TEXT NOT NULL CHECK (kind IN ('90', '30', '7', 'end')),
    at       BIGINT NOT NULL,
    PRIMARY KEY (award_id, kind)
);
-- What ends when, of what still counts.
CREATE INDEX awards_ending ON awards (valid_until, id) WHERE superseded_by IS NULL AND revoked_at IS NULL;
