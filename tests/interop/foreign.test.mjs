// Badges that `@digitalbazaar/vc` signed with a did:key, judged by Laurel over the API and on the command line.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentLoader } from './loader.mjs';
import { startDemo, run } from './server.mjs';
import { alterations } from './alterations.mjs';
import * as vc from '@digitalbazaar/vc';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';

let server, folder;

before(async () => {
  server = await startDemo();
  folder = mkdtempSync(join(tmpdir(), 'laurel-foreign-'));
});
after(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a badge signed by @digitalbazaar/vc', () => {
  test('has a proof that Laurel finds good, from an issuer that it does not know: amber, not green', async () => {
    const report = await overApi(await signed());
    assert.deepEqual(outcomes(report), {
      format: 'passed', proof: 'passed', schema: 'passed', issuer: 'failed', status: 'passed', dates: 'passed',
    });
    assert.equal(report.verdict, 'attention');
    assert.equal(report.claims.achievement_name, 'Introduction to Weaving');
  });

  test('is judged alike by `laurel verify FILE`', async () => {
    const { code, out, err } = onCommandLine(await signed());
    assert.match(out + err, /issuer/i);
    assert.doesNotMatch(out + err, /panicked/);
    assert.notEqual(code, 0, 'what is not green does not end with 0');
  });

  test('with one proof that is not in an array is read too', async () => {
    const badge = await signed();
    assert.ok(!Array.isArray(badge.proof), 'the library writes one proof without an array');
    assert.equal(outcomes(await overApi({ ...badge, proof: [badge.proof] })).proof, 'passed');
  });

  test('that expired is amber, and says so', async () => {
    const report = await overApi(await signed({ validFrom: '2020-01-01T00:00:00Z', validUntil: '2021-01-01T00:00:00Z' }));
    assert.equal(outcomes(report).dates, 'failed');
    assert.equal(report.verdict, 'attention');
  });

  test('is refused when it names the key of one issuer and the name of another', async () => {
    const badge = await signed({ signer: await key(1), issuerKey: await key(2) });
    const report = await overApi(badge);
    assert.equal(report.verdict, 'invalid');
    assert.equal(outcomes(report).proof, 'failed');
    assert.equal(report.claims, null);
  });

  for (const [what, alter] of alterations) {
    test(`is red when altered: ${what}`, async () => {
      const badge = await signed();
      const inArray = (one) => ({ ...one, proof: [one.proof].flat() });
      const altered = alter(inArray(structuredClone(badge)), inArray(await signed({ name: 'Another' })));
      assert.notDeepEqual(altered, inArray(badge), 'the alteration must change something');
      const report = await overApi(altered);
      assert.equal(report.verdict, 'invalid', JSON.stringify(report.checks));
      assert.equal(report.claims, null);
    });
  }

  test('is red on the command line when altered', async () => {
    const badge = await signed();
    const { code, out, err } = onCommandLine({ ...badge, name: 'Master of Everything' });
    assert.notEqual(code, 0);
    assert.match(out + err, /altered|signature|proof/i);
  });
});

const overApi = (badge) => server.api.post('/verify', { credential: badge });

function onCommandLine(badge) {
  const file = join(folder, `badge-${Math.random()}.json`);
  writeFileSync(file, JSON.stringify(badge));
  return run(['verify', file], { folder });
}

const outcomes = (report) => Object.fromEntries(report.checks.map((check) => [check.check, check.outcome]));

const keys = new Map();
async function key(number) {
  if (!keys.has(number)) {
    const pair = await Ed25519Multikey.generate();
    pair.controller = `did:key:${pair.publicKeyMultibase}`;
    pair.id = `${pair.controller}#${pair.publicKeyMultibase}`;
    keys.set(number, pair);
  }
  return keys.get(number);
}

async function signed({ name = 'Introduction to Weaving', signer, issuerKey, ...dates } = {}) {
  const pair = signer ?? (await key(0));
  const credential = {
    '@context': [
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
    ],
    id: 'urn:uuid:5c1a7b0e-2f5e-4b39-9d4b-6b5d0c1f6b11',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name,
    issuer: { id: (issuerKey ?? pair).controller, type: ['Profile'], name: 'A school of weaving' },
    validFrom: '2026-01-01T00:00:00Z',
    validUntil: '2096-01-01T00:00:00Z',
    ...dates,
    credentialSubject: {
      id: 'urn:uuid:0f7c7a4e-1a53-4a0a-8f5e-0d9a3b1f2c33',
      type: ['AchievementSubject'],
      identifier: [
        { type: 'IdentityObject', hashed: true, identityHash: `sha256$${'b5'.repeat(32)}`, identityType: 'emailAddress', salt: 'ab12' },
      ],
      achievement: {
        id: 'https://weaving.example/achievements/1',
        type: ['Achievement'],
        name: 'Introduction to Weaving',
        description: 'Can set up a loom.',
        criteria: { narrative: 'Weave **one** metre.' },
        image: { id: 'https://weaving.example/1.png', type: 'Image' },
      },
    },
    credentialSchema: [
      {
        id: 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json',
        type: '1EdTechJsonSchemaValidator2019',
      },
    ],
  };
  const suite = new DataIntegrityProof({ signer: pair.signer(), cryptosuite });
  return vc.issue({ credential, suite, documentLoader, now: new Date(credential.validFrom) });
}
