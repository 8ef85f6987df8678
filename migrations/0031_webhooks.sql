-- Where others want to be told of what happens, and what they were told.

CREATE TABLE webhooks (
    id             TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    kind           TEXT NOT NULL CHECK (kind IN ('standard', 'slack', 'teams')),
    name           TEXT NOT NULL CHECK (name <> ''),
    -- Sealed by the vault (base64): whoever knows some of these addresses may write to them.
    address        TEXT NOT NULL,
    -- The part of the address that says nothing to others.
    shown_as       TEXT NOT NULL,
    -- Sealed as well; none for a chat.
    secret         TEXT,
    -- The one before, which signs as well until then.
    old_secret     TEXT,
    old_until      BIGINT,
    -- Of what it is told, a JSON array.
    topics         TEXT NOT NULL,
    -- Of whose awards: those for everyone, or all.
    awards         TEXT NOT NULL CHECK (awards IN ('public', 'all')),
    -- Nothing was taken since then.
    failing_since  BIGINT,
    off_since      BIGINT,
    off_why        TEXT CHECK (off_why IN ('asked', 'gone', 'failing')),
    created_at     BIGINT NOT NULL,
    created_by     TEXT NOT NULL
);

-- One message to one endpoint. Its bytes stay the same however often it is sent.
CREATE TABLE webhook_deliveries (
    -- The message's id: the header webhook-id.
    id           TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    webhook_id   TEXT NOT NULL REFERENCES webhooks (id),
    -- Whose award it tells about.
    person_id    TEXT REFERENCES people (id),
    topic        TEXT NOT NULL,
    body         TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    -- When it is tried next; none when it arrived or was given up.
    next_at      BIGINT,
    attempts     BIGINT NOT NULL,
    delivered_at BIGINT,
    -- What came of the last attempt.
    last_at      BIGINT,
    last_millis  BIGINT,
    last_status  BIGINT,
    last_answer  TEXT,
    last_why     TEXT
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, next_at, id) WHERE next_at IS NOT NULL;
CREATE INDEX webhook_deliveries_of_webhook ON webhook_deliveries (webhook_id, created_at, id);
CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (created_at);
CREATE INDEX webhook_deliveries_of_person ON webhook_deliveries (person_id) WHERE person_id IS NOT NULL;
