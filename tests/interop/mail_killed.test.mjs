// A run of two hundred letters through a real mail server, of which first the server and then Laurel is killed in the middle: nothing is
// lost, and each killing makes one letter come twice at most, under one Message-ID.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { api, freePort, install } from './server.mjs';

const LETTERS = 200;
let installed, smtpPort, smtp, server, token, letters;

before(async () => {
  smtpPort = await freePort();
  installed = await install(
    `[mail]\nhost = "127.0.0.1"\nport = ${smtpPort}\ntls = "none"\nfrom = "Acme Academy <badges@acme.example>"\n`,
  );
  letters = join(installed.folder, 'letters');
  token = installed.laurel('token', 'create', '--name', 'test', '--scope', 'issue', '--scope', 'revoke').out.trim();
});
after(async () => {
  smtp?.kill('SIGKILL');
  await server?.stop();
  installed?.remove();
});

test('of two hundred letters none is lost when the mail server and Laurel are killed, and each killing doubles one at most', async () => {
  await serveMail();
  server = await installed.serve();
  const client = api(installed.base, token);
  const request = (n) => ({
    level: 'craft.practitioner',
    recipient: { name: `Person ${n}`, email: `person${n}@acme.example` },
  });
  const { awards } = await client.post('/awards', { awards: Array.from({ length: LETTERS }, (_, n) => request(n)) });
  // Each revocation writes a letter to its holder.
  const revoking = (async () => {
    for (const { id } of awards) await client.post(`/awards/${id}/revoke`, { reason: 'For this test.' });
  })();
  await until(() => received().length >= 30);
  const atOnce = received().length;
  smtp.kill('SIGKILL');
  assert.ok(atOnce < LETTERS, `all ${atOnce} were sent before the mail server was killed`);
  await revoking;
  await serveMail();
  installed.laurel('mail', 'retry');
  await until(() => received().length >= 90);
  await server.kill();
  const sent = received().length;
  assert.ok(sent < LETTERS, `all ${sent} were sent before Laurel was killed`);
  // What the dead process held waits for the end of its lease; this lets it go.
  installed.laurel('mail', 'retry');
  server = await installed.serve();
  await until(() => new Set(received().map(({ id }) => id)).size === LETTERS, 120);
  await until(() => installed.laurel('mail', 'list').out.trim() === '', 30);
  const all = received();
  const times = new Map();
  for (const one of all) times.set(one.id, [...(times.get(one.id) ?? []), one]);
  assert.equal(times.size, LETTERS);
  assert.equal(new Set(all.map(({ to }) => to)).size, LETTERS, 'everyone has theirs');
  const twice = [...times.values()].filter((copies) => copies.length > 1);
  assert.ok(all.length - LETTERS <= 2, `${all.length - LETTERS} came once too often, of two killings`);
  for (const copies of twice) assert.ok(copies.every(({ text }) => text === copies[0].text), 'byte for byte');
});

function received() {
  if (!existsSync(letters)) return [];
  // A line that a killed server did not finish was never taken.
  const lines = readFileSync(letters, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => {
    const { to, text } = JSON.parse(line);
    return { to: to.join(), text, id: /^Message-ID: (.*)$/m.exec(text)[1] };
  });
}

async function serveMail() {
  const script = fileURLToPath(new URL('smtp.mjs', import.meta.url));
  smtp = spawn(process.execPath, [script, String(smtpPort), letters], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => smtp.stdout.once('data', resolve));
}

async function until(holds, seconds = 90) {
  for (let tries = 0; !holds(); tries++) {
    assert.ok(tries < seconds * 10, `not within ${seconds} s; received ${received().length}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
