// Messages to a program that takes webhooks, which checks them with the library of Standard Webhooks: as they come, refused and sent
// again, with the sender killed in the middle, and once more by hand.

import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { api, install } from './server.mjs';

let installed, receiver, url, received, answer, secret, id, server, token;

before(async () => {
  received = [];
  receiver = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      answer(response, received.length);
    });
  });
  await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://localhost:${receiver.address().port}/hooks`;
  installed = await install('[lookups]\nprivate_hosts = ["localhost"]\n');
  token = installed.laurel('token', 'create', '--name', 'test', '--scope', 'issue', '--scope', 'webhooks').out.trim();
  [id, secret] = installed.laurel('webhook', 'add', url, '--name', 'HR system', '--event', 'award.issued').out.trim().split('\n');
});
after(async () => {
  await server?.stop();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
  installed?.remove();
});
beforeEach(() => {
  received.length = 0;
  answer = (response) => response.writeHead(204).end();
});

test('a message is verified by the library, and one that was changed is not', async () => {
  server = await installed.serve();
  const [award] = await award_to('ada');
  await until(() => received.length === 1);
  const [{ headers, body }] = received;
  const said = new Webhook(secret).verify(body, headers);
  assert.equal(said.type, 'award.issued');
  assert.equal(said.data.id, award.id);
  assert.throws(() => new Webhook(secret).verify(body.replace('issued', 'revoked'), headers));
  assert.throws(() => new Webhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw').verify(body, headers));
});

test('a message that is answered with 500 comes again under the same id, and is verified again', async () => {
  answer = (response, n) => response.writeHead(n === 1 ? 500 : 200).end('not now');
  await award_to('bao');
  await until(() => received.length === 2);
  const [first, second] = received;
  assert.equal(first.headers['webhook-id'], second.headers['webhook-id']);
  assert.equal(first.body, second.body);
  for (const { headers, body } of received) new Webhook(secret).verify(body, headers);
  await until(() => /arrived .* {2}200 in \d+ ms/.test(log()[0]), log);
});

test('of messages whose sender is killed in the middle none is lost, and what comes twice has one id', async () => {
  // Slow enough that it is killed while it waits for an answer.
  answer = (response) => setTimeout(() => response.writeHead(200).end(), 150);
  const given = [];
  for (let n = 0; n < 30; n++) given.push((await award_to(`person${n}`))[0].id);
  await until(() => received.length >= 5);
  await server.kill();
  const before = received.length;
  assert.ok(before < 30, `all ${before} were sent before it was killed`);
  server = await installed.serve();
  const ids = () => new Set(received.map(({ body }) => JSON.parse(body).data.id));
  await until(() => given.every((one) => ids().has(one)), () => `${ids().size} of 30`, 90);
  const twice = received.length - new Set(received.map(({ headers }) => headers['webhook-id'])).size;
  assert.ok(twice <= 1, `${twice} came twice`);
  assert.equal(ids().size, 30);
  for (const { headers, body } of received) new Webhook(secret).verify(body, headers);
});

test('a message is sent again by hand, under its own id and to the letter', async () => {
  await award_to('dev');
  await until(() => received.length === 1);
  await until(() => /arrived/.test(log()[0]), log);
  installed.laurel('webhook', 'replay', received[0].headers['webhook-id']);
  await until(() => received.length === 2);
  const [first, second] = received;
  assert.equal(first.headers['webhook-id'], second.headers['webhook-id']);
  assert.equal(first.body, second.body);
});

test('while a secret is replaced both verify', async () => {
  const next = installed.laurel('webhook', 'rotate', id).out.trim();
  await award_to('eve');
  await until(() => received.length === 1);
  const [{ headers, body }] = received;
  for (const one of [secret, next]) assert.equal(new Webhook(one).verify(body, headers).type, 'award.issued');
});

async function award_to(name) {
  const recipient = { name, email: `${name}@acme.example` };
  const { awards } = await api(installed.base, token).post('/awards', {
    level: 'craft.practitioner',
    recipient,
    visibility: 'public',
  });
  return awards;
}

function log() {
  return installed.laurel('webhook', 'log', id).out.trim().split('\n');
}

async function until(holds, state = () => `received ${received.length}`, seconds = 60) {
  for (let tries = 0; !holds(); tries++) {
    assert.ok(tries < seconds * 10, `not within ${seconds} s; ${state()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
