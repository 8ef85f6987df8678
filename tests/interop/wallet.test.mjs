// Badges into wallets with the npm package `@openid4vc/openid4vci`, as the program of a wallet uses it, verified by others, and shown to
// Laurel with `@openid4vc/openid4vp`.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import './offline.mjs';
import { documentLoader } from './loader.mjs';
import { startDemo } from './server.mjs';
import { digitalBazaar } from './verifiers.mjs';
import { Openid4vciClient, Openid4vciRetrieveCredentialsError, setGlobalConfig } from '@openid4vc/openid4vci';
import { Oauth2ClientErrorResponseError, clientAuthenticationAnonymous } from '@openid4vc/oauth2';
import { Openid4vpClient } from '@openid4vc/openid4vp';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as vc from '@digitalbazaar/vc';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as jose from 'jose';

// The demo is on localhost, without https.
setGlobalConfig({ allowInsecureUrls: true });

const configurations = ['badge_ldp_vc', 'badge_jwt_vc_json'];
let server, badges;

before(async () => {
  server = await startDemo();
  badges = await heldBadges(5);
});
after(() => server?.stop());

describe('a badge of the running server', () => {
  for (const make of [ed25519, p256]) {
    test(`goes into a wallet with a ${make.name} key in both forms, verifies elsewhere, and is revoked with its award`, async () => {
      const badge = badges.shift();
      const wallet = await make();
      const client = walletOf(wallet);
      const { offer, code } = await offered(badge);
      assert.deepEqual(offer.credential_configuration_ids, configurations);
      const { issuerMetadata, accessTokenResponse } = await redeemed(client, offer, await transactionCode(badge, code));
      assert.equal(accessTokenResponse.token_type, 'Bearer');

      const [document, jwt] = await taken(client, wallet, issuerMetadata, accessTokenResponse.access_token);
      assert.equal(document.credentialSubject.id, wallet.did);
      const verified = await digitalBazaar(document);
      assert.deepEqual({ verified: verified.verified, revoked: verified.revoked }, { verified: true, revoked: false }, verified.why);
      const { payload, protectedHeader } = await jose.jwtVerify(jwt, keyBehind, { algorithms: ['ES256'] });
      assert.equal(protectedHeader.typ, 'JWT');
      assert.equal(payload.sub, wallet.did);
      assert.equal(payload.credentialSubject.id, wallet.did);
      assert.deepEqual(payload.credentialStatus, document.credentialStatus);
      const { proof, ...unsigned } = document;
      const { iss, sub, jti, nbf, exp, ...said } = payload;
      assert.ok(proof);
      assert.deepEqual(said, unsigned, 'both say the same');
      for (const credential of [document, jwt]) {
        assert.equal((await server.api.post('/verify', { credential })).verdict, 'valid');
      }

      await server.api.post(`/awards/${badge.id}/revoke`, { reason: 'By mistake.' });
      const after = await digitalBazaar(document);
      assert.equal(after.revoked, true, after.why);
      for (const credential of [document, jwt]) {
        assert.equal((await server.api.post('/verify', { credential })).verdict, 'invalid');
      }
    });
  }

  test('is not given for a wrong transaction code, nor twice for a right one', async () => {
    const badge = badges.shift();
    const client = walletOf(await ed25519());
    const { offer, code } = await offered(badge);
    const right = await transactionCode(badge, code);
    const wrong = right === '123456' ? '654321' : '123456';
    const refused = (error) => error instanceof Oauth2ClientErrorResponseError && error.errorResponse.error === 'invalid_grant';
    await assert.rejects(redeemed(client, offer, wrong), refused);
    await redeemed(client, offer, right);
    await assert.rejects(redeemed(client, offer, right), refused);
  });

  test('is not given for a proof with a used nonce, with none, or for another issuer', async () => {
    const badge = badges.shift();
    const wallet = await p256();
    const client = walletOf(wallet);
    const { offer, code } = await offered(badge);
    const { issuerMetadata, accessTokenResponse } = await redeemed(client, offer, await transactionCode(badge, code));
    const ask = (credentialConfigurationId, jwt) =>
      client.retrieveCredentials({
        issuerMetadata, credentialConfigurationId, accessToken: accessTokenResponse.access_token, proofs: { jwt: [jwt] },
      });
    const refused = (word) => (error) =>
      error instanceof Openid4vciRetrieveCredentialsError && error.response.credentialErrorResponseResult.data.error === word;
    const { c_nonce: nonce } = await client.requestNonce({ issuerMetadata });
    const other = structuredClone(issuerMetadata);
    other.credentialIssuer.credential_issuer = 'https://badges.other.example';
    const proof = (issuerMetadata, nonce) => proofOf(client, wallet, issuerMetadata, configurations[0], nonce);
    await assert.rejects(ask(configurations[0], await proof(other, nonce)), refused('invalid_proof'));
    await assert.rejects(ask(configurations[0], await proof(issuerMetadata, undefined)), refused('invalid_proof'));
    await assert.rejects(ask(configurations[0], await proof(issuerMetadata, 'made-up')), refused('invalid_nonce'));
    await ask(configurations[0], await proof(issuerMetadata, nonce));
    await assert.rejects(ask(configurations[1], await proof(issuerMetadata, nonce)), refused('invalid_nonce'));
  });
});

