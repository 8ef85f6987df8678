// The ways in which a badge is tampered with. Each takes a copy of the badge (and another genuine one) and changes it.

const set = (path, value) => (badge) => {
  const names = path.split('.');
  const last = names.pop();
  const holder = names.reduce((part, name) => part[name], badge);
  holder[last] = typeof value === 'function' ? value(holder[last]) : value;
  return badge;
};

const without = (path) => (badge) => {
  const names = path.split('.');
  const last = names.pop();
  delete names.reduce((part, name) => part[name], badge)[last];
  return badge;
};

const another = (text) => (text.endsWith('2') ? `${text.slice(0, -1)}3` : `${text.slice(0, -1)}2`);

/** For every badge. */
export const alterations = [
  ['another name', set('name', 'Master of Everything')],
  ['another id', set('id', (id) => `${id}x`)],
  ['a later end', set('validUntil', '2099-01-01T00:00:00Z')],
  ['no end', without('validUntil')],
  ['an earlier beginning', set('validFrom', '2001-01-01T00:00:00Z')],
  ['another issuer name', set('issuer.name', 'A better school')],
  ['another achievement', set('credentialSubject.achievement.name', 'Master of Everything')],
  ['other criteria', set('credentialSubject.achievement.criteria.narrative', 'None.')],
  ['another picture', set('credentialSubject.achievement.image.id', 'https://example.com/other.png')],
  ['another holder', set('credentialSubject.id', 'urn:uuid:00000000-0000-4000-8000-000000000000')],
  ['the hash of another address', set('credentialSubject.identifier.0.identityHash', another)],
  ['another salt', set('credentialSubject.identifier.0.salt', another)],
  ['an address that is not hashed', set('credentialSubject.identifier.0.hashed', false)],
  ['no identifier', without('credentialSubject.identifier')],
  ['no schema', without('credentialSchema')],
  ['evidence that was not there', set('evidence', [{ id: 'https://example.com/e', type: ['Evidence'], name: 'More' }])],
  ['a term that no context defines', set('credentialSubject.rank', 'first')],
  ['another time of signing', set('proof.0.created', '2001-01-01T00:00:00Z')],
  ['another signature', set('proof.0.proofValue', another)],
  ['another purpose', set('proof.0.proofPurpose', 'authentication')],
  ['the proof of another badge', (badge, other) => ({ ...badge, proof: other.proof })],
  ['no proof', without('proof')],
];

/** For a badge with a status list. */
export const alterationsOfStatus = [
  ['another place in the status list', set('credentialStatus.statusListIndex', another)],
  ['no status', without('credentialStatus')],
];
