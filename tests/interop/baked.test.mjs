// Pictures with the credential inside: taken out by code that shares nothing with the server, then verified; and read by programs that
// other people wrote.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lacks, told } from './programs.mjs';
import { startDemo, credentialOf } from './server.mjs';
import { digitalBazaar } from './verifiers.mjs';

let server, folder;

before(async () => {
  server = await startDemo();
  folder = mkdtempSync(join(tmpdir(), 'laurel-baked-'));
});
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server?.stop();
});

describe('a baked picture', () => {
  test('as PNG holds the credential uncompressed in one iTXt chunk, and it verifies', async () => {
    const answer = await fetch(`${server.demo.badges.current}.png`);
    assert.equal(answer.headers.get('content-type'), 'image/png');
    const credential = JSON.parse(fromPng(Buffer.from(await answer.arrayBuffer())));
    assert.deepEqual(credential, await credentialOf(server.demo.badges.current));
    assert.deepEqual(await digitalBazaar(credential), { verified: true, revoked: false, why: '' });
  });

  test('as SVG holds the credential right after its root, and it verifies', async () => {
    const answer = await fetch(`${server.demo.badges.current}.svg`);
    assert.match(answer.headers.get('content-type'), /^image\/svg\+xml/);
    const credential = JSON.parse(fromSvg(await answer.text()));
    assert.deepEqual(credential, await credentialOf(server.demo.badges.current));
    assert.deepEqual(await digitalBazaar(credential), { verified: true, revoked: false, why: '' });
  });

  test('as PNG is sound for pngcheck', { skip: lacks('pngcheck') }, async () => {
    assert.match(told('pngcheck', await taken('png')), /^OK: /);
  });

  test('as PNG gives its credential to exiftool', { skip: lacks('exiftool') }, async () => {
    const [found] = JSON.parse(told('exiftool', '-json', '-PNG:all', '-struct', await taken('png')));
    const names = Object.keys(found).filter((name) => name.toLowerCase() === 'openbadgecredential');
    assert.equal(names.length, 1, Object.keys(found).join(', '));
    assert.deepEqual(JSON.parse(found[names[0]]), await credentialOf(server.demo.badges.current));
  });

  test('as SVG gives its credential to libxml2', { skip: lacks('xmllint') }, async () => {
    const text = told('xmllint', '--xpath', 'string(/*/*[1][local-name() = "credential"])', await taken('svg'));
    assert.deepEqual(JSON.parse(text), await credentialOf(server.demo.badges.current));
  });
});

/** The picture as a file. */
async function taken(kind) {
  const file = join(folder, `badge.${kind}`);
  const answer = await fetch(`${server.demo.badges.current}.${kind}`);
  writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
  return file;
}

/** The text of the one iTXt chunk with the standard's keyword. */
function fromPng(bytes) {
  assert.equal(bytes.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n');
  const texts = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const kind = bytes.toString('latin1', at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (kind === 'iTXt' && data.toString('latin1').startsWith('openbadgecredential\0')) {
      const rest = data.subarray('openbadgecredential\0'.length);
      assert.deepEqual([...rest.subarray(0, 4)], [0, 0, 0, 0], 'not compressed, no language, no translated keyword');
      texts.push(rest.toString('utf8', 4));
    }
    at += 12 + length;
  }
  assert.equal(texts.length, 1);
  return texts[0];
}

/** What stands in `openbadges:credential`, as CDATA or as escaped text. */
function fromSvg(svg) {
  const found = /<svg\b[^>]*>\s*<openbadges:credential\b[^>]*>(?:\s*<!\[CDATA\[([\s\S]*?)\]\]>\s*|([^<]*))<\/openbadges:credential>/.exec(svg);
  assert.ok(found, 'openbadges:credential is the first child of the root');
  assert.match(svg, /xmlns:openbadges="https:\/\/purl\.imsglobal\.org\/ob\/v3p0"/);
  const escaped = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' };
  return found[1] ?? found[2].replace(/&(lt|gt|quot|apos|amp);/g, (entity) => escaped[entity]);
}
