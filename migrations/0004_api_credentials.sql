-- Credentials that programs had signed over the VC-API. A row is never changed, but for revoked_at.
CREATE TABLE api_credentials (
    id             TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    issuer_id      TEXT NOT NULL REFERENCES issuers (id),
    -- What the credential calls itself, where it does. A program may have the same one signed several times.
    credential_id  TEXT,
    key_fragment   TEXT NOT NULL REFERENCES issuer_keys (fragment),
    issued_at      BIGINT NOT NULL,
    -- Its place in a status list, when it can be revoked.
    status_list_id TEXT,
    status_index   BIGINT CHECK (status_index BETWEEN 0 AND 131071),
    revoked_at     BIGINT CHECK (revoked_at IS NULL OR status_list_id IS NOT NULL),
    credential     TEXT NOT NULL,
    CHECK ((status_list_id IS NULL) = (status_index IS NULL)),
    UNIQUE (status_list_id, status_index),
    FOREIGN KEY (status_list_id, issuer_id) REFERENCES status_lists (id, issuer_id)
);
-- Whose status is to change.
CREATE INDEX api_credentials_by_name ON api_credentials (credential_id) WHERE credential_id IS NOT NULL;
