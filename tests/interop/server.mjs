// Starts the program under test and talks to it, as anybody's program would.

import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** The binary that `cargo test` built. */
export const binary = resolve(process.env.CARGO_TARGET_DIR ?? join(repository, 'target'), 'debug', 'laurel');

/** A demo company, served until `stop`. `demo` is what /demo.json says. */
export async function startDemo() {
  const server = await start(['demo', '--listen', '127.0.0.1:0'], /Laurel demo at (http:\/\/\S+)/);
  const answer = await fetch(`${server.base}/demo.json`);
  const demo = await answer.json();
  return { ...server, demo, api: api(server.base, demo.token) };
}

/** Starts `laurel` with these arguments in an empty folder (or `folder`), and waits until it prints its address. */
export async function start(args, address, { folder, env } = {}) {
  if (!existsSync(binary)) {
    throw new Error(`there is no ${binary}; run \`cargo build\` first`);
  }
  const home = folder ?? mkdtempSync(join(tmpdir(), 'laurel-'));
  const child = spawn(binary, args, { cwd: home, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const base = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`laurel ${args[0]} did not start in 120 s:\n${output}`)), 120_000);
    const read = (chunk) => {
      output += chunk;
      const found = address.exec(output);
      if (found) {
        clearTimeout(late);
        resolve(found[1]);
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`laurel ${args[0]} ended with ${code}:\n${output}`)));
  });
  const stop = async () => {
    const ended = child.exitCode === null ? new Promise((resolve) => child.once('exit', resolve)) : null;
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(late);
    if (!folder) rmSync(home, { recursive: true, force: true });
  };
  /** As a machine that loses power would. */
  const kill = async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  };
  return { base, stop, kill, folder: home };
}

/** Runs `laurel` to its end. */
export function run(args, { folder, env, input } = {}) {
  const done = spawnSync(binary, args, {
    cwd: folder ?? tmpdir(),
    env: { ...process.env, ...env },
    input: input ?? '',
    encoding: 'utf8',
    timeout: 120_000,
  });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

/** A new installation in a folder of its own, with a program of one level; `config` goes to its laurel.toml. */
export async function install(config) {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-'));
  const env = { LAUREL_KEY_PASSPHRASE: 'correct horse battery' };
  const port = await freePort();
  const laurel = (...args) => {
    const done = run(args, { folder, env });
    if (done.code !== 0) throw new Error(`laurel ${args.join(' ')}: ${done.err}`);
    return done;
  };
  laurel('init', '--base-url', `http://localhost:${port}`, '--name', 'Acme Academy');
  appendFileSync(join(folder, 'laurel.toml'), `\n${config}`);
  writeFileSync(join(folder, 'craft.toml'), CRAFT);
  laurel('program', 'import', 'craft.toml');
  return {
    folder,
    base: `http://localhost:${port}`,
    laurel,
    serve: () => start(['serve'], /Laurel serves (\S+) on/, { folder, env: { ...env, LAUREL_LISTEN: `127.0.0.1:${port}` } }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const CRAFT = `id = "craft"
name = "Software Craft"
description = "How we build."

[[levels]]
id = "practitioner"
name = "Practitioner"
description = "Builds with guidance."
criteria = "* has shipped"
`;

/** A port that nobody listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** The signed credential behind a badge's URL. */
export async function credentialOf(badge) {
  const answer = await fetch(badge, { headers: { accept: 'application/vc' } });
  if (!answer.ok) throw new Error(`${badge} answers ${answer.status}`);
  return answer.json();
}

/** The API with a token: each call gives the answer's body and throws on what is not a success. */
export function api(base, token) {
  const call = async (method, path, body) => {
    const answer = await fetch(`${base}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answers ${answer.status}: ${text}`);
    return JSON.parse(text);
  };
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body ?? {}),
  };
}
