// The pictures of docs/SHARING.md: a badge's page, its card, its certificate and its frame on someone's page, with names of many scripts.

import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { openStill } from './chromium.mjs';

const NAMES = [
  ['long', 'Maximiliana Konstantinopoulou-Featherstonehaugh de Vasconcelos'],
  ['arabic', 'عبد الرحمن بن محمد بن عبد العزيز الهاشمي'],
  ['chinese', '欧阳诸葛慕容司马上官夏侯端木皇甫尉迟公孙'],
  ['emoji', 'Ana 🎉 Lindqvist 🚀'],
];

/** Takes them all; `keep` is given each picture with its name. */
export async function sharing(browser, server, keep) {
  const { base, demo, api } = server;
  const { badges } = demo;
  const take = async (name, options, open) => {
    const { page, close } = await openStill(browser, base, options);
    await open(page);
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => document.fonts.ready);
    const cdp = await page.context().newCDPSession(page);
    const { data } = await cdp.send('Page.captureScreenshot', { format: 'webp', quality: 86 });
    keep(`${name}.webp`, Buffer.from(data, 'base64'));
    await close();
  };
  const goTo = (address, heading) => async (page) => {
    await page.goto(address);
    if (!heading) return;
    const found = page.locator(heading);
    await found.evaluate((element) => window.scrollTo(0, element.getBoundingClientRect().top + window.scrollY - 24));
  };
  const image = (bytes, type, width) => (page) =>
    page.setContent(`<body style="margin:0"><img width="${width}" src="data:${type};base64,${bytes.toString('base64')}">`);

  await take('page', { viewport: { width: 960, height: 1180 } }, goTo(badges.current));
  await take('page-dark', { viewport: { width: 960, height: 760 }, colorScheme: 'dark' }, goTo(badges.expiring));
  await take('page-phone', { viewport: { width: 390, height: 780 } }, goTo(badges.current));
  await take('take-along', { viewport: { width: 960, height: 760 } }, goTo(badges.current, '#take'));
  const frame = (badge) => `${base}/embed/${badge.certification_url.split('/').pop()}`;

  const { level } = await api.get(`/awards/${badges.current.split('/').pop()}`);
  for (const [at, [kind, name]] of NAMES.entries()) {
    const { awards: [award] } = await api.post('/awards', {
      level,
      recipient: { name, email: `shown.${at}@northwind.example`, name_public: true },
      visibility: 'public',
    });
    const bytes = async (end, language) => {
      const answer = await fetch(`${base}/badges/${award.id}${end}`, { headers: { 'Accept-Language': language } });
      if (!answer.ok) throw new Error(`${answer.url} answers ${answer.status}`);
      return Buffer.from(await answer.arrayBuffer());
    };
    await take(`card-${kind}`, { viewport: { width: 800, height: 420 } }, image(await bytes('/card.png', 'en'), 'image/png', 800));
    const drawn = spawnSync('pdftoppm', ['-png', '-r', '96', '-'], { input: await bytes('.pdf', 'en'), maxBuffer: 1 << 26 });
    if (drawn.status !== 0) throw new Error(`pdftoppm: ${drawn.error ?? drawn.stderr}`);
    await take(`certificate-${kind}`, { viewport: { width: 842, height: 595 } }, image(drawn.stdout, 'image/png', 842));
    if (kind !== 'long') continue;
    await take('frame', { viewport: { width: 640, height: 420 } }, async (page) => {
      const body = `<!doctype html><body style="margin:2rem;font:18px/1.5 system-ui"><h1>About me</h1><p>I draw maps, and the tools that draw them.</p>
        <iframe src="${frame(award)}" width="440" height="180" style="border:0" title="A badge"></iframe>`;
      const home = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end(body));
      await new Promise((resolve) => home.listen(0, '127.0.0.1', resolve));
      await page.goto(`http://127.0.0.1:${home.address().port}/`);
      await page.frameLocator('iframe').locator('.headline, h1, p').first().waitFor();
      home.close();
    });
  }
}