describe('a badge in a wallet', () => {
  let wallet, document, jwt;
  before(async () => {
    const badge = badges.shift();
    wallet = await ed25519();
    const client = walletOf(wallet);
    const { offer, code } = await offered(badge);
    const { issuerMetadata, accessTokenResponse } = await redeemed(client, offer, await transactionCode(badge, code));
    [document, jwt] = await taken(client, wallet, issuerMetadata, accessTokenResponse.access_token);
  });

  test('is shown to Laurel with a Data Integrity proof over its nonce, and found valid', async () => {
    const { page, request } = await asked();
    assert.equal(request.response_mode, 'direct_post');
    assert.deepEqual(request.dcql_query.credentials.map(({ format }) => format), ['ldp_vc', 'jwt_vc_json']);
    const answer = await shown(request, { badge_ldp_vc: [await presentation(request.nonce, request.client_id)] });
    assert.equal(answer.status, 200);
    assert.match(await read(page), /status verdict valid/);
  });

  test('is shown to Laurel as a JWT in the older way too, and found valid', async () => {
    const { page, request } = await asked();
    const claims = {
      iss: wallet.did, nonce: request.nonce, aud: request.client_id,
      vp: { '@context': ['https://www.w3.org/2018/credentials/v1'], type: ['VerifiablePresentation'], verifiableCredential: [jwt] },
    };
    const header = { alg: wallet.alg, typ: 'JWT', kid: wallet.method };
    const vp = await new jose.SignJWT(claims).setProtectedHeader(header).sign(wallet.privateKey);
    assert.equal((await shown(request, { badge_jwt_vc_json: [vp] })).status, 200);
    assert.match(await read(page), /status verdict valid/);
  });

  test('is not found valid when it was shown to another, or before', async () => {
    for (const made of [(request) => presentation('another', request.client_id), (request) => presentation(request.nonce, 'did:web:other.example')]) {
      const { page, request } = await asked();
      assert.equal((await shown(request, { badge_ldp_vc: [await made(request)] })).status, 200);
      const told = await read(page);
      assert.match(told, /status verdict invalid|status verdict attention/);
      assert.match(told, /another challenge|for someone else/);
    }
  });

  const presentation = (challenge, domain) => {
    const presentation = vc.createPresentation({ verifiableCredential: [document], holder: wallet.did, version: 2.0 });
    const suite = new DataIntegrityProof({ signer: wallet.signer, cryptosuite });
    return vc.signPresentation({ presentation, suite, challenge, domain, documentLoader });
  };
});

/** What a wallet does: a nonce, a proof and a request for each form. */
async function taken(client, wallet, issuerMetadata, accessToken) {
  const given = [];
  for (const credentialConfigurationId of configurations) {
    const { c_nonce: nonce } = await client.requestNonce({ issuerMetadata });
    const jwt = await proofOf(client, wallet, issuerMetadata, credentialConfigurationId, nonce);
    const answer = await client.retrieveCredentials({
      issuerMetadata, credentialConfigurationId, accessToken, proofs: { jwt: [jwt] },
    });
    given.push(answer.credentialResponse.credentials[0].credential);
  }
  return given;
}

async function proofOf(client, wallet, issuerMetadata, credentialConfigurationId, nonce) {
  const signer = { method: 'did', didUrl: wallet.method, alg: wallet.alg };
  const { jwt } = await client.createCredentialRequestJwtProof({ issuerMetadata, credentialConfigurationId, nonce, signer });
  return jwt;
}

async function redeemed(client, offer, txCode) {
  const issuerMetadata = await client.resolveIssuerMetadata(offer.credential_issuer);
  return { issuerMetadata, ...(await client.retrievePreAuthorizedCodeAccessTokenFromOffer({ credentialOffer: offer, issuerMetadata, txCode })) };
}

/** The library with the wallet's key. */
function walletOf(wallet) {
  return new Openid4vciClient({
    callbacks: {
      fetch,
      clientAuthentication: clientAuthenticationAnonymous(),
      generateRandom: (length) => randomBytes(length),
      hash: (data, alg) => createHash(alg.replace('-', '')).update(data).digest(),
      signJwt: async (_signer, { header, payload }) => ({
        jwt: await new jose.SignJWT(payload).setProtectedHeader(header).sign(wallet.privateKey),
        signerJwk: wallet.jwk,
      }),
    },
  });
}

