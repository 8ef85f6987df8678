// What someone takes along for a talk: a ClrCredential with their badges in it, before @digitalbazaar/vc.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startDemo } from './server.mjs';
import { digitalBazaar } from './verifiers.mjs';

let server, record;
before(async () => {
  server = await startDemo();
  record = await taken();
});
after(async () => {
  await server?.stop();
});

describe('a record of badges', () => {
  test('verifies in @digitalbazaar/vc, and so does each badge in it by itself', async () => {
    const whole = await digitalBazaar(record);
    assert.equal(whole.verified, true, whole.why);
    const badges = record.credentialSubject.verifiableCredential;
    assert.ok(badges.length > 0);
    for (const badge of badges) {
      const answer = await digitalBazaar(badge);
      assert.deepEqual([answer.verified, answer.revoked], [true, false], answer.why);
    }
  });

  test('no longer verifies there when a badge is changed, left out or another is put in', async () => {
    const changed = structuredClone(record);
    changed.credentialSubject.verifiableCredential[0].name = 'Master of Everything';
    const without = structuredClone(record);
    without.credentialSubject.verifiableCredential.shift();
    const more = structuredClone(record);
    more.credentialSubject.verifiableCredential.push({ ...record.credentialSubject.verifiableCredential[0], id: 'urn:uuid:1' });
    for (const altered of [changed, without, more]) {
      assert.equal((await digitalBazaar(altered)).verified, false);
    }
  });

  test('is of the shape that the standard asks for', () => {
    assert.deepEqual(record['@context'].slice(0, 3), [
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    ]);
    assert.deepEqual(record.type, ['VerifiableCredential', 'ClrCredential']);
    for (const member of ['id', 'name', 'issuer', 'validFrom', 'credentialSubject']) assert.ok(record[member], member);
    const { type, achievement, association } = record.credentialSubject;
    assert.deepEqual(type, ['ClrSubject']);
    const ids = achievement.map((one) => one.id);
    for (const one of association ?? []) {
      assert.deepEqual([one.type, one.associationType], ['Association', 'precedes']);
      assert.ok(ids.includes(one.sourceId) && ids.includes(one.targetId));
    }
  });
});

/** Signs in as each of the demo's people until one has a badge that stands. */
async function taken() {
  const page = await (await fetch(`${server.base}/sign-in`)).text();
  const people = [...page.matchAll(/name="person" value="([^"]+)"/g)].map((found) => found[1]);
  for (const person of people) {
    const headers = { origin: server.base, 'content-type': 'application/x-www-form-urlencoded' };
    const signedIn = await fetch(`${server.base}/sign-in/demo`, {
      method: 'POST',
      headers,
      body: new URLSearchParams({ person, next: '/me' }),
      redirect: 'manual',
    });
    const cookie = signedIn.headers.getSetCookie()[0].split(';')[0];
    const me = await (await fetch(`${server.base}/me`, { headers: { cookie } })).text();
    if (!me.includes('action="/me/career"')) continue;
    const csrf = /name="csrf" value="([^"]+)"/.exec(me)[1];
    const answer = await fetch(`${server.base}/me/career`, {
      method: 'POST',
      headers: { ...headers, cookie },
      body: new URLSearchParams({ csrf }),
    });
    assert.equal(answer.status, 200);
    const found = await answer.json();
    // One with a ladder in it shows more.
    if (found.credentialSubject.association || person === people.at(-1)) return found;
    record ??= found;
  }
  return record;
}
