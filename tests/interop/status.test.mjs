// Status lists both ways with the npm package `@digitalbazaar/vc-bitstring-status-list`: it reads ours bit for bit, and Laurel judges
// badges by lists that it made. The lists and their issuer are on this machine, which the operator of the Laurel under test allows.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentLoader } from './loader.mjs';
import { credentialOf, freePort, run, start, startDemo } from './server.mjs';
import * as lists from '@digitalbazaar/vc-bitstring-status-list';
import * as vc from '@digitalbazaar/vc';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';

const LENGTH = 131_072;

describe('a status list of the running server', () => {
  let server;
  before(async () => (server = await startDemo()));
  after(() => server?.stop());

  test('is read by the library, and says of each badge what Laurel says', async () => {
    for (const [state, revoked] of [['current', false], ['expired', false], ['revoked', true]]) {
      const { credentialStatus } = await credentialOf(server.demo.badges[state]);
      const list = await listAt(credentialStatus.statusListCredential);
      assert.equal(list.length, LENGTH);
      assert.equal(list.getStatus(Number(credentialStatus.statusListIndex)), revoked, state);
    }
  });

  test('has no other bit set than those of the badges that were revoked', async () => {
    const { credentialStatus } = await credentialOf(server.demo.badges.current);
    const before = ones(await listAt(credentialStatus.statusListCredential));
    const id = new URL(server.demo.badges.current).pathname.split('/').pop();
    await server.api.post(`/awards/${id}/revoke`, { reason: 'A mistake' });
    const then = ones(await listAt(credentialStatus.statusListCredential));
    assert.deepEqual(then, [...before, Number(credentialStatus.statusListIndex)].sort((a, b) => a - b));
  });

  const listAt = async (url) => lists.decodeList((await credentialOf(url)).credentialSubject);
  const ones = (list) => Array.from({ length: list.length }, (_, at) => at).filter((at) => list.getStatus(at));
});

describe('a badge whose status list the library made', () => {
  const pages = new Map();
  let folder, server, site, base, issuer, stranger;

  before(async () => {
    [issuer, stranger] = [await pair(), await pair()];
    site = createServer((request, answer) => {
      const page = pages.get(request.url);
      answer.writeHead(page ? 200 : 404, { 'content-type': 'application/vc' }).end(page && JSON.stringify(page));
    });
    await new Promise((listening) => site.listen(0, 'localhost', listening));
    base = `http://localhost:${site.address().port}`;

    folder = mkdtempSync(join(tmpdir(), 'laurel-status-'));
    const port = await freePort();
    const made = run(['init', '--base-url', `http://localhost:${port}`, '--name', 'Acme Academy'], { folder });
    assert.equal(made.code, 0, made.out + made.err);
    const file = join(folder, 'laurel.toml');
    const opened = `${readFileSync(file, 'utf8')}\n[lookups]\nprivate_hosts = ["localhost"]\n`;
    const trusting = `\n[[trusted_issuers]]\nid = "${issuer.controller}"\nname = "A school of weaving"\n`;
    writeFileSync(file, opened + trusting);
    server = await start(['serve', '--listen', `127.0.0.1:${port}`], /(http:\/\/localhost:\d+)/, { folder });
  });
  after(async () => {
    await server?.stop();
    site?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('is valid when the list does not name it, and revoked when it does', async () => {
    await publish('/1', { set: [7, 94_567, LENGTH - 1] });
    assert.deepEqual(await status('/1', 6), { verdict: 'valid', code: 'in_force' });
    assert.deepEqual(await status('/1', 8), { verdict: 'valid', code: 'in_force' });
    for (const index of [7, 94_567, LENGTH - 1]) {
      assert.deepEqual(await status('/1', index), { verdict: 'invalid', code: 'revoked' }, `${index}`);
    }
  });

  test('is judged by the library alike', async () => {
    await publish('/alike', { set: [7] });
    for (const [index, revoked] of [[6, false], [7, true]]) {
      const credential = await badge('/alike', index);
      const suite = new DataIntegrityProof({ cryptosuite });
      const found = await lists.checkStatus({ credential, documentLoader, suite });
      assert.equal(found.results[0].status, revoked);
      assert.equal((await judged(credential)).code === 'revoked', revoked);
    }
  });

  test('is suspended by a list for suspension, and left open by one for another purpose', async () => {
    await publish('/2', { set: [7], statusPurpose: 'suspension' });
    assert.deepEqual(await status('/2', 7, 'suspension'), { verdict: 'invalid', code: 'suspended' });
    assert.deepEqual(await status('/2', 6, 'suspension'), { verdict: 'valid', code: 'in_force' });
    assert.deepEqual(await status('/2', 7, 'revocation'), { verdict: 'unknown', code: 'status_unreadable' });
  });

  test('stays open when the list is a stranger’s, altered, unsigned, too short or not there', async () => {
    await publish('/3', { set: [], signer: stranger });
    assert.deepEqual(await status('/3', 6), { verdict: 'unknown', code: 'status_untrusted' });
    await publish('/4', { set: [6] });
    pages.get('/4').credentialSubject.encodedList = await (await lists.createList({ length: LENGTH })).encode();
    assert.deepEqual(await status('/4', 6), { verdict: 'unknown', code: 'status_untrusted' });
    await publish('/5', { set: [] });
    delete pages.get('/5').proof;
    assert.deepEqual(await status('/5', 6), { verdict: 'unknown', code: 'status_untrusted' });
    await publish('/6', { set: [], length: 1024 });
    assert.deepEqual(await status('/6', 6), { verdict: 'unknown', code: 'status_unreadable' });
    assert.deepEqual(await status('/none', 6), { verdict: 'unknown', code: 'status_unreadable' });
  });

  async function publish(path, { set, length = LENGTH, statusPurpose = 'revocation', signer = issuer }) {
    const list = await lists.createList({ length });
    set.forEach((index) => list.setStatus(index, true));
    const credential = await lists.createCredential({ id: base + path, list, statusPurpose });
    pages.set(path, await signed({ ...credential, issuer: signer.controller, validFrom: '2026-01-01T00:00:00Z' }, signer));
  }

  const status = async (path, index, purpose) => judged(await badge(path, index, purpose));

  async function judged(credential) {
    const answer = await fetch(`${server.base}/api/v1/verify`, {
      method: 'POST',
      headers: { 'content-type': 'application/vc' },
      body: JSON.stringify(credential),
    });
    const report = await answer.json();
    return { verdict: report.verdict, code: report.checks.find((check) => check.check === 'status').code };
  }

  const badge = (path, index, statusPurpose = 'revocation') =>
    signed(
      {
        '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
        id: 'urn:uuid:5c1a7b0e-2f5e-4b39-9d4b-6b5d0c1f6b11',
        type: ['VerifiableCredential', 'OpenBadgeCredential'],
        name: 'Introduction to Weaving',
        issuer: { id: issuer.controller, type: ['Profile'], name: 'A school of weaving' },
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
        credentialStatus: {
          id: `${base}${path}#${index}`,
          type: 'BitstringStatusListEntry',
          statusPurpose,
          statusListIndex: `${index}`,
          statusListCredential: base + path,
        },
      },
      issuer,
    );
});

async function pair() {
  const made = await Ed25519Multikey.generate();
  made.controller = `did:key:${made.publicKeyMultibase}`;
  made.id = `${made.controller}#${made.publicKeyMultibase}`;
  return made;
}

function signed(credential, signer) {
  const suite = new DataIntegrityProof({ signer: signer.signer(), cryptosuite });
  return vc.issue({ credential, suite, documentLoader, now: new Date('2026-02-01T00:00:00Z') });
}
