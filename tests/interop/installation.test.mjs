// A real installation, as README says it is made: init, a program, a badge, served; then its key is rotated.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { api, credentialOf, freePort, run, start } from './server.mjs';
import { digitalBazaar, digitalCredentials } from './verifiers.mjs';

const example = fileURLToPath(new URL('../../docs/examples/craft.toml', import.meta.url));

let folder, server, client, port;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'laurel-installation-'));
  port = await freePort();
  const set = laurel(['init', '--base-url', `http://localhost:${port}`, '--name', 'Acme Academy']);
  const token = /lrl_\w+/.exec(set.out)[0];
  laurel(['program', 'import', example]);
  server = await serve();
  client = api(server.base, token);
});
after(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('the steps of the README give a badge that both verifiers and Laurel accept', async () => {
  const issued = laurel(['issue', '--level', 'craft.practitioner', '--name', 'Ada Example', '--email', 'ada@example.com']);
  const [badge] = new RegExp(`${server.base}/badges/[\\w-]+`).exec(issued.out);
  const credential = await credentialOf(badge);
  assert.deepEqual(await digitalBazaar(credential), { verified: true, revoked: false, why: '' });
  assert.equal((await digitalCredentials(credential)).signature, true);
  assert.match(laurel(['verify', badge]).out, /valid/i);
});

describe('after a rotation of the key', () => {
  test('old and new badges, signed by two keys, verify in both verifiers and in Laurel', async () => {
    const old = await issue('linus@example.com');
    laurel(['keys', 'rotate']);
    await server.stop();
    server = await serve();
    const fresh = await issue('grace@example.com');
    assert.notEqual(method(old), method(fresh));
    await new Promise((resolve) => setTimeout(resolve, 5_500)); // verifier-core keeps a did.json for five seconds
    for (const badge of [await credentialOf(old.id), fresh]) {
      assert.deepEqual(await digitalBazaar(badge), { verified: true, revoked: false, why: '' });
      assert.equal((await digitalCredentials(badge)).signature, true);
      assert.equal((await client.post('/verify', { credential: badge })).verdict, 'valid');
    }
  });

  test('the old key stays in did.json with the new one, the panel’s and the one for JWT, and nothing else does', async () => {
    const document = await (await fetch(`${server.base}/.well-known/did.json`)).json();
    const kinds = document.verificationMethod.map((method) => method.type).sort();
    assert.deepEqual(kinds, ['JsonWebKey', 'Multikey', 'Multikey', 'Multikey']); // those for JWT and of the panel were not rotated
    assert.equal(document.assertionMethod.length, 4);
  });
});

const method = (credential) => credential.proof[0].verificationMethod;

const serve = () => start(['serve', '--listen', `127.0.0.1:${port}`], /(http:\/\/localhost:\d+)/, { folder });

function laurel(args) {
  const done = run(args, { folder });
  assert.equal(done.code, 0, `laurel ${args.join(' ')}\n${done.out}${done.err}`);
  return done;
}

async function issue(email) {
  const answer = await client.post('/awards', {
    awards: [{ level: 'craft.practitioner', recipient: { name: 'Ada Example', email } }],
  });
  return credentialOf(answer.awards[0].badge_url);
}
