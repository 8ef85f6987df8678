// Endorsements by people, taking everything along, and erasing, in a real browser: axe-core at WCAG 2.2 AA, light and dark, on a phone and on a desk; the
// whole way from asking to withdrawing without scripts.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startDemo } from '../interop/server.mjs';
import { launch, openPage } from './chromium.mjs';
import { look } from './look.mjs';

let server, browser, people;

before(async () => {
  server = await startDemo();
  browser = await launch();
  const page = await (await fetch(`${server.base}/sign-in`)).text();
  people = [...page.matchAll(/name="person" value="([^"]+)"/g)].map((found) => found[1]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function signedIn(person, options) {
  const opened = await openPage(browser, server.base, options);
  await opened.page.goto('/sign-in?next=/me/badges');
  await opened.page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)));
  await opened.page.locator(`.choice[value="${person}"]`).click();
  await opened.page.waitForURL(`${server.base}/me/badges`);
  return opened;
}

/** Two of the demo's people: one with a badge that the other may endorse, and the badge. */
async function pair() {
  for (const holder of people) {
    const { page, close } = await signedIn(holder);
    const badges = await page.locator('li.valid').evaluateAll((all) => all.map((one) => one.id));
    await close();
    for (const badge of badges) {
      const endorser = people.find((person) => person !== holder);
      const other = await signedIn(endorser);
      const answer = await other.page.goto(`/me/endorse/${badge}`);
      await other.close();
      if (answer.ok()) return { holder, endorser, badge };
    }
  }
  throw new Error('nobody of the demo has a badge to endorse');
}

describe('a badge that its holder shows to nobody', () => {
  test('has a page for them alone, which their browser checks by itself, and every link on it leads somewhere', async () => {
    const { holder, endorser, badge } = await pair();
    const owner = await signedIn(holder);
    const shown = async (visibility) => {
      const item = owner.page.locator(`[id="${badge}"]`);
      await item.getByLabel('Who sees it').selectOption(visibility);
      await item.getByRole('button', { name: /^Save/ }).click();
      await owner.page.waitForURL(/#/);
    };
    await shown('private');
    await owner.page.locator(`[id="${badge}"]`).getByRole('heading').getByRole('link').click();
    await owner.page.waitForURL(`${server.base}/me/badges/${badge}`);
    await owner.page.locator('#own-check[data-found]').waitFor();
    const own = owner.page.locator('#own-check');
    assert.equal(await own.locator('[role=status]').getAttribute('class'), 'own valid', await own.innerText());
    const faults = await look(owner.page, 'the page of a badge that nobody else sees');
    const links = await owner.page.locator('main a').evaluateAll((all) => all.map((link) => link.href));
    for (const link of new Set(links.filter((link) => new URL(link).origin === server.base))) {
      const answer = await owner.page.request.get(link);
      if (!answer.ok()) faults.push(`${link} answers ${answer.status()}`);
    }
    assert.deepEqual([...faults, ...owner.faults], []);

    const colleague = await signedIn(endorser);
    assert.equal((await colleague.page.goto(`/me/badges/${badge}`)).status(), 404);
    assert.equal((await fetch(`${server.base}/badges/${badge}`)).status, 404);
    await owner.page.goto('/me/badges');
    await shown('public');
    await Promise.all([owner.close(), colleague.close()]);
  });
});

describe('an endorsement by a colleague', () => {
  test('is asked for, written, shown and withdrawn without scripts', async () => {
    const { holder, endorser, badge } = await pair();
    const owner = await signedIn(holder, { javaScriptEnabled: false });
    const colleague = await signedIn(endorser, { javaScriptEnabled: false });
    await colleague.page.goto(`/badges/${badge}`);
    await colleague.page.getByRole('link', { name: 'Endorse it' }).click();
    await colleague.page.getByLabel('What you say').fill('She made the map that all of us use.');
    await colleague.page.getByRole('button', { name: 'Sign and send' }).press('Enter');
    await colleague.page.waitForURL(/\/me\/endorsements/);
    assert.match(await colleague.page.getByRole('status').innerText(), /Signed\./);
    await owner.page.goto(`/me/badges/${badge}/endorsements`);
    await owner.page.getByRole('button', { name: 'Show it' }).press('Enter');
    await owner.page.goto(`/badges/${badge}`);
    assert.match(await owner.page.locator('figure.said').innerText(), /She made the map[\s\S]*Genuine/);
    await colleague.page.goto('/me/endorsements');
    await colleague.page.locator('summary').first().press('Enter');
    await colleague.page.getByRole('button', { name: 'Withdraw it for good' }).press('Enter');
    await colleague.page.waitForLoadState();
    await owner.page.goto(`/badges/${badge}`);
    assert.equal(await owner.page.locator('figure.said').count(), 0);
    await owner.close();
    await colleague.close();
    assert.deepEqual([...owner.faults, ...colleague.faults], []);
  });
});

describe('the pages of endorsing, taking along and erasing', () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1440]) {
      test(`pass axe-core at WCAG 2.2 AA and fit: ${colorScheme}, ${width} px`, async () => {
        const { holder, endorser, badge } = await pair();
        const options = { colorScheme, viewport: { width, height: 800 }, locale: width === 360 ? 'de-DE' : 'en-GB' };
        const colleague = await signedIn(endorser, options);
        await colleague.page.goto(`/me/endorse/${badge}`);
        const faults = await look(colleague.page, 'the form');
        await colleague.page.locator('textarea').fill(' ');
        await colleague.page.locator('form[action^="/me/endorse"] button').click();
        faults.push(...(await look(colleague.page, 'the form with a fault')));
        await colleague.page.locator('textarea').fill(`She made the map that all of us use, for ${colorScheme} and ${width}.`);
        await colleague.page.locator('form[action^="/me/endorse"] button').click();
        await colleague.page.waitForURL(/\/me\/endorsements/);
        faults.push(...(await look(colleague.page, '/me/endorsements')));
        const owner = await signedIn(holder, options);
        await owner.page.goto(`/me/badges/${badge}/endorsements`);
        faults.push(...(await look(owner.page, "a holder's page")));
        await owner.page.locator('button[value=shown]').first().click();
        await owner.page.goto(`/badges/${badge}`);
        faults.push(...(await look(owner.page, 'the badge')));
        await owner.page.goto('/me');
        faults.push(...(await look(owner.page, '/me')));
        await owner.page.goto('/endorse/none');
        faults.push(...(await look(owner.page, 'a link that has ended')));
        // Withdrawn again, so that the next one can be said.
        await colleague.page.goto('/me/endorsements');
        await colleague.page.locator('summary').first().click();
        await colleague.page.locator('details[open] button').click();
        await colleague.page.waitForLoadState();
        const administrator = await openPage(browser, server.base, options);
        await administrator.page.goto('/sign-in?next=/admin');
        await administrator.page.locator('.choice', { hasText: /Administrator|Verwaltung/ }).click();
        await administrator.page.locator('tbody th a').first().click();
        await administrator.page.locator('a[href$="/erase"]').click();
        faults.push(...(await look(administrator.page, 'erasing')));
        for (const opened of [colleague, owner, administrator]) {
          faults.push(...opened.faults);
          await opened.close();
        }
        assert.deepEqual(faults, []);
      });
    }
  }
});
