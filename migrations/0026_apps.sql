-- Apps that people let act for them (OAuth 2.0): what registered itself, what was allowed, and the hashes of codes and tokens.

CREATE TABLE oauth_clients (
    id           TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    -- SHA-256, hex; none of an app that keeps no secret.
    secret_hash  TEXT,
    -- What it registered with (RFC 7591), as JSON.
    metadata     TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    -- When somebody first let it in; one that nobody lets in is forgotten.
    connected_at BIGINT
);
CREATE INDEX oauth_clients_unconnected ON oauth_clients (created_at) WHERE connected_at IS NULL;

-- That someone let an app in; gone with all its tokens when either ends it.
CREATE TABLE oauth_grants (
    id           TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    client_id    TEXT NOT NULL REFERENCES oauth_clients (id),
    person_id    TEXT NOT NULL REFERENCES people (id),
    -- With spaces between.
    scopes       TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    last_used_at BIGINT,
    UNIQUE (person_id, client_id)
);
CREATE INDEX oauth_grants_of_client ON oauth_grants (client_id);

CREATE TABLE oauth_codes (
    hash         TEXT NOT NULL PRIMARY KEY,
    client_id    TEXT NOT NULL REFERENCES oauth_clients (id),
    person_id    TEXT NOT NULL REFERENCES people (id),
    redirect_uri TEXT NOT NULL,
    scopes       TEXT NOT NULL,
    -- Of PKCE, by S256.
    challenge    TEXT NOT NULL,
    expires_at   BIGINT NOT NULL,
    -- What it was exchanged for. Kept while the code is, so that a second exchange ends it.
    grant_id     TEXT
);
CREATE INDEX oauth_codes_by_end ON oauth_codes (expires_at);
CREATE INDEX oauth_codes_of_client ON oauth_codes (client_id);
CREATE INDEX oauth_codes_of_person ON oauth_codes (person_id);

CREATE TABLE oauth_tokens (
    hash       TEXT NOT NULL PRIMARY KEY,
    grant_id   TEXT NOT NULL REFERENCES oauth_grants (id),
    kind       TEXT NOT NULL CHECK (kind IN ('access', 'refresh')),
    scopes     TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- When a refresh token was exchanged for the next one.
    spent_at   BIGINT
);
CREATE INDEX oauth_tokens_of_grant ON oauth_tokens (grant_id);
CREATE INDEX oauth_tokens_by_end ON oauth_tokens (expires_at);
