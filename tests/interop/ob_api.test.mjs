// The Open Badges API 3.0 by an OAuth client that others wrote: registration, consent in a browser, tokens, and every call; and the refusals
// that such a client must meet.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import * as oauth from 'openid-client';
import * as vc from '@digitalbazaar/vc';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { documentLoader } from './loader.mjs';
import { startDemo } from './server.mjs';
import { launch } from '../browser/chromium.mjs';
import { look } from '../browser/look.mjs';

const SCOPE = 'https://purl.imsglobal.org/spec/ob/v3p0/scope/';
const EVERYTHING = ['credential.readonly', 'credential.upsert', 'profile.readonly', 'profile.update'].map((name) => SCOPE + name);

let server, browser, wallet, back, key;

before(async () => {
  [server, browser, key] = await Promise.all([startDemo(), launch(), signer()]);
  // The platform that the person is led back to: another origin, as in life.
  wallet = createServer((request, answer) => answer.end('Welcome back.'));
  await new Promise((resolve) => wallet.listen(0, '127.0.0.1', resolve));
  back = `http://127.0.0.1:${wallet.address().port}/back`;
});
after(async () => {
  await browser?.close();
  wallet?.close();
  await server?.stop();
});

test('a client registers by what the discovery document says, is let in, reads and writes, refreshes and gives back', async () => {
  const answer = await fetch(`${server.base}/ims/ob/v3p0/discovery`);
  const scheme = (await answer.json()).components.securitySchemes.OAuth2ACG;
  const config = await registered();
  const metadata = config.serverMetadata();
  assert.equal(scheme['x-imssf-registrationUrl'], metadata.registration_endpoint);
  assert.equal(scheme.flows.authorizationCode.authorizationUrl, metadata.authorization_endpoint);
  assert.equal(scheme.flows.authorizationCode.tokenUrl, metadata.token_endpoint);

  const tokens = await letIn(config, EVERYTHING.join(' '));
  assert.equal(tokens.token_type, 'bearer');
  const profile = await (await call(config, tokens, 'GET', '/profile')).json();
  assert.deepEqual(profile.type, ['Profile']);
  const changed = { ...profile, url: 'https://zeynep.example' };
  assert.deepEqual(await (await call(config, tokens, 'PUT', '/profile', changed)).json(), changed);

  const badge = await signed(0);
  const put = await call(config, tokens, 'POST', '/credentials', badge);
  assert.equal(put.status, 201);
  assert.deepEqual(await put.json(), badge);
  assert.equal((await call(config, tokens, 'POST', '/credentials', badge)).status, 200);

  const next = await oauth.refreshTokenGrant(config, tokens.refresh_token);
  assert.notEqual(next.refresh_token, tokens.refresh_token);
  const found = await (await call(config, next, 'GET', '/credentials')).json();
  const own = found.credential.find((one) => one.id === badge.id);
  assert.deepEqual(own, badge);
  // What comes out is genuine for a verifier that others wrote.
  const suite = new DataIntegrityProof({ cryptosuite });
  const verified = await vc.verifyCredential({ credential: own, suite, documentLoader });
  assert.ok(verified.verified, JSON.stringify(verified.error));

  await oauth.tokenRevocation(config, next.refresh_token);
  await refusedWith(401, call(config, next, 'GET', '/credentials'));
  await assert.rejects(oauth.refreshTokenGrant(config, next.refresh_token), { error: 'invalid_grant' });
});

test('a client without a secret is let in by PKCE, and one that is refused hears so', async () => {
  const config = await registered(oauth.None(), { token_endpoint_auth_method: 'none' });
  await assert.rejects(letIn(config, EVERYTHING[2], 'refuse'), { error: 'access_denied' });
  const tokens = await letIn(config, EVERYTHING[2]);
  assert.equal((await call(config, tokens, 'GET', '/profile')).status, 200);
  await refusedWith(403, call(config, tokens, 'GET', '/credentials'));
  // One refresh token in two hands ends everything.
  const next = await oauth.refreshTokenGrant(config, tokens.refresh_token);
  await assert.rejects(oauth.refreshTokenGrant(config, tokens.refresh_token), { error: 'invalid_grant' });
  await refusedWith(401, call(config, next, 'GET', '/profile'));
});

