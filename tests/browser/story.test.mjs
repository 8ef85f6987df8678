// The whole story of a badge with real parts: a program from its file, people from the directory over SCIM, everyone signed in at a real OpenID
// provider, and from there by the pages alone: enrolling, evidence, panels, decisions, an appeal, new criteria, a renewal and a lapse.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Provider } from 'oidc-provider';
import { api, credentialOf, freePort, run, start } from '../interop/server.mjs';
import { digitalBazaar } from '../interop/verifiers.mjs';
import { launch, openPage } from './chromium.mjs';

const PROGRAM = `
id = "craft"
name = "Software Craft"
description = "How we build at Acme."

[[levels]]
id = "practitioner"
name = "Practitioner"
description = "Builds with guidance."
criteria = "* has shipped with a team"
validity = "P2Y"
renewal_window = "P90D"
[levels.renewal]
assessed = false
grace = "P30D"
[[levels.renewal.requirements]]
id = "still"
name = "Still ships"
routes = [{ id = "told", name = "Told to an owner", kind = "demonstration" }]

[[levels]]
id = "professional"
name = "Professional"
description = "Builds well alone."
criteria = "* has led a change"
validity = "P2Y"
[[levels.requirements]]
id = "course"
name = "Knows how to write a design down"
routes = [{ id = "course", name = "The course", kind = "coursework" }]
[levels.assessment]
panel = 3
second_look = true
[levels.rubric]
grades = ["Emerging", "Solid", "Exemplary"]
threshold = 50
[[levels.rubric.criteria]]
id = "design"
name = "Decides, and writes it down"
required = "Solid"
described = ["Found in the code.", "Stands in a note.", "Others build on the notes."]
[[levels.rubric.criteria]]
id = "failures"
name = "Answers for failures"
required = "Solid"
described = ["Helps when asked.", "Leads to the cause.", "Others do it differently since."]
`;

const ASSESSORS = ['Astrid Aas', 'Bram Bos', 'Carla Costa', 'Dina Dahl', 'Egon Eder', 'Fay Fox'];
const PEOPLE = ['Ada Obi', 'Bao Nguyen', 'Chiara Rossi', 'Olga Orlova', ...ASSESSORS];
const address = (name) => `${name.toLowerCase().replace(' ', '.')}@acme.example`;
const DAY = 24 * 60 * 60 * 1000;
const daysAgo = (days) => new Date(Date.now() - days * DAY).toISOString();

let folder, base, server, provider, browser, tokens;
const desks = new Map();

function laurel(...args) {
  const done = run(args, { folder });
  assert.equal(done.code, 0, done.err + done.out);
  return done.out;
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'laurel-story-'));
  const [port, providerPort] = [await freePort(), await freePort()];
  const issuer = `http://localhost:${providerPort}`;
  base = `http://localhost:${port}`;
  laurel('init', '--base-url', base, '--listen', `127.0.0.1:${port}`, '--name', 'Acme Academy');
  writeFileSync(join(folder, 'oidc.secret'), 'of this test\n', { mode: 0o600 });
  appendFileSync(
    join(folder, 'laurel.toml'),
    `\n[lookups]\nprivate_hosts = ["localhost"]\n\n[oidc]\nissuer = "${issuer}"\nname = "Acme"\nclient_id = "laurel"\nclient_secret_file = "oidc.secret"\n`,
  );
  writeFileSync(join(folder, 'craft.toml'), PROGRAM);
  laurel('program', 'import', 'craft.toml');
  const token = (name, ...scopes) => /laurel_\S+|\b[\w-]{30,}\b/.exec(laurel('token', 'create', '--name', name, ...scopes.flatMap((one) => ['--scope', one])))[0];
  tokens = { directory: token('directory', 'provision'), hr: token('hr', 'issue', 'read', 'revoke') };
  const known = new Provider(issuer, {
    clients: [{ client_id: 'laurel', client_secret: 'of this test', redirect_uris: [`${base}/sign-in/oidc/back`] }],
    claims: { email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    cookies: { keys: ['for this test alone'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: id, email_verified: true }) }),
  });
  provider = await new Promise((resolve) => {
    const listening = known.listen(providerPort, '127.0.0.1', () => resolve(listening));
  });
  server = await start(['serve'], /(http:\/\/localhost:\d+)/, { folder });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  provider?.closeAllConnections();
  await new Promise((resolve) => (provider ? provider.close(resolve) : resolve()));
  rmSync(folder, { recursive: true, force: true });
});

