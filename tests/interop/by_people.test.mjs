// What one of the demo's people says for another's badge, before @digitalbazaar/vc: signed in their own name, under their own DID and list.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startDemo } from './server.mjs';
import { digitalBazaar } from './verifiers.mjs';

let server, endorser, id, credential;

before(async () => {
  server = await startDemo();
  const page = await (await fetch(`${server.base}/sign-in`)).text();
  const people = [...page.matchAll(/name="person" value="([^"]+)"/g)].map((found) => found[1]);
  const { holder, award, at } = await holderOf(people);
  endorser = await signIn(people.find((person, place) => place !== at));
  const given = await send(endorser, `/me/endorse/${award}`, { comment: 'Did it *well*.', language: 'en', skill: '' });
  assert.equal(given.status, 303, await given.text());
  const desk = await (await get(holder, `/me/badges/${award}/endorsements`)).text();
  id = /action="\/me\/endorsements\/([^/]+)\/answer"/.exec(desk)[1];
  await send(holder, `/me/endorsements/${id}/answer`, { standing: 'shown' });
  credential = await (await fetch(`${server.base}/endorsements/${id}.json`)).json();
});
after(async () => {
  await server?.stop();
});

describe('an endorsement by a person', () => {
  test('verifies in @digitalbazaar/vc with its own issuer and its own status list', async () => {
    const answer = await digitalBazaar(credential);
    assert.deepEqual([answer.verified, answer.revoked], [true, false], answer.why);
    assert.match(credential.issuer.id, /^did:web:.*:endorsers:[a-z0-9]+$/);
    assert.deepEqual(credential.type, ['VerifiableCredential', 'EndorsementCredential']);
  });

  test('no longer verifies there when a word or a name is changed', async () => {
    const words = structuredClone(credential);
    words.credentialSubject.endorsementComment = 'Did it badly.';
    const name = structuredClone(credential);
    name.issuer.name = 'Someone Else';
    for (const altered of [words, name]) assert.equal((await digitalBazaar(altered)).verified, false);
  });

  test('is revoked there once its endorser has withdrawn it', async () => {
    assert.equal((await send(endorser, `/me/endorsements/${id}/withdraw`, {})).status, 303);
    const answer = await digitalBazaar(credential);
    assert.equal(answer.revoked, true, answer.why);
  });
});

/** The first of them with a badge that stands and has a page. */
async function holderOf(people) {
  for (const [at, person] of people.entries()) {
    const holder = await signIn(person);
    const page = await (await get(holder, '/me/badges')).text();
    for (const [, award] of page.matchAll(/<li id="([a-z0-9]+)" class="valid">/g)) {
      const visible = await fetch(`${server.base}/badges/${award}`);
      if (visible.ok) return { holder, award, at };
    }
  }
  throw new Error('nobody holds a badge');
}

async function signIn(person) {
  const answer = await fetch(`${server.base}/sign-in/demo`, {
    method: 'POST',
    headers: { origin: server.base },
    body: new URLSearchParams({ person, next: '/me' }),
    redirect: 'manual',
  });
  const cookie = answer.headers.getSetCookie()[0].split(';')[0];
  const me = await (await get({ cookie }, '/me')).text();
  return { cookie, csrf: /name="csrf" value="([^"]+)"/.exec(me)[1] };
}

function get({ cookie }, path) {
  return fetch(`${server.base}${path}`, { headers: { cookie } });
}

function send({ cookie, csrf }, path, fields) {
  const headers = { cookie, origin: server.base };
  const body = new URLSearchParams({ csrf, ...fields });
  return fetch(`${server.base}${path}`, { method: 'POST', headers, body, redirect: 'manual' });
}
