-- A company of 10,000 people over the programs that are there: what stands here beside the few of everything that the actions made is
-- there to be many. Times go back from 24 November 2026, 12:00 UTC (1795521600); texts and credentials are those of a real row.

CREATE TEMP TABLE numbers (i INTEGER PRIMARY KEY);
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) INSERT INTO numbers SELECT i FROM n;
CREATE TEMP TABLE the_programs AS SELECT row_number() OVER (ORDER BY id) - 1 AS k, id FROM programs;
CREATE TEMP TABLE the_levels AS SELECT row_number() OVER (ORDER BY id) - 1 AS k, id, program_id, version FROM levels;
CREATE INDEX temp.levels_by_place ON the_levels (k);
CREATE TEMP TABLE sizes AS SELECT (SELECT COUNT(*) FROM the_levels) AS levels, (SELECT COUNT(*) FROM the_programs) AS programs;

-- Eight report to each; one is above all.
INSERT INTO people (id, email, name, team, name_public, created_at, updated_at, job_function, manager_id, active)
SELECT printf('p%05d', i), printf('person%05d@acme.example', i), printf('Person %05d', i), printf('Team %03d', i % 300), i % 5 <> 0,
    1795521600 - i * 3000, 1795521600 - i * 3000, printf('Function %02d', i % 12),
    CASE WHEN i = 1 THEN NULL ELSE printf('p%05d', (i + 6) / 8) END, i % 40 <> 0
FROM numbers ORDER BY i;

INSERT INTO teams (id, name, created_at, updated_at)
SELECT printf('t%03d', i), printf('Team %03d', i), 1790000000, 1790000000 FROM numbers WHERE i < 300;
INSERT INTO team_members (team_id, person_id)
SELECT printf('t%03d', 1 + i % 299), printf('p%05d', i) FROM numbers;

-- Eight assessors, four mentors, two owners of each program, and five who sit on its committee.
INSERT INTO roles (person_id, role, program_id, granted_at, granted_by)
SELECT printf('p%05d', 1 + (p.k * 47 + n.i) % 10000),
    CASE WHEN n.i <= 8 THEN 'assessor' WHEN n.i <= 12 THEN 'mentor' WHEN n.i <= 14 THEN 'owner' ELSE 'committee' END,
    p.id, 1790000000, 'operator'
FROM the_programs p JOIN numbers n ON n.i <= 19;

INSERT OR IGNORE INTO committees (program_id, quorum, days, set_up_at, set_up_by)
SELECT id, 3, 14, 1790000000, 'operator' FROM the_programs WHERE k % 2 = 0;
INSERT INTO committee_terms (id, program_id, person_id, starts_at, ends_at)
SELECT printf('term%05d-%d', p.k, n.i), p.id, printf('p%05d', 1 + (p.k * 47 + n.i) % 10000), 1790000000, 1850000000
FROM the_programs p JOIN committees c ON c.program_id = p.id JOIN numbers n ON n.i BETWEEN 15 AND 19;
INSERT INTO proposals (id, program_id, kind, title, reason, content, state, proposed_by, opened_at, closes_at, closed_at)
SELECT printf('proposal%05d-%d', p.k, n.i), p.id, 'policy', 'A policy', 'It helps all of us.', 'Be **kind** to each other.',
    CASE WHEN n.i <= 2 THEN 'open' WHEN n.i <= 5 THEN 'rejected' ELSE 'accepted' END, printf('p%05d', 1 + (p.k * 47 + 15) % 10000),
    1795000000 - n.i * 86400, 1796700000, CASE WHEN n.i <= 2 THEN NULL ELSE 1795100000 END
FROM the_programs p JOIN committees c ON c.program_id = p.id JOIN numbers n ON n.i <= 10;
INSERT INTO proposal_seats (proposal_id, person_id, vote, comment, voted_at)
SELECT printf('proposal%05d-%d', p.k, n.i), printf('p%05d', 1 + (p.k * 47 + m.i) % 10000), 'for', 'Yes.', 1795090000
FROM the_programs p JOIN committees c ON c.program_id = p.id JOIN numbers n ON n.i <= 10 JOIN numbers m ON m.i BETWEEN 15 AND 19;
INSERT INTO program_drafts (id, program_id, file, author_id, created_at, updated_at)
SELECT printf('draft%05d-%d', p.k, n.i), p.id, (SELECT file FROM program_drafts LIMIT 1),
    printf('p%05d', 1 + (p.k * 47 + 13) % 10000), 1795000000, 1795000000
FROM the_programs p JOIN numbers n ON n.i <= 3;

-- Four badges each, of four levels. One in four has no end, one in fifty was revoked, one in twelve is private.
INSERT INTO status_lists (id, issuer_id, purpose, allotted, used, closed, bits, pending, version, published_json, published_gzip, etag,
    published_at, created_at)
