// The walk of a visitor, with JavaScript on and off: the wall, a badge, its verification, and red after its revocation.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemo, credentialOf, run } from '../interop/server.mjs';
import { launch, openPage } from './chromium.mjs';

let server, browser, folder;

before(async () => {
  server = await startDemo();
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), 'laurel-walk-'));
});
after(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const tone = async (page) => (await page.locator('section.status').first().getAttribute('class')).split(' ').pop();
/** The page of a badge leads to its verification, with the answer at once. */
async function verifyFromPage(page) {
  await page.locator('main a[href*="/verify?url="]').first().click();
  await page.locator('section.verdict').waitFor();
}
const idOf = (url) => new URL(url).pathname.split('/').pop();

for (const javaScriptEnabled of [false, true]) {
  const script = javaScriptEnabled ? 'on' : 'off';

  describe(`with JavaScript ${script}`, () => {
    let open;
    before(async () => {
      open = await openPage(browser, server.base, { javaScriptEnabled });
    });
    after(() => open?.close());

    test(`a visitor goes from the wall to a badge, verifies it, and sees red once it is revoked (JavaScript ${script})`, async () => {
      const { page, faults } = open;
      await page.goto('/');
      // Any but the one that the other tests need to stay as it is.
      await page.locator(`main a[href*="/badges/"]:not([href*="${idOf(server.demo.badges.current)}"])`).first().click();
      const badge = page.url();
      assert.match(badge, /\/badges\/[\w-]+$/);
      assert.equal(await tone(page), 'valid');

      await verifyFromPage(page);
      assert.equal(await tone(page), 'valid');
      const verification = page.url();

      await server.api.post(`/awards/${idOf(badge)}/revoke`, { reason: 'Given to the wrong person' });
      await page.goto(verification);
      assert.equal(await tone(page), 'invalid');
      assert.match(await page.locator('h1').innerText(), /revoked|not valid|no longer|withdrawn/i);

      await page.goto(badge);
      assert.equal(await tone(page), 'invalid');
      await page.goto('/');
      assert.equal(await page.locator(`a[href*="${idOf(badge)}"]`).count(), 0, 'a revoked badge leaves the wall');
      assert.deepEqual(faults, []);
    });

    test(`a pasted badge, a file and a baked picture are verified, and an altered one is red (JavaScript ${script})`, async () => {
      const { page, faults } = open;
      const badge = server.demo.badges.current;
      const credential = await credentialOf(badge);
      const judge = async (fill) => {
        await page.goto('/verify');
        await fill();
        await page.locator('form.verify button[type=submit]').click();
        return tone(page);
      };
      const upload = async (name, bytes) => {
        const file = join(folder, name);
        writeFileSync(file, bytes);
        await page.locator('#file').setInputFiles(file);
      };
      const picture = async (kind) => Buffer.from(await (await fetch(`${badge}.${kind}`)).arrayBuffer());

      assert.equal(await judge(() => page.locator('#text').fill(JSON.stringify(credential))), 'valid');
      assert.equal(await judge(() => page.locator('#link').fill(badge)), 'valid');
      assert.equal(await judge(() => upload('badge.json', JSON.stringify(credential))), 'valid');
      assert.equal(await judge(async () => upload('badge.png', await picture('png'))), 'valid');
      assert.equal(await judge(async () => upload('badge.svg', await picture('svg'))), 'valid');

      const altered = JSON.stringify({ ...credential, name: 'Master of Everything' });
      assert.equal(await judge(() => page.locator('#text').fill(altered)), 'invalid');
      assert.equal(await judge(() => page.locator('#text').fill('{"not": "a badge"}')), 'invalid');
      assert.doesNotMatch(await page.locator('main').innerText(), /Master of Everything/);
      assert.deepEqual(faults, []);
    });

    test(`a check is made again and saved as a file (JavaScript ${script})`, async () => {
      const { page, faults } = open;
      const credential = JSON.stringify(await credentialOf(server.demo.badges.current));
      await page.goto('/verify');
      await page.locator('#text').fill(credential);
      await page.locator('form.verify button[type=submit]').click();
      await page.locator('.again button:not([formaction])').click();
      assert.equal(await tone(page), 'valid', 'the same check again');
      const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.again button[formaction]').click()]);
      assert.equal(download.suggestedFilename(), 'badge-check.zip');
      const file = join(folder, `check-${script}.zip`);
      await download.saveAs(file);
      const judged = run(['verify', '--offline', file, '--json']);
      const report = JSON.parse(judged.out);
      // Nobody is trusted where it is judged.
      assert.deepEqual([report.verdict, report.claims.document.id], ['attention', JSON.parse(credential).id]);
      assert.deepEqual(faults, []);
    });

    test(`expired is amber and revoked is red, on the badge's page and when verified (JavaScript ${script})`, async () => {
      const { page, faults } = open;
      const { badges } = server.demo;
      for (const [state, wanted] of [['current', 'valid'], ['expired', 'attention'], ['revoked', 'invalid']]) {
        await page.goto(badges[state]);
        assert.equal(await tone(page), wanted, `${state}, its page`);
        await verifyFromPage(page);
        assert.equal(await tone(page), wanted, `${state}, verified`);
      }
      assert.deepEqual(faults, []);
    });
  });
}

describe('by keyboard alone', () => {
  test('the verification form is reached, filled and sent, and what has the focus can be seen', async () => {
    const { page, faults, close } = await openPage(browser, server.base);
    await page.goto('/verify');
    const press = async (until) => {
      for (let steps = 0; steps < 40; steps += 1) {
        await page.keyboard.press('Tab');
        const focus = await page.evaluate(() => {
          const style = getComputedStyle(document.activeElement);
          const seen = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
          return { id: document.activeElement.id, tag: document.activeElement.tagName, seen };
        });
        if (focus.tag === 'BODY') continue;
        assert.ok(focus.seen, `the focus on ${focus.tag} ${focus.id} can't be seen`);
        if (until(focus)) return;
      }
      assert.fail('never reached by Tab');
    };
    await press((focus) => focus.id === 'link');
    await page.keyboard.type(server.demo.badges.current);
    await press((focus) => focus.tag === 'BUTTON');
    await Promise.all([page.waitForLoadState('load'), page.keyboard.press('Enter')]);
    await page.locator('section.verdict').waitFor();
    assert.equal(await tone(page), 'valid');
    assert.deepEqual(faults, []);
    await close();
  });

  test('the first Tab on a page offers to skip to its content', async () => {
    const { page, close } = await openPage(browser, server.base);
    await page.goto('/');
    await page.keyboard.press('Tab');
    const target = await page.evaluate(() => document.activeElement.getAttribute('href'));
    assert.match(target ?? '', /^#/);
    await page.keyboard.press('Enter');
    assert.ok(await page.locator(target).count());
    await close();
  });
});
