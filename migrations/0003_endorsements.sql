-- What this issuer says for a badge, a level, or anyone and anything else with an identifier: a credential of its own.
-- Never changed, but for revoked_at, revocation_reason and the JWT.
CREATE TABLE endorsements (
    id                  TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    issuer_id           TEXT NOT NULL REFERENCES issuers (id),
    -- The identifier of what is endorsed, as it stands in the credential.
    subject             TEXT NOT NULL CHECK (subject <> ''),
    comment             TEXT NOT NULL CHECK (comment <> ''),
    valid_from          BIGINT NOT NULL,
    valid_until         BIGINT CHECK (valid_until > valid_from),
    issued_at           BIGINT NOT NULL,
    verification_method TEXT NOT NULL,
    status_list_id      TEXT NOT NULL,
    status_index        BIGINT NOT NULL CHECK (status_index BETWEEN 0 AND 131071),
    revoked_at          BIGINT,
    revocation_reason   TEXT CHECK (revocation_reason IS NULL OR revoked_at IS NOT NULL),
    credential          TEXT NOT NULL,
    -- The same as a VC-JWT, and whose signature that is: when the key is compromised both go and another is signed.
    jwt                 TEXT CHECK (jwt <> ''),
    jwt_key             TEXT REFERENCES issuer_keys (fragment),
    -- The list itself gives no index twice, whether to an award or to an endorsement.
    UNIQUE (status_list_id, status_index),
    FOREIGN KEY (status_list_id, issuer_id) REFERENCES status_lists (id, issuer_id),
    CHECK ((jwt IS NULL) = (jwt_key IS NULL))
);
-- What is said for a badge or a level, on its page.
CREATE INDEX endorsements_of_subject ON endorsements (subject, issued_at, id);
CREATE INDEX endorsements_of_jwt_key ON endorsements (jwt_key);