SELECT 'many', issuer_id, purpose, allotted, 40000, TRUE, bits, pending, version, published_json, published_gzip, etag, published_at, created_at
FROM status_lists LIMIT 1;
CREATE TEMP TABLE given AS
SELECT n.i, m.i AS j, printf('p%05d', n.i) AS person, l.id AS level, l.version, printf('n%05d-%d', n.i, m.i) AS lineage,
    1795521600 - ((n.i * 7919 + m.i * 104729) % 63000000) - 60 AS since
FROM numbers n JOIN numbers m ON m.i <= 4 JOIN sizes s JOIN the_levels l ON l.k = (n.i * 7 + m.i * 131) % s.levels;
INSERT INTO lineages (id, person_id, level_id, created_at) SELECT lineage, person, level, since FROM given;
INSERT INTO awards (id, lineage_id, issuer_id, person_id, level_id, level_version, valid_from, valid_until, issued_at, verification_method,
    subject_id, salt, narrative, visibility, status_list_id, status_index, revoked_at, revocation_reason, credential)
SELECT printf('a%05d-%d', g.i, g.j), g.lineage, t.issuer_id, g.person, g.level, g.version, g.since,
    CASE WHEN (g.i + g.j) % 4 = 0 THEN NULL ELSE g.since + 47304000 END, g.since, t.verification_method, t.subject_id, t.salt, t.narrative,
    CASE WHEN (g.i + g.j) % 12 = 0 THEN 'private' WHEN (g.i + g.j) % 12 < 3 THEN 'link' ELSE 'public' END,
    'many', (g.i - 1) * 4 + g.j, CASE WHEN (g.i * 4 + g.j) % 50 = 0 THEN 1795000000 + 86400 * 5 END, NULL, t.credential
FROM given g JOIN (SELECT * FROM awards ORDER BY length(credential) DESC LIMIT 1) t;

-- Three ways each: on the way (six in ten with a mentor), passed, and withdrawn.
CREATE TEMP TABLE ways AS
SELECT n.i, m.i AS j, printf('e%05d-%d', n.i, m.i) AS id, printf('p%05d', n.i) AS person, l.id AS level, l.program_id AS program, l.version,
    p.k AS place, 1795521600 - ((n.i * 6101 + m.i * 7877) % 40000000) - 60 AS since
FROM numbers n JOIN numbers m ON m.i <= 3 JOIN sizes s JOIN the_levels l ON l.k = (n.i * 11 + m.i * 173) % s.levels
JOIN the_programs p ON p.id = l.program_id;
INSERT INTO enrolments (id, person_id, program_id, level_id, level_version, kind, state, mentor_id, mentor_wanted, enrolled_at, ended_at)
SELECT id, person, program, level, version, 'first', CASE j WHEN 1 THEN 'active' WHEN 2 THEN 'passed' ELSE 'withdrawn' END,
    CASE WHEN i % 10 < 6 THEN printf('p%05d', 1 + (place * 47 + 9 + i % 4) % 10000) END, j = 1 AND i % 10 = 9, since,
    CASE WHEN j > 1 THEN 1795000000 END
FROM ways WHERE printf('p%05d', 1 + (place * 47 + 9 + i % 4) % 10000) <> person;
-- The one program is larger than the others: two thousand are on its way.
INSERT INTO enrolments (id, person_id, program_id, level_id, level_version, kind, state, mentor_id, mentor_wanted, enrolled_at)
SELECT printf('left%05d', n.i), printf('p%05d', n.i), 'left', 'left.lead', l.version, 'first', 'active', NULL, n.i % 10 = 0, 1795521600 - n.i * 600
FROM numbers n JOIN levels l ON l.id = 'left.lead' WHERE n.i <= 2000
    AND NOT EXISTS (SELECT 1 FROM enrolments e WHERE e.person_id = printf('p%05d', n.i) AND e.level_id = 'left.lead' AND e.state = 'active');
INSERT INTO fulfilments (enrolment_id, requirement_id, route_id, note, at, confirmed_by)
SELECT id, 'course', 'taken', 'Was there.', enrolled_at, 'person:p00001' FROM enrolments WHERE id LIKE 'e%-_';
INSERT INTO check_ins (id, enrolment_id, mentor_id, author_id, text, at)
SELECT e.id || printf('-note%d', n.i), e.id, e.mentor_id, e.person_id, 'We talked about the plan, and about what comes next.', e.enrolled_at
FROM enrolments e JOIN numbers n ON n.i <= 3 WHERE e.mentor_id IS NOT NULL AND e.id LIKE 'e%-_';

