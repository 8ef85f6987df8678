-- The same award as a VC-JWT, beside its credential in awards. It is kept because signing it again would give other bytes.
CREATE TABLE award_jwts (
    award_id     TEXT NOT NULL PRIMARY KEY REFERENCES awards (id),
    -- Whose signature it is: when that key is compromised, the row goes and another is signed.
    key_fragment TEXT NOT NULL REFERENCES issuer_keys (fragment),
    jwt          TEXT NOT NULL CHECK (jwt <> '')
);
CREATE INDEX award_jwts_of_key ON award_jwts (key_fragment);
