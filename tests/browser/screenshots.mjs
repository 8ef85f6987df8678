// Makes the pictures of docs/screenshots, those of the guides and of sharing too: `npm run screenshots`, after `cargo build`.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startDemo } from '../interop/server.mjs';
import { launch, openStill } from './chromium.mjs';
import { pictures } from './guides.mjs';
import { sharing } from './sharing.mjs';

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
mkdirSync(folder, { recursive: true });

const server = await startDemo();
const browser = await launch();
const { badges, program } = server.demo;
const verify = (badge) => async (page) => {
  await page.goto('/verify');
  await page.locator('#link').fill(badge);
  await page.locator('form.verify button[type=submit]').click();
};
const shots = [
  ['wall', '/', { width: 1440, height: 1000 }],
  ['wall-dark', '/', { width: 1440, height: 1000 }, 'dark'],
  ['wall-phone', '/', { width: 360, height: 780 }],
  ['program', program, { width: 1440, height: 1000 }],
  ['level', '/achievements/software-craft.professional', { width: 1440, height: 1600 }],
  ['badge', badges.current, { width: 1440, height: 1000 }],
  ['badge-phone', badges.current, { width: 360, height: 780 }],
  ['badge-expired', badges.expired, { width: 1440, height: 700 }],
  ['verify-valid', verify(badges.current), { width: 1440, height: 1000 }],
  ['verify-revoked', verify(badges.revoked), { width: 1440, height: 1000 }],
  ['api', '/api', { width: 1440, height: 1000 }],
];

for (const [name, where, viewport, colorScheme = 'light'] of shots) {
  const { page, close } = await openStill(browser, server.base, { viewport, colorScheme });
  await (typeof where === 'function' ? where(page) : page.goto(where));
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${folder}${name}.png` });
  console.log(`docs/screenshots/${name}.png`);
  await close();
}
const keepIn = (part) => {
  rmSync(`${folder}${part}`, { recursive: true, force: true });
  mkdirSync(`${folder}${part}`);
  return (name, picture) => {
    writeFileSync(`${folder}${part}/${name}`, picture);
    console.log(`docs/screenshots/${part}/${name}`);
  };
};
await pictures(browser, server.base, keepIn('guides'));
await sharing(browser, server, keepIn('sharing'));
await browser.close();
await server.stop();
