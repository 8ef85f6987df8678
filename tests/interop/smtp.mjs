// A mail server of its own process, so that it can be killed: `node smtp.mjs PORT FILE` writes down every letter as one line of JSON
// before it says that it has it.

import { appendFileSync } from 'node:fs';
import { SMTPServer } from 'smtp-server';

const [port, file] = process.argv.slice(2);
// Slow enough that something is always under way.
const WAIT = 25;

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData: (stream, session, done) => {
    let text = '';
    stream.setEncoding('utf8');
    stream.on('data', (chunk) => (text += chunk));
    stream.on('end', () => {
      const to = session.envelope.rcptTo.map(({ address }) => address);
      appendFileSync(file, `${JSON.stringify({ to, text })}\n`);
      setTimeout(done, WAIT);
    });
  },
});
server.on('error', () => {}); // a connection that was cut
server.listen(Number(port), '127.0.0.1', () => console.log('ready'));
