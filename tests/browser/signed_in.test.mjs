// The pages of people who are signed in, as each of the demo's people sees them: axe-core at WCAG 2.2 AA, light and dark, on a
// phone and on a desk; and signing in and out by keyboard, without scripts.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startDemo } from '../interop/server.mjs';
import { launch, openPage } from './chromium.mjs';
import { look } from './look.mjs';

/** Who looks at which pages. Whatever has a link beside their name is looked at too. */
const VISITS = [
  ['Zeynep Yıldırım', ['/me']],
  ['Ana Lindqvist', ['/me']],
  ['Giulia Bianchi', ['/me']],
  ['Priya Raghunathan', ['/me']],
  ['Beatrix van der Linden', ['/me']],
  ['Émile Beaulieu', ['/me']],
  ['Thandiwe Mokoena', ['/me']],
];

let server, browser;

before(async () => {
  server = await startDemo();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

describe('someone who is signed in', () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1440]) {
      test(`has pages that pass axe-core at WCAG 2.2 AA and fit: ${colorScheme}, ${width} px`, async () => {
        const faults = [];
        for (const [name, paths] of VISITS) {
          const viewport = { width, height: 800 };
          const opened = await openPage(browser, server.base, { colorScheme, viewport, locale: width === 360 ? 'de-DE' : 'en-GB' });
          const { page } = opened;
          await page.goto('/sign-in');
          faults.push(...(await look(page, '/sign-in')));
          await page.getByRole('button', { name }).click();
          const linked = await page.locator('.mine nav a').evaluateAll((all) => all.map((link) => new URL(link.href).pathname));
          for (const path of new Set([...paths, ...linked])) {
            const answer = await page.goto(path);
            assert.equal(answer.status(), 200, `${path} for ${name}`);
            faults.push(...(await look(page, `${path} for ${name}`)));
          }
          faults.push(...opened.faults);
          await opened.close();
        }
        assert.deepEqual(faults, []);
      });
    }
  }

  test('came there by keyboard and without scripts, and goes by signing out', async () => {
    const { page, faults, close } = await openPage(browser, server.base, { javaScriptEnabled: false });
    await page.goto('/me?from=a-letter');
    assert.equal(new URL(page.url()).pathname, '/sign-in');
    await page.getByRole('button', { name: 'Zeynep' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/me?from=a-letter');
    assert.equal(await page.locator('h1').innerText(), 'Zeynep Yıldırım');
    await page.locator('.mine').getByRole('button', { name: 'Sign out' }).press('Enter');
    await page.waitForURL(`${server.base}/`);
    assert.equal(await page.locator('.mine').count(), 0);
    await page.goto('/me');
    assert.equal(new URL(page.url()).pathname, '/sign-in');
    await page.goBack();
    assert.equal(await page.locator('.mine').count(), 0, 'no page of theirs comes back from the cache');
    await close();
    assert.deepEqual(faults, []);
  });
});
