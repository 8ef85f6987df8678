// Reads `cargo metadata` from its input and says which crates have a licence that deny.toml does not allow.

import { readFileSync } from 'node:fs';

const rules = readFileSync(new URL('../deny.toml', import.meta.url), 'utf8');
const list = /\[licenses\][^[]*?\nallow = \[([^\]]*)\]/.exec(rules);
const allowed = new Set([...list[1].matchAll(/"([^"]+)"/g)].map(([, name]) => name));

const { packages } = JSON.parse(readFileSync(0, 'utf8'));
const refused = packages.filter(({ license }) => !license || !permits(license));
for (const { name, version, license } of refused) {
  console.log(`${name} ${version} has the licence ${license ?? '(none named)'}, which deny.toml does not allow`);
}
console.log(`${packages.length} crates, ${refused.length} with a licence that is not allowed`);
process.exitCode = refused.length ? 1 : 0;

/** Whether an SPDX expression can be met with the allowed licences: one of every OR, all of every AND. */
function permits(expression) {
  const words = expression.replaceAll('/', ' OR ').match(/\(|\)|[^\s()]+/g);
  const either = () => {
    let good = every();
    while (words[0] === 'OR') {
      words.shift();
      good = every() || good;
    }
    return good;
  };
  const every = () => {
    let good = one();
    while (words[0] === 'AND') {
      words.shift();
      good = one() && good;
    }
    return good;
  };
  const one = () => {
    let name = words.shift();
    if (name === '(') {
      const good = either();
      words.shift();
      return good;
    }
    if (words[0] === 'WITH') name += ` ${words.splice(0, 2).join(' ')}`;
    return allowed.has(name);
  };
  return either();
}
