// No page is left out: one of every kind that the router knows, the fullest there is, as whoever may open it sees it. axe-core at WCAG 2.2
// AA, light and dark, on a phone and on a desk. A new page that the demo shows nobody must be added here, or this fails.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startDemo } from '../interop/server.mjs';
import { launch, openPage } from './chromium.mjs';
import { kinds, reached } from './every_page.mjs';
import { look } from './look.mjs';

/** Answers for programs, files, and steps that lead on, which no link of the demo leads to. */
const NO_PAGES = [
  '/keys/{fragment}',
  '/healthz',
  '/robots.txt',
  '/demo/recipients.csv',
  '/status/{list}',
  '/me/uploads/{id}',
  '/me/evidence/{id}/file',
  '/present/requests/{id}',
  '/sign-in/oidc',
  '/sign-in/oidc/back',
];

/** Where anyone may begin, beside the wall. */
const BEGINNINGS = ['/', '/verify', '/present/none', '/sign-in', '/sign-in/sent', '/sign-in/link/none', '/letters/none', '/demo.json', '/feed.atom'];
const NOBODY = '';

let server, browser, pages, others;

before(async () => {
  server = await startDemo();
  browser = await launch();
  await server.api.post('/endorsements', { subject: server.demo.badges.current, comment: 'Shown on **real** work.' });
  // Nobody is there, and it is told of something.
  const events = ['award.issued'];
  await server.api.post('/webhooks', { name: 'HR system', url: 'https://hr.invalid/hooks', events, awards: 'all' });
  const recipient = { name: 'Noor Jansen', email: 'noor.told@example.com' };
  const { level } = await server.api.get(`/awards/${server.demo.badges.current.split('/').pop()}`);
  await server.api.post('/awards', { level, recipient });
  const found = [];
  for (const name of [NOBODY, ...(await people())]) {
    const { page, close } = await openPage(browser, server.base);
    await signIn(page, name);
    const badges = Object.values(server.demo.badges).map((badge) => new URL(badge).pathname);
    const from = name === NOBODY ? [...BEGINNINGS, ...badges] : ['/me'];
    found.push(...(await reached(page.request, server.base, from)).map((one) => ({ ...one, name })));
    await close();
  }
  const fullest = new Map();
  // One that says why there is nothing is better than none.
  for (const one of found.filter(({ page, status }) => page && status < 500)) {
    const before = fullest.get(one.kind);
    const worth = ({ status, size }) => (status === 200 ? 1_000_000_000 : 0) + size;
    if (!before || worth(one) > worth(before)) fullest.set(one.kind, one);
  }
  pages = [...fullest.values()];
  others = new Set(found.filter(({ page, status }) => !page && status < 500).map(({ kind }) => kind));
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** The people whom the chooser offers for each role. */
async function people() {
  const { page, close } = await openPage(browser, server.base);
  await page.goto('/sign-in');
  const names = await page.locator('form[action="/sign-in/demo"] button.choice').evaluateAll((all) =>
    all.filter((choice) => !choice.closest('details')).map((choice) => choice.value));
  await close();
  assert.ok(names.length > 5, 'the chooser offers one person for each role');
  return names;
}

async function signIn(page, name) {
  if (name === NOBODY) return;
  await page.goto('/sign-in');
  await page.locator(`form[action="/sign-in/demo"] button.choice[value="${name}"]`).click();
  await page.waitForURL('**/me');
}

describe('every page of the router', () => {
  test('is looked at', () => {
    const known = new Set([...pages.map(({ kind }) => kind), ...others, ...NO_PAGES]);
    const missing = kinds.filter((kind) => !known.has(kind) && !kind.startsWith('/.well-known/'));
    assert.deepEqual(missing, [], 'nobody in the demo is led to these');
    const opened = new Set(pages.map(({ kind }) => kind));
    for (const kind of ['/embed/{id}', '/badges/{id}', '/me/submissions/{id}', '/assess/{panel}', '/govern/{program}/proposals/{id}', '/admin/people/{id}']) {
      assert.ok(opened.has(kind), kind);
    }
    assert.deepEqual(NO_PAGES.filter((kind) => opened.has(kind)), [], 'these are pages after all');
  });

  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1440]) {
      test(`passes axe-core at WCAG 2.2 AA, fits and stays quiet: ${colorScheme}, ${width} px`, async () => {
        const faults = [];
        for (const name of new Set(pages.map((one) => one.name))) {
          // German has the longer words: they are on the phone.
          const opened = await openPage(browser, server.base, { colorScheme, viewport: { width, height: 800 }, locale: width === 360 ? 'de-DE' : 'en-GB' });
          await signIn(opened.page, name);
          for (const { path } of pages.filter((one) => one.name === name)) {
            await opened.page.goto(path);
            faults.push(...(await look(opened.page, path)));
          }
          faults.push(...opened.faults);
          await opened.close();
        }
        assert.deepEqual(faults, []);
      });
    }
  }
});
