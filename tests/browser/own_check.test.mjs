// The second check on a badge's page, made by the reader's browser: it says that it agrees, and says so when it doesn't.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { startDemo } from '../interop/server.mjs';
import { launch, openPage } from './chromium.mjs';

let server, browser;

before(async () => {
  server = await startDemo();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Opens a badge's page, perhaps with some answers changed on the way; answers what it says and what went wrong. */
async function opened(badge, { routes = {}, options } = {}) {
  const { page, faults, close } = await openPage(browser, server.base, options);
  for (const [part, change] of Object.entries(routes)) {
    await page.route((url) => url.pathname.includes(part), async (route) => route.fulfill(await change(await route.fetch())));
  }
  await page.goto(badge);
  await page.locator('#own-check[data-found]').waitFor();
  const own = page.locator('#own-check');
  const said = {
    found: await own.getAttribute('data-found'),
    verdict: await own.locator('[role=status]').getAttribute('class'),
    words: await own.innerText(),
    lines: await own.locator('.checks li').evaluateAll((all) => all.map((line) => line.className)),
  };
  return { said, page, faults, close };
}

describe('the check in the reader’s browser', () => {
  test('comes to the same result on every badge of the demo', async () => {
    const states = { current: 'current', expiring: 'current', renewed: 'current', expired: 'expired', suspended: 'revoked', revoked: 'revoked' };
    for (const [kind, state] of Object.entries(states)) {
      const { said, faults, close } = await opened(server.demo.badges[kind]);
      assert.deepEqual([said.found, said.verdict, faults], [state, 'own valid', []], `${kind}: ${said.words}`);
      await close();
    }
  });

  test('agrees on a badge that was suspended and is good again, also on its two days', async () => {
    const badge = server.demo.badges.suspended;
    const { state } = await server.api.post(`/awards/${badge.split('/').pop()}/resume`, {});
    assert.equal(state, 'current');
    const { said, page, faults, close } = await opened(badge);
    assert.deepEqual([said.found, said.verdict, faults], ['current', 'own valid', []], said.words);
    const days = await page.locator('[data-signed="/awardedDate"], [data-signed="/validFrom"]').evaluateAll((all) => all.map((one) => one.dateTime));
    assert.ok(Date.parse(days[0]) < Date.parse(days[1]), days.join(' '));
    await close();
  });

  test('says so when the page shows another title, a later end or a better result', async () => {
    const better = {
      'another title': ['<h1 data-signed="/name">', '<h1 data-signed="/name">Chief '],
      'a later end': [/datetime="[^"]+" data-signed="\/validUntil"/, 'datetime="2099-01-01T00:00:00Z" data-signed="/validUntil"'],
      'a better result': [/(data-criterion="[^"]+">)[^<]+/, '$1Legendary'],
    };
    for (const [what, [from, to]] of Object.entries(better)) {
      const change = async (response) => {
        const html = await response.text();
        assert.notEqual(html.replace(from, to), html, what);
        return { response, body: html.replace(from, to) };
      };
      const path = new URL(server.demo.badges.current).pathname;
      const routes = { [path]: (response) => (response.url().endsWith(path) ? change(response) : { response }) };
      const { said, close } = await opened(server.demo.badges.current, { routes });
      assert.deepEqual([said.found, said.verdict], ['untrue', 'own invalid'], what);
      assert.match(said.words, /comes to another result/);
      await close();
    }
  });

  test('says so when the list revokes what the server calls valid', async () => {
    const routes = {
      '/status/': async (response) => {
        const list = await response.json();
        list.credentialSubject.encodedList = `u${gzipSync(new Uint8Array(16384).fill(255)).toString('base64url')}`;
        return { response, body: JSON.stringify(list) };
      },
    };
    const { said, close } = await opened(server.demo.badges.current, { routes });
    assert.deepEqual([said.found, said.verdict], ['revoked', 'own invalid']);
    await close();
  });

  test('says that it could not check when the keys are not to be had, and never that all is well', async () => {
    const routes = { '/did.json': async () => ({ status: 503, body: '' }) };
    const { said, close } = await opened(server.demo.badges.current, { routes });
    assert.deepEqual([said.found, said.verdict, said.lines], ['unknown', 'own unknown', ['unknown']]);
    await close();
  });

  test('moves nothing on the page when its answer arrives', async () => {
    for (const width of [360, 1440]) {
      const { page, close } = await openPage(browser, server.base, { viewport: { width, height: 900 } });
      await page.addInitScript(() => {
        globalThis.moved = [];
        new PerformanceObserver((list) => moved.push(...list.getEntries().map((entry) => entry.value))).observe({ type: 'layout-shift', buffered: true });
      });
      await page.goto(server.demo.badges.current);
      await page.locator('#checked').scrollIntoViewIfNeeded();
      await page.locator('#own-check[data-found=current]').waitFor();
      await page.waitForTimeout(300);
      assert.deepEqual(await page.evaluate(() => globalThis.moved), [], `${width} px`);
      await close();
    }
  });

  test('is not promised where there is no script: the page says what would be', async () => {
    const { page, faults, close } = await openPage(browser, server.base, { javaScriptEnabled: false });
    await page.goto(server.demo.badges.current);
    assert.equal(await page.locator('#own-check').isVisible(), false);
    assert.ok(await page.locator('.checked noscript').count());
    assert.ok(await page.locator('.checked .checks li.valid').first().isVisible(), 'the service’s own check is there');
    await close();
    assert.deepEqual(faults, []);
  });
});