async function ed25519() {
  const { publicKey, privateKey } = await jose.generateKeyPair('EdDSA', { extractable: true });
  const jwk = await jose.exportJWK(publicKey);
  const pair = await Ed25519Multikey.fromJwk({ jwk: await jose.exportJWK(privateKey), secretKey: true });
  const { publicKeyMultibase } = await pair.export({ publicKey: true });
  pair.controller = `did:key:${publicKeyMultibase}`;
  pair.id = `${pair.controller}#${publicKeyMultibase}`;
  return { alg: 'EdDSA', privateKey, jwk, did: pair.controller, method: pair.id, signer: pair.signer() };
}

async function p256() {
  const { publicKey, privateKey } = await jose.generateKeyPair('ES256', { extractable: true });
  const jwk = await jose.exportJWK(publicKey);
  const did = `did:jwk:${jose.base64url.encode(JSON.stringify(jwk))}`;
  return { alg: 'ES256', privateKey, jwk, did, method: `${did}#0` };
}

const keyBehind = async ({ kid, alg }) => jose.importJWK(await (await fetch(kid)).json(), alg);

/** Opens an offer on its holder's page, and reads it out of the link as a wallet does. */
async function offered(badge) {
  const page = await badge.send(`/me/badges/${badge.id}/wallet`);
  const link = /href="(openid-credential-offer:[^"]+)"/.exec(page)[1].replaceAll('&amp;', '&').replaceAll('&#38;', '&');
  const offer = await walletOf({}).resolveCredentialOffer(link);
  return { offer, code: offer.grants['urn:ietf:params:oauth:grant-type:pre-authorized_code']['pre-authorized_code'] };
}

/** What its holder reads on the other page. */
const transactionCode = async (badge, code) => /<output>(\d{6})<\/output>/.exec(await badge.send('/me/wallet/code', { code }))[1];

/** As many badges of the demo's people as are needed, all valid, each with how its holder, signed in, sends a form. */
async function heldBadges(needed) {
  const people = [...(await (await fetch(`${server.base}/sign-in`)).text()).matchAll(/name="person" value="([^"]+)"/g)];
  const held = [];
  for (const [, person] of people) {
    if (held.length < needed) held.push(...(await badgesOf(person)));
  }
  assert.ok(held.length >= needed, `the demo's people hold ${held.length} badges that are valid`);
  return held;
}

async function badgesOf(person) {
  const signedIn = await fetch(`${server.base}/sign-in/demo`, {
    method: 'POST', redirect: 'manual', headers: { origin: server.base }, body: new URLSearchParams({ person, next: '/me' }),
  });
  assert.equal(signedIn.status, 303);
  const cookie = signedIn.headers.get('set-cookie').split(';')[0];
  const page = await (await fetch(`${server.base}/me/badges`, { headers: { cookie, accept: 'text/html' } })).text();
  const csrf = /name="csrf" value="(\w+)"/.exec(page)[1];
  const send = async (path, fields = {}) => {
    const answer = await fetch(`${server.base}${path}`, {
      method: 'POST', headers: { cookie, origin: server.base, accept: 'text/html' }, body: new URLSearchParams({ csrf, ...fields }),
    });
    assert.equal(answer.status, 200, path);
    return answer.text();
  };
  return [...page.matchAll(/href="\/me\/badges\/(\w+)\/wallet"/g)].map(([, id]) => ({ id, send }));
}

/** Has Laurel ask, and reads the signed request as a wallet does. */
async function asked() {
  const begun = await fetch(`${server.base}/present`, { method: 'POST', redirect: 'manual' });
  const page = new URL(begun.headers.get('location'), server.base);
  const link = /href="(openid4vp:[^"]+)"/.exec(await read(page))[1].replaceAll('&#38;', '&').replaceAll('&amp;', '&');
  const { params } = vpClient.parseOpenid4vpAuthorizationRequest({ authorizationRequest: link });
  const { authorizationRequestPayload: request, client } = await vpClient.resolveOpenId4vpAuthorizationRequest({
    authorizationRequestPayload: params,
  });
  assert.equal(client.prefix, 'decentralized_identifier');
  return { page, request };
}

const read = async (page) => (await fetch(page, { headers: { accept: 'text/html' } })).text();

async function shown(request, vp_token) {
  const { authorizationResponsePayload } = await vpClient.createOpenid4vpAuthorizationResponse({
    authorizationRequestPayload: request, authorizationResponsePayload: { vp_token },
  });
  const { response } = await vpClient.submitOpenid4vpAuthorizationResponse({
    authorizationRequestPayload: request, authorizationResponsePayload,
  });
  return response;
}

/** The library that takes the verifier's key from the DID document that its client id names. */
const vpClient = new Openid4vpClient({
  callbacks: {
    fetch,
    hash: (data, alg) => createHash(alg.replace('-', '')).update(data).digest(),
    generateRandom: (length) => randomBytes(length),
    verifyJwt: async ({ method, didUrl }, { compact, header }) => {
      assert.equal(method, 'did');
      const { document } = await documentLoader(didUrl);
      await jose.jwtVerify(compact, await jose.importJWK(document.publicKeyJwk, header.alg));
      return { verified: true, signerJwk: document.publicKeyJwk };
    },
  },
});