-- Work of the first two: in a draft, before a panel, decided.
INSERT INTO submissions (id, enrolment_id, number, state, statement, revision, created_at, updated_at, submitted_at)
SELECT 's' || w.id, w.id, 1, CASE WHEN w.j = 2 OR w.i % 4 > 1 THEN 'decided' WHEN w.i % 4 = 1 THEN 'submitted' ELSE 'draft' END,
    'What I did, and what I learned from it: ' || hex(zeroblob(300)), 4, w.since, w.since, CASE WHEN w.j = 2 OR w.i % 4 > 0 THEN w.since END
FROM ways w JOIN enrolments e ON e.id = w.id WHERE w.j < 3;
INSERT INTO evidence (id, submission_id, position, kind, title, note, public, text, created_at)
SELECT s.id || printf('-%d', n.i), s.id, n.i, 'text', 'A piece of work', 'It shows how.', FALSE, 'What there is to see: ' || hex(zeroblob(200)), s.created_at
FROM submissions s JOIN numbers n ON n.i <= 3 WHERE s.id LIKE 'se%-_';
INSERT INTO panels (id, submission_id, purpose, state, seats, due_at, drawn_at, drawn_by, program_id)
SELECT 'b' || w.id, 's' || w.id, 'assessment',
    CASE WHEN w.j = 2 OR w.i % 4 > 1 THEN 'decided' WHEN w.i % 8 = 1 THEN 'scoring' ELSE 'settling' END, 3,
    w.since + 1209600, w.since, 'operator', w.program
FROM ways w JOIN submissions s ON s.id = 's' || w.id WHERE s.state <> 'draft';
INSERT INTO seats (panel_id, person_id, state, scored_at, settled_at, seated_at)
SELECT b.id, printf('p%05d', 1 + (w.place * 47 + n.i + w.i % 3) % 10000), 'seated',
    CASE WHEN b.state <> 'scoring' THEN w.since END, CASE WHEN b.state = 'decided' THEN w.since END, w.since
FROM ways w JOIN panels b ON b.id = 'b' || w.id JOIN numbers n ON n.i <= 3;
INSERT INTO scores (panel_id, person_id, criterion_id, round, grade, comment, at)
SELECT panel_id, person_id, 'makes', 'alone', 'Yes', 'All of it was there, and it was easy to follow.', seated_at
FROM seats WHERE panel_id LIKE 'be%-_' AND scored_at IS NOT NULL;
INSERT INTO decisions (id, panel_id, outcome, state, grades, reason, missing, missing_by, proposed_by, proposed_at, decided_at)
SELECT 'd' || w.id, b.id, CASE w.j WHEN 2 THEN 'pass' ELSE 'not_yet' END, 'final',
    (SELECT grades FROM decisions LIMIT 1), 'We looked at all of it.', 'A second one.', 1797000000,
    printf('p%05d', 1 + (w.place * 47 + 1 + w.i % 3) % 10000), w.since, w.since
FROM ways w JOIN panels b ON b.id = 'b' || w.id WHERE b.state = 'decided';

INSERT INTO sessions (id, hash, person_id, method, user_agent, created_at, last_seen_at, expires_at)
SELECT printf('session%05d', i), printf('hash%05d', i), printf('p%05d', i), 'oidc', 'Mozilla/5.0', 1795500000, 1795500000, 1796000000 FROM numbers;
INSERT INTO mails (id, recipient, subject, text, created_at, sent_at)
SELECT printf('mail%05d-%d', n.i, m.i), printf('person%05d@acme.example', n.i), 'A letter', hex(zeroblob(300)), 1795000000, 1795000001
FROM numbers n JOIN numbers m ON m.i <= 3;

-- A quarter of a million events, over people, awards, ways and work.
INSERT INTO events (at, actor, verb, subject, detail, hash)
SELECT 1795000000, 'person:' || printf('p%05d', 1 + (n.i * 13) % 10000),
    CASE m.i % 5 WHEN 0 THEN 'award.issued' WHEN 1 THEN 'enrolment.begun' WHEN 2 THEN 'submission.handed_in' WHEN 3 THEN 'session.opened'
        ELSE 'decision.made' END,
    CASE m.i % 5 WHEN 0 THEN printf('a%05d-1', n.i) WHEN 1 THEN printf('e%05d-1', n.i) WHEN 2 THEN printf('se%05d-1', n.i)
        WHEN 3 THEN printf('p%05d', n.i) ELSE printf('de%05d-2', n.i) END,
    '{"reason":"As it was.","level":"left.maker","version":1}', hex(randomblob(32))
FROM numbers n JOIN numbers m ON m.i <= 25;
UPDATE record_head SET (seq, hash) = (SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1);

DROP TABLE numbers;
DROP TABLE the_programs;
DROP TABLE the_levels;
DROP TABLE sizes;
DROP TABLE given;
DROP TABLE ways;
