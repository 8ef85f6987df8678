// Badges into wallets and out of them, in a real browser: axe-core at WCAG 2.2 AA, light and dark, on a phone and on a desk; and a page
// that waits for a wallet, with scripts and without.

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

describe('the pages around wallets', () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1440]) {
      test(`pass axe-core at WCAG 2.2 AA and fit: ${colorScheme}, ${width} px`, async () => {
        const opened = await openPage(browser, server.base, { colorScheme, viewport: { width, height: 800 }, locale: width === 360 ? 'de-DE' : 'en-GB' });
        const { page } = opened;
        const faults = [];
        const seen = async (name) => faults.push(...(await look(page, name)));
        await page.goto('/sign-in?next=/me/badges');
        await page.getByRole('button', { name: 'Zeynep Yıldırım' }).click();
        await page.locator('a[href$="/wallet"]').first().click();
        await seen('before the offer');
        await page.locator('main form button').click();
        assert.match(await page.locator('main a[href^="openid-credential-offer:"]').getAttribute('href'), /credential_offer=/);
        await seen('the offer');
        assert.equal(await page.locator('output').count(), 0, 'the code is elsewhere');
        await page.locator('form[action="/me/wallet/code"] button').click();
        assert.match(await page.locator('output').innerText(), /^\d{6}$/);
        assert.equal(await page.locator('svg[role="img"]').count(), 0, 'the offer is elsewhere');
        await seen('the code');
        await page.goto('/present');
        await seen('before the request');
        await page.locator('form[action="/present"] button').click();
        await seen('the request');
        await page.goto('/present/none');
        await seen('a request that has ended');
        faults.push(...opened.faults);
        await opened.close();
        assert.deepEqual(faults, []);
      });
    }
  }
});

describe('a page that waits for a wallet', () => {
  for (const javaScriptEnabled of [true, false]) {
    test(`tells what came of it ${javaScriptEnabled ? 'by itself' : 'when it is asked, without scripts'}`, async () => {
      const { page, faults, close } = await openPage(browser, server.base, { javaScriptEnabled });
      await page.goto('/present');
      await page.getByRole('button', { name: 'Ask for a badge' }).click();
      const link = new URL(await page.locator('a[href^="openid4vp:"]').getAttribute('href'));
      const request = await (await fetch(link.searchParams.get('request_uri'))).text();
      const { response_uri } = JSON.parse(Buffer.from(request.split('.')[1], 'base64url'));
      const body = new URLSearchParams({ error: 'access_denied' });
      assert.equal((await fetch(response_uri, { method: 'POST', body })).status, 200);
      if (!javaScriptEnabled) await page.getByRole('link', { name: 'Look whether it has answered' }).click();
      await page.getByText('nothing was shown').waitFor({ timeout: 10_000 });
      assert.deepEqual(faults, []);
      await close();
    });
  }
});
