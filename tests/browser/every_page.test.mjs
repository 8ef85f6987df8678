// No page is left out: one of every kind that the router knows, the fullest there is, as whoever may open it sees it. axe-core at WCAG 2.2
// AA, light and dark, on a phone and on a desk. A new page of people who are signed in that no link of the demo leads to must be added here, or
// this fails; what anyone may open is asked for by its address too.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startDemo } from '../interop/server.mjs';
import { launch, openPage } from './chromium.mjs';
import { anyones, kinds, reached } from './every_page.mjs';
import { look } from './look.mjs';

/** Files of people who are signed in, which no link of the demo leads to; the ZIP is asked for by a form. */
const NO_PAGES = ['/me/uploads/{id}', '/me/evidence/{id}/file', '/run/{program}/badges/zip'];
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
  let hidden = false;
  for (const name of [NOBODY, ...(await people())]) {
    const { page, close } = await openPage(browser, server.base);
    await signIn(page, name);
    if (name !== NOBODY) {
      await keep(page);
      hidden ||= await hide(page);
    }
    const badges = Object.values(server.demo.badges).map((badge) => new URL(badge).pathname);
    const from = name === NOBODY ? [...badges, ...anyones] : ['/me', '/oauth/authorize', '/me/platforms/back'];
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
  // What went wrong looks the same everywhere: one page of each kind of that is enough.
  const wrong = new Set();
  pages = [...fullest.values()].filter(({ status }) => status === 200 || (!wrong.has(status) && wrong.add(status)));
  others = new Set(found.filter(({ status }) => status < 500).map(({ kind }) => kind));
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

/** Puts a badge of someone into their backpack. */
async function keep(page) {
  const badge = await page.request.get(server.demo.badges.current, { headers: { accept: 'application/vc' } });
  await page.goto('/me/backpack');
  await page.fill('#text', await badge.text());
  await page.locator('form[action="/me/backpack"] button').click();
  await page.waitForURL(/\/me\/(backpack\/|badges)/);
}

/** Shows one of someone's badges to nobody, so that it has a page of theirs; whether there is one. */
async function hide(page) {
  await page.goto('/me/badges');
  const badge = page.locator('.own-badges > li').last();
  if (!(await badge.count())) return false;
  await badge.locator('select').selectOption('private');
  await badge.locator('form[action$="/shown"] button').click();
  await page.waitForURL(/#/);
  return true;
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
    assert.deepEqual(kinds.filter((kind) => !known.has(kind)), [], 'nobody in the demo is led to these');
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
