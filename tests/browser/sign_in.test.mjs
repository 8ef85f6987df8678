// Signing in at an OpenID provider: a real one in a real browser, and one that lies about everything a token can lie about.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as jose from 'jose';
import { Provider } from 'oidc-provider';
import { binary, freePort, run, start } from '../interop/server.mjs';
import { launch, openPage } from './chromium.mjs';
import { look } from './look.mjs';

const SECRET = 's3cret-of-the-client';
const PEOPLE = {
  ada: { email: 'Ada.Obi@acme.example', email_verified: true, name: 'Ada Obi' },
  bao: { email: 'bao.nguyen@acme.example', email_verified: false, name: 'Bao Nguyen' },
  eve: { email: 'eve@elsewhere.example', email_verified: true, name: 'Eve Elsewhere' },
  nameless: {},
};

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** Acme's service, whose people sign in at `issuer`. */
async function acme(issuer, more = '') {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-oidc-'));
  const port = await freePort();
  const laurel = (...args) => {
    const done = run(args, { folder });
    assert.equal(done.code, 0, done.err + done.out);
    return done.out;
  };
  laurel('init', '--base-url', `http://localhost:${port}`, '--listen', `127.0.0.1:${port}`, '--name', 'Acme Academy');
  laurel('person', 'add', 'ada.obi@acme.example', '--name', 'Ada Obi');
  laurel('person', 'add', 'bao.nguyen@acme.example', '--name', 'Bao Nguyen');
  writeFileSync(join(folder, 'oidc.secret'), `${SECRET}\n`, { mode: 0o600 });
  appendFileSync(
    join(folder, 'laurel.toml'),
    `\n[lookups]\nprivate_hosts = ["localhost"]\n\n[oidc]\nissuer = "${issuer}"\nname = "Acme"\nclient_id = "laurel"
client_secret_file = "oidc.secret"\n${more}`,
  );
  const server = await start(['serve'], /(http:\/\/localhost:\d+)/, { folder });
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { base: `http://localhost:${port}`, folder, laurel, stop };
}

