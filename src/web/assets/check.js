// Checks a badge a second time, where it is read. It takes the badge as a JWT, the issuer's keys and its status list, and believes
// nothing of what the server's judge said: signature, what the page shows, dates and revocation, each passed, failed or unchecked.
// It depends on nothing but what browsers have, and holds no words: those are in the page's templates.

/** At most this of a document is read, and this of a list once it is unpacked; in bytes. */
const LONGEST_DOCUMENT = 1 << 20;
const LONGEST_LIST = 1 << 21;

const ALGORITHMS = {
  ES256: { key: { name: 'ECDSA', namedCurve: 'P-256' }, how: { name: 'ECDSA', hash: 'SHA-256' }, is: { kty: 'EC', crv: 'P-256' } },
  RS256: { key: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, how: { name: 'RSASSA-PKCS1-v1_5' }, is: { kty: 'RSA' } },
};

/**
 * Judges the compact JWT `jwt`. `asked`: `id` (the badge's address), `shown` (what the page shows: pointers into the badge, each with
 * text or a time), `now` (milliseconds) and `get` (address → text; throws when it can't be had).
 * Answers `{ state, checks }`: the state is current, expired, upcoming, revoked, untrue, or unknown when the most could not be checked.
 */
export async function check(jwt, { id, shown, now, get }) {
  const checks = [];
  const said = (name, outcome, about) => checks.push({ name, outcome, ...(about === undefined ? {} : { about }) });
  const badge = await signed(jwt, get);
  said('signature', badge.outcome);
  if (badge.outcome !== 'passed') return { state: badge.outcome === 'failed' ? 'untrue' : 'unknown', checks };

  const wrong = id === badge.claims.id && same(badge.claims) ? shown.find((one) => !isSaid(badge.claims, one)) : { pointer: '/id' };
  said('shown', wrong ? 'failed' : 'passed', wrong?.criterion ?? wrong?.pointer);
  const status = await statusOf(badge.claims, now, get);
  said('status', status);
  const dates = datesOf(badge.claims, now);
  said('dates', dates === 'current' ? 'passed' : 'failed', dates);

  if (wrong) return { state: 'untrue', checks };
  if (status === 'failed') return { state: 'revoked', checks };
  return { state: status === 'unchecked' ? 'unknown' : dates, checks };
}

/** Whether the issuer's key signed it, and what it says if so. The key is the one that the issuer's own DID document names. */
async function signed(jwt, get) {
  let header, claims, signature, text;
  try {
    const [first, second, third, ...rest] = jwt.trim().split('.');
    if (rest.length > 0) return { outcome: 'failed' };
    [header, claims] = [first, second].map((part) => JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes(part))));
    [signature, text] = [bytes(third), new TextEncoder().encode(`${first}.${second}`)];
  } catch {
    return { outcome: 'failed' };
  }
  const algorithm = Object.hasOwn(ALGORITHMS, header.alg) ? ALGORITHMS[header.alg] : undefined;
  if (!algorithm) return { outcome: 'failed' };
  if (!globalThis.crypto?.subtle) return { outcome: 'unchecked' };
  const issuer = claims.issuer?.id ?? claims.issuer;
  let document;
  try {
    document = JSON.parse(await get(addressOf(issuer)));
  } catch {
    return { outcome: 'unchecked' };
  }
  try {
    const methods = document.id === issuer ? list(document.verificationMethod) : [];
    const method = methods.find((one) => one.controller === issuer && (one.id === header.kid || one.publicKeyJwk?.kid === header.kid));
    const jwk = method && list(document.assertionMethod).includes(method.id) ? method.publicKeyJwk : undefined;
    if (!jwk || Object.entries(algorithm.is).some(([name, value]) => jwk[name] !== value)) return { outcome: 'failed' };
    const { kty, crv, x, y, n, e } = jwk;
    const key = await crypto.subtle.importKey('jwk', { kty, crv, x, y, n, e }, algorithm.key, false, ['verify']);
    const holds = await crypto.subtle.verify(algorithm.how, key, signature, text);
    return holds ? { outcome: 'passed', claims } : { outcome: 'failed' };
  } catch {
    return { outcome: 'failed' };
  }
}

/** Where a did:web's document is (did:web, section 3.2). */
function addressOf(did) {
  const [scheme, method, host, ...path] = String(did).split(':').map(decodeURIComponent);
  if (scheme !== 'did' || method !== 'web' || !host) throw new Error('not a did:web');
  const local = /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host);
  return `${local ? 'http' : 'https'}://${host}/${path.length > 0 ? path.join('/') : '.well-known'}/did.json`;
}

/** Whether the registered claims say the same as the badge (Open Badges 3.0, section 8.2.4.1). */
function same(claims) {
  const seconds = (time) => (time === undefined ? undefined : Math.floor(Date.parse(time) / 1000));
  return (
    claims.iss === (claims.issuer?.id ?? claims.issuer) &&
    claims.jti === claims.id &&
    claims.nbf === seconds(claims.validFrom) &&
    claims.exp === seconds(claims.validUntil)
  );
}

