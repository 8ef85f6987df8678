-- Badges put into wallets: offers that are open, nonces that wait for a proof, and what was given.

CREATE TABLE wallet_offers (
    -- SHA-256 (hex) of the pre-authorised code.
    code_hash    TEXT NOT NULL PRIMARY KEY CHECK (code_hash <> ''),
    -- A badge has one: a new one takes the place of the last.
    award_id     TEXT NOT NULL UNIQUE REFERENCES awards (id),
    -- Of the code; once it was used, of the access token.
    expires_at   BIGINT NOT NULL,
    -- HMAC (hex) of the transaction code, keyed with the pre-authorised code; none until its holder asked for one.
    tx_code_hash TEXT,
    -- How often a transaction code was tried.
    tries        BIGINT NOT NULL DEFAULT 0,
    -- SHA-256 (hex) of the access token; there from when the code was used.
    token_hash   TEXT UNIQUE
);
CREATE INDEX wallet_offers_by_end ON wallet_offers (expires_at);

CREATE TABLE wallet_nonces (
    -- SHA-256 (hex).
    hash       TEXT NOT NULL PRIMARY KEY CHECK (hash <> ''),
    expires_at BIGINT NOT NULL
);
CREATE INDEX wallet_nonces_by_end ON wallet_nonces (expires_at);

-- The credentials themselves are with their holders: each is the award's, made out to another subject, and revoked with it.
CREATE TABLE wallet_credentials (
    id           TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    award_id     TEXT NOT NULL REFERENCES awards (id),
    -- Of the offer it came of, which gives each form once.
    code_hash    TEXT NOT NULL,
    format       TEXT NOT NULL CHECK (format IN ('ldp_vc', 'jwt_vc_json')),
    -- The DID of the key it is made out to.
    holder       TEXT NOT NULL CHECK (holder <> ''),
    key_fragment TEXT NOT NULL,
    issued_at    BIGINT NOT NULL,
    UNIQUE (code_hash, format)
);
CREATE INDEX wallet_credentials_of_award ON wallet_credentials (award_id, issued_at, id);
