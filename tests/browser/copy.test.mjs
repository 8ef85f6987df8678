// A copy of the service as files (`laurel export --static`), served by a plain file server at the same address after Laurel has
// gone: other people's verifiers, a JWT library and a reader's browser find of it what they found of the service.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import * as jose from 'jose';
import '../interop/offline.mjs';
import { freePort, run, start } from '../interop/server.mjs';
import { digitalBazaar, digitalCredentials } from '../interop/verifiers.mjs';
import { alterations, alterationsOfStatus } from '../interop/alterations.mjs';
import { launch, openPage } from './chromium.mjs';
import { look } from './look.mjs';

let folder, copy, base, badges, files, browser, live;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'laurel-copy-'));
  const port = await freePort();
  const data = join(folder, 'data');
  const server = await start(['demo', '--listen', `127.0.0.1:${port}`, '--data', data], /Laurel demo at (http:\/\/\S+)/, { folder });
  base = server.base;
  badges = (await (await fetch(`${base}/demo.json`)).json()).badges;
  live = Object.fromEntries(await Promise.all(Object.entries(badges).map(async ([kind, badge]) => [kind, await answers(badge)])));
  await server.stop();

  writeFileSync(join(folder, 'laurel.toml'), `base_url = "${base}"\ndatabase = "data/demo.db"\nkeys = "data/keys"\n`);
  copy = join(folder, 'copy');
  const done = run(['export', '--static', copy], { folder });
  assert.equal(done.code, 0, done.out + done.err);
  files = createServer(serveFile);
  await new Promise((resolve) => files.listen(port, '127.0.0.1', resolve));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  files?.close();
  files?.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

/** As any web server does: the file, or the folder's index.html, by the ending's media type. */
function serveFile(request, response) {
  const types = { '.html': 'text/html; charset=utf-8', '.json': 'application/json', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.png': 'image/png', '.woff2': 'font/woff2', '.atom': 'application/atom+xml' };
  let file = join(copy, decodeURIComponent(new URL(request.url, base).pathname));
  if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html');
  if (!file.startsWith(copy) || !existsSync(file)) return void response.writeHead(404).end();
  response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file));
}

/** A file server goes by the ending: it can't choose a form by what is accepted. */
const signed = async (badge) => (await fetch(`${badge}.json`)).json();

/** What two verifiers say of a badge by its signed document. */
async function answers(badge) {
  const credential = await signed(badge);
  const { signature, revoked } = await digitalCredentials(credential);
  const { verified, why, ...status } = await digitalBazaar(credential);
  return { credential, signature, revoked, verified, status };
}

const all = (below = copy, path = '') =>
  readdirSync(below, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? all(join(below, entry.name), `${path}/${entry.name}`) : [`${path}/${entry.name}`],
  );

describe('a copy of the service as files', () => {
  test('has every badge byte for byte, and verifiers find of each what they found of the service', async () => {
    assert.ok(Object.keys(live).length >= 5);
    for (const [kind, badge] of Object.entries(badges)) assert.deepEqual(await answers(badge), live[kind], kind);
    assert.equal(live.current.verified, true);
    assert.equal(live.revoked.revoked, true);
  });

  test('has what people said for a badge, and verifiers find it genuine by keys and lists of the copy', async () => {
    const page = await (await fetch(badges.current)).text();
    const said = new Set([...page.matchAll(/href="(\/endorsements\/[a-z0-9]+)"/g)].map(([, path]) => path));
    assert.ok(said.size >= 2, page);
    for (const path of said) {
      const credential = await signed(`${base}${path}`);
      assert.ok(credential.type.includes('EndorsementCredential'), path);
      const { verified, revoked, why } = await digitalBazaar(credential);
      assert.equal(verified, true, `${path}: ${why}`);
      assert.equal(revoked, false, path);
    }
  });

  test('lets through no badge that was altered, nor one whose status was', async () => {
    const [genuine, other] = await Promise.all([signed(badges.current), signed(badges.renewed)]);
    for (const [what, alter] of alterations) {
      const altered = alter(structuredClone(genuine), structuredClone(other));
      assert.equal((await digitalBazaar(altered)).verified, false, what);
    }
    for (const [what, alter] of alterationsOfStatus) {
      assert.equal((await digitalBazaar(alter(structuredClone(genuine)))).verified, false, what);
    }
  });

  test('has the badge as a JWT with its key behind the kid, and pictures with the badge in them', async () => {
    const jwt = await (await fetch(`${badges.current}.jwt`)).text();
    const key = async ({ kid, alg }) => jose.importJWK(await (await fetch(kid)).json(), alg);
    assert.equal((await jose.jwtVerify(jwt, key)).payload.jti, badges.current);
    const png = Buffer.from(await (await fetch(`${badges.current}.png`)).arrayBuffer());
    assert.ok(png.includes('openbadge') && png.includes(new URL(badges.current).pathname));
  });

  test('is checked by the reader’s browser, on every kind of badge, and its pages are sound', async () => {
    const states = { current: 'current', expiring: 'current', renewed: 'current', expired: 'expired', revoked: 'revoked' };
    const { page, faults, close } = await openPage(browser, base, { viewport: { width: 360, height: 800 } });
    for (const [kind, state] of Object.entries(states)) {
      await page.goto(badges[kind]);
      await page.locator('#own-check[data-found]').waitFor();
      const found = [await page.locator('#own-check').getAttribute('data-found'), await page.locator('#own-check [role=status]').getAttribute('class')];
      assert.deepEqual(found, [state, 'own valid'], kind);
      faults.push(...(await look(page, kind)));
    }
    for (const path of ['/', '/programs']) {
      await page.goto(path);
      faults.push(...(await look(page, path)));
    }
    await close();
    assert.deepEqual(faults, []);
  });

  test('says so on a page whose badge has ended since', async () => {
    const { page, close } = await openPage(browser, base);
    await page.clock.setFixedTime(new Date('2040-01-01T00:00:00Z'));
    await page.goto(badges.current);
    await page.locator('#own-check[data-found=expired]').waitFor();
    assert.match(await page.locator('#own-check [role=status]').innerText(), /time has gone on/);
    assert.doesNotMatch(await page.locator('main').innerText(), /in \d+ months|months ago/, 'nothing is told by how far away it is');
    await close();
  });

  test('leads nowhere that is not in it, and asks for nothing that a running service has', () => {
    const pages = all().filter((path) => path.endsWith('.html'));
    assert.ok(pages.length > 40, `${pages.length} pages`);
    for (const path of pages) {
      const html = readFileSync(join(copy, path), 'utf8');
      assert.doesNotMatch(html, /<form/, path);
      for (const [, link] of html.matchAll(/(?:href|src|data-jwt)="(\/[^"#?]*)/g)) {
        const file = join(copy, link);
        assert.ok(existsSync(file) && (!statSync(file).isDirectory() || existsSync(join(file, 'index.html'))), `${path} leads to ${link}`);
      }
    }
  });

  test('is not written over another', () => {
    const again = run(['export', '--static', copy], { folder });
    assert.equal(again.code, 1);
    assert.match(again.err, /is not empty/);
    assert.deepEqual(readdirSync(folder).filter((name) => name.endsWith('.partial')), []);
  });
});
