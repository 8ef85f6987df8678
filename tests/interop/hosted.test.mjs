// Badges fetched from the running server, judged by verifiers that other people wrote, offline.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startDemo, credentialOf } from './server.mjs';
import { digitalBazaar, digitalCredentials } from './verifiers.mjs';
import { alterations, alterationsOfStatus } from './alterations.mjs';
import { published, refused } from './offline.mjs';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A published copy of the schema that badges name; it is not ours to ship. */
const vectors = process.env.LAUREL_VECTORS ?? fileURLToPath(new URL('../../../shared/vectors', import.meta.url));
const schema = `${vectors}/schemas/ob_v3p0_achievementcredential_schema.json`;

let server, badges;

before(async () => {
  server = await startDemo();
  badges = server.demo.badges;
});
after(() => server?.stop());

const idOf = (badge) => new URL(badge).pathname.split('/').pop();

describe('a badge of the running server', () => {
  test('is issued by a did:web on localhost and signed with eddsa-rdfc-2022', async () => {
    const credential = await credentialOf(badges.current);
    assert.match(credential.issuer.id, /^did:web:localhost%3A\d+$/);
    assert.deepEqual(credential.proof.map((proof) => proof.cryptosuite), ['eddsa-rdfc-2022']);
  });

  test('verifies in @digitalbazaar/vc, and is not revoked by its status list', async () => {
    const answer = await digitalBazaar(await credentialOf(badges.current));
    assert.deepEqual(answer, { verified: true, revoked: false, why: '' });
  });

  test('verifies in @digitalcredentials/verifier-core, in date and not revoked', async () => {
    const { signature, inDate, revoked, why } = await digitalCredentials(await credentialOf(badges.current));
    assert.deepEqual({ signature, inDate, revoked, why }, { signature: true, inDate: true, revoked: false, why: '' });
  });

  test('is not in a registry that verifier-core trusts, and the registry it cannot reach is named as unchecked', async () => {
    const registry = { type: 'dcc-legacy', name: 'Some registry', url: 'https://registry.example/registry.json' };
    const { registered } = await digitalCredentials(await credentialOf(badges.current), [registry]);
    assert.deepEqual(registered, {
      id: 'registered_issuer',
      valid: false,
      matchingIssuers: [],
      uncheckedRegistries: [registry],
    });
  });

  test('needs nothing from outside this machine but the schema it names', async () => {
    refused.length = 0;
    const credential = await credentialOf(badges.current);
    await digitalBazaar(credential);
    assert.deepEqual(refused, []);
    await digitalCredentials(credential);
    const schemas = credential.credentialSchema.map((schema) => schema.id);
    assert.deepEqual(refused.filter((url) => !schemas.includes(url)), []);
  });

  const noSchema = existsSync(schema) ? false : `there is no copy of the schema at ${schema}`;
  test('fits the schema that it names, as verifier-core reads it', { skip: noSchema }, async () => {
    const credential = await credentialOf(badges.current);
    const name = credential.credentialSchema[0].id;
    published.set(name, JSON.parse(readFileSync(schema, 'utf8')));
    const answer = await digitalCredentials(credential);
    published.delete(name);
    assert.deepEqual(answer.schema?.map?.(({ result }) => result), [{ valid: true }], JSON.stringify(answer.schema));
  });

  test('verifies in both while it nears its end', async () => {
    const credential = await credentialOf(badges.expiring);
    assert.deepEqual(await digitalBazaar(credential), { verified: true, revoked: false, why: '' });
    const { signature, inDate, revoked } = await digitalCredentials(credential);
    assert.deepEqual({ signature, inDate, revoked }, { signature: true, inDate: true, revoked: false });
  });

  test('that renews another verifies in both, and the one it renewed is not called revoked', async () => {
    const fresh = await credentialOf(badges.renewed);
    assert.deepEqual(await digitalBazaar(fresh), { verified: true, revoked: false, why: '' });
    assert.equal((await digitalCredentials(fresh)).signature, true);
    const { renews } = await server.api.get(`/awards/${idOf(badges.renewed)}`);
    const old = await credentialOf(`${server.base}/badges/${renews}`);
    // The old one may have ended since; it is judged as of its first day.
    const then = { now: new Date(old.validFrom) };
    assert.deepEqual(await digitalBazaar(old, then), { verified: true, revoked: false, why: '' });
    const { signature, revoked } = await digitalCredentials(old);
    assert.deepEqual({ signature, revoked }, { signature: true, revoked: false });
  });

  test('that expired is called expired by both, though its signature holds', async () => {
    const credential = await credentialOf(badges.expired);
    const late = await digitalBazaar(credential);
    assert.equal(late.verified, false);
    assert.match(late.why, /is after "validUntil"/);
    const then = new Date(Date.parse(credential.validUntil) - 1000);
    assert.equal((await digitalBazaar(credential, { now: then })).verified, true);
    const { signature, inDate } = await digitalCredentials(credential);
    assert.deepEqual({ signature, inDate }, { signature: true, inDate: false });
  });

  test('that was revoked is called revoked by both', async () => {
    const credential = await credentialOf(badges.revoked);
    assert.equal((await digitalBazaar(credential)).revoked, true);
    const { signature, revoked } = await digitalCredentials(credential);
    assert.deepEqual({ signature, revoked }, { signature: true, revoked: true });
  });
});

