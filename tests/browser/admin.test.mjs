// An administrator's pages in a real browser: axe-core at WCAG 2.2 AA, light and dark, on a phone and on a desk; and a role given and
// taken by keyboard, without scripts.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startDemo } from '../interop/server.mjs';
import { launch, openPage } from './chromium.mjs';
import { look } from './look.mjs';

let server, browser;

before(async () => {
  server = await startDemo();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** The administrator's browser. */
async function administrator(options) {
  const opened = await openPage(browser, server.base, options);
  await opened.page.goto('/sign-in?next=/admin');
  await opened.page.locator('.choice', { hasText: /Administrator|Verwaltung/ }).click();
  await opened.page.waitForURL(`${server.base}/admin`);
  return opened;
}

describe('an administrator', () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1440]) {
      test(`has pages of people that pass axe-core at WCAG 2.2 AA and fit: ${colorScheme}, ${width} px`, async () => {
        const locale = width === 360 ? 'de-DE' : 'en-GB';
        const { page, faults, close } = await administrator({ colorScheme, viewport: { width, height: 800 }, locale });
        faults.push(...(await look(page, '/admin')));
        await page.goto('/admin?q=nobody-at-all');
        faults.push(...(await look(page, '/admin, nobody found')));
        // Themselves: with a role, a session, and changes of roles.
        await page.goto('/admin?role=administrator');
        await page.locator('tbody th a').click();
        await page.locator('details').first().locator('summary').click();
        faults.push(...(await look(page, 'one person')));
        await page.locator('details').first().locator('input[name=reason]').fill('enough');
        await page.locator('details').first().getByRole('button').click();
        assert.match(await page.getByRole('alert').innerText(), /another administrator|jemand anderes/);
        faults.push(...(await look(page, 'one person, refused')));
        await close();
        assert.deepEqual(faults, []);
      });
    }
  }

  test('gives a role and takes it by keyboard and without scripts', async () => {
    const { page, faults, close } = await administrator({ javaScriptEnabled: false });
    await page.getByLabel('Name or address').fill('beaulieu');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Émile Beaulieu' }).press('Enter');
    await page.getByLabel('Role', { exact: true }).selectOption('mentor');
    await page.getByLabel('In', { exact: true }).selectOption({ index: 1 });
    await page.locator('#reason').fill('goes along well');
    await page.keyboard.press('Enter');
    const given = page.locator('#roles + .rows li', { hasText: 'Mentor' });
    assert.match(await given.innerText(), /Since .*, given by/);
    await given.locator('summary').press('Enter');
    await given.locator('input[name=reason]').fill('is on leave');
    await page.keyboard.press('Enter');
    await given.waitFor({ state: 'detached' }); // the answer to the form is another page
    assert.match(await page.locator('#changes + .rows').innerText(), /Taken: Mentor, .*: is on leave/);
    await close();
    assert.deepEqual(faults, []);
  });
});
