// Debian's Chromium, watched: whatever a page logs as an error, violates its policy, or asks of another origin is noted.

import { chromium } from 'playwright-core';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

export const launch = () =>
  chromium.launch({
    executablePath,
    // Chromium's sandbox can't be used by root in a container; what is opened here is our own server.
    args: process.getuid() === 0 ? ['--no-sandbox'] : [],
  });

/** A page in a context of its own, and the list of what went wrong on it. */
export async function openPage(browser, base, options = {}) {
  const context = await browser.newContext({ baseURL: base, locale: 'en-GB', ...options });
  const faults = [];
  const origin = new URL(base).origin;
  context.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (protocol.startsWith('http') && asked !== origin) faults.push(`asks another origin: ${request.url()}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.url()} answers ${response.status()}`);
    if (response.status() >= 400 && response.request().resourceType() !== 'document') {
      faults.push(`${response.url()} answers ${response.status()}`);
    }
  });
  context.on('weberror', (error) => faults.push(`script error: ${error.error().message}`));
  context.on('console', (message) => {
    // Chromium also logs the status of a page that is meant to answer with an error.
    const meant = /^Failed to load resource: the server responded with a status of 4/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !meant) faults.push(`console: ${message.text()}`);
  });
  const page = await context.newPage();
  return { page, faults, close: () => context.close() };
}

/** A page for a picture: nothing moves on it, and the fonts are at hand, which a first opening does without where they come late. */
export async function openStill(browser, base, options = {}) {
  const opened = await openPage(browser, base, { colorScheme: 'light', reducedMotion: 'reduce', ...options });
  await opened.page.goto('/');
  await opened.page.waitForLoadState('networkidle');
  return opened;
}

/** How far the page is wider than its window, in CSS pixels, and what reaches furthest. */
export const overflow = (page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const right = (element) => element.getBoundingClientRect().right;
    const widest = [...document.body.querySelectorAll('*')].reduce((most, one) => (right(one) > right(most) ? one : most), document.body);
    return { by: scrollWidth - clientWidth, widest: widest.outerHTML.slice(0, 160) };
  });
