// The chat program's rooms, seen by Debian's node-ws. The address is in
// PLUMB_URL, a certificate to trust in PLUMB_CA.
const fs = require('fs');
const WebSocket = require('ws');

const url = process.env.PLUMB_URL;
const options = {
  ca: process.env.PLUMB_CA && fs.readFileSync(process.env.PLUMB_CA),
  perMessageDeflate: true, // offered; the server may refuse
};

setTimeout(() => fail('the test took too long'), 60000).unref();

function fail(what) {
  console.error(`FAILED: ${what}`);
  process.exit(1);
}

function equal(actual, wanted, what) {
  if (JSON.stringify(actual) !== JSON.stringify(wanted))
    fail(`${what}: expected ${JSON.stringify(wanted)}, got ${JSON.stringify(actual)}`);
}

class Person {
  constructor(name, room) {
    this.name = name;
    this.inbox = [];
    this.waiting = [];
    const query = new URLSearchParams({name, room});
    this.socket = new WebSocket(`${url}?${query}`, options);
    this.socket.on('open', () => this.say('hello'));
    this.socket.on('message', (data, isBinary) => {
      equal(isBinary, false, 'a text message');
      this.deliver(data.toString().split('\t'));
    });
    this.socket.on('error', (error) => fail(`${name}: ${error.message}`));
    this.closed = new Promise((done) => this.socket.on(
        'close', (code, reason) => done([code, reason.toString()])));
  }
  deliver(fields) {
    const next = this.waiting.shift();
    next ? next(fields) : this.inbox.push(fields);
  }
  say(...fields) { this.socket.send(fields.join('\t')); }
  async expect(...fields) {
    const got = this.inbox.shift() ??
        await new Promise((done) => this.waiting.push(done));
    equal(got, fields, `the next message to ${this.name}`);
  }
}

function statusOf(query) {
  return new Promise((done) => {
    const socket = new WebSocket(url + query, options);
    socket.on('unexpected-response', (_, answer) => done(answer.statusCode));
    socket.on('open', () => done(101));
    socket.on('error', () => {});
  });
}

async function main() {
  equal(await statusOf(''), 403, 'a client without a name');

  const ada = new Person('ada', 'lobby');
  await ada.expect('welcome', 'ada');
  await ada.expect('here', 'lobby', '1');
  const bob = new Person('bob', 'lobby');
  await bob.expect('welcome', 'bob');
  await bob.expect('here', 'lobby', '2');
  await ada.expect('joined', 'lobby', 'bob', '2');

  ada.say('say', 'lobby', 'good day');
  await ada.expect('said', 'lobby', 'ada', 'good day');
  await bob.expect('said', 'lobby', 'ada', 'good day');

  bob.say('typing', 'lobby');
  bob.say('say', 'lobby', 'to you, too');
  await bob.expect('said', 'lobby', 'bob', 'to you, too');
  await ada.expect('typing', 'lobby', 'bob');
  await ada.expect('said', 'lobby', 'bob', 'to you, too');

  bob.socket.close(4000, 'enough');
  equal((await bob.closed)[0], 4000, 'the code that comes back');
  await ada.expect('left', 'lobby', 'bob', '1');

  // A protocol error of ours: a message that is not UTF-8.
  ada.socket.send(Buffer.from([0xff, 0xfe]), {binary: false});
  equal((await ada.closed)[0], 1007, 'the code for text that is not UTF-8');
  console.log('ok: chat with node-ws');
}

main().catch((error) => fail(error.stack));
