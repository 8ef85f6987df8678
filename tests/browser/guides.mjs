// The pictures of docs/guides, each taken as the person whom the demo's chooser offers for a role.

import { openStill } from './chromium.mjs';

const WIDE = { width: 960, height: 720 };
const PHONE = { width: 390, height: 780 };

/** Name, role, the way to the page from `/me`, and the window. */
const shots = [
  ['learner-way', 'Learner', at('/me/path', first('main a[href^="/me/path/"]')), { ...WIDE, height: 980 }],
  ['learner-way-phone', 'Learner', at('/me/path', first('main a[href^="/me/path/"]'), to('What it takes')), PHONE],
  ['learner-draft', 'Learner', at('/me/path', first('main a[href^="/me/submissions/"]')), { ...WIDE, height: 1100 }],
  ['learner-decision', 'Learner', at('/me/decisions', first('tr:has-text("Not yet") a')), WIDE],
  ['learner-badges', 'Learner', at('/me/badges'), { ...WIDE, height: 1080 }],
  ['mentor-learners', 'Mentor', at('/mentor'), WIDE],
  ['mentor-learner', 'Mentor', at('/mentor', first('main a[href^="/me/learners/"]')), { ...WIDE, height: 980 }],
  ['assessor-queue', 'Assessor', at('/assess'), { ...WIDE, height: 640 }],
  ['assessor-score', 'Assessor', at('/assess', first('tr:has-text("Score the work") a'), to('Your scores')), { ...WIDE, height: 900 }],
  ['assessor-settle', 'Assessor', at('/assess', first('tr:has-text("Talk, then agree") a'), to("Everyone's scores")), { ...WIDE, height: 900 }],
  ['manager-people', 'Manager', at('/team'), { ...WIDE, height: 980 }],
  ['owner-program', 'Program owner', at('/run', first('main a[href^="/run/"]')), { ...WIDE, height: 980 }],
  ['owner-queue', 'Program owner', at('/run', first('main a[href^="/run/"]'), first('a[href$="/queue"]')), { ...WIDE, height: 980 }],
  ['owner-draft', 'Program owner', at('/run', first('main a[href^="/run/"]'), first('a[href*="/drafts/"]:not([href$="/new"])')), { ...WIDE, height: 980 }],
  ['owner-suspensions', 'Program owner', at('/run', first('main a[href^="/run/"]'), first('a[href$="/suspensions"]')), { ...WIDE, height: 1080 }],
  ['owner-designer', 'Program owner', at('/run', first('main a[href^="/run/"]'), first('a[href$="/designer"]')), { ...WIDE, height: 1180 }],
  ['committee', 'Committee member', at('/govern', first('main a[href^="/govern/"]')), { ...WIDE, height: 1080 }],
  ['committee-proposal', 'Committee member', at('/govern', first('main a[href^="/govern/"]'), first('a[href*="/proposals/"]')), { ...WIDE, height: 1480 }],
  ['auditor-record', 'Auditor', at('/record?kind=decision'), { width: 1240, height: 900 }],
  ['administrator-people', 'Administrator', at('/admin'), { ...WIDE, height: 980 }],
  ['administrator-person', 'Administrator', at('/admin?role=assessor', first('main th a[href^="/admin/people/"]')), { ...WIDE, height: 1080 }],
];

/** Takes them all; `keep` is given each picture with its name. */
export async function pictures(browser, base, keep) {
  for (const [name, role, way, viewport] of shots) {
    const { page, close } = await openStill(browser, base, { viewport });
    await whoever(page, role, way, name);
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => document.fonts.ready);
    const cdp = await page.context().newCDPSession(page);
    // WebP needs no further tool, and takes less than PNG.
    const { data } = await cdp.send('Page.captureScreenshot', { format: 'webp', quality: 86 });
    keep(`${name}.webp`, Buffer.from(data, 'base64'));
    await close();
  }
}

/** Signs in as the first of a role who has what the picture shows. */
async function whoever(page, role, way, name) {
  for (let nth = 0; ; nth += 1) {
    await page.goto('/sign-in');
    await page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)));
    const choices = page.locator('button.choice').filter({ has: page.locator('.aside', { hasText: role }) });
    if (nth === (await choices.count())) throw new Error(`nobody in the chooser who is “${role}” has what ${name} shows`);
    await choices.nth(nth).click();
    await page.waitForURL('**/me');
    if (await way(page)) return;
    await page.context().clearCookies();
  }
}

/** Opens a page, and goes on by these steps; false where one of them has nowhere to go. */
function at(path, ...steps) {
  return async (page) => {
    const answer = await page.goto(path);
    if (answer.status() !== 200) return false;
    for (const step of steps) if (!(await step(page))) return false;
    return true;
  };
}

/** Follows the first of these links. */
function first(links) {
  return async (page) => {
    const link = page.locator(links).first();
    if (!(await link.count())) return false;
    await page.goto(await link.getAttribute('href'));
    return true;
  };
}

/** Brings a heading to the top. */
function to(heading) {
  return async (page) => {
    const found = page.getByRole('heading', { name: heading });
    await found.evaluate((element) => window.scrollTo(0, element.getBoundingClientRect().top + window.scrollY - 24));
    return true;
  };
}
