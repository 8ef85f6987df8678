// The check that runs in a reader's browser (src/web/assets/check.js), here in Node against the running server: it finds what the
// server's judge finds, and holds nothing good that was altered on the way: badge, key, list, or the page around it.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import * as jose from 'jose';
import './offline.mjs';
import { startDemo } from './server.mjs';
import { check } from '../../src/web/assets/check.js';

let server, id, jwt, claims;

before(async () => {
  server = await startDemo();
  id = server.demo.badges.current;
  jwt = await get(`${id}.jwt`);
  claims = jose.decodeJwt(jwt);
});
after(() => server?.stop());

const get = async (address) => {
  const answer = await fetch(address, { headers: { Accept: 'application/vc, application/json, */*;q=0.1' } });
  if (!answer.ok) throw new Error(`${address} answers ${answer.status}`);
  return answer.text();
};

/** The check of the current badge, with what is changed. */
const checked = (changed = {}) => check(changed.jwt ?? jwt, { id, shown: [], now: Date.now(), get, ...changed });

/** The check with one document as `change` leaves it. */
const with_ = (part, change) =>
  checked({
    get: async (address) => {
      const text = await get(address);
      return address.includes(part) ? JSON.stringify(await change(JSON.parse(text))) : text;
    },
  });
const withKeys = (change) => with_('/did.json', change);
const withList = (change) => with_('/status/', change);
const outcome = (found, name) => found.checks.find((one) => one.name === name)?.outcome;