test('a thousand badges come back page by page, each once and as it went in', async () => {
  const config = await registered();
  const tokens = await letIn(config, EVERYTHING.join(' '), 'allow', 1);
  const before = Number((await call(config, tokens, 'GET', '/credentials?limit=1')).headers.get('x-total-count'));
  const sent = new Map();
  for (let n = 0; n < 1000; n += 20) {
    const some = await Promise.all(Array.from({ length: 20 }, (_, i) => signed(1000 + n + i)));
    const answers = await Promise.all(some.map((badge) => call(config, tokens, 'POST', '/credentials', badge)));
    assert.deepEqual([...new Set(answers.map((answer) => answer.status))], [201]);
    for (const badge of some) sent.set(badge.id, badge);
  }
  let [next, pages] = ['/credentials?limit=150', 0];
  const found = new Map();
  while (next) {
    const page = await call(config, tokens, 'GET', next);
    assert.equal(Number(page.headers.get('x-total-count')), before + 1000);
    for (const badge of (await page.json()).credential) {
      assert.ok(!found.has(badge.id), `${badge.id} comes twice`);
      found.set(badge.id, badge);
    }
    const links = Object.fromEntries([...page.headers.get('link').matchAll(/<([^>]+)>; rel="(\w+)"/g)].map(([, to, rel]) => [rel, to]));
    assert.ok(links.first && links.last && Boolean(links.prev) === pages > 0, JSON.stringify(links));
    next = links.next?.slice(`${server.base}/ims/ob/v3p0`.length);
    pages += 1;
  }
  assert.equal(pages, Math.ceil((before + 1000) / 150));
  assert.equal(found.size, before + 1000);
  for (const [id, badge] of sent) assert.deepEqual(found.get(id), badge);
});

/** A client of this server, by what it says of itself. */
function registered(method, more = {}) {
  return oauth.dynamicClientRegistration(
    new URL(server.base),
    {
      client_name: 'Badge Wallet', client_uri: 'https://wallet.example', redirect_uris: [back], scope: EVERYTHING.join(' '),
      grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], token_endpoint_auth_method: 'client_secret_basic',
      ...more,
    },
    method ?? oauth.ClientSecretBasic(),
    { algorithm: 'oauth2', execute: [oauth.allowInsecureRequests] },
  );
}

/** The tokens that a person of the demo lets the client have, or what it hears instead. */
async function letIn(config, scope, decision = 'allow', person = 0) {
  const verifier = oauth.randomPKCECodeVerifier();
  const state = oauth.randomState();
  const to = oauth.buildAuthorizationUrl(config, {
    redirect_uri: back, scope, state, code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
  });
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(to.href);
    await page.locator('form[action="/sign-in/demo"] button').nth(person).click();
    assert.match(await page.locator('h1').innerText(), /“Badge Wallet” asks for access/);
    assert.deepEqual(await look(page, '/oauth/authorize'), []);
    await page.locator(`button[value="${decision}"]`).click();
    await page.waitForURL(`${back}?**`);
    // Checks state and issuer, and that there is no error.
    return await oauth.authorizationCodeGrant(config, new URL(page.url()), { pkceCodeVerifier: verifier, expectedState: state });
  } finally {
    await context.close();
  }
}

function call(config, tokens, method, path, body) {
  const url = new URL(`${server.base}/ims/ob/v3p0${path}`);
  const headers = new Headers(body ? { 'content-type': 'application/json' } : {});
  return oauth.fetchProtectedResource(config, tokens.access_token, url, method, body && JSON.stringify(body), headers);
}

/** The library throws on a challenge; its answer is the standard's. */
async function refusedWith(status, answer) {
  const error = await answer.then(() => assert.fail('it was let in'), (error) => error);
  assert.equal(error.status, status, error);
  const info = await error.response.json();
  assert.equal(info.imsx_codeMajor, 'failure');
  assert.equal(info.imsx_codeMinor.imsx_codeMinorField[0].imsx_codeMinorFieldValue, status === 401 ? 'unauthorizedrequest' : 'forbidden');
}

async function signer() {
  const pair = await Ed25519Multikey.generate();
  pair.controller = `did:key:${pair.publicKeyMultibase}`;
  pair.id = `${pair.controller}#${pair.publicKeyMultibase}`;
  return pair;
}

/** A badge of another issuer; each number is another badge. */
function signed(number) {
  const credential = {
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
    id: `https://weavers.example/badges/${number}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    issuer: { id: key.controller, type: ['Profile'], name: 'The Weavers' },
    validFrom: '2026-01-01T00:00:00Z',
    name: 'Weaving',
    credentialSubject: {
      id: 'urn:uuid:7f6a3c1e-52b0-4f5c-9c3d-0d6a5a1b2c3d',
      type: ['AchievementSubject'],
      achievement: {
        id: 'https://weavers.example/achievements/weaving', type: ['Achievement'], name: `Weaving ${number}`,
        description: 'Weaves.', criteria: { narrative: 'Has woven.' },
      },
    },
  };
  const suite = new DataIntegrityProof({ signer: key.signer(), cryptosuite, date: '2026-01-01T00:00:00Z' });
  return vc.issue({ credential, suite, documentLoader });
}