/** Whether the badge says what is shown at `pointer`: a text, a moment, nothing, or the level reached of a criterion. */
function isSaid(claims, { pointer, text, time, criterion }) {
  if (criterion !== undefined) return reached(claims, criterion) === text;
  const value = pointer.split('/').slice(1).reduce((inside, name) => inside?.[name], claims);
  if (time !== undefined) return Date.parse(value) === Date.parse(time);
  return text === null ? value === undefined : plain(value) === plain(text);
}

function reached(claims, criterion) {
  const described = list(claims.credentialSubject?.achievement?.resultDescription).find((one) => one.name === criterion);
  const result = list(claims.credentialSubject?.result).find((one) => described && one.resultDescription === described.id);
  return list(described?.rubricCriterionLevel).find((level) => level.id === result?.achievedLevel)?.name;
}

function datesOf(claims, now) {
  if (!(Date.parse(claims.validFrom) <= now)) return 'upcoming';
  return claims.validUntil !== undefined && !(now < Date.parse(claims.validUntil)) ? 'expired' : 'current';
}

/** Whether its bit in the issuer's list is clear (Bitstring Status List 1.0, section 3.2). */
async function statusOf(claims, now, get) {
  const entry = claims.credentialStatus;
  if (entry === undefined) return 'passed';
  if (entry.type !== 'BitstringStatusListEntry' || entry.statusPurpose !== 'revocation') return 'unchecked';
  try {
    const published = JSON.parse(await get(entry.statusListCredential));
    const { type, statusPurpose, encodedList } = published.credentialSubject;
    const fits =
      published.id === entry.statusListCredential &&
      (published.issuer?.id ?? published.issuer) === (claims.issuer?.id ?? claims.issuer) &&
      type === 'BitstringStatusList' &&
      statusPurpose === 'revocation' &&
      encodedList.startsWith('u') &&
      // Only its end: a clock that is a little slow would find a new list not to have begun.
      datesOf(published, now) !== 'expired';
    if (!fits) return 'unchecked';
    const bits = await unpacked(bytes(encodedList.slice(1)));
    const place = Number(entry.statusListIndex);
    if (!Number.isInteger(place) || place < 0 || place >= bits.length * 8) return 'unchecked';
    return (bits[place >> 3] >> (7 - (place & 7))) & 1 ? 'failed' : 'passed';
  } catch {
    return 'unchecked';
  }
}

async function unpacked(packed) {
  const parts = [];
  let size = 0;
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    size += value.length;
    if (size > LONGEST_LIST) throw new Error('the list is too long');
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

const list = (value) => (value === undefined ? [] : [value].flat());
const plain = (value) => String(value ?? '').replace(/\s+/g, ' ').trim();
const bytes = (text) => {
  if (!/^[\w-]*$/.test(text)) throw new Error('not base64url');
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
};

// --- on the page ---------------------------------------------------------------------------------------------------------

/** Where the page wants the answer; it says in its data what the server found. */
const place = globalThis.document?.getElementById('own-check');
// Reading comes first: the check begins once the page is drawn.
if (place) requestAnimationFrame(() => setTimeout(() => answer(place)));

async function answer(place) {
  const { jwt, badge } = place.dataset;
  let found;
  try {
    found = await check(await read(jwt), { id: badge, shown: shownOnPage(), now: Date.now(), get: read });
  } catch {
    found = { state: 'unknown', checks: [] };
  }
  const words = (name) => document.getElementById(`own-${name}`).content.cloneNode(true);
  const verdict = verdictOn(found.state, place.dataset);
  const lines = document.createElement('ol');
  lines.className = 'checks';
  for (const { name, outcome, about } of found.checks) {
    const line = words(`${name}-${about === 'upcoming' ? 'upcoming' : outcome}`);
    if (name === 'shown') line.querySelector('[data-about]').textContent = about ?? '';
    lines.append(line);
  }
  const status = place.querySelector('[role=status]');
  const said = words(verdict).querySelector('p');
  status.className = said.className;
  status.replaceChildren(...said.childNodes);
  place.querySelector('.waiting').replaceWith(lines);
  place.dataset.found = found.state;
}

/** What is said of the two results. In a copy of the service time has gone on: a badge that stood then may have begun or ended since. */
function verdictOn(found, { standing, copied }) {
  if (found === 'unknown') return 'unknown';
  if (found === standing) return 'agrees';
  const later = { upcoming: ['current', 'expired'], current: ['expired'] };
  return copied !== undefined && later[standing]?.includes(found) ? 'since' : 'disagrees';
}

/** What the page shows of the badge, as its elements name it. */
function shownOnPage() {
  return [...document.querySelectorAll('[data-signed]')].map((element) => {
    const { signed: pointer, criterion } = element.dataset;
    const time = element.getAttribute('datetime') ?? undefined;
    return { pointer, criterion, time, text: element.hasAttribute('data-none') ? null : plain(element.textContent) };
  });
}

/** A document of this site: what others host is not asked for from here. */
async function read(address) {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin) throw new Error('of another site');
  const answer = await fetch(url, { cache: 'no-cache', redirect: 'error', headers: { Accept: 'application/vc, application/json, application/vc+jwt, */*;q=0.1' } });
  if (!answer.ok || Number(answer.headers.get('Content-Length')) > LONGEST_DOCUMENT) throw new Error('not to be had');
  const text = await answer.text();
  if (text.length > LONGEST_DOCUMENT) throw new Error('too long');
  return text;
}
