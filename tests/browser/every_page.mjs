// Every kind of page that the router knows, found by links: from where anyone begins, and from where each of the demo's people does.

import { readFileSync } from 'node:fs';

const source = readFileSync(new URL('../../src/web/router.rs', import.meta.url), 'utf8');

/** The rights of people; what takes another is for programs, with a token. */
const OF_PEOPLE = ['See', 'SignedIn', 'Mentor', 'Assess', 'RunProgram', 'Govern', 'SeeTeam', 'ReadRecord', 'Administer'];

const routes = [...source.matchAll(/\.get\(\s*"([^"]+)",\s*Right::(\w+)/g)].filter(([, , right]) => OF_PEOPLE.includes(right));

/** What people may open, as the router spells it: `/badges/{id}`. */
export const kinds = routes.map(([, kind]) => kind);

/** An address of everything that anyone may open, also where nothing stands at it. */
export const anyones = routes.filter(([, , right]) => right === 'See').map(([, kind]) => kind.replace(/\{[^}]+\}/g, 'none'));

const patterns = kinds
  .map((kind) => ({ kind, pattern: new RegExp(`^${kind.replaceAll('.', '\\.').replace(/\{\*\w+\}/g, '.+').replace(/\{\w+\}/g, '[^/]+')}$`) }))
  .sort((a, b) => a.kind.split('{').length - b.kind.split('{').length);

/** The route that answers a path. */
export const kindOf = (path) => patterns.find(({ pattern }) => pattern.test(path.split('?')[0]))?.kind;

/** Looked at for links by one person, of one kind. */
const ENOUGH = 3;

/**
 * Whatever is reached from these paths by whoever `request` asks for, `{ kind, path, page, size }` each; `page` is false for what is
 * no page. Pages that end a session are not gone to.
 */
export async function reached(request, base, from) {
  const waiting = [...from];
  const seen = new Map();
  const counts = new Map();
  while (waiting.length) {
    const path = waiting.shift();
    const kind = kindOf(path);
    const count = counts.get(kind) ?? 0;
    if (!kind || seen.has(path) || count >= ENOUGH) continue;
    counts.set(kind, count + 1);
    const answer = await request.get(new URL(path, base).href, { headers: { accept: 'text/html' }, maxRedirects: 0, failOnStatusCode: false });
    const page = (answer.headers()['content-type'] ?? '').startsWith('text/html');
    const body = page ? await answer.text() : '';
    seen.set(path, { kind, path, page, status: answer.status(), size: body.length });
    for (const [, link] of body.matchAll(/\s(?:href|src)="([^"]+)"/g)) {
      const url = new URL(link.replaceAll('&amp;', '&'), new URL(path, base));
      if (url.origin === new URL(base).origin) waiting.push(url.pathname + url.search);
    }
  }
  return [...seen.values()];
}
