// VC-JWT both ways with the npm package `jose`: ours are verified by it, by nothing but the URL in `kid`, and Laurel judges its.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import './offline.mjs';
import { freePort, run, start, startDemo } from './server.mjs';
import * as jose from 'jose';

const example = fileURLToPath(new URL('../../docs/examples/craft.toml', import.meta.url));

let server, badges;

before(async () => {
  server = await startDemo();
  badges = server.demo.badges;
});
after(() => server?.stop());

const jwtOf = async (badge) => {
  const answer = await fetch(`${badge}.jwt`);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-type'), 'application/vc+jwt');
  return answer.text();
};

function written(folder, text) {
  const file = join(folder, 'badge.jwt');
  writeFileSync(file, text);
  return file;
}

/** The key behind a header's `kid`, as any verifier would fetch it. */
const keyBehind = async ({ kid, alg }) => jose.importJWK(await (await fetch(kid)).json(), alg);

describe('a badge of the running server as a JWT', () => {
  test('verifies in jose with the JWK behind its kid, and says what the JSON says', async () => {
    const jwt = await jwtOf(badges.current);
    const { payload, protectedHeader } = await jose.jwtVerify(jwt, keyBehind, { algorithms: ['ES256', 'RS256'] });
    assert.deepEqual(Object.keys(protectedHeader).sort(), ['alg', 'kid', 'typ']);
    const { proof, ...document } = await (await fetch(`${badges.current}.json`)).json();
    assert.ok(proof, 'the JSON is signed as well');
    const { iss, sub, jti, nbf, exp, ...credential } = payload;
    assert.deepEqual(credential, document);
    assert.deepEqual(
      { iss, sub, jti, nbf, exp },
      {
        iss: document.issuer.id,
        sub: document.credentialSubject.id,
        jti: document.id,
        nbf: Date.parse(document.validFrom) / 1000,
        exp: Date.parse(document.validUntil) / 1000,
      },
    );
  });

  test('is refused by jose when it is altered or expired', async () => {
    const jwt = await jwtOf(badges.current);
    const [header, payload, signature] = jwt.split('.');
    const better = { ...jose.decodeJwt(jwt), name: 'Master of Everything' };
    const altered = [header, jose.base64url.encode(JSON.stringify(better)), signature].join('.');
    assert.notEqual(altered.split('.')[1], payload);
    await assert.rejects(jose.jwtVerify(altered, keyBehind), { code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
    await assert.rejects(jose.jwtVerify(await jwtOf(badges.expired), keyBehind), { code: 'ERR_JWT_EXPIRED' });
  });

  test('is judged by Laurel like its JSON', async () => {
    for (const [state, verdict] of [['current', 'valid'], ['expired', 'attention'], ['revoked', 'invalid']]) {
      const report = await judged(await jwtOf(badges[state]));
      assert.equal(report.verdict, verdict, state);
    }
  });
});

describe('a badge of an installation whose JWTs are signed with', () => {
  for (const alg of ['RS256', 'ES256']) {
    test(`${alg} verifies in jose with the JWK behind its kid, is no longer good when altered, and is valid for Laurel`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'laurel-jwt-'));
      const laurel = (...args) => {
        const done = run(args, { folder });
        assert.equal(done.code, 0, `laurel ${args.join(' ')}\n${done.out}${done.err}`);
        return done.out;
      };
      const port = await freePort();
      laurel('init', '--base-url', `http://localhost:${port}`, '--name', 'Acme Academy');
      laurel('program', 'import', example);
      laurel('keys', 'rotate', '--purpose', 'jwt', '--alg', alg);
      const own = await start(['serve', '--listen', `127.0.0.1:${port}`], /(http:\/\/localhost:\d+)/, { folder });
      try {
        const issued = laurel('issue', '--level', 'craft.practitioner', '--name', 'Ada Example', '--email', 'ada@example.com');
        const jwt = await jwtOf(new RegExp(`${own.base}/badges/[\\w-]+`).exec(issued)[0]);
        const { protectedHeader, payload } = await jose.jwtVerify(jwt, keyBehind, { algorithms: [alg] });
        assert.equal(protectedHeader.alg, alg);
        const [header, , signature] = jwt.split('.');
        const altered = [header, jose.base64url.encode(JSON.stringify({ ...payload, name: 'Master' })), signature].join('.');
        await assert.rejects(jose.jwtVerify(altered, keyBehind), { code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
        assert.match(laurel('verify', written(folder, jwt)), /valid/i);
        const late = run(['verify', written(folder, altered)], { folder });
        assert.notEqual(late.code, 0);
      } finally {
        await own.stop();
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
});

describe('a badge signed by jose', () => {
  for (const alg of ['RS256', 'ES256', 'EdDSA']) {
    test(`with ${alg} has a proof that Laurel finds good, from an issuer that it does not know`, async () => {
      const key = await pair(alg);
      const report = await judged(await signed(key));
      assert.deepEqual(outcomes(report), { format: 'passed', proof: 'passed', issuer: 'failed', status: 'passed', dates: 'passed' });
      assert.equal(report.claims.achievement_name, 'Introduction to Weaving');
    });

    test(`with ${alg} and its JWK in the header is as good, and with another's it is not`, async () => {
      const [key, other] = [await pair(alg), await pair(alg)];
      assert.equal(outcomes(await judged(await signed(key, { jwk: key.jwk }))).proof, 'passed');
      assert.equal((await judged(await signed(other, { jwk: other.jwk }, {}, key.did))).verdict, 'invalid');
    });

    test(`with ${alg} is red when it is altered or says two things`, async () => {
      const key = await pair(alg);
      const [header, , signature] = (await signed(key)).split('.');
      const payload = jose.base64url.encode(JSON.stringify({ ...credential(key.did), name: 'Master' }));
      assert.equal((await judged([header, payload, signature].join('.'))).verdict, 'invalid');
      for (const claim of [{ iss: 'did:web:evil.example' }, { jti: 'urn:x' }, { exp: 4_000_000_000 }, { nbf: 1 }]) {
        const report = await judged(await signed(key, {}, claim));
        assert.equal(report.checks[0].code, 'claims_disagree', JSON.stringify(claim));
      }
    });
  }

  test('in the older data model, in the claim vc, is read too', async () => {
    const key = await pair('ES256');
    const { validFrom, ...rest } = credential(key.did);
    const vc = { ...rest, '@context': ['https://www.w3.org/2018/credentials/v1', rest['@context'][1]], issuanceDate: validFrom };
    const jwt = await sign(key, {}, { vc, iss: key.did, jti: vc.id, nbf: Date.parse(validFrom) / 1000 });
    assert.equal(outcomes(await judged(jwt)).proof, 'passed');
  });

  test('with a secret instead of a key is red', async () => {
    const key = await pair('ES256');
    const secret = new TextEncoder().encode(JSON.stringify(key.jwk));
    const jwt = await new jose.SignJWT(credential(key.did)).setProtectedHeader({ alg: 'HS256' }).sign(secret);
    assert.equal((await judged(jwt)).checks[0].code, 'algorithm_refused');
  });
});

const judged = (credential) => server.api.post('/verify', { credential });
const outcomes = (report) => Object.fromEntries(report.checks.map((check) => [check.check, check.outcome]));

/** A key with the did:jwk that is made of it. */
async function pair(alg) {
  const { publicKey, privateKey } = await jose.generateKeyPair(alg, { extractable: true });
  const jwk = await jose.exportJWK(publicKey);
  return { alg, privateKey, jwk, did: `did:jwk:${jose.base64url.encode(JSON.stringify(jwk))}` };
}

const sign = (key, header, payload) =>
  new jose.SignJWT(payload).setProtectedHeader({ alg: key.alg, typ: 'JWT', ...header }).sign(key.privateKey);

const signed = (key, header = {}, claims = {}, issuer = key.did) =>
  sign(key, { kid: `${issuer}#0`, ...header }, { ...credential(issuer), ...claims });

const credential = (issuer) => ({
  '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
  id: 'urn:uuid:5c1a7b0e-2f5e-4b39-9d4b-6b5d0c1f6b11',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: 'Introduction to Weaving',
  issuer: { id: issuer, type: ['Profile'], name: 'A school of weaving' },
  validFrom: '2026-01-01T00:00:00Z',
  credentialSubject: {
    id: 'urn:uuid:0f7c7a4e-1a53-4a0a-8f5e-0d9a3b1f2c33',
    type: ['AchievementSubject'],
    achievement: {
      id: 'https://weaving.example/achievements/1',
      type: ['Achievement'],
      name: 'Introduction to Weaving',
      description: 'Can set up a loom.',
      criteria: { narrative: 'Weave one metre.' },
    },
  },
});
