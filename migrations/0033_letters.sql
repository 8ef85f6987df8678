-- Which letters someone does not want, of those that can be declined; and the links in letters that say so without signing in.

CREATE TABLE declined_letters (
    person_id TEXT NOT NULL REFERENCES people (id),
    kind      TEXT NOT NULL CHECK (kind IN ('renewals', 'reports', 'requests', 'notes')),
    at        BIGINT NOT NULL,
    PRIMARY KEY (person_id, kind)
);

CREATE TABLE letter_links (
    -- SHA-256 (hex) of what stands in the letter.
    hash       TEXT NOT NULL PRIMARY KEY CHECK (hash <> ''),
    person_id  TEXT NOT NULL REFERENCES people (id),
    kind       TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX letter_links_of_person ON letter_links (person_id);
CREATE INDEX letter_links_by_age ON letter_links (created_at);

-- Where its reader stops letters of its kind; forgotten once it is sent.
ALTER TABLE mails ADD COLUMN stop_url TEXT;
