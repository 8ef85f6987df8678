// The certificate to print, read by tools that other people wrote: qpdf finds the file sound, poppler reads its words and takes the
// badge out of it, byte for byte as it was signed, and a verifier finds it good.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import './offline.mjs';
import { lacks, told } from './programs.mjs';
import { startDemo } from './server.mjs';
import { digitalBazaar } from './verifiers.mjs';

/** The last has letters that no bundled font has: they are drawn as squares, and are themselves when they are selected. */
const NAMES = [
  'Maximiliana Konstantinopoulou-Featherstonehaugh de Vasconcelos',
  'عبد الرحمن بن محمد بن عبد العزيز الهاشمي',
  'שרה רוזנברג כהן',
  '欧阳诸葛慕容司马上官夏侯端木皇甫尉迟公孙',
  '勅使河原 健太郎',
  '남궁민수 황보선우',
  'Ana 🎉 Lindqvist 🚀',
  'ꦗꦮ Widodo',
];

let server, folder, file;

before(async () => {
  server = await startDemo();
  folder = mkdtempSync(join(tmpdir(), 'laurel-certificate-'));
  file = join(folder, 'certificate.pdf');
  const answer = await fetch(`${server.demo.badges.current}.pdf`, { headers: { 'Accept-Language': 'en' } });
  assert.equal(answer.headers.get('content-type'), 'application/pdf');
  writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
});
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server?.stop();
});

describe('the certificate of a badge', () => {
  test('is a sound PDF of one page, which says that it is PDF/A-3b', { skip: lacks('qpdf') }, () => {
    assert.match(told('qpdf', '--check', file), /No syntax or stream encoding errors found/);
    assert.equal(told('qpdf', '--show-npages', file).trim(), '1');
    const metadata = readFileSync(file, 'latin1');
    assert.match(metadata, /pdfaid:part[>="]+3/);
    assert.match(metadata, /pdfaid:conformance[>="]+B/);
  });

  test('has its words as text, in fonts that it brings along', { skip: lacks('pdftotext') }, () => {
    const words = told('pdftotext', '-layout', file, '-');
    for (const part of ['Certificate', 'awarded to', 'Northwind Cartography', 'valid until', `${server.base}/certifications/`]) {
      assert.ok(words.toLowerCase().includes(part.toLowerCase()), `“${part}” is not in\n${words}`);
    }
    const fonts = told('pdffonts', file).split('\n').slice(2).filter(Boolean);
    assert.ok(fonts.length >= 2 && fonts.every((line) => /SourceSerif/.test(line) && / yes yes yes /.test(line)), fonts.join('\n'));
  });

  test('brings the badge as it was signed, and a verifier finds it good', { skip: lacks('pdfdetach') }, async () => {
    told('pdfdetach', '-saveall', '-o', folder, file);
    const attached = readFileSync(join(folder, 'badge.json'), 'utf8');
    assert.equal(attached, await (await fetch(`${server.demo.badges.current}.json`)).text());
    assert.deepEqual(await digitalBazaar(JSON.parse(attached)), { verified: true, revoked: false, why: '' });
  });

  test('gives back names of sixty letters and of many scripts, in fonts that it brings along', { skip: lacks('pdftotext') }, async () => {
    const { level } = await server.api.get(`/awards/${server.demo.badges.current.split('/').pop()}`);
    for (const [at, name] of NAMES.entries()) {
      const { awards: [award] } = await server.api.post('/awards', {
        level,
        recipient: { name, email: `written.${at}@northwind.example`, name_public: true },
        visibility: 'public',
      });
      const certificate = join(folder, `written-${at}.pdf`);
      const answer = await fetch(`${server.base}/badges/${award.id}.pdf`, { headers: { 'Accept-Language': 'en' } });
      assert.equal(answer.status, 200, name);
      writeFileSync(certificate, Buffer.from(await answer.arrayBuffer()));
      assert.match(told('qpdf', '--check', certificate), /No syntax or stream encoding errors found/);
      // Lines end where they must, and a reader marks which way its words go.
      const bare = (text) => text.normalize('NFC').replace(/[\s\p{Bidi_C}]/gu, '');
      // Without its layout poppler takes a hyphen at a line's end for one of its own.
      const words = told('pdftotext', '-layout', certificate, '-');
      assert.ok(bare(words).includes(bare(name)), `“${name}” is not in\n${words}`);
      const fonts = told('pdffonts', certificate).split('\n').slice(2).filter(Boolean);
      assert.ok(fonts.length >= 2 && fonts.every((line) => / yes yes yes /.test(line)), fonts.join('\n'));
    }
  });

  test('is of today: the same on one day, and there is none of a badge that was revoked', async () => {
    const again = await fetch(`${server.demo.badges.current}.pdf`, { headers: { 'Accept-Language': 'en' } });
    assert.ok(Buffer.from(await again.arrayBuffer()).equals(readFileSync(file)));
    assert.equal((await fetch(`${server.demo.badges.revoked}.pdf`)).status, 404);
    assert.equal((await fetch(`${server.demo.badges.expired}.pdf`)).status, 200);
  });
});
