// Every kind of page, light and dark, on a phone and on a desk: axe-core at WCAG 2.2 AA, nothing wider than the window,
// nothing asked of another origin, nothing logged. The pages are found by following links from the wall.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startDemo } from '../interop/server.mjs';
import { launch, openPage } from './chromium.mjs';
import { look, tooWide } from './look.mjs';

const KINDS = ['/', '/programs', '/programs/', '/achievements/', '/issuers/', '/badges/', '/certifications/', '/embed/', '/verify', '/api', '/me'];

let server, browser, pages;

before(async () => {
  server = await startDemo();
  browser = await launch();
  pages = await found();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

describe('the pages', () => {
  test('of every kind can be reached by links from the wall', () => {
    const kinds = new Set(pages.map(kindOf));
    assert.deepEqual(KINDS.filter((kind) => !kinds.has(kind)), []);
  });

  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1440]) {
      test(`pass axe-core at WCAG 2.2 AA, fit and stay quiet: ${colorScheme}, ${width} px`, async () => {
        const viewport = { width, height: 800 };
        const { page, faults, close } = await openPage(browser, server.base, { colorScheme, viewport });
        for (const path of pages) {
          await page.goto(path);
          faults.push(...(await look(page, path)));
        }
        await close();
        assert.deepEqual(faults, []);
      });
    }
  }

  test('answer with the verdict after a form is sent, and pass axe-core there too', async () => {
    for (const colorScheme of ['light', 'dark']) {
      const { page, faults, close } = await openPage(browser, server.base, { colorScheme, viewport: { width: 360, height: 800 } });
      for (const text of ['', 'not a badge', '{"not": "a badge"}']) {
        await page.goto('/verify');
        await page.locator('#text').fill(text);
        await page.locator('form.verify button[type=submit]').click();
        faults.push(...(await look(page, `/verify with “${text}”`)));
      }
      await close();
      assert.deepEqual(faults, []);
    }
  });

  test('of a verification prints the verdict, the fields, the checks and where to check it, and nothing to press', async () => {
    const { page, faults, close } = await openPage(browser, server.base, { viewport: { width: 794, height: 1100 }, colorScheme: 'dark' });
    const badge = server.demo.badges.current;
    await page.goto(`/verify?link=${encodeURIComponent(badge)}`);
    assert.equal(await page.locator('.on-paper').isVisible(), false, 'on a screen the link is enough');
    await page.emulateMedia({ media: 'print', colorScheme: 'light' });
    for (const shown of ['section.verdict h1', '.claims .facts', '.checks', '.standard', '.on-paper .code', '.on-paper svg']) {
      assert.ok(await page.locator(shown).first().isVisible(), `${shown} is missing on paper`);
    }
    for (const hidden of ['nav', 'form', 'button', 'details', '.button', '.skip']) {
      const visible = await page.locator(hidden).evaluateAll((all) => all.filter((one) => one.checkVisibility()).length);
      assert.equal(visible, 0, `${hidden} is printed`);
    }
    const address = await page.locator('.on-paper .code').innerText();
    assert.equal(new URL(address).searchParams.get('link'), badge, 'the address on paper is that of the badge');
    assert.match(Buffer.from(await page.pdf({ format: 'A4' })).subarray(0, 5).toString(), /^%PDF-/);
    await page.emulateMedia({ media: 'screen' });
    await page.goto(new URL(address).pathname + new URL(address).search);
    assert.match(await page.locator('section.verdict').getAttribute('class'), / valid$/);
    await close();
    assert.deepEqual(faults, []);
  });

  test('reflow to 320 px, which is a window of 1280 px at four times its size', async () => {
    const { page, faults, close } = await openPage(browser, server.base, { viewport: { width: 320, height: 640 } });
    for (const path of pages) {
      await page.goto(path);
      faults.push(...(await tooWide(page, path)));
    }
    await close();
    assert.deepEqual(faults, []);
  });

  test('carry a policy that allows no script or style but the files of this server', async () => {
    for (const path of pages) {
      const policy = (await fetch(new URL(path, server.base))).headers.get('content-security-policy') ?? '';
      assert.match(policy, /default-src '(none|self)'/, path);
      // One page may be framed by anyone, and it runs nothing.
      const framed = kindOf(path) === '/embed/';
      assert.equal(policy.includes('frame-ancestors *'), framed, path);
      assert.doesNotMatch(policy.replace('frame-ancestors *', ''), /unsafe|\*|https?:/, path);
      if (framed) assert.doesNotMatch(policy, /script/, path);
    }
  });
});

/** Up to three paths of each kind, found by links; the badges of every state; and a page that does not exist. */
async function found() {
  const { page, close } = await openPage(browser, server.base);
  const listed = Object.values(server.demo.badges).map((badge) => new URL(badge).pathname);
  const paths = ['/', '/verify', ...listed, '/badges/nothing-is-here'];
  for (let at = 0; at < paths.length; at += 1) {
    await page.goto(paths[at]);
    const links = await page.locator('a[href]:not([download])').evaluateAll((all) => all.map((link) => link.href));
    for (const link of links) {
      const url = new URL(link);
      const path = url.pathname + url.search;
      const kind = kindOf(path);
      const enough = paths.filter((known) => kindOf(known) === kind).length >= (kind === '/badges/' ? 10 : 3);
      const isPage = !/\.(json|png|svg|csv|txt|toml)$/.test(url.pathname);
      if (isPage && url.origin === new URL(server.base).origin && KINDS.includes(kind) && !enough && !paths.includes(path)) {
        paths.push(path);
      }
    }
  }
  await close();
  return paths;
}

/** `/badges/` for `/badges/…`, and the path itself where there is one page of it. */
function kindOf(path) {
  const bare = path.split('?')[0];
  const first = /^\/[\w-]+\/(?=.)/.exec(bare);
  return first ? first[0] : bare;
}
