-- A badge that is suspended (decision 0069): its credential is taken back, and when that is lifted it is signed anew, in another place of a list.

ALTER TABLE awards ADD COLUMN suspended_at BIGINT;
ALTER TABLE awards ADD COLUMN suspension_reason TEXT CHECK (suspension_reason IS NULL OR suspended_at IS NOT NULL);
-- When the last suspension was lifted: from then on the credential says that it is valid.
ALTER TABLE awards ADD COLUMN resumed_at BIGINT;

-- The places that its credential had before, for ever taken back in their lists.
CREATE TABLE former_places (
    award_id       TEXT NOT NULL REFERENCES awards (id),
    issuer_id      TEXT NOT NULL,
    status_list_id TEXT NOT NULL,
    status_index   BIGINT NOT NULL CHECK (status_index BETWEEN 0 AND 131071),
    suspended_at   BIGINT NOT NULL,
    resumed_at     BIGINT NOT NULL,
    PRIMARY KEY (status_list_id, status_index),
    FOREIGN KEY (status_list_id, issuer_id) REFERENCES status_lists (id, issuer_id)
);
CREATE INDEX former_places_of_award ON former_places (award_id);

-- What of a list is suspended.
CREATE INDEX awards_suspended ON awards (status_list_id, status_index)
    WHERE suspended_at IS NOT NULL AND revoked_at IS NULL;
-- The same of a program's levels, for its owners.
CREATE INDEX awards_suspended_of_level ON awards (level_id) WHERE suspended_at IS NOT NULL AND revoked_at IS NULL;

-- What counts leaves out what is suspended: the same indexes as before, with that.
DROP INDEX awards_on_wall;
CREATE INDEX awards_on_wall ON awards (valid_from, id)
    WHERE visibility = 'public' AND revoked_at IS NULL AND superseded_by IS NULL AND suspended_at IS NULL;
DROP INDEX awards_on_wall_of_level;
CREATE INDEX awards_on_wall_of_level ON awards (level_id, valid_from, id, valid_until)
    WHERE visibility = 'public' AND revoked_at IS NULL AND superseded_by IS NULL AND suspended_at IS NULL;
DROP INDEX awards_on_wall_of_person;
CREATE INDEX awards_on_wall_of_person ON awards (person_id, valid_from, valid_until)
    WHERE visibility = 'public' AND revoked_at IS NULL AND superseded_by IS NULL AND suspended_at IS NULL;
DROP INDEX awards_ending;
CREATE INDEX awards_ending ON awards (valid_until, id)
    WHERE superseded_by IS NULL AND revoked_at IS NULL AND suspended_at IS NULL;
DROP INDEX awards_ending_of_level;
CREATE INDEX awards_ending_of_level ON awards (level_id, valid_until, id)
    WHERE superseded_by IS NULL AND revoked_at IS NULL AND suspended_at IS NULL;
DROP INDEX awards_held_in_time;
CREATE INDEX awards_held_in_time ON awards (person_id, issued_at, id)
    WHERE revoked_at IS NULL AND superseded_by IS NULL AND suspended_at IS NULL;
DROP INDEX awards_given_of_level;
CREATE INDEX awards_given_of_level ON awards (level_id, valid_from, id)
    WHERE superseded_by IS NULL AND revoked_at IS NULL AND suspended_at IS NULL AND visibility <> 'private';
-- Which levels someone holds, without reading their credentials.
CREATE INDEX awards_holding ON awards (person_id, level_id, valid_from, valid_until)
    WHERE revoked_at IS NULL AND superseded_by IS NULL AND suspended_at IS NULL;
