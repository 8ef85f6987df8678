-- Issuers elsewhere whom this service trusts, beside those of the configuration.
CREATE TABLE trusted_issuers (
    -- As in issuer.id of their badges.
    id               TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    name             TEXT NOT NULL CHECK (name <> ''),
    note             TEXT,
    -- A JSON list of issuer ids.
    signs_status_for TEXT NOT NULL,
    added_at         BIGINT NOT NULL,
    added_by         TEXT NOT NULL
);
