-- The record is chained: every event carries the SHA-256 of the one before it and of itself (decision 0045).

-- Hex; none where an event is from before there was a chain: the first start puts those into it.
ALTER TABLE events ADD COLUMN hash TEXT;
-- The record by what was done, and by who did it.
CREATE INDEX events_of_verb ON events (verb, seq);
CREATE INDEX events_of_actor ON events (actor, seq);

-- The last event and its hash. Whoever adds an event writes this row first, so that there is one chain however many write.
CREATE TABLE record_head (
    id   BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    seq  BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO record_head (id, seq, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- Rows are only ever added; what comes into the chain later gets its hash and nothing else.
-- SQLite only:
CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
WHEN OLD.hash IS NOT NULL OR NEW.seq <> OLD.seq OR NEW.at <> OLD.at OR NEW.actor <> OLD.actor OR NEW.verb <> OLD.verb
    OR NEW.subject <> OLD.subject OR NEW.detail <> OLD.detail
BEGIN
    SELECT RAISE(ABORT, 'the record is only ever added to');
END;
CREATE TRIGGER events_are_not_removed BEFORE DELETE ON events
BEGIN
    SELECT RAISE(ABORT, 'the record is only ever added to');
END;
-- INSERT OR REPLACE would remove without asking the trigger above.
CREATE TRIGGER events_are_not_replaced BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM events WHERE seq = NEW.seq)
BEGIN
    SELECT RAISE(ABORT, 'the record is only ever added to');
END;
-- PostgreSQL only:
CREATE FUNCTION events_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.hash IS NULL AND NEW.seq = OLD.seq AND NEW.at = OLD.at AND NEW.actor = OLD.actor AND NEW.verb = OLD.verb
            AND NEW.subject = OLD.subject AND NEW.detail = OLD.detail THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the record is only ever added to';
END
$$;
CREATE TRIGGER events_are_kept BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION events_are_kept();
CREATE TRIGGER events_are_not_emptied BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION events_are_kept();
-- Both again.
