// Passkeys in a real browser with Chromium's virtual authenticator: made, shown, removed; an answer that was seen before, and one that
// was given on another site, sign nobody in.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { startDemo } from '../interop/server.mjs';
import { launch, openPage } from './chromium.mjs';
import { look } from './look.mjs';

const DEVICE = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
};

let server, browser;

before(async () => {
  server = await startDemo();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** The administrator's browser at `/me`, on a device that can hold passkeys. */
async function administrator(options) {
  const opened = await openPage(browser, server.base, options);
  const cdp = await opened.page.context().newCDPSession(opened.page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options: DEVICE });
  await opened.page.goto('/sign-in?next=/me');
  await opened.page.locator('.choice', { hasText: /Administrator|Verwaltung/ }).click();
  await opened.page.waitForURL(`${server.base}/me`);
  return { ...opened, cdp, authenticatorId };
}

async function make(page, name) {
  await page.getByLabel('Name of the new passkey').fill(name);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.locator('#passkeys ~ .rows', { hasText: name }).waitFor();
}

async function signOut(page) {
  await page.locator('.mine').getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${server.base}/`);
}

const sent = (path, fields, cookie) =>
  fetch(`${server.base}${path}`, {
    method: 'POST',
    headers: { origin: server.base, accept: 'application/json', ...(cookie && { cookie }) },
    body: new URLSearchParams(fields),
  });

describe('an administrator with a passkey', () => {
  test('makes it, signs out, signs in with it by keyboard, and once removed it opens nothing', async () => {
    const { page, faults, cdp, authenticatorId, close } = await administrator();
    await make(page, 'Laptop');
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
    assert.deepEqual(
      credentials.map(({ rpId, isResidentCredential }) => ({ rpId, isResidentCredential })),
      [{ rpId: 'localhost', isResidentCredential: true }],
    );
    await signOut(page);
    await page.goto('/sign-in?next=/admin');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).press('Enter');
    await page.waitForURL(`${server.base}/admin`);
    await page.goto('/me');
    assert.match(await page.locator('main').innerText(), /Signed in with a passkey/);
    assert.match(await page.locator('#passkeys ~ .rows').innerText(), /Laptop\s+Made on .*, last used on/);
    // The device holds one already, and says so.
    await page.getByLabel('Name of the new passkey').fill('Laptop again');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    assert.match(await page.getByRole('alert').innerText(), /holds a passkey for you already/);
    assert.deepEqual(faults, []);

    await page.getByRole('button', { name: 'Remove Laptop' }).click();
    await page.waitForURL('**/me#passkeys');
    // Another one, so that the page to sign in offers passkeys; the device shows the one that was removed.
    const other = await administrator();
    await make(other.page, 'Blue key');
    await signOut(page);
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    assert.match(await page.getByRole('alert').innerText(), /was removed here/);
    assert.equal(new URL((await page.goto('/me')).url()).pathname, '/sign-in');
    await other.close();
    await close();
  });

  test('is not signed in again by an answer that was seen, nor by one that another site got', async () => {
    const { page, cdp, authenticatorId, close } = await administrator();
    await make(page, 'Seen');
    await signOut(page);
    let seen;
    page.on('request', (request) => {
      if (new URL(request.url()).pathname === '/sign-in/passkey') seen = new URLSearchParams(request.postData());
    });
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL(`${server.base}/me`);
    const replayed = await sent('/sign-in/passkey', { answer: seen.get('answer') });
    assert.deepEqual([replayed.status, (await replayed.json()).code], [403, 'late']);
    assert.deepEqual(replayed.headers.getSetCookie(), []);
    // The same with a fresh question, which the answer does not fit.
    const asked = await (await sent('/sign-in/passkey/question', {})).json();
    const answer = JSON.parse(seen.get('answer'));
    const client = JSON.parse(Buffer.from(answer.response.clientDataJSON, 'base64url').toString());
    answer.response.clientDataJSON = Buffer.from(JSON.stringify({ ...client, challenge: asked.challenge })).toString('base64url');
    const moved = await sent('/sign-in/passkey', { answer: JSON.stringify(answer) });
    assert.deepEqual([moved.status, (await moved.json()).code], [403, 'refused']);

    // Another site of the same domain, which a browser lets ask: a port of its own.
    const elsewhere = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end('<title>Elsewhere</title>'));
    await new Promise((ready) => elsewhere.listen(0, '127.0.0.1', ready));
    await page.goto(`http://localhost:${elsewhere.address().port}/`);
    const question = await (await sent('/sign-in/passkey/question', {})).json();
    const got = await page.evaluate(async (asked) => {
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(asked);
      return JSON.stringify((await navigator.credentials.get({ publicKey })).toJSON());
    }, question);
    const phished = await sent('/sign-in/passkey', { answer: got });
    assert.deepEqual([phished.status, (await phished.json()).code], [403, 'refused']);
    elsewhere.close();

    // A copy of the passkey whose counter is behind.
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
    const copied = credentials.find(({ isResidentCredential }) => isResidentCredential);
    await cdp.send('WebAuthn.removeCredential', { authenticatorId, credentialId: copied.credentialId });
    await cdp.send('WebAuthn.addCredential', { authenticatorId, credential: { ...copied, signCount: 0 } });
    await page.goto(`${server.base}/sign-in`);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    assert.match(await page.getByRole('alert').innerText(), /may be a copy/);
    await close();
  });

  test('is told without scripts that every other way works', async () => {
    const other = await administrator();
    await make(other.page, 'Spare');
    await other.close();
    const { page, faults, close } = await administrator({ javaScriptEnabled: false });
    assert.match(await page.locator('#passkeys ~ form').innerText(), /need JavaScript/);
    assert.equal(await page.getByRole('button', { name: 'Add a passkey' }).isVisible(), false);
    await page.goto('/sign-in');
    assert.match(await page.locator('form[data-passkey]').innerText(), /need JavaScript/);
    assert.equal(await page.getByRole('button', { name: 'Sign in with a passkey' }).isVisible(), false);
    await close();
    assert.deepEqual(faults, []);
  });

  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1440]) {
      test(`has pages that pass axe-core at WCAG 2.2 AA and fit: ${colorScheme}, ${width} px`, async () => {
        const { page, faults, close } = await administrator({ colorScheme, viewport: { width, height: 800 } });
        await make(page, `Key ${colorScheme} ${width}`);
        assert.equal(await page.getByRole('alert').count(), 0, 'nothing is wrong before anything was done');
        faults.push(...(await look(page, '/me with a passkey')));
        await page.goto('/admin?role=administrator');
        await page.locator('tbody th a').click();
        faults.push(...(await look(page, 'the person with a passkey')));
        await page.goto('/sign-in');
        faults.push(...(await look(page, '/sign-in with passkeys')));
        await close();
        assert.deepEqual(faults, []);
      });
    }
  }
});
