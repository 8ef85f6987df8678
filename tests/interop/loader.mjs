// Where other people's libraries find documents: contexts from contexts/, did:key from the key itself, and did:web and
// status lists from the server under test. Nothing is remembered between calls, so a revocation is seen at once.

import './offline.mjs';
import { readFileSync } from 'node:fs';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';

const folder = new URL('../../contexts/', import.meta.url);

/** The bundled contexts by URL, as contexts/SOURCES names them. */
const contexts = new Map(
  readFileSync(new URL('SOURCES', folder), 'utf8')
    .split('\n')
    .filter((line) => line.trim() && !line.startsWith('#'))
    .map((line) => line.split(/\s+/))
    .map(([file, url]) => [url, JSON.parse(readFileSync(new URL(file, folder), 'utf8'))]),
);

export async function documentLoader(url) {
  const document = contexts.get(url) ?? (await fetched(url));
  return { contextUrl: null, documentUrl: url, document };
}

async function fetched(url) {
  if (url.startsWith('did:key:')) return didKey(url);
  if (url.startsWith('did:web:')) return didWeb(url);
  return read(url);
}

/** The DID document of a did:web, or the part of it that the fragment names. */
async function didWeb(url) {
  const [did, fragment] = url.split('#');
  const [host, ...path] = did.slice('did:web:'.length).split(':').map(decodeURIComponent);
  const place = path.length ? path.join('/') : '.well-known';
  const document = await read(`https://${host}/${place}/did.json`);
  if (document.id !== did) throw new Error(`${did} answers with the document of ${document.id}`);
  return fragment ? part(document, url) : document;
}

/** did:key: the DID document is worked out from the key. */
async function didKey(url) {
  const [did, fragment] = url.split('#');
  const key = did.slice('did:key:'.length);
  const id = `${did}#${key}`;
  const pair = await Ed25519Multikey.from({
    '@context': 'https://w3id.org/security/multikey/v1',
    id,
    type: 'Multikey',
    controller: did,
    publicKeyMultibase: key,
  });
  const method = await pair.export({ publicKey: true, includeContext: false });
  const document = {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod: [method],
    assertionMethod: [id],
  };
  return fragment ? part(document, url) : document;
}

function part(document, id) {
  const found = document.verificationMethod.find((method) => method.id === id);
  if (!found) throw new Error(`${document.id} has no key ${id}`);
  return { '@context': 'https://w3id.org/security/multikey/v1', ...found };
}

async function read(url) {
  const answer = await fetch(url, { headers: { accept: 'application/vc, application/ld+json, application/json' } });
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  return answer.json();
}
