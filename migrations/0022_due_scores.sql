-- Which reminders of due scores were written to whoever sits, so that each is written once for a day; a panel that is given more time has a new day.
CREATE TABLE seat_reminders (
    panel_id  TEXT NOT NULL,
    person_id TEXT NOT NULL,
    due_at    BIGINT NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN ('soon', 'today', 'late')),
    at        BIGINT NOT NULL,
    PRIMARY KEY (panel_id, person_id, due_at, kind),
    FOREIGN KEY (panel_id, person_id) REFERENCES seats (panel_id, person_id)
);