describe('an altered badge', () => {
  for (const [what, alter] of [...alterations, ...alterationsOfStatus]) {
    test(`fails in both verifiers: ${what}`, async () => {
      const credential = await credentialOf(badges.current);
      const other = await credentialOf(badges.expiring);
      const altered = alter(structuredClone(credential), other);
      assert.notDeepEqual(altered, credential, 'the alteration must change something');
      assert.equal((await digitalBazaar(altered)).verified, false, '@digitalbazaar/vc');
      assert.equal((await digitalCredentials(altered)).signature, false, 'verifier-core');
    });
  }
});

describe('a status list', () => {
  test('is itself a credential that verifies, and belongs to the issuer of the badge', async () => {
    const credential = await credentialOf(badges.current);
    const list = await credentialOf(credential.credentialStatus.statusListCredential);
    assert.equal(list.issuer.id ?? list.issuer, credential.issuer.id);
    assert.equal((await digitalBazaar(list)).verified, true);
  });
});

describe('a badge that changes over the API', () => {
  const revokes = async (credential) => (await digitalBazaar(credential)).revoked;

  test('is shown as revoked by both verifiers within five seconds of its revocation', async () => {
    const award = await issued('revoke');
    const credential = await credentialOf(award.badge_url);
    assert.equal(await revokes(credential), false);
    await server.api.post(`/awards/${idOf(award.badge_url)}/revoke`, { reason: 'Given to the wrong person' });
    const asked = Date.now();
    while (!(await revokes(credential)) && Date.now() - asked < 5_000) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.equal(await revokes(credential), true);
    assert.equal((await digitalCredentials(credential)).revoked, true);
  });

  test('is found revoked by both verifiers while it is suspended, and then only in what was signed before', async () => {
    const award = await issued('suspend');
    const before = await credentialOf(award.badge_url);
    await server.api.post(`/awards/${idOf(award.badge_url)}/suspend`, { reason: 'It is looked at again' });
    assert.equal(await revokes(before), true);
    assert.equal((await digitalCredentials(before)).revoked, true);
    // A version is told apart by its second.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const resumed = await server.api.post(`/awards/${idOf(award.badge_url)}/resume`, {});
    assert.equal(resumed.state, 'current');
    const after = await credentialOf(award.badge_url);
    assert.deepEqual([after.id, after.issuer, after.awardedDate], [before.id, before.issuer, before.validFrom]);
    assert.ok(Date.parse(after.validFrom) > Date.parse(before.validFrom));
    assert.ok(!Array.isArray(after.credentialStatus), 'Open Badges 3.0 allows one');
    assert.deepEqual(await digitalBazaar(after), { verified: true, revoked: false, why: '' });
    assert.equal((await digitalCredentials(after)).revoked, false);
    assert.equal(await revokes(before), true);
  });

  test('keeps its neighbours on the same list valid when it is revoked', async () => {
    const [award, neighbour] = [await issued('one'), await issued('two')];
    await server.api.post(`/awards/${idOf(award.badge_url)}/revoke`, { reason: 'A mistake' });
    assert.equal(await revokes(await credentialOf(award.badge_url)), true);
    assert.equal(await revokes(await credentialOf(neighbour.badge_url)), false);
  });

  test('is renewed to a new credential that verifies in both, and the old one still does', async () => {
    const old = await credentialOf(badges.expiring);
    const renewed = await server.api.post(`/awards/${idOf(badges.expiring)}/renew`, {});
    const credential = await credentialOf(renewed.badge_url);
    assert.notEqual(credential.id, old.id);
    assert.ok(Date.parse(credential.validUntil) > Date.parse(old.validUntil));
    for (const one of [old, credential]) {
      assert.deepEqual(await digitalBazaar(one), { verified: true, revoked: false, why: '' });
      assert.equal((await digitalCredentials(one)).signature, true);
    }
  });

  async function issued(name) {
    const { level } = await levelOf(badges.current);
    const answer = await server.api.post('/awards', {
      awards: [{ level, recipient: { name: 'Ada Example', email: `${name}-${Date.now()}@example.com` } }],
    });
    return answer.awards[0];
  }

  const levelOf = async (badge) => server.api.get(`/awards/${idOf(badge)}`);
});
