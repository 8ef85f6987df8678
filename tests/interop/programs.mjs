// Programs of the machine that other people wrote, run on our files.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

/** Why a test with this program is skipped; false where it is there. */
export const lacks = (program) => (spawnSync(program, ['--version']).error ? `${program} is not installed` : false);

/** What it says; that it fails is a failure of the test. */
export const told = (program, ...args) => {
  const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 32 << 20 });
  assert.equal(done.status, 0, `${program} ${args.join(' ')}\n${done.stdout}${done.stderr}`);
  return done.stdout;
};
