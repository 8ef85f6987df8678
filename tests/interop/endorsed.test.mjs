// A badge with an endorsement in it, as Laurel builds both (tests/verify/endorsements.rs holds endorsed.json to that), before
// @digitalbazaar/vc; and badges that its holder shows by that library, before Laurel.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { documentLoader } from './loader.mjs';
import { startDemo } from './server.mjs';
import { digitalBazaar } from './verifiers.mjs';
import * as vc from '@digitalbazaar/vc';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';

const badge = JSON.parse(readFileSync(new URL('endorsed.json', import.meta.url), 'utf8'));
// Its list is nobody's; what is asked here is what the proofs cover.
const options = { checkStatus: async () => ({ verified: true }) };

let server;
before(async () => {
  server = await startDemo();
});
after(async () => {
  await server?.stop();
});

describe('a badge with an endorsement in it', () => {
  test('verifies in @digitalbazaar/vc, and so does the endorsement by itself', async () => {
    const whole = await digitalBazaar(badge, options);
    assert.equal(whole.verified, true, whole.why);
    const endorsement = await digitalBazaar(badge.endorsement[0], options);
    assert.equal(endorsement.verified, true, endorsement.why);
  });

  test('no longer verifies there when the endorsement is changed, left out or put elsewhere', async () => {
    const changed = structuredClone(badge);
    changed.endorsement[0].credentialSubject.endorsementComment = 'Outstanding.';
    const without = structuredClone(badge);
    delete without.endorsement;
    const moved = structuredClone(without);
    moved.issuer.endorsement = badge.endorsement;
    for (const altered of [changed, without, moved]) {
      assert.equal((await digitalBazaar(altered, options)).verified, false);
    }
  });

  test('is told of by Laurel with the words of the endorser', async () => {
    const report = await server.api.post('/verify', { credential: badge });
    const [endorsement] = report.endorsements;
    assert.equal(report.checks.find((check) => check.check === 'proof').outcome, 'passed');
    assert.equal(endorsement.comment, badge.endorsement[0].credentialSubject.endorsementComment);
    assert.equal(endorsement.endorser_id, badge.endorsement[0].issuer.id);
  });
});

describe('a presentation made by @digitalbazaar/vc', () => {
  test('has a proof that Laurel finds good, and every badge in it is judged', async () => {
    const { presentation, holder } = await presented();
    const report = await server.api.post('/verify', { credential: presentation });
    assert.equal(report.holder, holder);
    assert.deepEqual(
      report.checks.map((check) => [check.check, check.code]),
      [['format', 'well_formed'], ['proof', 'genuine'], ['challenge', 'challenge_unasked'], ['holder', 'holder_differs']],
    );
    assert.equal(report.credentials.length, 1);
    assert.equal(report.credentials[0].checks[1].code, 'genuine');
  });

  test('is red when a badge in it is changed', async () => {
    const { presentation } = await presented();
    const [shown] = [presentation.verifiableCredential].flat();
    shown.name = 'Master of Everything';
    const report = await server.api.post('/verify', { credential: presentation });
    assert.equal(report.verdict, 'invalid');
    assert.deepEqual(report.credentials, []);
  });
});

async function presented() {
  const pair = await Ed25519Multikey.generate();
  pair.controller = `did:key:${pair.publicKeyMultibase}`;
  pair.id = `${pair.controller}#${pair.publicKeyMultibase}`;
  const presentation = vc.createPresentation({
    verifiableCredential: [structuredClone(badge)],
    holder: pair.controller,
    now: new Date('2026-02-01T00:00:00Z'),
    verify: false,
  });
  const suite = new DataIntegrityProof({ signer: pair.signer(), cryptosuite });
  const signed = await vc.signPresentation({ presentation, suite, documentLoader, challenge: 'c1', domain: 'https://a.example' });
  return { presentation: signed, holder: pair.controller };
}
