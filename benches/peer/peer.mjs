// The peer that README measures against: @digitalbazaar/vc on the same credential, on the same machine, in one thread.
//
// Contexts are in memory, the key is a did:key, and every figure is taken after a warm-up, so that what is measured is the
// library at its best. Prints one line a measure: the median, in microseconds for one operation.

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { documentLoader } from '../../tests/interop/loader.mjs';
import jsonld from 'jsonld';
import * as vc from '@digitalbazaar/vc';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';

const WARM_UP_MS = 2_000;
const MEASURED_MS = 4_000;

const vectors = process.env.LAUREL_VECTORS ?? fileURLToPath(new URL('../../../shared/vectors', import.meta.url));
const file = `${vectors}/ob30-canonical/credential.json`;
if (!existsSync(file)) {
  console.log(`SKIPPED: the measurement of @digitalbazaar/vc: there is no ${file}; set LAUREL_VECTORS`);
  process.exit(0);
}

const pair = await Ed25519Multikey.generate();
pair.controller = `did:key:${pair.publicKeyMultibase}`;
pair.id = `${pair.controller}#${pair.publicKeyMultibase}`;

const credential = JSON.parse(readFileSync(file, 'utf8'));
credential.issuer.id = pair.controller;
const now = new Date(credential.validFrom);

const canonicalise = () =>
  jsonld.canonize(credential, { algorithm: 'RDFC-1.0', format: 'application/n-quads', documentLoader, safe: true });
const issue = () =>
  vc.issue({
    credential: structuredClone(credential),
    suite: new DataIntegrityProof({ signer: pair.signer(), cryptosuite }),
    documentLoader,
    now,
  });
const signed = await issue();
// The proof and the dates; the status list is another document, and Laurel's figure leaves it out too.
const checkStatus = () => ({ verified: true });
const verify = async () => {
  const suite = new DataIntegrityProof({ cryptosuite });
  const result = await vc.verifyCredential({ credential: signed, suite, documentLoader, checkStatus, now });
  if (!result.verified) throw result.error;
};

console.log(`@digitalbazaar/vc ${version('@digitalbazaar/vc')} and jsonld ${version('jsonld')} on Node ${process.versions.node}`);
for (const [name, operation] of Object.entries({ canonicalise, issue, verify })) {
  console.log(`${name.padEnd(12)} ${(await measure(operation)).toFixed(0).padStart(7)} µs`);
}

/** The median microseconds of one operation, as `cargo bench` gives it: what else the machine does counts little. */
async function measure(operation) {
  await times(operation, WARM_UP_MS);
  const all = await times(operation, MEASURED_MS);
  return all.sort((a, b) => a - b)[Math.floor(all.length / 2)];
}

async function times(operation, milliseconds) {
  const all = [];
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    const start = performance.now();
    await operation();
    all.push((performance.now() - start) * 1000);
  }
  return all;
}

function version(name) {
  return JSON.parse(readFileSync(new URL(`../../node_modules/${name}/package.json`, import.meta.url), 'utf8')).version;
}
