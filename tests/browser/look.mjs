// What can be seen to be wrong with a page: axe-core at WCAG 2.2 AA, and what is wider than the window.

import axe from 'axe-core';
import { overflow } from './chromium.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What is wrong with the page as it stands. */
export async function look(page, path) {
  const faults = await tooWide(page, path);
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), TAGS);
  for (const violation of violations) {
    for (const node of violation.nodes) {
      faults.push(`${path}: ${violation.id} (${violation.help}): ${node.target.join(' ')}: ${node.failureSummary}`);
    }
  }
  return faults;
}

/** Whether something reaches over the window's edge. */
export async function tooWide(page, path) {
  const { by, widest } = await overflow(page);
  return by > 0 ? [`${path} is ${by} px wider than its window: ${widest}`] : [];
}