describe('at a real provider', () => {
  let provider, site;

  before(async () => {
    const port = await freePort();
    const issuer = `http://localhost:${port}`;
    site = await acme(issuer);
    const known = new Provider(issuer, {
      clients: [{ client_id: 'laurel', client_secret: SECRET, redirect_uris: [`${site.base}/sign-in/oidc/back`] }],
      claims: { email: ['email', 'email_verified'], profile: ['name'] },
      pkce: { required: () => true },
      cookies: { keys: ['for this test alone'] },
      findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...PEOPLE[id] }) }),
    });
    provider = await new Promise((resolve) => {
      const server = known.listen(port, '127.0.0.1', () => resolve(server));
    });
  });
  after(async () => {
    await site?.stop();
    provider?.closeAllConnections();
    await new Promise((resolve) => provider?.close(resolve));
  });

  /** Someone's browser, which has signed in at the provider as `login` and come back. */
  async function signedIn(login, from = '/sign-in') {
    const context = await browser.newContext({ baseURL: site.base, locale: 'en-GB' });
    const page = await context.newPage();
    await page.goto(from);
    await page.getByRole('link', { name: 'Sign in with Acme' }).click();
    await page.locator('input[name=login]').fill(login);
    await page.locator('input[name=password]').fill('any');
    await page.locator('button[type=submit]').click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(`${site.base}/**`);
    return { page, context };
  }

  test('someone of the directory comes back signed in, to the page they had asked for', async () => {
    const { page, context } = await signedIn('ada', '/me?asked=for');
    assert.equal(page.url(), `${site.base}/me?asked=for`);
    assert.equal(await page.locator('h1').innerText(), 'Ada Obi');
    assert.match(await page.locator('main').innerText(), /Signed in at the company’s provider/);
    const kept = (await context.cookies(site.base)).filter(({ name }) => name.startsWith('laurel'));
    assert.deepEqual(
      kept.map(({ name, httpOnly, sameSite, path }) => ({ name, httpOnly, sameSite, path })),
      [{ name: 'laurel', httpOnly: true, sameSite: 'Lax', path: '/' }],
      'the cookie of the sign-in is gone',
    );
    await context.close();
  });

  test('an address that the provider has not verified, one the directory does not know, and none sign nobody in', async () => {
    for (const [login, words] of [
      ['bao', /has not verified your e-mail address/],
      ['eve', /not in the company’s directory/],
      ['nameless', /does not say your e-mail address/],
    ]) {
      const { page, context } = await signedIn(login);
      assert.match(await page.getByRole('alert').innerText(), words, login);
      assert.equal((await page.goto('/me')).url(), `${site.base}/sign-in?next=%2Fme`, login);
      await context.close();
    }
    assert.doesNotMatch(site.laurel('person', 'list'), /eve@/);
  });

  test('whoever breaks off at the provider is told so', async () => {
    const context = await browser.newContext({ baseURL: site.base, locale: 'en-GB' });
    const page = await context.newPage();
    await page.goto('/sign-in/oidc');
    await page.getByRole('link', { name: 'Cancel' }).click();
    await page.waitForURL(`${site.base}/**`);
    assert.match(await page.getByRole('alert').innerText(), /broken off/);
    await context.close();
  });

  test('what came back is good once, and in the browser where it was begun only', async () => {
    const context = await browser.newContext({ baseURL: site.base, locale: 'en-GB' });
    const page = await context.newPage();
    let back;
    page.on('request', (request) => {
      if (request.url().includes('/sign-in/oidc/back')) back = request.url();
    });
    await page.goto('/sign-in/oidc');
    await page.locator('input[name=login]').fill('ada');
    await page.locator('input[name=password]').fill('any');
    await page.locator('button[type=submit]').click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(`${site.base}/me`);
    const again = await fetch(back, { redirect: 'manual' });
    assert.equal(again.status, 403);
    assert.match(await again.text(), /begun in another browser/);
    await context.close();

    const begun = await fetch(`${site.base}/sign-in/oidc`, { redirect: 'manual' });
    const state = new URL(begun.headers.get('location')).searchParams.get('state');
    const cookie = begun.headers.getSetCookie()[0].split(';')[0];
    const other = await fetch(`${site.base}/sign-in/oidc`, { redirect: 'manual' });
    const otherCookie = other.headers.getSetCookie()[0].split(';')[0];
    for (const [what, sent] of [
      ['no cookie', {}],
      ['the cookie of another sign-in', { cookie: otherCookie }],
    ]) {
      const answer = await fetch(`${site.base}/sign-in/oidc/back?code=x&state=${state}`, { headers: sent, redirect: 'manual' });
      assert.equal(answer.status, 403, what);
    }
    const late = await fetch(`${site.base}/sign-in/oidc/back?code=x&state=${state}`, { headers: { cookie }, redirect: 'manual' });
    assert.match(await late.text(), /used already/, 'a try with the wrong cookie uses it up');
  });

  test('the way there asks for a code with PKCE, a state and a nonce, and no secret of ours is in it', async () => {
    const begun = await fetch(`${site.base}/sign-in/oidc?next=//evil.example`, { redirect: 'manual' });
    const asked = new URL(begun.headers.get('location')).searchParams;
    assert.equal(asked.get('response_type'), 'code');
    assert.equal(asked.get('code_challenge_method'), 'S256');
    assert.equal(asked.get('redirect_uri'), `${site.base}/sign-in/oidc/back`);
    assert.deepEqual(new Set(asked.get('scope').split(' ')), new Set(['openid', 'email', 'profile']));
    const [cookie] = begun.headers.getSetCookie();
    assert.match(cookie, /^laurel-sign-in=[a-z0-9]{52}; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/);
    const secret = cookie.slice('laurel-sign-in='.length).split(';')[0];
    for (const value of asked.values()) assert.ok(!value.includes(secret));
    assert.notEqual(asked.get('state'), asked.get('nonce'));
  });

  test('the page to sign in passes axe-core, with what was in the way too', async () => {
    for (const colorScheme of ['light', 'dark']) {
      const { page, faults, close } = await openPage(browser, site.base, { colorScheme, viewport: { width: 360, height: 800 } });
      for (const path of ['/sign-in', '/sign-in/oidc/back?state=none']) {
        await page.goto(path);
        faults.push(...(await look(page, path)));
      }
      await close();
      assert.deepEqual(faults, []);
    }
  });

  test('the doctor says whether the provider can be asked', async () => {
    // Not `run`, which would keep the provider in this process from answering.
    const out = await new Promise((resolve) => {
      execFile(binary, ['doctor'], { cwd: site.folder }, (_, said) => resolve(said));
    });
    assert.match(out, /sign-in.*the configuration of http:\/\/localhost:\d+ can be read/);
  });
});

