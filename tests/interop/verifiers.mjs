// Two verifiers that other people wrote, each with one plain answer.

import { documentLoader } from './loader.mjs';
import * as vc from '@digitalbazaar/vc';
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as verifierCore from '@digitalcredentials/verifier-core';

/** @digitalbazaar/vc: is the proof good and in date, and is the credential revoked by its own list? */
export async function digitalBazaar(credential, options = {}) {
  const suite = new DataIntegrityProof({ cryptosuite });
  const result = await vc.verifyCredential({ credential, suite, documentLoader, checkStatus, ...options });
  return {
    verified: result.verified,
    revoked: result.statusResult?.results?.some((entry) => entry.status) ?? null,
    why: [result.error, ...(result.error?.errors ?? []), result.statusResult?.error].filter(Boolean).map(String).join('; '),
  };
}

/** @digitalcredentials/verifier-core: its steps by name, and its errors. It is asked with no registry of issuers. */
export async function digitalCredentials(credential, registries = []) {
  const result = await quietly(() =>
    verifierCore.verifyCredential({ credential: structuredClone(credential), knownDIDRegistries: registries }),
  );
  const step = (id) => result.log?.find((entry) => entry.id === id);
  return {
    signature: step('valid_signature')?.valid ?? false,
    inDate: step('expiration')?.valid ?? null,
    // It says valid when the bit is not set.
    revoked: step('revocation_status')?.valid === undefined ? null : !step('revocation_status').valid,
    registered: step('registered_issuer') ?? null,
    schema: result.additionalInformation?.find((entry) => entry.id === 'schema_check')?.results ?? null,
    why: [...(result.errors ?? []), ...(result.log ?? []).map((entry) => entry.error)]
      .filter(Boolean)
      .map((error) => `${error.name}: ${error.message}`)
      .join('; '),
  };
}

/** It prints what it can't reach; its result says so too, and that is what the tests look at. */
async function quietly(work) {
  const { log, warn, error } = console;
  console.log = console.warn = console.error = () => {};
  try {
    return await work();
  } finally {
    Object.assign(console, { log, warn, error });
  }
}
