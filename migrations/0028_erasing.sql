-- Erasing a person (decision 0063): what tells of them goes, and the rows that others depend on stay without them.

-- When. The row keeps the id, to which awards and the record of events point, and nothing else of whoever it was.
ALTER TABLE people ADD COLUMN erased_at BIGINT CHECK (erased_at IS NULL OR NOT active);
-- Whom a mail was written to, whatever their address is by now.
ALTER TABLE mails ADD COLUMN person_id TEXT REFERENCES people (id);
UPDATE mails SET person_id = (SELECT p.id FROM people p WHERE p.email = mails.recipient);
CREATE INDEX mails_of_person ON mails (person_id, created_at, id);
-- From before that was noted.
CREATE INDEX mails_of_recipient ON mails (recipient);

-- The record is only ever added to, but for one thing: what an event says beside who, what and when may be taken out of it for good. Its hash stays
-- as it was, so the chain does too.
-- SQLite only:
DROP TRIGGER events_are_not_changed;
CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
WHEN NEW.seq <> OLD.seq OR NEW.at <> OLD.at OR NEW.actor <> OLD.actor OR NEW.verb <> OLD.verb OR NEW.subject <> OLD.subject
    OR (OLD.hash IS NULL AND NEW.detail <> OLD.detail)
    OR (OLD.hash IS NOT NULL AND (NEW.hash IS NOT OLD.hash OR NEW.detail <> '{"erased":true}'))
BEGIN
    SELECT RAISE(ABORT, 'the record is only ever added to');
END;
-- PostgreSQL only:
CREATE OR REPLACE FUNCTION events_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.seq = OLD.seq AND NEW.at = OLD.at AND NEW.actor = OLD.actor AND NEW.verb = OLD.verb AND NEW.subject = OLD.subject
            AND ((OLD.hash IS NULL AND NEW.detail = OLD.detail) OR (NEW.hash = OLD.hash AND NEW.detail = '{"erased":true}')) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the record is only ever added to';
END
$$;
-- Both again.
