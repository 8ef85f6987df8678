// Letters through a real SMTP server: encrypted, with a password, refused, cut off, and tried again.

import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SMTPServer } from 'smtp-server';
import { binary, freePort, run, start } from './server.mjs';

// A key pair for localhost that is for these tests alone.
const [key, cert] = ['key', 'cert'].map((what) => fileURLToPath(new URL(`localhost-${what}.pem`, import.meta.url)));
const ada = 'ada.obi@acme.example';

let folder, port, smtp, received, behaviour;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'laurel-mail-'));
  port = await freePort();
  received = [];
  smtp = new SMTPServer({
    key: readFileSync(key),
    cert: readFileSync(cert),
    authOptional: false,
    disabledCommands: [],
    onAuth: ({ username, password }, session, done) =>
      username === 'laurel' && password === 's3cret' ? done(null, { user: username }) : done(new Error('wrong password')),
    onRcptTo: (address, session, done) => {
      if (behaviour !== 'refuse') return done();
      done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }));
    },
    onData: (stream, session, done) => {
      let text = '';
      stream.setEncoding('utf8');
      stream.on('data', (chunk) => (text += chunk));
      stream.on('end', () => {
        received.push({ text, secure: session.secure, user: session.user, to: session.envelope.rcptTo.map((to) => to.address) });
        // Taken, and its sender never hears of it: the case that makes a second copy.
        if (behaviour === 'drop') return [...smtp.connections].forEach((connection) => connection._socket.destroy());
        done();
      });
    },
  });
  smtp.on('error', () => {}); // a connection that was cut
  await new Promise((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  laurel('init', '--base-url', `http://localhost:${port}`, '--name', 'Acme Academy');
  laurel('person', 'add', ada, '--name', 'Ada Obi');
  copyFileSync(cert, join(folder, 'cert.pem'));
  writeFileSync(join(folder, 'secret'), 's3cret\n', { mode: 0o600 });
  appendFileSync(
    join(folder, 'laurel.toml'),
    `\n[mail]\nhost = "localhost"\nport = ${smtp.server.address().port}\nuser = "laurel"\npassword_file = "secret"
authority = "cert.pem"\nfrom = "Acme Academy <badges@acme.example>"\n`,
  );
});
after(async () => {
  await new Promise((resolve) => smtp.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  received.length = 0;
  behaviour = 'take';
});

test('a letter arrives over an encrypted connection, with its headers whole', async () => {
  const { code, out, err } = await laurelAsync('mail', 'try', ada);
  assert.equal(code, 0, err);
  assert.match(out, /took “A trial from Acme Academy”/);
  const [mail] = received;
  assert.deepEqual({ secure: mail.secure, user: mail.user, to: mail.to }, { secure: true, user: 'laurel', to: [ada] });
  assert.equal(header(mail, 'From'), '"Acme Academy" <badges@acme.example>');
  assert.equal(header(mail, 'To'), ada);
  assert.equal(header(mail, 'Subject'), 'A trial from Acme Academy');
  assert.match(header(mail, 'Message-ID'), /^<[\w-]+@localhost>$/);
  assert.ok(Math.abs(Date.parse(header(mail, 'Date')) - Date.now()) < 60_000, header(mail, 'Date'));
  assert.match(mail.text, /\r\n\r\nHello Ada Obi,\r\n/);
});

test('a server whose certificate nobody vouches for gets neither password nor letter', async () => {
  const said = readFileSync(join(folder, 'laurel.toml'), 'utf8');
  writeFileSync(join(folder, 'laurel.toml'), said.replace('authority = "cert.pem"\n', ''));
  const { code, err } = await laurelAsync('mail', 'try', ada);
  writeFileSync(join(folder, 'laurel.toml'), said);
  assert.equal(code, 1);
  assert.match(err, /the mail server did not take it/);
  assert.deepEqual(received, []);
});

test('a wrong password is told of', async () => {
  const { code, err } = await laurelAsync('mail', 'try', ada, { env: { LAUREL_MAIL_PASSWORD: 'wrong' } });
  assert.equal(code, 1);
  assert.match(err, /wrong password/);
});

test('a letter that is refused waits with the reason, and goes out when the server takes it', async () => {
  behaviour = 'refuse';
  const { code, err } = await laurelAsync('mail', 'try', ada);
  assert.equal(code, 1);
  assert.match(err, /no such mailbox/);
  assert.deepEqual(received, []);
  const waits = laurel('mail', 'list').out.trim().split('\n').at(-1);
  assert.match(waits, /ada\.obi@acme\.example {2}“A trial from Acme Academy” {2}waits/);
  behaviour = 'take';
  await served(() => received.some((mail) => header(mail, 'Message-ID').startsWith(`<${waits.split(' ')[0]}@`)));
});

test('a letter whose connection was cut after it was taken comes again under the same Message-ID', async () => {
  behaviour = 'drop';
  const { code } = await laurelAsync('mail', 'try', ada);
  assert.equal(code, 1, 'the server never said that it has it');
  assert.equal(received.length, 1);
  const [first] = received;
  behaviour = 'take';
  await served(() => received.filter((mail) => header(mail, 'Message-ID') === header(first, 'Message-ID')).length === 2);
  assert.equal(received.at(-1).text, first.text, 'byte for byte');
  assert.equal(laurel('mail', 'list').out.trim(), '', 'nothing waits any more');
});

/** Serves until something holds, for half a minute at most. */
async function served(holds) {
  const server = await start(['serve'], /Laurel serves (\S+) on/, {
    folder,
    env: { LAUREL_LISTEN: `127.0.0.1:${port}` },
  });
  try {
    for (let tries = 0; !holds(); tries++) {
      assert.ok(tries < 300, `not within half a minute; received ${received.length}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    // Until the record says so too.
    await new Promise((resolve) => setTimeout(resolve, 500));
  } finally {
    await server.stop();
  }
}

/** One header, unfolded. */
function header({ text }, name) {
  const head = text.split('\r\n\r\n')[0].replace(/\r\n[ \t]+/g, ' ');
  return new RegExp(`^${name}: (.*)$`, 'mi').exec(head)?.[1];
}

/** For commands that do not speak with this process. */
function laurel(...args) {
  const done = run(args, { folder });
  assert.equal(done.code, 0, done.err);
  return done;
}

/** For those that do: it must go on listening meanwhile. */
async function laurelAsync(...args) {
  const { env } = typeof args.at(-1) === 'object' ? args.pop() : {};
  const child = spawn(binary, args, { cwd: folder, env: { ...process.env, ...env } });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (err += chunk));
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, out, err };
}
