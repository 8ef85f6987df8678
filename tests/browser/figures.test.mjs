// What a badge's page costs its reader, in a real browser: bytes, requests, what blocks its first picture, when its largest part is there,
// and whether anything moves.
//
// The profile is that of Lighthouse's mobile “slow 4G” as it is simulated: 150 ms a round trip, 1.6 Mbit/s down and 750 kbit/s up, a
// processor four times slower, a window of 412 × 823. Chromium puts the round trip before every answer, not before the handshakes of a
// connection, which loopback has none worth measuring of: the figures are those of a connection that is open.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { cpus, loadavg } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { startDemo } from '../interop/server.mjs';
import { launch, openPage } from './chromium.mjs';

const SLOW_4G = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 };
const SLOWER = 4;
/** Waiting for a processor, for each there is: a machine this busy measures itself. What ran before is waited for, in seconds. */
const BUSY = 1.2;
const WAIT = 150;
/** Milliseconds. A new window of Chromium first loads pages of its own, for its address bar, whose scripts would be measured with ours. */
const OWN_WINDOW = 2_500;
const PHONE = { viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75, isMobile: true, hasTouch: true };

const MOST_BYTES = 100 * 1024;
const MOST_REQUESTS = 12;
const LATEST = 1_000;

let server, browser;

before(async () => {
  server = await startDemo();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

let waited = 0;

/** How busy the machine is, once it is quiet or has been waited for. */
async function quiet() {
  const busy = () => loadavg()[0] / cpus().length;
  for (; busy() > BUSY && waited < WAIT; waited += 1) await setTimeout(1_000);
  return busy();
}

/** Opens a page for the first time, with nothing kept, and measures it. */
async function measured(address, options) {
  const { page, faults, close } = await openPage(browser, server.base, options);
  await setTimeout(OWN_WINDOW);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', SLOW_4G);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  let bytes = 0;
  const requests = [];
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  cdp.on('Network.requestWillBeSent', ({ request }) => request.url.startsWith('http') && requests.push(request.url));
  await page.goto(address, { waitUntil: 'networkidle' });
  const seen = await page.evaluate(async () => {
    const entries = (type) =>
      new Promise((resolve) => {
        const found = [];
        new PerformanceObserver((list) => found.push(...list.getEntries())).observe({ type, buffered: true });
        globalThis.setTimeout(() => resolve(found), 300);
      });
    const [largest, shifts] = [await entries('largest-contentful-paint'), await entries('layout-shift')];
    return {
      largest: Math.max(...largest.map((entry) => entry.startTime)),
      what: largest.at(-1)?.element?.outerHTML.slice(0, 120) ?? '',
      shifted: shifts.filter((shift) => !shift.hadRecentInput).reduce((sum, shift) => sum + shift.value, 0),
      blocking: performance.getEntriesByType('resource').filter((one) => one.renderBlockingStatus === 'blocking').map((one) => one.name),
    };
  });
  await close();
  return { ...seen, bytes, requests, faults };
}

describe('the page of a badge', () => {
  for (const state of ['current', 'expired', 'revoked']) {
    for (const [where, options] of [['a phone', PHONE], ['a desk', { viewport: { width: 1440, height: 900 } }]]) {
      test(`is light and still on ${where} over a slow line: ${state}`, async (context) => {
        const run = await measured(server.demo.badges[state], options);
        context.diagnostic(`${run.bytes} bytes, ${run.requests.length} requests, CLS ${run.shifted}`);
        assert.deepEqual(run.faults, []);
        assert.ok(run.bytes > 0 && run.bytes < MOST_BYTES, `${run.bytes} bytes`);
        assert.ok(run.requests.length <= MOST_REQUESTS, run.requests.join('\n'));
        assert.ok(run.blocking.length <= 1, `these block the first picture: ${run.blocking.join(', ')}`);
        assert.equal(run.shifted, 0, 'something moved');
      });

      test(`has its largest part within a second on ${where} over a slow line: ${state}`, async (context) => {
        const busy = await quiet();
        if (busy > BUSY) return context.skip(`this machine has ${busy.toFixed(1)} times as much to do as it can`);
        // The best of five: what else the machine does is not the page's doing.
        let best = { largest: Infinity };
        for (let run = 0; run < 5 && best.largest >= LATEST; run += 1) {
          const next = await measured(server.demo.badges[state], options);
          if (next.largest < best.largest) best = next;
        }
        context.diagnostic(`LCP ${Math.round(best.largest)} ms: ${best.what}`);
        assert.ok(best.largest > 0 && best.largest < LATEST, `LCP ${best.largest} ms: ${best.what}`);
      });
    }
  }

  test('carries a policy without one exception', async () => {
    const policy = (await fetch(server.demo.badges.current)).headers.get('content-security-policy');
    const rules = Object.fromEntries(policy.split(';').map((rule) => rule.trim().split(/\s+(.*)/s).slice(0, 2)));
    assert.match(rules['default-src'], /^'(none|self)'$/, policy);
    for (const kind of ['script-src', 'style-src']) {
      assert.ok(["'self'", "'none'", undefined].includes(rules[kind]), `${kind} ${rules[kind]}`);
    }
    assert.doesNotMatch(policy, /unsafe-(inline|eval|hashes)|\*/);
  });
});
