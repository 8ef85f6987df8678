// The only network these tests have is the machine itself.
//
// Some verifiers turn did:web:localhost%3A8080 into https://localhost:8080/…, as the method says; the server under test
// speaks plain http there, so a request to https on this machine is made over http. A request to anywhere else is refused
// and remembered, so that a test can say what was not looked up.

const THIS_MACHINE = new Set(['localhost', '127.0.0.1']);
const real = globalThis.fetch;

/** The URLs outside this machine that somebody asked for. */
export const refused = [];

/** Documents that stand in for what is published elsewhere, by URL. */
export const published = new Map();

globalThis.fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  if (published.has(url.href)) {
    return Response.json(published.get(url.href));
  }
  if (!THIS_MACHINE.has(url.hostname)) {
    refused.push(url.href);
    throw new TypeError(`${url.origin} is outside this machine, and these tests stay on it`);
  }
  url.protocol = 'http:';
  return real(input instanceof Request ? new Request(url, input) : url, init);
};