describe('at a provider that lies', () => {
  let server, site, keys, issuer, lie;

  before(async () => {
    const port = await freePort();
    issuer = `http://localhost:${port}`;
    keys = { good: await jose.generateKeyPair('RS256'), other: await jose.generateKeyPair('RS256') };
    server = createServer(async (request, response) => {
      const json = (body) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
      const url = new URL(request.url, issuer);
      if (url.pathname === '/.well-known/openid-configuration') {
        return json({
          issuer,
          authorization_endpoint: `${issuer}/auth`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        });
      }
      if (url.pathname === '/jwks') {
        return json({ keys: [{ ...(await jose.exportJWK(keys.good.publicKey)), kid: '1', alg: 'RS256', use: 'sig' }] });
      }
      return json({ access_token: 'a', token_type: 'Bearer', id_token: await lie() });
    });
    await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
    site = await acme(issuer, 'adds_people = true\n');
  });
  after(async () => {
    await site?.stop();
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
  });

  /** Comes back with a code, for which the provider gives the ID token that `make` makes. */
  async function come(make, { iss } = {}) {
    const begun = await fetch(`${site.base}/sign-in/oidc`, { redirect: 'manual' });
    const asked = new URL(begun.headers.get('location')).searchParams;
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: issuer,
      sub: '1',
      aud: 'laurel',
      iat: now,
      exp: now + 300,
      nonce: asked.get('nonce'),
      email: 'new.one@acme.example',
      email_verified: true,
      name: 'New One',
    };
    const signed = (body, key = keys.good.privateKey) =>
      new jose.SignJWT(body).setProtectedHeader({ alg: 'RS256', kid: '1' }).sign(key);
    lie = () => make(claims, signed, now);
    const query = new URLSearchParams({ code: 'x', state: asked.get('state'), ...(iss && { iss }) });
    const headers = { cookie: begun.headers.getSetCookie()[0].split(';')[0] };
    return fetch(`${site.base}/sign-in/oidc/back?${query}`, { headers, redirect: 'manual' });
  }

  for (const [what, make] of Object.entries({
    'for another sign-in (nonce)': (claims, signed) => signed({ ...claims, nonce: 'another' }),
    'without a nonce': ({ nonce, ...claims }, signed) => signed(claims),
    'for another client': (claims, signed) => signed({ ...claims, aud: 'another' }),
    'of another issuer': (claims, signed) => signed({ ...claims, iss: 'https://login.elsewhere.example' }),
    'that has run out': (claims, signed, now) => signed({ ...claims, exp: now - 60 }),
    'signed with another key': (claims, signed) => signed(claims, keys.other.privateKey),
    'signed by nobody': (claims) => new jose.UnsecuredJWT(claims).encode(),
    'signed with the public key as a secret': async (claims) =>
      new jose.SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: '1' }).sign(Buffer.from(await jose.exportSPKI(keys.good.publicKey))),
    'that is none': () => 'x.y.z',
  })) {
    test(`a token ${what} signs nobody in`, async () => {
      const answer = await come(make);
      assert.equal(answer.status, 502);
      assert.ok(answer.headers.getSetCookie().every((cookie) => !/^laurel=./.test(cookie)));
      assert.match(await answer.text(), /gave an answer that does not hold/);
      assert.doesNotMatch(site.laurel('person', 'list'), /new\.one@/);
    });
  }

  test('an answer that names another issuer (RFC 9207) signs nobody in', async () => {
    const answer = await come((claims, signed) => signed(claims), { iss: 'https://login.elsewhere.example' });
    assert.equal(answer.status, 502);
  });

  test('an honest token signs in, and adds whom the directory did not know where the configuration says so', async () => {
    const answer = await come((claims, signed) => signed(claims), { iss: issuer });
    assert.equal(answer.status, 303, await answer.text());
    assert.equal(answer.headers.get('location'), '/me');
    assert.match(site.laurel('person', 'list'), /new\.one@acme\.example/);
    const unverified = await come((claims, signed) => signed({ ...claims, email: 'other@acme.example', email_verified: false }));
    assert.equal(unverified.status, 403);
    assert.doesNotMatch(site.laurel('person', 'list'), /other@/);
  });
});
