// A learner's own pages in a real browser: the statement saves itself and survives a lost connection, a file goes on after a cut one, and all
// of it works without scripts too.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { startDemo } from '../interop/server.mjs';
import { launch, openPage } from './chromium.mjs';
import { look } from './look.mjs';

const PART = 4 * 1024 * 1024;

let server, browser;

before(async () => {
  server = await startDemo();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** A PDF by its first bytes, of this size. */
function pdf(size) {
  const bytes = Buffer.alloc(size, 'laurel ');
  bytes.write('%PDF-1.7\n');
  return bytes;
}

async function signIn(name, options) {
  const opened = await openPage(browser, server.base, options);
  await opened.page.goto('/sign-in');
  const others = opened.page.getByText('Everyone else to choose from');
  if (!(await opened.page.getByRole('button', { name }).isVisible())) await others.click();
  await opened.page.getByRole('button', { name }).click();
  await opened.page.waitForURL('**/me');
  return opened;
}

/** From their own way to the work on it: the one that is open, or a new one. */
async function openWork(page) {
  await page.goto('/me/path');
  await page.locator('article.way h2 a').first().click();
  const work = page.locator('a[href^="/me/submissions/"]').first();
  if (await work.count()) await work.click();
  else await page.locator('form[action$="/submission"] button').click();
  await page.waitForURL('**/me/submissions/*');
}

/** An owner confirms that someone has taught, the last that was missing. */
async function confirmTaught(learner) {
  const { page, close } = await signIn('Priya');
  await page.goto('/me/learners');
  await page.locator('main').getByRole('link', { name: learner }).click();
  const confirm = page.locator('details:has(form[action$="/confirm"] input[value="teaching"])');
  await confirm.locator('summary').click();
  await confirm.getByRole('button').click();
  await page.waitForLoadState();
  await close();
}

describe('a learner', () => {
  test('loses no text and no file to a lost connection', async () => {
    // Found “not yet” before, and about to hand in again.
    const { page, faults, close } = await signIn('Sanjay');
    const context = page.context();
    await openWork(page);

    await page.getByLabel('What you did').fill('I moved the tiles.');
    await page.getByText('Saved', { exact: true }).waitFor();
    await context.setOffline(true);
    await page.getByLabel('What you did').fill('I moved the tiles, and nobody noticed.');
    await page.getByText('Not saved yet').waitFor();
    await context.setOffline(false);
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.reload();
    assert.equal(await page.getByLabel('What you did').inputValue(), 'I moved the tiles, and nobody noticed.');

    const bytes = pdf(2 * PART + 12_345);
    const offsets = [];
    let cut = true;
    await page.route('**/me/uploads/*', async (route) => {
      const request = route.request();
      if (request.method() !== 'PATCH') return route.continue();
      offsets.push(Number(request.headers()['upload-offset']));
      if (cut && offsets.length === 2) {
        cut = false;
        return route.abort('connectionreset');
      }
      return route.continue();
    });
    await page.getByText('A file', { exact: true }).click();
    await page.locator('#file').setInputFiles({ name: 'tiles.pdf', mimeType: 'application/pdf', buffer: bytes });
    const reloaded = page.waitForEvent('load');
    await page.getByRole('button', { name: 'Send the file' }).click();
    await reloaded;
    assert.deepEqual(offsets, [0, PART, PART, 2 * PART], 'it went on where it was cut');
    await page.unroute('**/me/uploads/*');

    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'tiles.pdf' }).click();
    const kept = readFileSync(await (await download).path());
    const digest = (data) => createHash('sha256').update(data).digest('hex');
    assert.equal(digest(kept), digest(bytes));
    faults.push(...(await look(page, 'a draft with a file')));

    await page.getByRole('button', { name: 'Hand it in' }).click();
    await page.getByText('Handed in, waits for its panel').waitFor();
    assert.equal(await page.locator('textarea').count(), 0);
    await close();
    const meant = (fault) => /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_RESET|Failed to load resource: net::/.test(fault);
    assert.deepEqual(faults.filter((fault) => !meant(fault)), []);
  });

  test('goes on with a file that came only half before the page was closed', async () => {
    const { page, close } = await signIn('Amina');
    await openWork(page);
    const bytes = pdf(2 * PART);
    let sent = 0;
    await page.route('**/me/uploads/*', (route) => {
      const cut = route.request().method() === 'PATCH' && ++sent > 1;
      return cut ? route.abort('connectionreset') : route.continue();
    });
    const choose = () => page.locator('#file').setInputFiles({ name: 'half.pdf', mimeType: 'application/pdf', buffer: bytes });
    await choose();
    await page.getByRole('button', { name: 'Send the file' }).click();
    while (sent < 2) await page.waitForTimeout(50);
    await page.reload();
    await page.unroute('**/me/uploads/*');
    await page.getByText('4.0 MiB of 8.0 MiB have arrived').waitFor();
    const offsets = [];
    page.on('request', (request) => {
      if (request.method() === 'PATCH') offsets.push(request.headers()['upload-offset']);
    });
    await page.getByText('A file', { exact: true }).click();
    await choose();
    const reloaded = page.waitForEvent('load');
    await page.getByRole('button', { name: 'Send the file' }).click();
    await reloaded;
    assert.deepEqual(offsets, [String(PART)]);
    assert.equal(await page.getByText('have arrived').count(), 0);
    await close();
  });

  test('does all of it without scripts', async () => {
    await confirmTaught('Zeynep');
    const { page, faults, close } = await signIn('Zeynep', { javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
    await openWork(page);
    await page.locator('#statement').fill('What I did.');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    assert.equal(await page.locator('#statement').inputValue(), 'What I did.');
    await page.getByText('A file', { exact: true }).click();
    await page.locator('#file').setInputFiles({ name: 'Übersicht.pdf', mimeType: 'application/pdf', buffer: pdf(5_000_000) });
    await page.getByRole('button', { name: 'Send the file' }).click();
    await page.getByRole('link', { name: 'Übersicht.pdf' }).waitFor();
    await page.getByText('A link', { exact: true }).click();
    await page.locator('#link-title').fill('The change');
    await page.locator('#url').fill('https://northwind.example/7');
    await page.locator('#url').locator('xpath=ancestor::form').getByRole('button').click();
    await page.getByRole('link', { name: 'The change' }).waitFor();
    await page.getByRole('button', { name: 'Hand it in' }).click();
    await page.getByText('Handed in, waits for its panel').waitFor();
    await page.getByRole('button', { name: 'Take it back' }).click();
    await page.getByText('Taken back').first().waitFor();
    await close();
    assert.deepEqual(faults, []);
  });
});