/** A window of someone who comes back from the provider. */
async function fromProvider(name) {
  const context = await browser.newContext({ baseURL: base, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Sign in with Acme' }).click();
  await page.locator('input[name=login]').fill(address(name));
  await page.locator('input[name=password]').fill('any');
  await page.locator('button[type=submit]').click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL(`${base}/**`);
  return page;
}

/** Someone's window, signed in when they first come. */
async function desk(name) {
  if (desks.has(name)) return desks.get(name);
  const page = await fromProvider(name);
  assert.equal(page.url(), `${base}/me`);
  assert.equal(await page.locator('h1').innerText(), name);
  desks.set(name, page);
  return page;
}

/** Presses it, and waits for the page that answers. */
async function press(page, button) {
  const shown = page.waitForEvent('load');
  await button.click();
  await shown;
  assert.equal(await page.locator('[role=alert]').count(), 0, await page.locator('main').innerText());
}

async function enrol(name, level) {
  const page = await desk(name);
  await page.goto(`/achievements/${level}`);
  await page.locator(`a[href="/me/enrol/${level}"]`).click();
  await press(page, page.locator(`form[action="/me/enrol/${level}"] button`));
  assert.match(page.url(), /\/me\/path\/[\w-]+$/);
  return page.url().split('/').pop();
}

/** The owner's word that a route was walked. */
async function confirm(enrolment) {
  const page = await desk('Olga Orlova');
  await page.goto(`/me/learners/${enrolment}`);
  await page.locator('form[action$="/confirm"]').first().locator('xpath=ancestor::details/summary').click();
  await press(page, page.locator('form[action$="/confirm"] button').first());
}

/** Hands in a statement, a file and a link; the digest of the file. */
async function handIn(name, enrolment) {
  const page = await desk(name);
  const file = Buffer.from(`%PDF-1.7\nThe work of ${name}.`);
  await page.goto(`/me/path/${enrolment}`);
  await press(page, page.locator('form[action$="/submission"] button'));
  await page.locator('#statement').fill('I led the change, and wrote down why.');
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.locator('#file').setInputFiles({ name: 'note.pdf', mimeType: 'application/pdf', buffer: file });
  await press(page, page.getByRole('button', { name: 'Send the file' }));
  await page.getByText('A link', { exact: true }).click();
  await page.locator('#link-title').fill('The change');
  await page.locator('#url').fill('https://acme.example/changes/7');
  await press(page, page.locator('#url').locator('xpath=ancestor::form').getByRole('button'));
  await press(page, page.getByRole('button', { name: 'Hand it in' }));
  await page.getByText('Handed in, waits for its panel').waitFor();
  return createHash('sha256').update(file).digest();
}

/** Whoever of these sits on an open panel about this learner, with the panel's address. */
async function seated(learner, among = ASSESSORS) {
  const found = new Map();
  for (const name of among) {
    const page = await desk(name);
    await page.goto('/assess');
    const link = page.getByRole('link', { name: learner });
    if (await link.count()) found.set(name, new URL(await link.first().getAttribute('href'), base).pathname);
  }
  return found;
}

async function score(name, panel, grades) {
  const page = await desk(name);
  await page.goto(panel);
  for (const [criterion, grade] of Object.entries(grades)) {
    await page.locator(`input[name="grade.${criterion}"][value="${grade}"]`).check();
    await page.locator(`[name="comment.${criterion}"]`).fill(`${grade} it is, as ${name} saw in the note.`);
  }
  await press(page, page.getByRole('button', { name: 'Hand in', exact: true }));
}

async function agree(name, panel) {
  const page = await desk(name);
  await page.goto(panel);
  await press(page, page.getByRole('button', { name: 'Agree to where the panel stands' }));
}

async function decide(name, panel, missing) {
  const page = await desk(name);
  await page.goto(panel);
  await page.locator('#reason').fill('The note shows it from its first page to its last.');
  for (const said of await page.locator('form[action$="/decision"] textarea[name^="said."]').all()) await said.fill('Seen in the note.');
  if (missing) {
    await page.locator('#missing').fill(missing);
    await page.locator('#missing_by').fill(new Date(Date.now() + 60 * DAY).toISOString().slice(0, 10));
  }
  await press(page, page.locator('form[action$="/decision"] button'));
}

/** The owner's second look at the one case that waits for it. */
async function secondLook(learner) {
  const page = await desk('Olga Orlova');
  await page.goto('/run/craft/queue');
  await page.getByRole('link', { name: learner }).first().click();
  await press(page, page.getByRole('button', { name: 'Confirm and give the badge' }));
}

const GOOD = { design: 'Exemplary', failures: 'Solid' };
const WEAK = { design: 'Emerging', failures: 'Solid' };

describe('the story', { concurrency: false }, () => {
  let adas, baos, digest, badge;

  test('people come from the directory, get their roles, and those who left do not come in', async () => {
    const scim = async (method, path, body) => {
      const answer = await fetch(`${base}/scim/v2${path}`, {
        method,
        headers: { authorization: `Bearer ${tokens.directory}`, 'content-type': 'application/scim+json' },
        body: JSON.stringify(body),
      });
      assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${await answer.clone().text()}`);
      return answer.json();
    };
    for (const name of [...PEOPLE, 'Gil Gone']) {
      const [givenName, familyName] = name.split(' ');
      const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
      await scim('POST', '/Users', { schemas, userName: address(name), name: { givenName, familyName }, active: name !== 'Gil Gone' });
    }
    for (const name of ASSESSORS) laurel('role', 'grant', address(name), 'assessor', '--program', 'craft');
    laurel('role', 'grant', address('Olga Orlova'), 'owner', '--program', 'craft');
    assert.equal(await (await desk('Ada Obi')).locator('h1').innerText(), 'Ada Obi');
    const gone = await fromProvider('Gil Gone');
    assert.equal(await gone.getByRole('alert').count(), 1);
    assert.equal((await gone.goto('/me')).url(), `${base}/sign-in?next=%2Fme`);
  });

  test('a learner enrols, has the course confirmed, names conflicts of interest and hands in', async () => {
    const page = await desk('Ada Obi');
    adas = await enrol('Ada Obi', 'craft.professional');
    for (const other of ['Egon Eder', 'Fay Fox']) {
      await page.goto('/me/decisions');
      await page.locator('form[action="/me/conflicts"]').locator('xpath=ancestor::details/summary').click();
      await page.locator('#other').fill(address(other));
      await page.locator('#reason').fill('We are related.');
      await press(page, page.locator('form[action="/me/conflicts"] button'));
    }
    await confirm(adas);
    digest = await handIn('Ada Obi', adas);
  });

  test('three who have no conflict score alone, a fourth is asked where two are far apart, and a second pair of eyes gives the badge', async () => {
    const first = await seated('Ada Obi');
    assert.equal(first.size, 3);
    assert.ok(!first.has('Egon Eder') && !first.has('Fay Fox'), 'a conflict of interest keeps them out');
    const [panel] = first.values();
    const refused = await (await desk('Egon Eder')).goto(panel);
    assert.equal(refused.status(), 404);
    const [one, two, three] = first.keys();
    await score(one, panel, GOOD);
    assert.doesNotMatch(await (await desk(two)).goto(panel).then((answer) => answer.text()), new RegExp(`as ${one} saw`), 'each is blind to the others');
    await score(two, panel, GOOD);
    await score(three, panel, WEAK);
    const all = await seated('Ada Obi');
    assert.equal(all.size, 4, 'two grades apart ask for a further assessor');
    const [fourth] = [...all.keys()].filter((name) => !first.has(name));
    await score(fourth, panel, GOOD);
    for (const name of all.keys()) await agree(name, panel);
    await decide(one, panel);
    await secondLook('Ada Obi');
  });

  test('the badge says how it was earned, and verifies elsewhere with its result and its endorsement', async () => {
    const page = await desk('Ada Obi');
    await page.goto('/me/decisions');
    await page.getByRole('link', { name: 'Professional' }).first().click();
    badge = new URL(await page.locator('main a[href*="/badges/"]').first().getAttribute('href'), base).href;
    const credential = await credentialOf(badge);
    assert.deepEqual(await digitalBazaar(credential).then(({ verified, revoked }) => ({ verified, revoked })), { verified: true, revoked: false });
    const { achievement, result } = credential.credentialSubject;
    const described = new Map([achievement.resultDescription].flat().map((one) => [one.id, one]));
    const reached = [result].flat().map((one) => {
      const of = described.get(one.resultDescription);
      return [of.name, of.rubricCriterionLevel?.find((level) => level.id === one.achievedLevel)?.name];
    });
    assert.deepEqual(reached.filter(([, level]) => level), [
      ['Decides, and writes it down', 'Exemplary'],
      ['Answers for failures', 'Solid'],
    ]);
    assert.ok(JSON.stringify(credential.evidence).length > 2, 'its evidence is named');
    const multihash = Buffer.concat([Buffer.from([0x12, 0x20]), digest]).toString('base64url');
    const told = JSON.stringify(credential.evidence);
    assert.ok(told.includes(digest.toString('hex')) || told.includes(multihash) || told.includes(digest.toString('base64')), told);
    assert.doesNotMatch(told, /note\.pdf/, 'private evidence is told by its digest only');
    const [endorsement] = [credential.endorsement].flat();
    assert.equal((await digitalBazaar(endorsement)).verified, true);
    for (const name of ASSESSORS) assert.doesNotMatch(JSON.stringify(credential), new RegExp(name));
  });

  test('“not yet” says what is missing; an appeal brings a new panel with nobody of the first, which upholds it', async () => {
    baos = await enrol('Bao Nguyen', 'craft.professional');
    await confirm(baos);
    await handIn('Bao Nguyen', baos);
    const first = await seated('Bao Nguyen');
    assert.equal(first.size, 3);
    const [panel] = first.values();
    for (const name of first.keys()) await score(name, panel, WEAK);
    for (const name of first.keys()) await agree(name, panel);
    await decide([...first.keys()][0], panel, 'A note that says what was left out.');
    const page = await desk('Bao Nguyen');
    await page.goto('/me/decisions');
    await page.getByRole('link', { name: 'Professional' }).first().click();
    assert.match(await page.locator('main').innerText(), /A note that says what was left out\./);
    await page.getByText('Appeal', { exact: true }).first().click();
    await page.locator('form[action$="/appeal"] textarea').fill('The note is the second file.');
    await press(page, page.locator('form[action$="/appeal"] button'));
    const second = await seated('Bao Nguyen');
    assert.deepEqual([...second.keys()].filter((name) => first.has(name)), []);
    const [again] = second.values();
    for (const name of second.keys()) await score(name, again, GOOD);
    for (const name of second.keys()) await agree(name, again);
    await decide([...second.keys()][0], again);
    await secondLook('Bao Nguyen');
    await page.goto('/me/decisions');
    await page.getByRole('link', { name: 'Professional' }).last().click();
    assert.match(await page.locator('main').innerText(), /Your appeal was upheld/);
    assert.match(laurel('audit'), /\d+/);
  });

  test('whoever is under way when the criteria change finishes under theirs', async () => {
    const enrolment = await enrol('Chiara Rossi', 'craft.professional');
    const changed = PROGRAM.replace('* has led a change', '* has led a change\\n* has taught').replace('"P2Y"\n[[levels.requirements]]', '"P3Y"\n[[levels.requirements]]');
    writeFileSync(join(folder, 'craft.toml'), changed);
    laurel('program', 'import', 'craft.toml', '--summary', 'Teaching counts now.');
    const page = await desk('Chiara Rossi');
    await page.goto('/achievements/craft.professional/versions');
    assert.match(await page.locator('main').innerText(), /Teaching counts now\./);
    await confirm(enrolment);
    await handIn('Chiara Rossi', enrolment);
    const panel = await seated('Chiara Rossi');
    for (const [name, at] of panel) await score(name, at, GOOD);
    for (const [name, at] of panel) await agree(name, at);
    const [[name, at]] = panel;
    await decide(name, at);
    await secondLook('Chiara Rossi');
    await page.goto('/me/decisions');
    await page.getByRole('link', { name: 'Professional' }).first().click();
    const given = await credentialOf(new URL(await page.locator('main a[href*="/badges/"]').first().getAttribute('href'), base).href);
    assert.equal(given.credentialSubject.achievement.version, '1');
  });

  test('a renewal inside the window goes on from the old end; after a lapse one begins anew', async () => {
    const hr = api(base, tokens.hr);
    const give = (name, days) =>
      hr.post('/awards', { level: 'craft.practitioner', recipient: { name, email: address(name) }, valid_from: daysAgo(days) });
    const held = (await give('Ada Obi', 700)).awards[0];
    await give('Bao Nguyen', 900);

    const renewal = await enrol('Ada Obi', 'craft.practitioner');
    await confirm(renewal);
    // Nothing is judged, so it gives itself with its last part.
    const awards = (await hr.get('/awards?limit=100')).awards;
    const renewed = awards.find((one) => one.renews === held.id);
    assert.ok(renewed, 'the new award renews the old one');
    assert.ok(new Date(renewed.valid_until) - new Date(held.valid_until) > 700 * DAY, 'it goes on from the old end');
    assert.equal((await digitalBazaar(await credentialOf(renewed.url ?? `${base}/badges/${renewed.id}`))).verified, true);

    const page = await desk('Bao Nguyen');
    const anew = await enrol('Bao Nguyen', 'craft.practitioner');
    await page.goto(`/me/path/${anew}`);
    assert.doesNotMatch(await page.locator('.page-title').innerText(), /renewal/i);
  });
});