describe('the check of a reader’s own', () => {
  test('finds of every kind of badge what the server says', async () => {
    const states = { current: 'current', expiring: 'current', expired: 'expired', suspended: 'revoked', revoked: 'revoked' };
    for (const [kind, state] of Object.entries(states)) {
      const badge = server.demo.badges[kind];
      const found = await check(await get(`${badge}.jwt`), { id: badge, shown: [], now: Date.now(), get });
      assert.equal(found.state, state, `${kind}: ${JSON.stringify(found)}`);
    }
    assert.deepEqual((await checked()).checks.map((one) => one.outcome), ['passed', 'passed', 'passed', 'passed']);
  });

  test('goes by the clock that it is given', async () => {
    assert.equal((await checked({ now: Date.parse(claims.validFrom) - 1 })).state, 'upcoming');
    assert.equal((await checked({ now: Date.parse(claims.validFrom) })).state, 'current');
  });

  test('finds one letter changed anywhere in the badge', async () => {
    const [header, payload, signature] = jwt.split('.');
    for (const [at, parts] of [header, payload, signature].entries()) {
      for (const place of [0, parts.length >> 1, parts.length - 8]) {
        const changed = parts.slice(0, place) + (parts[place] === 'A' ? 'B' : 'A') + parts.slice(place + 1);
        const all = [header, payload, signature];
        all[at] = changed;
        assert.equal((await checked({ jwt: all.join('.') })).state, 'untrue', `part ${at}, letter ${place}`);
      }
    }
    for (const text of ['', '.', '..', `${jwt}.x`, `${header}.${payload}.`, `${header}.${payload}`, 'x.y.z']) {
      assert.equal((await checked({ jwt: text })).state, 'untrue', text.slice(0, 20));
    }
  });

  test('takes no other key than one that the issuer names for assertions, and no other algorithm', async () => {
    const { publicKey, privateKey } = await jose.generateKeyPair('ES256', { extractable: true });
    const { kid } = jose.decodeProtectedHeader(jwt);
    const forged = await new jose.SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid }).sign(privateKey);
    assert.equal((await checked({ jwt: forged })).state, 'untrue', 'a key of somebody else');
    const ownKey = await new jose.SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid, jwk: await jose.exportJWK(publicKey) })
      .sign(privateKey);
    assert.equal((await checked({ jwt: ownKey })).state, 'untrue', 'a key that came along');
    for (const alg of ['none', 'HS256', 'EdDSA', 'toString', '__proto__']) {
      const header = Buffer.from(JSON.stringify({ alg, kid })).toString('base64url');
      assert.equal((await checked({ jwt: [header, ...jwt.split('.').slice(1)].join('.') })).state, 'untrue', alg);
    }
    const unlisted = (document) => ({ ...document, assertionMethod: [] });
    assert.equal((await withKeys(unlisted)).state, 'untrue', 'not for assertions');
    assert.equal((await withKeys((document) => ({ ...document, id: 'did:web:elsewhere' }))).state, 'untrue');
    const others = (document) => ({
      ...document,
      verificationMethod: document.verificationMethod.map((one) => ({ ...one, controller: 'did:web:elsewhere' })),
    });
    assert.equal((await withKeys(others)).state, 'untrue', 'the controller is another');
  });

  test('says that it could not check where the keys or the list are not to be had', async () => {
    for (const [part, name] of [['/did.json', 'signature'], ['/status/', 'status']]) {
      const cut = async (address) => {
        if (address.includes(part)) throw new Error('cut');
        return get(address);
      };
      const found = await checked({ get: cut });
      assert.deepEqual([found.state, outcome(found, name)], ['unknown', 'unchecked'], part);
    }
    const elsewhere = { ...claims, iss: 'did:key:z6Mk', issuer: { ...claims.issuer, id: 'did:key:z6Mk' } };
    const { privateKey } = await jose.generateKeyPair('ES256');
    const foreign = await new jose.SignJWT(elsewhere).setProtectedHeader({ alg: 'ES256', kid: 'k' }).sign(privateKey);
    assert.equal((await checked({ jwt: foreign })).state, 'unknown');
  });

  test('reads the bit of the badge, and no list that is not the issuer’s for it', async () => {
    const place = Number(claims.credentialStatus.statusListIndex);
    const bits = new Uint8Array(16384);
    const packed = (list) => `u${gzipSync(list).toString('base64url')}`;
    const encoded = (encodedList) => (list) => ({ ...list, credentialSubject: { ...list.credentialSubject, encodedList } });
    assert.equal((await withList(encoded(packed(bits)))).state, 'current');
    bits[place >> 3] |= 128 >> (place & 7);
    assert.equal((await withList(encoded(packed(bits)))).state, 'revoked');
    bits.fill(255);
    bits[place >> 3] &= ~(128 >> (place & 7));
    assert.equal((await withList(encoded(packed(bits)))).state, 'current', 'every other badge is revoked');

    const unread = {
      'a short list': encoded(packed(new Uint8Array(0))),
      'a list that unpacks to 64 MiB': encoded(packed(new Uint8Array(1 << 26))),
      'no gzip': encoded(`u${Buffer.from('no gzip').toString('base64url')}`),
      'another encoding': encoded(packed(bits).slice(1)),
      'another list': (list) => ({ ...list, id: `${list.id}x` }),
      'another issuer': (list) => ({ ...list, issuer: 'did:web:elsewhere' }),
      'another purpose': (list) => ({ ...list, credentialSubject: { ...list.credentialSubject, statusPurpose: 'suspension' } }),
      'a list of the past': (list) => ({ ...list, validUntil: '2020-01-01T00:00:00Z' }),
    };
    for (const [what, change] of Object.entries(unread)) {
      assert.equal((await withList(change)).state, 'unknown', what);
    }
  });

  test('finds a page that shows what was not signed', async () => {
    const { achievement } = claims.credentialSubject;
    const right = [
      { pointer: '/name', text: claims.name },
      { pointer: '/issuer/name', text: ` ${claims.issuer.name}\n` },
      { pointer: '/validFrom', time: claims.validFrom },
      { pointer: '/validUntil', time: claims.validUntil },
      { pointer: '/credentialSubject/achievement/description', text: achievement.description },
    ];
    assert.equal((await checked({ shown: right })).state, 'current');
    const wrong = [
      { pointer: '/name', text: `${claims.name}!` },
      { pointer: '/issuer/name', text: 'A better school' },
      { pointer: '/validFrom', time: '2001-01-01T00:00:00Z' },
      { pointer: '/validUntil', time: '2099-01-01T00:00:00Z' },
      { pointer: '/validUntil', text: null },
      { pointer: '/credentialSubject/nowhere/at/all', text: 'something' },
      { pointer: '', criterion: 'No such criterion', text: 'Exemplary' },
    ];
    for (const one of wrong) {
      const found = await checked({ shown: [...right, one] });
      assert.deepEqual([found.state, found.checks.find((it) => it.name === 'shown').about], ['untrue', one.criterion ?? one.pointer]);
    }
    assert.equal((await checked({ id: `${id}x` })).state, 'untrue', 'the badge of another page');
  });
});
