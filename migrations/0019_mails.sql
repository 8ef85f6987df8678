-- Mail that waits, and what became of it.

-- The job that sends it, once there is one: its attempts and why the last one failed stand there.
ALTER TABLE mails ADD COLUMN job_id BIGINT;
-- Of no use from then on, such as a link that has ended, and not sent any more.
ALTER TABLE mails ADD COLUMN useful_until BIGINT;
CREATE INDEX mails_waiting ON mails (created_at, id) WHERE sent_at IS NULL AND job_id IS NULL;
CREATE INDEX mails_unsent ON mails (created_at, id) WHERE sent_at IS NULL;
