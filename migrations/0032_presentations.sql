-- Badges that are to be shown from a wallet, here and now; all of it is forgotten after minutes.

CREATE TABLE presentation_requests (
    -- Stands in the QR code, and so in the wallet.
    id         TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    -- SHA-256 (hex) of what stands in the address of the page that asks: who scans the code does not read what others showed.
    page_hash  TEXT NOT NULL UNIQUE CHECK (page_hash <> ''),
    -- What the holder signs.
    nonce      TEXT NOT NULL CHECK (nonce <> ''),
    -- The request, signed, as wallets are given it.
    request    TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- What came of it, JSON.
    answer     TEXT
);
CREATE INDEX presentation_requests_by_end ON presentation_requests (expires_at);
